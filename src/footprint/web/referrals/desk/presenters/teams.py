"""How an organisation's teams stand, and how well a team's forms are written by month, as finished words. Never of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple
from urllib.parse import urlencode

from footprint.referrals.criteria import CRITERIA
from footprint.referrals.intervals import Proportion
from footprint.referrals.trends import Point, together
from footprint.web.referrals.desk.overview_queries import Overview

#: Short, for on a phone they stand beside each team's figures; the page says above them what is meant.
_COUNTED: Final = ("Sent", "Of these, late", "Not decided", "Not acknowledged", "No referral")


#: What nobody supervises by a team: somebody must see that it is there.
NO_TEAM: Final = "No known team"


class TeamsPage(NamedTuple):
    """The teams of an organisation: of each where it is (empty for none), its name, and its counts in the order of `heads`."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...]
    refusal: str
    receipt: str


class TrendRow(NamedTuple):
    """One criterion: how many of how many forms meet it, with the interval, in all months and in each."""

    label: str
    share: str
    interval: str
    months: tuple[tuple[str, str], ...]


def overview_page(found: Overview) -> TeamsPage:
    """Return how the teams of an organisation stand. Counts alone."""
    return TeamsPage(
        heads=_COUNTED,
        rows=tuple(
            (
                f"?{urlencode({'team': team})}" if team else "",
                team or NO_TEAM,
                tuple(zip(_COUNTED, counts, strict=True)),
            )
            for team, *counts in found.teams
        ),
        refusal=found.refusal,
        receipt=found.receipt,
    )


def trend_rows(points: Iterable[Point]) -> tuple[TrendRow, ...]:
    """Return the trend of each criterion of which there are marks."""
    by_criterion: dict[str, list[Point]] = {}
    for point in points:
        by_criterion.setdefault(point.criterion, []).append(point)
    return tuple(
        TrendRow(
            CRITERIA[code].label,
            share_said(whole),
            interval_said(whole),
            tuple((month_said(one.month), f"{share_said(one.met)}, {interval_said(one.met)}") for one in of),
        )
        for code, of in by_criterion.items()
        for whole in [together(of)[code]]
    )


def share_said(share: Proportion) -> str:
    """Return a share with what it is a share of: "12 of 20 (60%)"."""
    if share.share is None:
        return "None marked"
    return f"{share.number} of {share.of} ({share.share:.0%})"


def interval_said(share: Proportion) -> str:
    """Return from where to where a share lies with 95% confidence."""
    interval = share.interval
    return f"{interval.low:.0%} to {interval.high:.0%}" if interval else ""


def month_said(month: str) -> str:
    """Return 2026-11 as "November 2026"."""
    return f"{dt.date.fromisoformat(f'{month}-01'):%B %Y}"
