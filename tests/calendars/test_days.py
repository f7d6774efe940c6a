"""Working days of England, on the days that people get wrong."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.calendars import is_bank_holiday, is_working_day, next_working_day, working_days_after

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        ("2026-12-25", True),
        ("2026-12-28", True),  # Boxing Day falls on a Saturday: Monday instead
        ("2026-04-03", True),  # Good Friday
        ("2026-04-06", True),  # Easter Monday, which is none in Scotland
        ("2022-06-03", True),  # the Platinum Jubilee, by proclamation
        ("2022-09-19", True),  # the state funeral
        ("2026-03-17", False),  # St Patrick's Day is Northern Ireland's
        ("2026-11-30", False),  # St Andrew's Day is Scotland's
        ("2026-11-23", False),
    ],
)
def test_bank_holidays_are_those_of_england(day, is_holiday):
    assert is_bank_holiday(dt.date.fromisoformat(day)) is is_holiday


def test_the_working_day_after_maundy_thursday_is_the_tuesday():
    assert next_working_day(dt.date(2026, 4, 2)) == dt.date(2026, 4, 7)


def test_fifteen_working_days_skip_the_jubilee():
    assert working_days_after(dt.date(2022, 5, 30), 15) == dt.date(2022, 6, 22)


@given(DAYS, st.integers(1, 40))
def test_counting_on_lands_on_a_working_day_with_the_right_number_between(day, count):
    found = working_days_after(day, count)
    between = [day + dt.timedelta(days=step) for step in range(1, (found - day).days + 1)]
    assert is_working_day(found)
    assert sum(map(is_working_day, between)) == count
