"""The days that the borough is about: how far back partners look, and which of the days each fact is first reported on.

All dates of the borough hang on its last day, `end`; nothing reads the clock after that.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import msgspec

from footprint.sample.dice import Dice

HISTORY_DAYS = 1095
"""How far back partners deliver: thirty-six months, the longest that may be held."""


class Timeline(msgspec.Struct, frozen=True, dict=True):
    """`days` delivery days, the last of them `end`. A fact is delivered the day after it happened."""

    end: dt.date
    days: int = 1

    @cached_property
    def first(self) -> dt.date:
        """The first delivery day."""
        return self.end - dt.timedelta(days=self.days - 1)

    @cached_property
    def history(self) -> dt.date:
        """The earliest day of an event that a partner still delivers."""
        return self.end - dt.timedelta(days=HISTORY_DAYS)

    @property
    def last(self) -> int:
        """The index of the last delivery day."""
        return self.days - 1

    @cached_property
    def delivery_days(self) -> tuple[dt.date, ...]:
        return tuple(self.first + dt.timedelta(days=day) for day in range(self.days))

    def seen(self, happened: dt.date, lag: int = 1) -> int:
        """Return the index of the first delivery that says what happened then; above `last` when none does yet."""
        return max(0, (happened - self.first).days + lag)

    def told(self, start: dt.date, end: dt.date | None) -> list[tuple[dt.date | None, int, int]]:
        """Return how an episode reads over the deliveries: (end as said, first and last delivery that say so)."""
        first = self.seen(start)
        if end is None or end > self.end or self.seen(end) > self.last:
            return [(None, first, self.last)]
        ended = max(first, self.seen(end))
        return [*([(None, first, ended - 1)] if first < ended else []), (end, ended, self.last)]

    def ago(self, days: int) -> dt.date:
        return self.end - dt.timedelta(days=days)

    def age(self, birth: dt.date, on: dt.date | None = None) -> int:
        """Return full years on a day (the last day, unless said)."""
        day = on or self.end
        return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))

    def event(self, dice: Dice) -> dt.date:
        """Return the day of an event: six in ten within the last year, three in ten in the year before, one earlier."""
        share = dice.unit()
        if share < 0.6:
            return self.ago(1 + dice.below(365))
        return (
            self.ago(366 + dice.below(365)) if share < 0.9 else self.ago(731 + dice.below(HISTORY_DAYS - 731))
        )

    @cached_property
    def school_year(self) -> dt.date:
        """The first of September with which the school year of `end` began."""
        return dt.date(self.end.year - (self.end.month < 9), 9, 1)

    def year_group(self, birth: dt.date) -> int:
        """Return the national curriculum year: 0 is reception, 11 the last of compulsory school, below 0 too young."""
        return self.school_year.year - (birth.year - (birth.month < 9)) - 5
