"""Twelve months of a footprint as a picture and, beside it, as a table that says the same in words.

The picture is fractions of the window from 0 to 1, ready to be drawn without arithmetic. Whoever cannot see it loses nothing:
each mark of the picture is one row of the table, in the same order.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import structs

from footprint.answer import words
from footprint.answer.values import Footprint, InvolvementLine, PartnerAnswer, Value


class Month(Value, frozen=True, kw_only=True):
    """The first of a month as a place in the window: "Dec", and "December 2025" for those who want it whole."""

    at: float
    label: str
    name: str


class Mark(Value, frozen=True, kw_only=True):
    """Events of one day, or one episode, from `at` until `until` (equal for an event) as fractions of the window.

    `began_before`: it began before the window, where it is cut off. `open`: it has not ended; `until` is then the last day on
    which it was confirmed, and nothing is known of later ones.
    """

    shape: Literal["event", "episode"]
    at: float
    until: float
    count: int
    began_before: bool
    open: bool
    words: str


class TimelineRow(Value, frozen=True, kw_only=True):
    """The marks of one kind and role with one partner, the earliest first. `label` and `role` are words, `name` the partner's."""

    partner: str
    name: str
    code: str
    label: str
    role: str
    marks: tuple[Mark, ...]


class TableRow(Value, frozen=True, kw_only=True):
    """One mark in words: who, what, as whom and when. `start` and `end` are ISO days; `end` is empty while it is open."""

    partner: str
    name: str
    label: str
    role: str
    when: str
    start: str
    end: str


class Timeline(Value, frozen=True, kw_only=True):
    """The window from `start` to `end` (ISO days), its months, the rows of the picture, and the table of the same."""

    start: str
    end: str
    months: tuple[Month, ...]
    rows: tuple[TimelineRow, ...]
    table: tuple[TableRow, ...]


class _Scale:
    """Days as fractions of the window."""

    def __init__(self, start: str, end: str) -> None:
        self.start, self.end = start, end
        self._first = dt.date.fromisoformat(start)
        self._days = (dt.date.fromisoformat(end) - self._first).days or 1

    def at(self, day: str) -> float:
        """Return the place of an ISO day, at the nearer end where it is outside the window."""
        days = (dt.date.fromisoformat(day) - self._first).days
        return round(min(max(days / self._days, 0.0), 1.0), 4)

    def months(self) -> Iterator[Month]:
        year, month = self._first.year, self._first.month
        while True:
            first = dt.date(year, month, 1)
            if first.isoformat() > self.end:
                return
            if first >= self._first:
                yield Month(at=self.at(first.isoformat()), label=f"{first:%b}", name=f"{first:%B %Y}")
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def timeline(footprint: Footprint) -> Timeline:
    """Return the window of a footprint as a picture and as a table, partner by partner, open kinds first."""
    scale = _Scale(footprint.shown_from, footprint.day)
    drawn = [_row(partner, lines, scale) for partner in footprint.partners for lines in _by_kind(partner)]
    return Timeline(
        start=scale.start,
        end=scale.end,
        months=tuple(scale.months()),
        rows=tuple(row for row, _ in drawn),
        table=tuple(said for _, table in drawn for said in table),
    )


def _by_kind(partner: PartnerAnswer) -> Iterable[list[InvolvementLine]]:
    kinds: dict[tuple[str, str], list[InvolvementLine]] = {}
    for line in partner.involvements:
        kinds.setdefault((line.code, line.role), []).append(line)
    return kinds.values()


def _row(
    partner: PartnerAnswer, lines: Sequence[InvolvementLine], scale: _Scale
) -> tuple[TimelineRow, list[TableRow]]:
    """The lines of one kind and role as a row of the picture and as rows of the table."""
    told = sorted((one for line in lines for one in _marks(line, scale)), key=lambda one: one[1:])
    who, label, role = (partner.partner, partner.name), lines[0].label, lines[0].role
    table = [
        TableRow(partner=who[0], name=who[1], label=label, role=role, when=mark.words, start=start, end=end)
        for mark, start, end in told
    ]
    marks = tuple(mark for mark, _, _ in told)
    return TimelineRow(
        partner=who[0], name=who[1], code=lines[0].code, label=label, role=role, marks=marks
    ), table


def _marks(line: InvolvementLine, scale: _Scale) -> Iterator[tuple[Mark, str, str]]:
    """The marks of a line, each with its first and last day; the last is empty while it is open."""
    for day, count in Counter(line.days).items():
        yield _mark(scale, day, day, count, f"{words.day(day)}{_times(count)}"), day, day
    for span, count in Counter(line.spans).items():
        said = (
            words.span(span.start, span.end)
            if span.end
            else words.open_since(span.start, line.confirmed_on, line.not_reported_since)
        )
        last = max(span.end or line.confirmed_on, span.start)
        mark = _mark(scale, span.start, last, count, f"{said}{_times(count)}")
        yield structs.replace(mark, shape="episode", open=not span.end), span.start, span.end


def _mark(scale: _Scale, start: str, last: str, count: int, said: str) -> Mark:
    return Mark(
        shape="event",
        at=scale.at(start),
        until=scale.at(last),
        count=count,
        began_before=start < scale.start,
        open=False,
        words=said,
    )


def _times(count: int) -> str:
    return f" ({count} times)" if count > 1 else ""
