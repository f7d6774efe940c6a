"""The audit framework: what police and social care agreed on about auditing referrals, as a dated, versioned, signed document.

Criteria, scale, sampling, when both sides talk, and when they audit again. A signature is given to what the document says to the
letter; whatever is changed in it is unsigned. Until every party has signed, nothing is drawn under it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from calendar import monthrange
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple

import msgspec

from footprint.referrals import criteria
from footprint.referrals.criteria import CRITERIA, CRITICAL
from footprint.referrals.grades import Scales, packaged_scales
from footprint.referrals.reading import Choice, ChoiceError, load
from footprint.referrals.sampling import TARGETS, Plan

FILE: Final = "audit-framework.yaml"
PACKAGED: Final = Path(__file__).parent / "audit_framework.yaml"

_Whole = Annotated[int, msgspec.Meta(ge=1, le=60)]


class Term(Choice, frozen=True, kw_only=True, rename={"first": "from", "last": "until"}.get):
    """From which day on and until which day, both included, it holds; without a last day until it is changed."""

    first: dt.date
    last: dt.date = dt.date.max


class Party(Choice, frozen=True, kw_only=True):
    """Who must sign: a partner, and the office that signs for it."""

    partner: str
    name: str
    office: str


class Framework(Choice, frozen=True, kw_only=True):
    """What was agreed. `criteria` are codes of the criteria as they stand since `criteria_since`; `scale` is a scale's id.

    Marks that are `talk_from` apart are talked about; `marked_within` is in working days, `audited_again_after` in months.
    `verified` says whether the field has confirmed these figures.
    """

    id: str
    partnership: str
    title: str
    version: str
    valid: Term
    review: dt.date
    verified: bool
    parties: tuple[Party, ...]
    criteria: tuple[str, ...]
    criteria_since: dt.date
    scale: str
    sampling: Plan
    talk_from: Annotated[int, msgspec.Meta(ge=1, le=3)]
    weights: Literal["linear", "quadratic", "none"]
    agreement_from: Annotated[float, msgspec.Meta(ge=0, le=1)]
    marked_within: _Whole
    audited_again_after: _Whole

    def __post_init__(self) -> None:
        partners = [one.partner for one in self.parties]
        if len(partners) < 2 or len(set(partners)) < len(partners):
            raise ValueError("a framework has two parties or more, each of another partner.")
        if unknown := [code for code in self.criteria if code not in CRITERIA]:
            raise ValueError(f"'{unknown[0]}' is no criterion. They are {', '.join(CRITERIA)}.")
        if len(set(self.criteria)) < len(self.criteria):
            raise ValueError("a criterion stands twice. Keep one.")
        if left_out := [code for code in CRITERIA if code in CRITICAL and code not in self.criteria]:
            raise ValueError(f"{', '.join(left_out)} may not be left out: without it no grade can be given.")
        if self.valid.first > self.valid.last:
            raise ValueError("'valid' ends before it begins.")

    @property
    def stamp(self) -> str:
        """Return which document this is to the letter: id, version, and the beginning of a hash of all that it says."""
        content = msgspec.json.encode(self, order="deterministic")
        return f"{self.id}/{self.version}/{hashlib.sha256(content).hexdigest()[:12]}"


class Signature(NamedTuple):
    """That somebody signed for a partner, on a day, the document with this stamp."""

    partner: str
    by: str
    on: dt.date
    stamp: str


def framework_of(data: Path, scales: Scales | None = None) -> Framework:
    """Return the framework of a data folder, or the one to practise on. Raises ChoiceError, also where its scale is unknown."""
    own = data / FILE
    return read_framework(own, scales) if own.exists() else packaged_framework()


def read_framework(path: Path, scales: Scales | None = None) -> Framework:
    """Return the framework in a YAML file. Raises ChoiceError, which names the file and says what to write."""
    framework = load(path, Framework)
    try:
        (scales or packaged_scales()).scale(framework.scale)
    except ValueError as error:
        raise ChoiceError(f"{path}: {error}") from None
    return framework


@lru_cache(maxsize=1)
def packaged_framework() -> Framework:
    """Return the framework of the invented partnership, which nobody has signed."""
    return read_framework(PACKAGED)


def unsigned(framework: Framework, signatures: Iterable[Signature], day: dt.date) -> tuple[Party, ...]:
    """Return the parties that have not signed, to the letter and by that day, what the framework says."""
    signed = {one.partner for one in signatures if one.stamp == framework.stamp and one.on <= day}
    return tuple(party for party in framework.parties if party.partner not in signed)


def why_not(framework: Framework, signatures: Iterable[Signature], day: dt.date) -> list[str]:
    """Return, as sentences, why nothing may be drawn under this framework on a day; nothing where it is in force."""
    said = []
    if missing := unsigned(framework, signatures, day):
        said.append(f"Not yet signed by {', '.join(party.name for party in missing)}.")
    if day < framework.valid.first:
        said.append(f"It holds from {_day(framework.valid.first)} on.")
    if day > framework.valid.last:
        said.append(f"It ended on {_day(framework.valid.last)}.")
    if framework.criteria_since != criteria.SINCE:
        said.append(
            f"It was agreed on criteria of {_day(framework.criteria_since)}, and ours are of {_day(criteria.SINCE)}. "
            "Agree again."
        )
    return said


def audited_again(briefed: dt.date, framework: Framework) -> dt.date:
    """Return the day on which to audit again what a briefing of this day was about: so many months later, or that month's end."""
    months = briefed.year * 12 + briefed.month - 1 + framework.audited_again_after
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(briefed.day, monthrange(year, month + 1)[1]))


