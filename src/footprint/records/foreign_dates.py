"""Birthdays in tables from elsewhere: one way of writing per column, told by a vote of the column itself.

04/05/1991 alone says nothing about which is the day; the whole column does. Errors in it are outvoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from footprint.records.dates import PartialDate, partial_date

DateOrder = Literal["dmy", "mdy"]

_YEARS: Final = range(1500, 2101)
_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ].*)?$")
_YEAR_LAST = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[T ].*)?$")
_PACKED = re.compile(r"^\d{8}$")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDED = re.compile(r"^(\d{1,2})[-/. ]+([a-z]{3})[a-z]*[-/., ]+(\d{4})$", re.IGNORECASE)


def order_of(texts: Iterable[str]) -> DateOrder:
    """Return which part comes first in dates that end in the year: the day, unless the column shows that it is the month."""
    pairs = [(int(match[1]), int(match[2])) for text in texts if (match := _parts_with_year_last(text))]
    days_first = sum(first > 12 >= second for first, second in pairs)
    months_first = sum(second > 12 >= first for first, second in pairs)
    return "mdy" if months_first > days_first else "dmy"


def read_birth(
    text: str, order: DateOrder, year: str = "", month: str = "", day: str = ""
) -> PartialDate | None:
    """Return the birthday written in `text`, or in separate parts, as far as it can be read; None where nothing can."""
    parts = _read(text, order) if text else (_number(year), _number(month), _number(day))
    found = _sound(*parts)
    return partial_date(*found) if any(found) else None


def _read(text: str, order: DateOrder) -> tuple[int, int, int]:
    if match := _YEAR_FIRST.match(text):
        return int(match[1]), int(match[2]), int(match[3] or 0)
    if match := _WORDED.match(text):
        month = match[2].lower()
        return int(match[3]), _MONTHS.index(month) + 1 if month in _MONTHS else 0, int(match[1])
    if _PACKED.match(text) and int(text[:4]) in _YEARS and int(text[4:6]) <= 12:
        return int(text[:4]), int(text[4:6]), int(text[6:])
    if match := _parts_with_year_last(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        day, month = (second, first) if order == "mdy" else (first, second)
        return (year, day, month) if month > 12 >= day else (year, month, day)
    if _PACKED.match(text):
        return int(text[:4]), int(text[4:6]), int(text[6:])
    return (_number(text), 0, 0) if len(text) == 4 else (0, 0, 0)


def _parts_with_year_last(text: str) -> re.Match[str] | None:
    spaced = (
        f"{text[:2]}/{text[2:4]}/{text[4:]}" if _PACKED.match(text) and int(text[:4]) not in _YEARS else text
    )
    return _YEAR_LAST.match(spaced)


def _number(text: str) -> int:
    digits = text.strip()
    return int(digits) if digits.isdecimal() and digits.isascii() and len(digits) <= 4 else 0


def _sound(year: int, month: int, day: int) -> tuple[int | None, int | None, int | None]:
    """Return the parts that can be true: a thirteenth month is not known, and neither then is its day."""
    return (
        year if year in _YEARS else None,
        month if 1 <= month <= 12 else None,
        day if 1 <= day <= 31 else None,
    )
