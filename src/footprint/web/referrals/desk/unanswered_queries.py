"""Reads which incidents with a child got no referral, however long ago within twelve months: none is forgotten by its age alone.

A team's day shows the last weeks. What went unanswered before them stays in a list of its own until a referral names it, somebody
rules that it needs none, or it is older than what a footprint shows.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from django.utils import timezone

from footprint.calendars import LONDON
from footprint.records.window import months_before
from footprint.referrals.missing import How, Standing, folded
from footprint.web.accounts.actor import Actor
from footprint.web.cases.scope import NotShared, own_incidents
from footprint.web.referrals.desk.incident_queries import ASKS_FOR, Incidents, referred, stood
from footprint.web.referrals.desk.no_referral_queries import Ruling
from footprint.web.referrals.desk.overview_queries import is_team
from footprint.web.referrals.desk.queries import entered
from footprint.web.referrals.desk.team_queries import INCIDENTS, incidents_of
from footprint.web.referrals.queries import NotFound

MONTHS: Final = 12
PAGE: Final = 50


class Unanswered(NamedTuple):
    """A page of what went unanswered: its incidents, those ruled to need no referral last, its number from 1, and of how many.

    `total` is how many wait, and `teams` how many of each team: of the whole organisation, or of a supervisor's own team.
    """

    page: Incidents
    number: int
    pages: int
    total: int
    teams: tuple[tuple[str, int], ...]
    receipt: str


def unanswered(actor: Actor, now: dt.datetime, of: str | None, number: int) -> Unanswered:
    """Return a page of the incidents of a team, or of all, entered as read before it leaves. Raises NotFound, LedgerError."""
    reads_all = actor.may("grade-referrals")
    found = older(actor, now, None if reads_all else actor.team)
    counts = Counter(one.incident.team for one in found.standings if one.how is How.MISSING)
    listed = [one for one in found.standings if of is None or one.incident.team == of]
    if reads_all and of and not listed and not is_team(actor, of, now):
        raise NotFound
    pages = max(1, -(-len(listed) // PAGE))
    number = min(max(1, number), pages)
    shown = tuple(listed[(number - 1) * PAGE : number * PAGE])
    return Unanswered(
        found._replace(standings=shown),
        number,
        pages,
        sum(one.how is How.MISSING for one in listed),
        tuple(sorted(counts.items(), key=lambda one: (not one[0], one[0].casefold()))),
        entered(actor, "referral-unanswered", len(shown)),
    )


def older(actor: Actor, now: dt.datetime, of: str | None) -> Incidents:
    """Return the incidents before those of a team's day that no referral names: of a team, or of all where none is named."""
    first = months_before(timezone.localdate(now), MONTHS)
    last = timezone.localdate(now - INCIDENTS).isoformat()
    since = dt.datetime.combine(first, dt.time(), tzinfo=LONDON)
    named = referred(actor, since)
    try:
        # Whether a child may be known is asked of each: not of those that a referral names.
        there = own_incidents(
            actor, ASKS_FOR, first.isoformat(), lambda reference: folded(reference) not in named
        )
    except NotShared as error:
        return Incidents((), frozenset(), str(error))
    return stood(actor, [one for one in there if one.day < last], of, (), now)


def without_referral(actor: Actor, reference: str, now: dt.datetime) -> tuple[Standing, str]:
    """Return an incident of the actor's team of which no referral came and none is ruled out, and the page on which it stands.

    Raises NotFound.
    """
    for found, page in _own(actor, now):
        for one in found.standings:
            if one.how in (How.MISSING, How.AWAITED) and one.incident.reference == reference:
                return one, page
    raise NotFound


def ruling_of(actor: Actor, ruling_id: int, now: dt.datetime) -> tuple[Ruling, str]:
    """Return a ruling on an incident of the actor's team that they may know of, and the page on which it stands.

    Raises NotFound.
    """
    for found, page in _own(actor, now):
        for one in found.standings:
            ruling = found.ruled.get(folded(one.incident.reference))
            if ruling is not None and ruling.pk == ruling_id:
                return ruling, page
    raise NotFound


def _own(actor: Actor, now: dt.datetime) -> Iterator[tuple[Incidents, str]]:
    """The incidents of the own team and their page: first those of the last weeks, for most are asked for there."""
    yield incidents_of(actor, now), "referrals:team"
    yield older(actor, now, actor.team), "referrals:unanswered"
