"""How often children's voices are recorded and body-worn video is used: shares, and of what they are shares, by team and month.

A measure says which incidents it is about and which of these meet it; what cannot be told yet is in neither. Nothing is counted
by person. Of footage there is a reference with times and flags, never a picture. Which incidents count is a partnership's choice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from statistics import quantiles
from types import MappingProxyType
from typing import Annotated, Final, NamedTuple

import msgspec

from footprint.calendars import LONDON
from footprint.referrals.codes import NO_VIDEO
from footprint.referrals.intervals import Proportion
from footprint.referrals.prompts import WRITTEN, absence_explained, covered, has_words
from footprint.referrals.reading import Choice, Dated, load
from footprint.referrals.referral import Voice

FILE: Final = "measuring.yaml"
PACKAGED: Final = Path(__file__).parent / FILE

_Whole = Annotated[int, msgspec.Meta(ge=1)]


class IncidentClass(Choice, frozen=True, kw_only=True):
    """A class of incidents, and whether children's voices and video are counted in it."""

    code: str
    label: str
    voice: bool
    video: bool


class Measuring(Dated, frozen=True, kw_only=True):
    """A partnership's choices: concepts of a child; seconds to the first picture, and without one; days until deletion.

    `warn_within` is how many days before its deletion a supervisor is shown footage that nobody kept, `dip_share` the share of
    recordings (from 0 to 1) that a supervisor looks into, within `dip_within` days.
    """

    concepts: Annotated[int, msgspec.Meta(ge=1, le=len(WRITTEN))]
    started_within: _Whole
    gap: _Whole
    deleted_after: _Whole
    warn_within: _Whole = 7
    dip_share: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.05
    dip_within: _Whole = 14
    classes: tuple[IncidentClass, ...]

    def __post_init__(self) -> None:
        codes = [one.code for one in self.classes]
        if len(set(codes)) < len(codes):
            raise ValueError("two classes of incidents have one code. Give each its own.")

    def class_of(self, code: str) -> IncidentClass | None:
        """Return a class, or None for one that nobody counts."""
        return next((one for one in self.classes if one.code == code), None)


def measuring_of(data: Path) -> Measuring:
    """Return the choices of a data folder; ours, where nobody wrote the file. Raises reading.ChoiceError."""
    own = data / FILE
    return load(own, Measuring) if own.exists() else packaged_measuring()


@lru_cache(maxsize=1)
def packaged_measuring() -> Measuring:
    """Return the choices that come with Footprint, none of which a force has confirmed."""
    return load(PACKAGED, Measuring)


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """What one camera recorded, as times (instants with offsets). `kept` is when it was marked to be kept, where it was."""

    asset: str
    started: dt.datetime
    ended: dt.datetime
    kept: dt.datetime | None = None


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as far as it is counted. `children` are those listed by the police, `voices` what was recorded of them.

    `voices` is None where it cannot be told yet whether any will come, or a supervisor ruled that no referral is needed;
    `arrived` is when the first officer came; `no_video` is one of `codes.NO_VIDEO`; `video_in_referral` says whether a referral
    that followed names the footage, and is None where none followed.
    """

    reference: str
    kind: str
    team: str
    at: dt.datetime
    children: int = 0
    voices: tuple[Voice, ...] | None = ()
    arrived: dt.datetime | None = None
    recordings: tuple[Recording, ...] = ()
    no_video: str = ""
    child_heard: bool = False
    sampled: bool = False
    video_in_referral: bool | None = None


class Asked(NamedTuple):
    """One incident, its class, the choices and the time at which somebody asks."""

    incident: Incident
    of: IncidentClass
    choices: Measuring
    now: dt.datetime


#: True or False where the incident counts, None where the measure is not about it, or cannot be told yet.
Meets = Callable[[Asked], bool | None]


class Measure(NamedTuple):
    """A measure: what it is a share of, and how an incident meets it."""

    label: str
    of: str
    meets: Meets


def _every_child(test: Callable[[Voice, Measuring], bool]) -> Meets:
    def meets(asked: Asked) -> bool | None:
        one = asked.incident
        if not asked.of.voice or one.children < 1 or one.voices is None:
            return None
        # A child of whom nothing was recorded is one for whom it is not met.
        return len(one.voices) >= one.children and all(test(voice, asked.choices) for voice in one.voices)

    return meets


def _heard(voice: Voice, _: Measuring) -> bool:
    return has_words(voice) or absence_explained(voice)


def _shown(voice: Voice, choices: Measuring) -> bool:
    return len(covered(voice) & set(WRITTEN)) >= choices.concepts


def _recorded(asked: Asked) -> bool | None:
    return bool(asked.incident.recordings) if asked.of.video else None


def _where_recorded(test: Meets) -> Meets:
    return lambda asked: test(asked) if _recorded(asked) else None


def _prompt(asked: Asked) -> bool | None:
    seconds = lag(asked.incident)
    return None if seconds is None else seconds <= asked.choices.started_within


def _unbroken(asked: Asked) -> bool:
    return longest_gap(asked.incident) <= asked.choices.gap


def _accounted(asked: Asked) -> bool | None:
    return asked.incident.no_video in NO_VIDEO if _recorded(asked) is False else None


def _kept(asked: Asked) -> bool | None:
    recordings = asked.incident.recordings
    ends = [deleted_at(one, asked.choices) for one in recordings]
    if any(one.kept and one.kept <= end for one, end in zip(recordings, ends, strict=True)):
        return True
    return None if asked.now < max(ends) else False  # there is still time to keep one


_CHILDREN: Final = "incidents in which a child was listed"
_RECORDED: Final = "incidents that were recorded"

MEASURES: Final[Mapping[str, Measure]] = MappingProxyType(
    {
        "voice": Measure(
            "Each child has words, or it is explained why not, and enough of their day",
            _CHILDREN,
            _every_child(lambda voice, choices: _heard(voice, choices) and _shown(voice, choices)),
        ),
        "words": Measure("Each child has words, or it is explained why not", _CHILDREN, _every_child(_heard)),
        "concepts": Measure("Enough of each child's day is recorded", _CHILDREN, _every_child(_shown)),
        "recorded": Measure("Somebody recorded it", "incidents that should be recorded", _recorded),
        "accounted": Measure(
            "A reason is given why not", "incidents that should be recorded and were not", _accounted
        ),
        "prompt": Measure(
            "Recording began soon after arrival",
            "recorded incidents of which the arrival is known",
            _where_recorded(_prompt),
        ),
        "unbroken": Measure("Recording had no gap", _RECORDED, _where_recorded(_unbroken)),
        "child-heard": Measure(
            "What a child said is in the recording",
            "recorded incidents in which a child was listed",
            _where_recorded(lambda asked: asked.incident.child_heard if asked.incident.children else None),
        ),
        "kept": Measure(
            "It was kept before it would have been deleted",
            "recorded incidents that were kept or would be deleted by now",
            _where_recorded(_kept),
        ),
        "sampled": Measure(
            "A supervisor looked into it", _RECORDED, _where_recorded(lambda asked: asked.incident.sampled)
        ),
        "linked": Measure(
            "The referral names it",
            "recorded incidents that a referral followed",
            _where_recorded(lambda asked: asked.incident.video_in_referral),
        ),
    }
)


class Cell(NamedTuple):
    """A team and a month (2026-11) of London's calendar."""

    team: str
    month: str


