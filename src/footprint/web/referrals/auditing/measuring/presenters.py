"""The page of measures as finished figures: by team and month for the parties, suppressed and in one for everybody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from footprint.answer.words import day
from footprint.referrals.intervals import Proportion
from footprint.referrals.measures import MEASURES, Measuring
from footprint.web.referrals.auditing.figures import HEADS, Cell, Figure, figure
from footprint.web.referrals.auditing.measuring.queries import LATELY, TOLD, Followed, Tallied
from footprint.web.referrals.auditing.sample.presenters import month_name

ALL: Final = "All teams"
_UNNAMED: Final = "No team named"
_NOTHING: Final = Proportion(0, 0)


class Reach(NamedTuple):
    """What a reader sees: `whole` figures or suppressed ones; one team alone, or all by team, or all together."""

    whole: bool
    team: str = ""
    by_team: bool = False


class Row(NamedTuple):
    """A team, and its figure in each month."""

    team: str
    figures: tuple[Figure, ...]


class MeasureTable(NamedTuple):
    """One measure: what it is, of what it is a share, and its rows."""

    code: str
    label: str
    of: str
    rows: tuple[Row, ...]


class MeasuresPage(NamedTuple):
    """All measures, which months, what they rest on, and what cannot be told."""

    months: tuple[str, ...]
    tables: tuple[MeasureTable, ...]
    followed: tuple[Row, ...]
    followed_months: tuple[str, ...]
    childless: str
    classes: tuple[str, ...]
    since: str
    source: str
    is_verified: bool
    concepts: int
    cannot: tuple[str, ...]


def measures_page(
    by_month: Mapping[str, Tallied],
    followed: Sequence[Followed] | None,
    choices: Measuring,
    reach: Reach,
) -> MeasuresPage:
    """Return the page. `by_month` goes from month (2026-11) to what is counted of it, in the order in which they are shown."""
    months = list(by_month)
    lately = months[:LATELY]
    return MeasuresPage(
        months=tuple(month_name(month) for month in months),
        tables=tuple(_table(code, by_month, reach) for code in TOLD),
        followed=_followed_rows(followed or (), lately, reach),
        followed_months=tuple(month_name(month) for month in lately),
        childless=_childless(by_month, reach),
        classes=tuple(one.label for one in choices.classes),
        since=day(choices.since.isoformat()),
        source=choices.source,
        is_verified=choices.verified,
        concepts=choices.concepts,
        cannot=tuple(one.label for code, one in MEASURES.items() if code not in TOLD),
    )


def cells_of(page: MeasuresPage) -> list[list[Cell]]:
    """Return the page as rows of a spreadsheet."""
    rows: list[list[Cell]] = [["measure", "of", "team", "month", *HEADS]]
    for table in page.tables:
        for row in table.rows:
            for month, one in zip(page.months, row.figures, strict=True):
                rows.append([table.label, table.of, row.team, month, *one.cells])
    return rows


def _table(code: str, by_month: Mapping[str, Tallied], reach: Reach) -> MeasureTable:
    shares: dict[tuple[str, str], Proportion] = defaultdict(lambda: _NOTHING)
    people: dict[tuple[str, str], frozenset[str]] = defaultdict(frozenset)
    measure = MEASURES[code]
    for month, tallied in by_month.items():
        for one in tallied.tallies:
            for team in _rows_of(one.team, reach) if one.code == code else ():
                shares[team, month] = shares[team, month].plus(one.met)
                people[team, month] |= one.writers
    return MeasureTable(
        code,
        measure.label,
        measure.of,
        tuple(
            Row(
                team,
                tuple(
                    figure(shares[team, month], whole=reach.whole, people=len(people[team, month]))
                    for month in by_month
                ),
            )
            for team in _teams({team for team, _ in shares}, reach)
        ),
    )


def _followed_rows(followed: Sequence[Followed], months: Sequence[str], reach: Reach) -> tuple[Row, ...]:
    """Only for those who see figures as they are: it is of the organisation's own feed."""
    if not reach.whole:
        return ()
    shares: dict[tuple[str, str], Proportion] = defaultdict(lambda: _NOTHING)
    for one in followed:
        for team in _rows_of(one.team, reach):
            shares[team, one.month] = shares[team, one.month].plus(Proportion(one.named, one.of))
    return tuple(
        Row(team, tuple(figure(shares[team, month], whole=True) for month in months))
        for team in _teams({team for team, _ in shares}, reach)
    )


def _rows_of(team: str, reach: Reach) -> tuple[str, ...]:
    """In which rows something of this team counts."""
    if reach.team:
        return (team,) if team == reach.team else ()
    return (team or _UNNAMED, ALL) if reach.by_team else (ALL,)


def _teams(found: set[str], reach: Reach) -> list[str]:
    named = sorted(found - {ALL, _UNNAMED})
    last: list[str] = [one for one in (_UNNAMED, ALL) if one in found]
    return [*named, *last] if reach.by_team or reach.team else last


def _childless(by_month: Mapping[str, Tallied], reach: Reach) -> str:
    """How many incidents are in no measure of children's voices, because no child is listed."""
    if not reach.whole:
        return ""
    count = sum(
        times
        for tallied in by_month.values()
        for team, times in tallied.childless.items()
        if _rows_of(team, reach)
    )
    return f"{count:,}" if count else ""
