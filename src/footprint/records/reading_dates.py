"""Dates read as partners write them: whole, in part, estimated, with a clock time behind, or impossible.

Two-digit years, orders and separators are settled here once. "About seven" is an age, not a date, and is the search's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, Literal

from footprint.records.dates import PartialDate, partial_date
from footprint.records.reading import Reading

Order = Literal["dmy", "ymd", "mdy"]

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS: Final = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[\s,]+")
_CLOCK: Final = re.compile(
    r"(?<=\d)(?:t|\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:am|pm)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?$"
)
_ESTIMATED: Final = re.compile(
    r"^(?:c\.?|ca\.?|circa|about|approx\.?|approximately|est\.?|estimated|around|abt\.?)\s*(?=[\d?x]|[a-z]{3})"
)
_NOTHING: Final = frozenset(
    {"", "unknown", "not known", "nk", "n/k", "na", "n/a", "none", "null", "nil", "tbc", "-", "?", "unk"}
)
_UNKNOWN_PART: Final = re.compile(r"^(?:0{1,4}|[?x*_-]{1,4}|uu|unk|nk)$")
# A year of 00 is the year 2000, not an unknown one.
_UNKNOWN_YEAR: Final = re.compile(r"^(?:0{3,4}|[?x*_-]{1,4}|uu|unk|nk)$")
_ORDINAL: Final = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_SEPARATORS: Final = re.compile(r"[\s/.,\\-]+")
_EARLIEST_YEAR: Final = 1880
_NO_DATE: Final = "This is not a date. Write it as DD/MM/YYYY or YYYY-MM-DD."


@lru_cache(maxsize=1 << 16)
def read_date(text: str, order: Order = "dmy", latest: dt.date | None = None) -> Reading[PartialDate | None]:
    """Return the date in the text, or None and the reason; an empty or "not known" text gives None and no reason.

    `order` settles 03/04/15 and six- or eight-figure dates; a four-figure year in front is always year first.
    A two-digit year is the latest that does not pass `latest` (without it: 00-29 is this century).
    A whole date after `latest` is refused. Unknown parts are ?, X or 0; "c." or "about" in front makes parts estimated.
    """
    said = " ".join(text.strip().lower().split())
    if said in _NOTHING:
        return Reading(None)
    estimated = _ESTIMATED.sub("", said)
    plain = _ORDINAL.sub("", _CLOCK.sub("", _WEEKDAYS.sub("", estimated)))
    found = _parts(plain, order, latest)
    if isinstance(found, str):
        return Reading(None, found)
    return _checked(*found, quality_estimated=estimated != said, latest=latest)


def _parts(
    plain: str, order: Order, latest: dt.date | None
) -> tuple[int | None, int | None, int | None] | str:
    """Return year, month and day as far as they are known, or what is wrong."""
    pieces = [piece for piece in _SEPARATORS.split(plain) if piece]
    if len(pieces) == 1 and pieces[0].isdecimal() and pieces[0].isascii():
        pieces = _unspaced(pieces[0])
    if not 1 <= len(pieces) <= 3:
        return _NO_DATE
    named = [place for place, piece in enumerate(pieces) if piece in _MONTHS]
    year_first = len(pieces[0]) == 4 and pieces[0].isdecimal()
    if len(pieces) < 3:
        year_text, *months = pieces if year_first else pieces[::-1]
        month_text, day_text = (*months, "?")[0], "?"
        if len(year_text) != 4:
            return _NO_DATE  # "27/03" and "42090" say no year
    else:
        year_text, month_text, day_text = _in_order(pieces, "ymd" if year_first else order, named)
    if not (
        _is_figures(year_text)
        and (month_text in _MONTHS or _is_figures(month_text))
        and _is_figures(day_text)
    ):
        return _NO_DATE
    year = _year(year_text, latest)
    month = _MONTHS.get(month_text) or _number(month_text)
    day = _number(day_text)
    return year, month, day


def _in_order(pieces: list[str], order: Order, named: list[int]) -> tuple[str, str, str]:
    """Return year, month, day. A month in words shows itself: 27-MAR-15 and Mar 27 2015 need no order."""
    if named == [0]:
        order = "mdy"
    elif named == [1] and order == "mdy":
        order = "dmy"
    by_letter = dict(zip(order, pieces, strict=True))
    return by_letter["y"], by_letter["m"], by_letter["d"]


def _unspaced(figures: str) -> list[str]:
    """Part 20150327, 27032015 or 270315 into its pieces; a year in front wins where it can be one."""
    if len(figures) == 8:
        # 20031990 is the 20th of March: no month is 19.
        if figures[:2] in {"18", "19", "20"} and "01" <= figures[4:6] <= "12":
            return [figures[:4], figures[4:6], figures[6:]]
        return [figures[:2], figures[2:4], figures[4:]]
    if len(figures) == 6:
        return [figures[:2], figures[2:4], figures[4:]]
    return [figures]


def _is_figures(piece: str) -> bool:
    """Say whether a part of a date is a number, or one of the marks that people set for a number they do not know."""
    return (piece.isdecimal() and piece.isascii()) or bool(_UNKNOWN_PART.match(piece))


def _number(piece: str) -> int | None:
    """Return a month or day in figures, None where it is unknown, -1 where it has too many."""
    if _UNKNOWN_PART.match(piece):
        return None
    return int(piece) if len(piece) <= 2 else -1


def _year(piece: str, latest: dt.date | None) -> int | None:
    if _UNKNOWN_YEAR.match(piece):
        return None
    number = int(piece) if piece.isdecimal() and len(piece) <= 4 else -1
    if number < 0 or len(piece) > 2:
        return number
    pivot = latest.year if latest else 2029
    return pivot - (pivot - number) % 100


def _checked(
    year: int | None, month: int | None, day: int | None, *, quality_estimated: bool, latest: dt.date | None
) -> Reading[PartialDate | None]:
    if year is None and month is None and day is None:
        return Reading(None)
    for is_wrong, reason in _FAULTS:
        if is_wrong(year, month, day):
            return Reading(None, reason)
    found = partial_date(year, month, day, quality="E" if quality_estimated else "A")
    if latest and found.whole and found.whole > latest:
        return Reading(None, "This date lies in the future.")
    return Reading(found)


def _no_such_day(year: int | None, month: int | None, day: int | None) -> bool:
    if month is None or day is None:
        return False
    try:
        dt.date(year or 2000, month, day)
    except ValueError:
        return True
    return False


_FAULTS: Final[tuple[tuple[Callable[[int | None, int | None, int | None], bool], str], ...]] = (
    (
        lambda year, _m, _d: year is not None and not _EARLIEST_YEAR <= year <= 2100,
        "The year is not one in which anybody lives.",
    ),
    (
        lambda _y, month, _d: month is not None and not 1 <= month <= 12,
        "The month is not one of twelve. Are day and month swapped?",
    ),
    (lambda _y, _m, day: day is not None and not 1 <= day <= 31, "No month has that day."),
    (_no_such_day, "That month has no such day."),
)
