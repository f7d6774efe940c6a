"""Working days of England: Monday to Friday without bank holidays.

Bank holidays come from the `holidays` package, which carries the proclaimed ones too (the Platinum Jubilee, the state
funeral, the Coronation) and needs no network. Source: Banking and Financial Dealings Act 1971 and proclamations under it.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
_SATURDAY: Final = 5


@lru_cache(maxsize=256)
def _bank_holidays(year: int) -> frozenset[dt.date]:
    import holidays  # a third of a second, which most commands need not wait for

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_bank_holiday(day: dt.date) -> bool:
    """Say whether `day` is a bank holiday in England."""
    return day in _bank_holidays(day.year)


def is_working_day(day: dt.date) -> bool:
    """Say whether `day` is a working day in England."""
    return day.weekday() < _SATURDAY and not is_bank_holiday(day)


def next_working_day(day: dt.date) -> dt.date:
    """Return the first working day after `day`."""
    return working_days_after(day, 1)


def working_days_after(day: dt.date, count: int) -> dt.date:
    """Return the working day that is the `count`-th after `day`; `day` itself is never counted. `count` is 1 or more."""
    found = day
    while count:
        found += dt.timedelta(days=1)
        count -= is_working_day(found)
    return found