# ---------------------------------------------------------------- describing, differing


class Line(NamedTuple):
    """One thing that was agreed: what it is about, and what was agreed, in a sentence."""

    about: str
    said: str


_WEIGHTS: Final = {
    "linear": "in equal steps: two marks apart count twice as much as one",
    "quadratic": "by squares: two marks apart count four times as much as one",
    "none": "without steps: every difference counts the same",
}


def describe(framework: Framework) -> list[Line]:
    """Return the framework in a reader's words, for the page, the document and the comparison of two versions."""
    plan = framework.sampling
    scale = framework.scale.replace("-", " ")
    return [
        Line("Parties", f"{_many(f'{one.name} ({one.office})' for one in framework.parties)}."),
        Line("In force", _in_force(framework)),
        Line("Criteria", f"{_many(framework.criteria)}, as of {_day(framework.criteria_since)}."),
        Line("Grades", f"By the {scale} scale."),
        Line(
            "Drawn at random",
            f"{_percent(plan.share)} of each team's referrals of a month; never fewer than {plan.least}, where it sent so many.",
        ),
        *(
            Line(f"Looked for: {TARGETS[code].label}", f"{_percent(share)} of them.")
            for code, share in sorted(plan.targets.items())
        ),
        Line(
            "Not drawn",
            "What the front door took down for somebody: it is not their writing, and nobody marks their own.",
        ),
        Line(
            "Who marks",
            "Each side alone, nobody their own, their line's or what they graded, and neither sees the other's marks first.",
        ),
        Line(
            "When both talk",
            f"Where marks are {framework.talk_from} or more apart, or differ in {_many(_critical(framework))}.",
        ),
        Line(
            "Agreement",
            f"Weighted kappa, {_WEIGHTS[framework.weights]}; under {framework.agreement_from} markers meet.",
        ),
        Line("Marked within", f"{framework.marked_within} working days of the draw."),
        Line("Audited again", f"{framework.audited_again_after} months after a briefing."),
        Line("Figures", "Confirmed by the field." if framework.verified else "Not confirmed by the field."),
    ]


class Difference(NamedTuple):
    """One thing that two versions say otherwise; before or after is empty where it is new or gone."""

    about: str
    before: str
    after: str


def differences(old: Framework, new: Framework) -> list[Difference]:
    """Return everything that the new framework says otherwise than the old one: to be read before it is signed."""
    before, after = dict(describe(old)), dict(describe(new))
    named = [*after, *(about for about in before if about not in after)]
    found = [Difference(about, before.get(about, ""), after.get(about, "")) for about in named]
    words: dict[str, Any] = {"Title": (old.title, new.title), "Version": (old.version, new.version)}
    heads = [Difference(about, *pair) for about, pair in words.items()]
    return [one for one in (*heads, *found) if one.before != one.after]


def _in_force(framework: Framework) -> str:
    end = "" if framework.valid.last == dt.date.max else f" until {_day(framework.valid.last)}"
    return f"From {_day(framework.valid.first)}{end}; to be reviewed by {_day(framework.review)}."


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _critical(framework: Framework) -> list[str]:
    return [code for code in framework.criteria if code in CRITICAL]


def _percent(share: float) -> str:
    return f"{share:.0%}" if share * 100 == round(share * 100) else f"{share:.1%}"


def _many(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
