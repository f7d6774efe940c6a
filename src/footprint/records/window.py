"""How long an involvement is shown, and how long it is kept.

Shown: events dated within twelve months of the snapshot's day, and every episode open or ended within them, however long
ago it began. Kept for trend and profile: thirty-six months, counted from the end.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Final

import msgspec

from footprint.records.codes import INVOLVEMENTS
from footprint.records.involvements import Involvement

SHOWN_MONTHS: Final = 12
KEPT_MONTHS: Final = 36


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """The two limits on one day: `shown_from` and `kept_from`, ISO dates, both included."""

    day: str
    shown_from: str
    kept_from: str

    @classmethod
    def on(cls, day: dt.date, *, shown_months: int = SHOWN_MONTHS, kept_months: int = KEPT_MONTHS) -> Window:
        """Return the window of a snapshot of `day`."""
        return cls(
            day=day.isoformat(),
            shown_from=months_before(day, shown_months).isoformat(),
            kept_from=months_before(day, kept_months).isoformat(),
        )

    def shows(self, involvement: Involvement) -> bool:
        """Say whether the involvement is part of an answer."""
        return last_day(involvement) >= self.shown_from

    def keeps(self, involvement: Involvement) -> bool:
        """Say whether the involvement is held at all."""
        return last_day(involvement) >= self.kept_from


def is_open(involvement: Involvement) -> bool:
    """Say whether this is an episode without an end. A code that nobody listed is taken for an event."""
    return is_episode(involvement) and not involvement.end


def is_episode(involvement: Involvement) -> bool:
    """Say whether this lasts, and is not over on the day it happens."""
    code = INVOLVEMENTS.get(involvement.code)
    return code is not None and code.shape == "episode"


def last_day(involvement: Involvement) -> str:
    """Return the ISO day from which time is counted: an episode's end, an event's day; the far future while it is open."""
    if is_open(involvement):
        return "9999-12-31"
    return involvement.end or involvement.start


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day of an earlier month, or that month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
