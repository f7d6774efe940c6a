"""The page of measures as finished figures: by team and month for the parties, suppressed and by class for everybody else."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import quantiles
from typing import Final, NamedTuple

from footprint.answer.words import day
from footprint.referrals import dipping
from footprint.referrals.codes import NO_VIDEO
from footprint.referrals.intervals import Proportion
from footprint.referrals.measures import MEASURES, Measuring
from footprint.web.design.words import moment
from footprint.web.ledger.suppressing import shown
from footprint.web.referrals.auditing.figures import HEADS, Cell, Figure, figure
from footprint.web.referrals.auditing.measuring.queries import BY_REFERENCE, LATELY, Followed, Tallied
from footprint.web.referrals.auditing.sample.presenters import month_name
from footprint.web.referrals.ending import footage_since
from footprint.web.referrals.footage.queries import Freshness
from footprint.web.referrals.retention import kept_whole_since

ALL: Final = "All teams"
_UNNAMED: Final = "No team named"
_NOTHING: Final = Proportion(0, 0)
_NO_REASON: Final = "No reason given"
_NEWEST: Final = 2
#: Every share on the page: what it is, and of what.
_LABELS: Final[dict[str, tuple[str, str]]] = {
    **{code: (one.label, one.of) for code, one in MEASURES.items()},
    **dipping.COUNTED,
}
#: The heading above the first measure of each kind.
_HEADINGS: Final = {"voice": "Children’s voices", "recorded": "Video", "dip": "Recordings that were drawn"}


class Reach(NamedTuple):
    """What a reader sees: `whole` figures or suppressed ones; one team alone, or all by team; else all together, by class.

    Suppressed figures are by class and never of all classes: from a total and its parts what is small could be worked out.
    """

    whole: bool
    team: str = ""
    by_team: bool = False
    kind: str = ""


class Row(NamedTuple):
    """A team or a class, and its figure in each month."""

    team: str
    figures: tuple[Figure, ...]


class MeasureTable(NamedTuple):
    """One measure: what it is, of what it is a share, and its rows; the heading above it, where it is the first below one.

    `lately` is its newest figures in a line, of the team or of all; of suppressed ones there are none of all.
    """

    heading: str
    label: str
    of: str
    rows: tuple[Row, ...]
    lately: str


class Source(NamedTuple):
    """One system's newest extract in words: its name, when it was made and came, and what to know of it."""

    system: str
    says: str
    is_late: bool
    silent: tuple[str, ...]


class MeasuresPage(NamedTuple):
    """All measures, which months, what they rest on, and what cannot be told."""

    first: str
    months: tuple[str, ...]
    tables: tuple[MeasureTable, ...]
    followed: tuple[Row, ...]
    followed_months: tuple[str, ...]
    childless: str
    excused: str
    classes: tuple[tuple[str, str, bool], ...]
    lags: tuple[tuple[str, str, str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]
    kept_since: str
    referrals_since: str
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
    fresh: Sequence[Freshness],
    now: dt.datetime,
) -> MeasuresPage:
    """Return the page. `by_month` goes from month (2026-11) to what is counted of it, in the order in which they are shown."""
    months = list(by_month)
    lately = months[:LATELY]
    labels = {one.code: one.label for one in choices.classes}
    told = [code for code in _LABELS if fresh or code in BY_REFERENCE]
    return MeasuresPage(
        first="Team" if reach.whole else "Class",
        months=tuple(month_name(month) for month in months),
        tables=tuple(_table(code, by_month, reach, labels) for code in told),
        followed=_followed_rows(followed or (), lately, reach),
        followed_months=tuple(month_name(month) for month in lately),
        childless=_count((tallied.childless for tallied in by_month.values()), reach),
        excused=_count((tallied.excused for tallied in by_month.values()), reach),
        classes=tuple((code, label, code == reach.kind) for code, label in labels.items()),
        lags=tuple(_lags(by_month.values(), reach)),
        reasons=tuple(_reasons(by_month.values(), reach)),
        sources=tuple(_source(one, now, whole=reach.whole) for one in fresh),
        kept_since=day(footage_since(now).isoformat()),
        referrals_since=day(whole.isoformat()) if (whole := kept_whole_since(now)) else "",
        since=day(choices.since.isoformat()),
        source=choices.source,
        is_verified=choices.verified,
        concepts=choices.concepts,
        cannot=tuple(label for code, (label, _) in _LABELS.items() if code not in told),
    )


def cells_of(page: MeasuresPage) -> list[list[Cell]]:
    """Return the page as rows of a spreadsheet."""
    rows: list[list[Cell]] = [["measure", "of", page.first.lower(), "month", *HEADS]]
    for table in page.tables:
        for row in table.rows:
            for month, one in zip(page.months, row.figures, strict=True):
                rows.append([table.label, table.of, row.team, month, *one.cells])
    return rows


