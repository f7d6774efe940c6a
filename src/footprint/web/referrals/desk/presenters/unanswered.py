"""Incidents with a child that went unanswered, as finished words. Of teams, never of a person."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from footprint.referrals.missing import How
from footprint.web.referrals.desk.presenters.team import PlainLine, RuledLine, missing_line, ruled_lines
from footprint.web.referrals.desk.presenters.teams import NO_TEAM
from footprint.web.referrals.desk.unanswered_queries import Unanswered

_NONE: Final = "Of the incidents that you may see none went unanswered for longer than four weeks. That is not a clearance."
_TOTAL: Final = "Without a referral, longer ago than four weeks and within twelve months, of the incidents that you may see: {}."


class UnansweredPage(NamedTuple):
    """Incidents without a referral, the longest ago first, then those ruled to need none; and how many each team has.

    `query` is what an address of another page begins with.
    """

    team: str
    says: str
    lines: tuple[PlainLine, ...]
    ruled: tuple[RuledLine, ...]
    teams: tuple[tuple[str, str, int], ...]
    number: int
    pages: int
    query: str
    receipt: str


def unanswered_page(found: Unanswered, of: str | None, now: dt.datetime) -> UnansweredPage:
    """Return the page of a team, or of all where none is named."""
    total = _TOTAL.format(f"{found.total:,}") if found.total else _NONE
    here = reverse("referrals:unanswered")
    named = {} if of is None else {"team": of}
    return UnansweredPage(
        team="" if of is None else of or NO_TEAM,
        says=found.page.refusal or total,
        lines=tuple(missing_line(one, now) for one in found.page.standings if one.how is How.MISSING),
        ruled=tuple(ruled_lines(found.page)),
        teams=tuple(
            (f"{here}?{urlencode({'team': team})}", team or NO_TEAM, count) for team, count in found.teams
        ),
        number=found.number,
        pages=found.pages,
        query=f"?{urlencode(named)}&page=" if named else "?page=",
        receipt=found.receipt,
    )
