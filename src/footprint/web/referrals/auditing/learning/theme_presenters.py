"""What to brief about and what briefings moved, by team and month, as finished words and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from footprint.answer.words import day
from footprint.referrals import trends
from footprint.referrals.briefed import Colleague
from footprint.referrals.briefed import briefings as by_role
from footprint.referrals.criteria import CRITERIA
from footprint.referrals.intervals import Proportion
from footprint.referrals.prompts import BRIEFED_ON, BRIEFED_ON_LABEL
from footprint.web.design.words import moment
from footprint.web.referrals.auditing.figures import Figure, differs, figure
from footprint.web.referrals.auditing.learning.queries import (
    Lesson,
    Result,
    Told,
    authors,
    marked,
)
from footprint.web.referrals.auditing.sample.presenters import month_name

#: So many months are shown at once.
MONTHS: Final = 6
_MOVED: Final = {
    "up": "It rose",
    "down": "It fell",
    "": "Nobody can say that it moved",
}


class TrendLine(NamedTuple):
    """A criterion and its figure in each month."""

    name: str
    figures: tuple[Figure, ...]


class BriefingLine(NamedTuple):
    """A briefing, how many of each role had it, and whether its criterion moved."""

    title: str
    criterion: str
    text: str
    given: str
    again: str
    roles: tuple[tuple[str, str], ...]
    before: Figure
    after: Figure
    moved: str


class ThemesPage(NamedTuple):
    """What to brief about, by criterion and month, and what briefings moved."""

    months: tuple[str, ...]
    themes: tuple[tuple[str, Figure], ...]
    lines: tuple[TrendLine, ...]
    briefings: tuple[BriefingLine, ...]
    teams: tuple[str, ...]
    team: str


class ToldLine(NamedTuple):
    """A briefing as everybody who writes referrals reads it."""

    id: int
    title: str
    criterion: str
    text: str
    given: str
    had: str


def themes_page(
    some: Sequence[Result],
    listed: Sequence[Lesson],
    people: Mapping[int, Sequence[Colleague]],
    *,
    team: str,
    whole: bool,
) -> ThemesPage:
    """Return what to brief about, and what briefings moved. Suppressed figures are of all teams together."""
    teams = tuple(sorted({one.team for one in some if one.team and one.agreed})) if whole else ()
    chosen = team if team in teams else ""
    points = trends.points(marked(some), chosen or None)
    months = sorted({one.month for one in points})[-MONTHS:]
    by_month = authors(some)
    at = {(one.criterion, one.month): one.met for one in points}
    everybody = len({one.author for one in some if one.agreed})
    return ThemesPage(
        months=tuple(month_name(month) for month in months),
        themes=tuple(
            (criterion_name(code), figure(share, whole=whole, people=everybody))
            for code, share in trends.themes(points)
            if whole
        ),
        lines=tuple(
            TrendLine(
                criterion_name(code),
                tuple(
                    figure(
                        at.get((code, month), Proportion(0, 0)), whole=whole, people=by_month.get(month, 0)
                    )
                    for month in months
                ),
            )
            for code in CRITERIA
            if any((code, month) in at for month in months)
        ),
        briefings=tuple(
            _briefing_line(one, trends.points(marked(some)), people.get(one.pk, ()), everybody, whole=whole)
            for one in listed
        ),
        teams=teams,
        team=chosen,
    )


def told_lines(some: Sequence[Told]) -> tuple[ToldLine, ...]:
    """Return the briefings as everybody who writes referrals reads them."""
    return tuple(
        ToldLine(
            one.row.pk,
            one.row.title,
            criterion_name(one.row.criterion),
            one.row.text,
            day(one.row.given_on.isoformat()),
            moment(one.had) if one.had else "",
        )
        for one in some
    )


def _briefing_line(
    one: Lesson,
    points: Sequence[trends.Point],
    people: Sequence[Colleague],
    everybody: int,
    *,
    whole: bool,
) -> BriefingLine:
    given = f"{one.given_on:%Y-%m}"
    # What was sent in the month of the briefing was written partly before it, and counts to neither side.
    moved = trends.movement(
        [point for point in points if point.month < given],
        [point for point in points if point.month > given],
        one.criterion,
    )
    before, after = (figure(one, whole=whole, people=everybody) for one in (moved.before, moved.after))
    # Which way it went tells of what is too few to show, too.
    can_be_said = before.number is not None and after.number is not None
    rise = f", by {differs(moved.rise)}" if moved.rise and moved.moved and whole else ""
    roles = by_role(people, one.given_on)
    return BriefingLine(
        title=one.title,
        criterion=criterion_name(one.criterion),
        text=one.text,
        given=day(one.given_on.isoformat()),
        again=day(one.again_on.isoformat()) if one.again_on else "",
        roles=tuple(
            (role, figure(had.share, whole=whole, people=had.share.of).text) for role, had in roles.items()
        ),
        before=before,
        after=after,
        moved=f"{_MOVED[moved.moved]}{rise}." if can_be_said else "",
    )


def criterion_name(code: str) -> str:
    """Return what a criterion is called, with its code."""
    if code == BRIEFED_ON:
        return BRIEFED_ON_LABEL
    return f"{code} {CRITERIA[code].label}" if code in CRITERIA else code
