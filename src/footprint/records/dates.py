"""A date as people know it: whole, in part, estimated, or only expected.

Source of the accuracy code: the draft MAIS person standard (July 2026), three letters in day-month-year order:
A accurate, E estimated, U unknown, and X for a date that is expected (an unborn child's).
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

Part = Literal["A", "E", "U", "X"]


class PartialDate(msgspec.Struct, frozen=True, omit_defaults=True):
    """A date of which any part may be unknown.

    `year`, `month` and `day` are None where unknown; `accuracy` has one letter for each part, day first.
    Build one with `partial_date` or `PartialDate.of`; a part that is None always carries accuracy U.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    accuracy: str = "AAA"

    @classmethod
    def of(cls, day: dt.date, accuracy: str = "AAA") -> PartialDate:
        """Return the whole date `day`, accurate unless said otherwise."""
        return cls(day.year, day.month, day.day, accuracy)

    @property
    def whole(self) -> dt.date | None:
        """Return the calendar date when all three parts are known and real, else None."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return dt.date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def iso(self) -> str:
        """Return the ISO 8601 form as far as it is known: 2015-03-27, 2015-03, 2015, --03-27 or an empty string."""
        if self.year is None:
            return f"--{self.month:02}-{self.day:02}" if self.month and self.day else ""
        if self.month is None:
            return f"{self.year:04}"
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    @property
    def expected(self) -> bool:
        """Say whether this is an expected date (of delivery) and no birthday yet."""
        return "X" in self.accuracy

    @property
    def placeholder(self) -> bool:
        """Say whether this is a date that systems write when nobody knew it.

        The first of January is what the Home Office and many systems record for an unknown birthday; some write
        1900 or 1901 for the year. Such a date is weak evidence and never an exact birthday.
        """
        return (self.month == 1 and self.day == 1) or (self.year is not None and self.year <= 1901)


def partial_date(
    year: int | None, month: int | None = None, day: int | None = None, *, quality: Part = "A"
) -> PartialDate:
    """Return a partial date whose known parts have accuracy `quality` and whose unknown ones are U."""
    letters = "".join("U" if part is None else quality for part in (day, month, year))
    return PartialDate(year, month, day, letters)
