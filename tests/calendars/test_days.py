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


# https://www.gov.uk/bank-holidays, England and Wales. Boxing Day 2026 and both days of Christmas 2027 have substitute days.
GOV_UK = """
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
""".split()


def test_the_weekdays_on_which_nobody_works_are_those_of_gov_uk():
    days = [dt.date(2025, 1, 1) + dt.timedelta(days=number) for number in range(3 * 365)]
    found = [day.isoformat() for day in days if day.weekday() < 5 and not is_working_day(day)]
    assert days[-1] == dt.date(2027, 12, 31)
    assert found == GOV_UK


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