def _table(
    code: str, by_month: Mapping[str, Tallied], reach: Reach, labels: Mapping[str, str]
) -> MeasureTable:
    shares: dict[tuple[str, str], Proportion] = defaultdict(lambda: _NOTHING)
    writers: dict[tuple[str, str], frozenset[str]] = defaultdict(frozenset)
    teams: dict[tuple[str, str], frozenset[str]] = defaultdict(frozenset)
    for month, tallied in by_month.items():
        for one in tallied.tallies:
            for row in _rows_of(one.team, one.kind, reach, labels) if one.code == code else ():
                shares[row, month] = shares[row, month].plus(one.met)
                writers[row, month] |= one.writers
                teams[row, month] |= {one.team} - {""}
    rows = tuple(
        Row(
            row,
            tuple(
                figure(
                    shares[row, month],
                    whole=reach.whole,
                    # Of no fewer people than wrote, and of no fewer than there are teams.
                    people=max(len(writers[row, month]), len(teams[row, month])),
                )
                for month in by_month
            ),
        )
        for row in _in_order({row for row, _ in shares}, reach, labels)
    )
    return MeasureTable(_HEADINGS.get(code, ""), *_LABELS[code], rows, _lately(rows, by_month, reach))


def _lately(rows: Sequence[Row], months: Iterable[str], reach: Reach) -> str:
    """The last row is of all, or the only one."""
    if not (reach.whole and rows):
        return ""
    newest = list(zip(months, rows[-1].figures, strict=True))[:_NEWEST]
    return "; ".join(f"{month_name(month)} {one.text}" for month, one in newest)


def _followed_rows(followed: Sequence[Followed], months: Sequence[str], reach: Reach) -> tuple[Row, ...]:
    """Only for those who see figures as they are: it is of the organisation's own feed."""
    if not reach.whole or reach.kind:
        return ()
    shares: dict[tuple[str, str], Proportion] = defaultdict(lambda: _NOTHING)
    for one in followed:
        for team in _rows_of(one.team, "", reach, {}):
            shares[team, one.month] = shares[team, one.month].plus(Proportion(one.named, one.of))
    return tuple(
        Row(team, tuple(figure(shares[team, month], whole=True) for month in months))
        for team in _in_order({team for team, _ in shares}, reach, {})
    )


def _rows_of(team: str, kind: str, reach: Reach, labels: Mapping[str, str]) -> tuple[str, ...]:
    """In which rows something of this team and class counts."""
    if not reach.whole:
        return (labels.get(kind, kind),)
    if reach.kind and kind != reach.kind:
        return ()
    if reach.team:
        return (team,) if team == reach.team else ()
    return (team or _UNNAMED, ALL)


def _in_order(found: set[str], reach: Reach, labels: Mapping[str, str]) -> list[str]:
    if not reach.whole:
        return [label for label in labels.values() if label in found]
    named = sorted(found - {ALL, _UNNAMED})
    return [*named, *(one for one in (_UNNAMED, ALL) if one in found)]


def _count(counts: Iterable[Mapping[str, int]], reach: Reach) -> str:
    """How many incidents of those whom the reader sees as they are; nothing where there is none, and to nobody else."""
    if not reach.whole or reach.kind:
        return ""
    count = sum(times for of in counts for team, times in of.items() if not reach.team or team == reach.team)
    return f"{count:,}" if count else ""


def _lags(tallied: Iterable[Tallied], reach: Reach) -> Iterator[tuple[str, str, str, str]]:
    """By team: of how many, the median and the quartiles of the seconds from arrival to the first picture."""
    if not reach.whole:
        return
    by_team: dict[str, list[float]] = defaultdict(list)
    for one in tallied:
        for team, kind, seconds in one.lags:
            for row in _rows_of(team, kind, reach, {}):
                by_team[row].append(seconds)
    for row in _in_order(set(by_team), reach, {}):
        known = by_team[row]
        if len(known) > 1:
            low, median, high = quantiles(known, n=4, method="inclusive")
            yield row, f"{len(known):,}", _spoken(median), f"{_spoken(low)} to {_spoken(high)}"


def _spoken(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"


def _reasons(tallied: Iterable[Tallied], reach: Reach) -> Iterator[tuple[str, str]]:
    """Each reason for no video and how many incidents give it, as it may be shown; those first that most give."""
    counts: dict[str, int] = defaultdict(int)
    teams: dict[str, set[str]] = defaultdict(set)
    for one in tallied:
        for team, kind, reason, times in one.reasons:
            if reach.kind in ("", kind) and reach.team in ("", team):
                counts[reason] += times
                teams[reason].add(team)
    for reason, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        label = NO_VIDEO.get(reason, _NO_REASON)
        yield label, f"{count:,}" if reach.whole else shown(count, len(teams[reason]))


def _source(one: Freshness, now: dt.datetime, *, whole: bool) -> Source:
    late = now > one.late_at
    says = f"as of {moment(one.made)}, received {moment(one.received)}."
    if late:
        says += f" A newer extract was due by {moment(one.late_at)}: what happened since is not reported."
    if one.faults:
        says += f" {one.faults:,} {'thing' if one.faults == 1 else 'things'} in it could not be taken."
    silent = [f"{team} (not reported since {moment(last)})" for team, last in one.silent]
    return Source(one.system, says, late, tuple(silent) if whole else ())
