"""What looking where one may not takes: how long it lasts, who must agree, who may review it and until when.

Rules about people and days as plain functions; who the people are and what the time is, the caller says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from footprint.calendars import LONDON, working_days_after

GLASS_LASTS: Final = dt.timedelta(minutes=15)
SHORTEST_REASON: Final = 30
REVIEWED_WITHIN: Final = 1  # working days
SUSPENDED_AFTER: Final = 3
#: Above the first share of look-ups the agreement is watched, above the second it is wrong.
TARGET_SHARE: Final = 0.005
TOO_LARGE_A_SHARE: Final = 0.02
GUARDIANS: Final = 2
SHIELD_REVIEWED_EVERY: Final = 6  # months


class Unit(NamedTuple):
    """Where somebody works: a partner, and a team of it where one is said."""

    partner: str
    team: str

    def is_with(self, other: Unit) -> bool:
        """Say whether both work together. Where no team is said of one of them, the whole partner is one unit."""
        teams = {self.team.strip().casefold(), other.team.strip().casefold()}
        return self.partner == other.partner and (len(teams) == 1 or "" in teams)


class Verdict(NamedTuple):
    """What one person said to a request."""

    user: str
    grants: bool


def enough_said(said: str) -> bool:
    """Say whether a reason is one: long enough, and more than one key held down."""
    text = " ".join(said.split())
    return len(text) >= SHORTEST_REASON and len(set(text.casefold())) > 5 and " " in text


def review_due(opened: dt.datetime) -> dt.date:
    """Return the day by whose end the use of break-glass must be reviewed."""
    return working_days_after(opened.astimezone(LONDON).date(), REVIEWED_WITHIN)


def is_suspended(unreviewed: Iterable[dt.datetime], today: dt.date) -> bool:
    """Say whether somebody may break no glass today: an earlier use waits for its review for longer than it may."""
    return any(
        today > working_days_after(when.astimezone(LONDON).date(), SUSPENDED_AFTER) for when in unreviewed
    )


def verdict_of(
    asker: str, verdicts: Iterable[Verdict], needed: int = GUARDIANS
) -> Literal["open", "granted", "refused"]:
    """Return what became of a request. One refusal ends it; nobody counts twice, and who asked counts not at all."""
    latest = {one.user: one.grants for one in verdicts if one.user != asker}
    if not all(latest.values()):
        return "refused"
    return "granted" if len(latest) >= needed else "open"


def may_review(reviewer: str, reviewers: Unit, watched: str, watched_at: Unit) -> bool:
    """Say whether somebody may review what another did: never their own, never that of whom they work with."""
    return reviewer != watched and not reviewers.is_with(watched_at)


def shield_review_due(last: dt.date) -> dt.date:
    """Return the day on which a shield is to be looked at again, half a year after it was made or last looked at."""
    months = last.month - 1 + SHIELD_REVIEWED_EVERY
    year, month = last.year + months // 12, months % 12 + 1
    first_of_next = dt.date(year + month // 12, month % 12 + 1, 1)
    return min(
        first_of_next - dt.timedelta(days=1), dt.date(year, month, 1) + dt.timedelta(days=last.day - 1)
    )
