"""Twelve months as a picture: where each word and mark stands, across in parts of the width, down in pixels.

Because nothing across is in pixels, letters keep their size on a phone and the picture needs no second drawing. What it says
is in the table beside it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final, NamedTuple

from footprint.answer import words
from footprint.answer.timeline import Mark, Timeline, TimelineRow

_MONTHS: Final = 24
_PARTNER: Final = 26
_LABEL: Final = 18
_BAR: Final = 14
_GAP: Final = 12
# As many letters as go across a small phone.
_ACROSS_BOLD, _ACROSS = 34, 40
# An episode of one day is still to be seen.
_THINNEST: Final = 0.014


class Tick(NamedTuple):
    """The first of a month. Every second label is `spare`, and makes room on a phone."""

    x: str
    label: str
    spare: bool


class Word(NamedTuple):
    """A line of text at the left: a partner's name, or a kind of involvement."""

    y: int
    text: str
    is_partner: bool


class Bar(NamedTuple):
    """An episode, `y` its top. An open one has an arrow at its `end`; one that began before the window has one at its start."""

    x: str
    width: str
    end: str
    y: int
    is_open: bool
    began_before: bool
    words: str


class Dot(NamedTuple):
    """Events of one day, `y` their middle; `figure` is written in it where there are several."""

    x: str
    y: int
    figure: str
    words: str


class Row(NamedTuple):
    """One row of the table that says the same."""

    partner: str
    what: str
    when: str


class Picture(NamedTuple):
    """The picture, `height` pixels high, and its table. `title` and `description` are for those who do not see it."""

    height: int
    title: str
    description: str
    ticks: tuple[Tick, ...]
    words: tuple[Word, ...]
    bars: tuple[Bar, ...]
    dots: tuple[Dot, ...]
    table: tuple[Row, ...]


def picture(drawn: Timeline) -> Picture | None:
    """Return the picture of a timeline, or None where there is nothing to draw."""
    if not drawn.rows:
        return None
    y = _MONTHS
    texts: list[Word] = []
    bars: list[Bar] = []
    dots: list[Dot] = []
    partner = ""
    for row in drawn.rows:
        if row.partner != partner:
            partner = row.partner
            for text in textwrap.wrap(row.name, _ACROSS_BOLD):
                y += _PARTNER
                texts.append(Word(y, text, is_partner=True))
        for text in textwrap.wrap(_what(row.label, row.role), _ACROSS):
            y += _LABEL
            texts.append(Word(y, text, is_partner=False))
        y += 6
        bars += _bars(row, y)
        dots += _dots(row, y + _BAR // 2)
        y += _BAR + _GAP
    return Picture(
        height=y,
        title=f"What partners share, from {words.day(drawn.start)} to {words.day(drawn.end)}",
        description=f"A picture of what stands in the table that follows it: {words.counted(len(drawn.table), 'row')}.",
        ticks=tuple(
            Tick(_part(month.at), month.label, spare=number % 2 == 1)
            for number, month in enumerate(drawn.months)
        ),
        words=tuple(texts),
        bars=tuple(bars),
        dots=tuple(dots),
        table=tuple(Row(row.name, _what(row.label, row.role), row.when) for row in drawn.table),
    )


def _what(label: str, role: str) -> str:
    return label if role == words.SUBJECT else f"{label}, as {role}"


def _bars(row: TimelineRow, y: int) -> Iterator[Bar]:
    for mark in row.marks:
        if mark.shape == "episode":
            width = max(mark.until - mark.at, _THINNEST)
            start = min(mark.at, 1 - width)
            yield Bar(
                x=_part(start),
                width=_part(width),
                end=_part(start + width),
                y=y,
                is_open=mark.open,
                began_before=mark.began_before,
                words=mark.words,
            )


def _dots(row: TimelineRow, y: int) -> Iterator[Dot]:
    events: Iterator[Mark] = (mark for mark in row.marks if mark.shape == "event")
    for mark in events:
        yield Dot(_part(mark.at), y, str(mark.count) if mark.count > 1 else "", mark.words)


def _part(fraction: float) -> str:
    return f"{fraction * 100:.2f}%"
