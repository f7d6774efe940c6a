"""How long there is to tell the ICO of a breach, by the day on which the time begins to run.

The figure is the law's, and laws change: FOOTPRINT_BREACH_HOURS says it with the day from which it holds.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone


class ClockNotUnderstood(ValueError):
    """FOOTPRINT_BREACH_HOURS is written DAY:HOURS, several with commas between: 2018-05-25:72."""


class Clock(NamedTuple):
    """So many hours, from this day on."""

    first: dt.date
    hours: int


def clocks(text: str) -> tuple[Clock, ...]:
    """Return the clocks that a setting names, the earliest first. Raises ClockNotUnderstood."""
    found = []
    for part in text.split(","):
        day, _, hours = part.strip().rpartition(":")
        try:
            found.append(Clock(dt.date.fromisoformat(day), int(hours)))
        except ValueError as error:
            raise ClockNotUnderstood(ClockNotUnderstood.__doc__) from error
    if any(one.hours <= 0 for one in found):
        raise ClockNotUnderstood(ClockNotUnderstood.__doc__)
    return tuple(sorted(found))


def due_after(known: dt.datetime) -> dt.datetime:
    """Return until when the ICO is to be told of what became known at this moment."""
    day = timezone.localdate(known)
    found = clocks(settings.BREACH_HOURS)
    clock = next((one for one in reversed(found) if one.first <= day), found[0])
    return known + dt.timedelta(hours=clock.hours)