def measured(
    incidents: Iterable[Incident], code: str, choices: Measuring, now: dt.datetime
) -> dict[Cell, Proportion]:
    """Return the share that meets a measure of MEASURES by team and month, in order. Where nothing counted there is no cell."""
    found: dict[Cell, Proportion] = {}
    for one in incidents:
        of = choices.class_of(one.kind)
        met = MEASURES[code].meets(Asked(one, of, choices, now)) if of else None
        if met is not None:
            cell = Cell(one.team, month_of(one.at))
            found[cell] = found.get(cell, Proportion(0, 0)).plus(Proportion(int(met), 1))
    return dict(sorted(found.items()))


def month_of(moment: dt.datetime) -> str:
    """Return the month of an instant as London's calendar has it: 2026-11."""
    return f"{moment.astimezone(LONDON):%Y-%m}"


def lag(incident: Incident) -> float | None:
    """Return the seconds from arrival to the first picture, nought where a camera ran before; None where one is not known."""
    if incident.arrived is None or not incident.recordings:
        return None
    first = min(one.started for one in incident.recordings)
    return max((first - incident.arrived).total_seconds(), 0.0)


class Lags(NamedTuple):
    """The quartiles of so many lags, in seconds."""

    of: int
    lower: float
    median: float
    upper: float


def lags(incidents: Iterable[Incident]) -> Lags | None:
    """Return how long it took from arrival to the first picture; None where fewer than two are known."""
    known = [seconds for one in incidents if (seconds := lag(one)) is not None]
    return Lags(len(known), *quantiles(known, n=4, method="inclusive")) if len(known) > 1 else None


def longest_gap(incident: Incident) -> float:
    """Return the longest time between first and last picture in which no camera recorded, in seconds."""
    gaps, until = [0.0], None
    for started, ended in sorted((one.started, one.ended) for one in incident.recordings):
        gaps.append((started - until).total_seconds() if until else 0.0)
        until = max(until or ended, ended)
    return max(gaps)


def unkept(
    incidents: Iterable[Incident], choices: Measuring, now: dt.datetime, within: dt.timedelta
) -> Iterator[tuple[Incident, dt.datetime]]:
    """Return incidents of which no footage was kept and some will be deleted within so long, with when: soonest first."""
    soon = []
    for one in incidents:
        ends = [end for end in (deleted_at(recording, choices) for recording in one.recordings) if end > now]
        settled = not ends or any(recording.kept for recording in one.recordings)
        if not settled and min(ends) <= now + within and choices.class_of(one.kind):
            soon.append((min(ends), one.reference, one))
    yield from ((one, end) for end, _, one in sorted(soon, key=lambda entry: entry[:2]))


def deleted_at(recording: Recording, choices: Measuring) -> dt.datetime:
    """Return when a recording that nobody kept is deleted."""
    return recording.ended + dt.timedelta(days=choices.deleted_after)
