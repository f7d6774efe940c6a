"""Reads what is counted of incidents, by team, class and month: every measure of those that files name, of others some.

Each month is counted once and kept until anything is added that could change it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from footprint.referrals.clocks import Clock, due
from footprint.referrals.dipping import Drawn, drawn
from footprint.referrals.intervals import Proportion
from footprint.referrals.measures import MEASURES, Asked, Incident, IncidentClass, Measuring, lag
from footprint.referrals.missing import folded
from footprint.web.accounts.actor import Actor
from footprint.web.cases.published import published_or_none
from footprint.web.cases.scope import NotShared, own_incidents
from footprint.web.referrals.auditing.measuring.choices import choices
from footprint.web.referrals.auditing.measuring.incident_queries import (
    SECTOR,
    Counted,
    counted_in,
    excused_in,
    followed_in,
)
from footprint.web.referrals.auditing.sample.candidates import after, begins, sent_in
from footprint.web.referrals.desk.incident_queries import end_of
from footprint.web.referrals.desk.reading import timescales
from footprint.web.referrals.footage.queries import counted, looked_into
from footprint.web.referrals.models import Dip, NoReferral, Version

#: The measures that can be told from a referral alone, which has a recording's reference without its times.
BY_REFERENCE: Final = ("voice", "words", "concepts", "recorded", "accounted")
MONTHS: Final = 6
#: So many months of the feed's own incidents are looked through: each of them is asked whether it may be known.
LATELY: Final = 2
_FRONT_DOOR: Final = "front-door"
#: Of the answers of whoever looked into a recording those that tell something of it.
_TOLD: Final = ("yes", "partly", "no")


class Tally(NamedTuple):
    """Of a team's incidents of a class in a month, how many meet a measure, and who wrote of them.

    No file names an officer, so of how many people it is is not known: of at least as many as wrote, or as there are teams.
    """

    team: str
    kind: str
    code: str
    met: Proportion
    writers: frozenset[str]


class Tallied(NamedTuple):
    """A month: its tallies, incidents of each team without a child, the lags and reasons for no video by team and class.

    `references` are those that referrals name, `excused` how many incidents of each team a supervisor ruled to need none.
    """

    tallies: tuple[Tally, ...]
    childless: dict[str, int]
    references: frozenset[str]
    lags: tuple[tuple[str, str, float], ...] = ()
    reasons: tuple[tuple[str, str, str, int], ...] = ()
    excused: Mapping[str, int] = MappingProxyType({})


class Followed(NamedTuple):
    """Of so many incidents with a child, in the organisation's own feed, so many are named by a referral; by team and month.

    `excused` need none, as a supervisor ruled, and are not among those.
    """

    team: str
    month: str
    named: int
    of: int
    excused: int = 0


def months(*, running: bool) -> list[str]:
    """Return the last whole months, the latest first; before them the one that runs, where it is asked for."""
    first = timezone.localdate().replace(day=1)
    found = [f"{first:%Y-%m}"] if running else []
    for _ in range(MONTHS):
        first = (first - dt.timedelta(days=1)).replace(day=1)
        found.append(f"{first:%Y-%m}")
    return found


def tallied_in(partnership: str, of_months: Iterable[str], choices: Measuring) -> dict[str, Tallied]:
    """Return what is counted of each of these months, each incident once, by the latest that was said of it."""
    # The table's own stamp is cheap to ask for, once; only where it is another one is each month asked for its own.
    everything = _stamp(Version.objects.order_by())
    ruled = NoReferral.objects.filter(partner__partnership=partnership).order_by()
    of_all = (
        tuple(ruled.aggregate(Max("pk"), Count("pk"), Count("undone_at")).values()),
        timezone.localdate(),  # what may still be kept in time today is late tomorrow
    )
    found = {}
    for month in of_months:
        of_it = (
            tuple(_stamp_of(partnership, one, everything) for one in followed_in(month)),
            counted(partnership, begins(month), begins(after(month))),
        )
        found[month] = _of_month(partnership, month, choices, (of_it, of_all))
    return found


def followed(actor: Actor, of_months: list[str]) -> list[Followed] | None:
    """Return how many incidents with a child in the actor's own organisation's feed a referral names, as far as they may know.

    Of those that none names only what is overdue counts: of the others one may still come in time. None where that cannot be
    told: nothing is published, it is not the police, or the agreement does not let them ask.
    """
    if actor.sector != SECTOR or not actor.may("ask") or published_or_none() is None:
        return None
    try:
        there = own_incidents(actor, _FRONT_DOOR, f"{begins(min(of_months)):%Y-%m-%d}")
    except NotShared:
        return None
    named = {
        reference
        for tallied in tallied_in(actor.partnership, _with_the_next(of_months), choices()).values()
        for reference in tallied.references
    }
    excused = excused_in(actor.partnership) - named
    rules, now = timescales(), timezone.now()
    in_time = {day for day in {one.day for one in there} if due(Clock.FORM, end_of(day), rules).at > now}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in there:
        reference = folded(one.reference)
        if one.day[:7] in of_months and (one.day not in in_time or reference in named):
            found[one.team, one.day[:7]].add(reference)
    return [
        Followed(team, month, len(references & named), len(references - excused), len(references & excused))
        for (team, month), references in sorted(found.items())
    ]


def _stamp(rows: QuerySet[Version]) -> tuple[int, int]:
    """The newest of these versions, and how many they are: the same as long as nothing is added or erased."""
    found = rows.aggregate(newest=Max("pk"), count=Count("pk"))
    return found["newest"] or 0, found["count"]


@lru_cache(maxsize=64)
def _stamp_of(partnership: str, month: str, _of_all: tuple[int, int]) -> tuple[int, int]:
    return _stamp(Version.objects.filter(referral__in=sent_in(partnership, month).values("pk")).order_by())


@lru_cache(maxsize=64)
def _of_month(partnership: str, month: str, choices: Measuring, _stamp: tuple[Any, ...]) -> Tallied:
    """The same until something is added: then a stamp is another."""
    now = timezone.now()
    found, names, excused = counted_in(partnership, month, now)
    tally = _tallied(found, choices, now)
    for one, dip in _dips(partnership, found, choices, now):
        team, kind = one.incident.team, one.incident.kind
        if dip or one.is_late(now):
            tally.add(team, kind, "dip", dip is not None)
        if dip and dip.child_heard in _TOLD:
            tally.add(team, kind, "dip-heard", dip.child_heard == "yes")
        if dip and dip.prompt_used in _TOLD:
            tally.add(team, kind, "dip-prompt", dip.prompt_used == "yes")
    childless: Counter[str] = Counter()
    reasons: Counter[tuple[str, str, str]] = Counter()
    lags: list[tuple[str, str, float]] = []
    for incident, of, is_filmed in _of_classes(found, choices):
        if of.voice and not incident.children:
            childless[incident.team] += 1
        if of.video and not incident.recordings:
            reasons[incident.team, of.code, incident.no_video] += 1
        if of.video and is_filmed and (seconds := lag(incident)) is not None:
            lags.append((incident.team, of.code, seconds))
    return Tallied(
        tally.tallies(),
        dict(childless),
        names,
        tuple(sorted(lags)),
        tuple((*at, times) for at, times in sorted(reasons.items())),
        excused,
    )


def _of_classes(
    found: Iterable[Counted], choices: Measuring
) -> Iterable[tuple[Incident, IncidentClass, bool]]:
    """Every incident of a class that is measured, the class, and whether a file named it."""
    for one in found:
        if of := choices.class_of(one.incident.kind):
            yield one.incident, of, one.is_filmed


def _tallied(found: Iterable[Counted], choices: Measuring, now: dt.datetime) -> _Tally:
    tally = _Tally()
    for one in found:
        of = choices.class_of(one.incident.kind)
        for code in MEASURES if one.is_filmed else BY_REFERENCE:
            met = MEASURES[code].meets(Asked(one.incident, of, choices, now)) if of else None
            if met is not None:
                tally.add(one.incident.team, one.incident.kind, code, met, one.writer)
    return tally


class _Tally:
    """Counts by team, class and measure."""

    def __init__(self) -> None:
        self._of: Counter[tuple[str, str, str]] = Counter()
        self._met: Counter[tuple[str, str, str]] = Counter()
        self._writers: dict[tuple[str, str, str], set[str]] = defaultdict(set)

    def add(self, team: str, kind: str, code: str, met: bool, writer: str = "") -> None:
        at = (team, kind, code)
        self._of[at] += 1
        if met:
            self._met[at] += 1
        if writer:
            self._writers[at].add(writer)

    def tallies(self) -> tuple[Tally, ...]:
        return tuple(
            Tally(*at, Proportion(self._met[at], of), frozenset(self._writers.get(at, ())))
            for at, of in sorted(self._of.items())
        )


def _dips(
    partnership: str, found: Iterable[Counted], choices: Measuring, now: dt.datetime
) -> Iterable[tuple[Drawn, Dip | None]]:
    """Every recording that was drawn, with what was found where somebody looked."""
    filmed_ones = {one.incident.reference: one.id for one in found if one.is_filmed}
    looked = looked_into(filmed_ones.values())
    incidents = [one.incident for one in found if one.is_filmed]
    for one in drawn(incidents, choices, partnership, now):
        yield one, looked.get(filmed_ones[one.incident.reference], {}).get(one.asset)


def _with_the_next(of_months: list[str]) -> list[str]:
    """A referral of a month's last night is sent in the next one."""
    following = begins(max(of_months)) + dt.timedelta(days=32)
    return [*of_months, f"{following:%Y-%m}"]
