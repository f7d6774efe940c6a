"""Reads what is stored of incidents: from the police's referrals whether children were heard and video is named, by month.

Of an incident without a referral nothing is stored of voices or video, so that it is counted beside the measures and in none of
them. Recordings are known by their reference alone: measures that need times cannot be told here.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from django.conf import settings
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from footprint.calendars import LONDON
from footprint.referrals.intervals import Proportion
from footprint.referrals.measures import (
    MEASURES,
    Asked,
    Incident,
    Measuring,
    Recording,
    measuring_of,
    packaged_measuring,
)
from footprint.referrals.reading import ChoiceError
from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import Said as Answer
from footprint.referrals.referral import decode
from footprint.web.accounts.actor import Actor
from footprint.web.cases.published import published_or_none
from footprint.web.cases.scope import NotShared, own_incidents
from footprint.web.referrals.auditing.sample.candidates import begins, sent_in
from footprint.web.referrals.models import Version

log: Final = logging.getLogger(__name__)

#: Whose referrals are counted: the prompt and the cameras are the police's.
SECTOR: Final = "police"
#: The classes of incidents that a referral can tell, by whether its writer says that there was domestic abuse.
DOMESTIC_ABUSE: Final = "domestic-abuse-child"
OTHERWISE: Final = "child-abuse"
#: The measures that can be told from a reference alone.
TOLD: Final = ("voice", "words", "concepts", "recorded", "accounted")
MONTHS: Final = 6
#: So many months of the feed's own incidents are looked through: each of them is asked whether it may be known.
LATELY: Final = 2
_FRONT_DOOR: Final = "front-door"


class Tally(NamedTuple):
    """Of a team's incidents in a month, how many meet a measure, and who wrote of them: to know of how many people it is."""

    team: str
    code: str
    met: Proportion
    writers: frozenset[str]


class Tallied(NamedTuple):
    """A month: its tallies, how many incidents of each team list no child, and by which references they are named."""

    tallies: tuple[Tally, ...]
    childless: dict[str, int]
    references: frozenset[str]


class Counted(NamedTuple):
    """An incident as far as a referral tells it, and who wrote that."""

    incident: Incident
    writer: str


class Followed(NamedTuple):
    """Of so many incidents with a child, in the organisation's own feed, so many are named by a referral; by team and month."""

    team: str
    month: str
    named: int
    of: int


def choices() -> Measuring:
    """Return the partnership's choices; ours, where its file cannot be read."""
    try:
        return measuring_of(settings.DATA)
    except ChoiceError:
        log.exception("What is measured cannot be read; our choices are used.")
        return packaged_measuring()


def months(*, running: bool) -> list[str]:
    """Return the last whole months, the latest first; before them the one that runs, where it is asked for."""
    first = timezone.localdate().replace(day=1)
    found = [f"{first:%Y-%m}"] if running else []
    for _ in range(MONTHS):
        first = (first - dt.timedelta(days=1)).replace(day=1)
        found.append(f"{first:%Y-%m}")
    return found


def tallied_in(partnership: str, month: str, choices: Measuring) -> Tallied:
    """Return what is counted of a month, of the incidents of which the police sent a referral: each once, by the latest."""
    # The table's own stamp is cheap to ask for; only where it is another one is each month asked for its own.
    month_stamp = _stamp_of(partnership, month, _stamp(Version.objects.order_by()))
    return _of_month(partnership, month, choices, month_stamp)


def followed(actor: Actor, of_months: list[str]) -> list[Followed] | None:
    """Return how many incidents with a child in the actor's own organisation's feed a referral names, as far as they may know.

    None where that cannot be told: nothing is published, it is not the police, or the agreement does not let them ask.
    """
    if actor.sector != SECTOR or not actor.may("ask") or published_or_none() is None:
        return None
    try:
        there = own_incidents(actor, _FRONT_DOOR, f"{begins(min(of_months)):%Y-%m-%d}")
    except NotShared:
        return None
    named = {
        reference
        for month in _with_the_next(of_months)
        for reference in tallied_in(actor.partnership, month, choices()).references
    }
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in there:
        if one.day[:7] in of_months:
            found[one.team, one.day[:7]].add(_folded(one.reference))
    return [
        Followed(team, month, len(references & named), len(references))
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
def _of_month(partnership: str, month: str, choices: Measuring, _of_versions: tuple[int, int]) -> Tallied:
    """The same until a version is added: then its number, or how many there are, is another."""
    shares: dict[tuple[str, str], Proportion] = defaultdict(lambda: Proportion(0, 0))
    writers: dict[tuple[str, str], set[str]] = defaultdict(set)
    childless: Counter[str] = Counter()
    counted, now = list(_counted(partnership, month)), timezone.now()
    for one in counted:
        of, team = choices.class_of(one.incident.kind), one.incident.team
        childless[team] += not one.incident.children
        for code in TOLD:
            met = MEASURES[code].meets(Asked(one.incident, of, choices, now)) if of else None
            if met is not None:
                shares[team, code] = shares[team, code].plus(Proportion(int(met), 1))
                writers[team, code].add(one.writer)
    return Tallied(
        tuple(Tally(*at, share, frozenset(writers[at])) for at, share in sorted(shares.items())),
        dict(childless),
        frozenset(_folded(one.incident.reference) for one in counted) - {""},
    )


def _counted(partnership: str, month: str) -> Iterable[Counted]:
    latest = Version.objects.filter(referral=OuterRef("pk")).order_by("-number")
    rows = (
        sent_in(partnership, month)
        .filter(partner__sector=SECTOR)
        .annotate(latest=Subquery(latest.values("content")[:1]))
        .order_by("sent_at", "pk")
        .values_list("reference", "incident", "team", "sent_at", "by__user", "author", "latest")
    )
    found: dict[str, Counted] = {}
    for reference, incident, team, sent_at, user, author, latest_text in rows.iterator():
        said = decode(latest_text) if latest_text else Said()
        writer = str(user or author or reference)  # type: ignore[truthy-bool] # nobody, where a file brought it
        found[_folded(incident) or reference] = Counted(_incident(said, incident, team, sent_at), writer)
    return found.values()


def _incident(said: Said, reference: str, team: str, at: dt.datetime) -> Incident:
    video = said.links.video.strip()
    return Incident(
        reference=reference,
        kind=DOMESTIC_ABUSE if said.links.domestic_abuse is Answer.YES else OTHERWISE,
        team=team,
        at=at.astimezone(LONDON),
        children=len(said.children),
        voices=tuple(child.voice for child in said.children if child.voice),
        # A reference without times: whoever reads this asks only whether there is one (TOLD).
        recordings=(Recording(asset=video, started=at, ended=at),) if video else (),
        no_video=said.links.no_video,
    )


def _with_the_next(of_months: list[str]) -> list[str]:
    """A referral of a month's last night is sent in the next one."""
    following = begins(max(of_months)) + dt.timedelta(days=32)
    return [*of_months, f"{following:%Y-%m}"]


def _folded(reference: str) -> str:
    return "".join(sign for sign in reference.casefold() if sign.isalnum())
