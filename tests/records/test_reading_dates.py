"""Dates as partners write them, and what is said about one that cannot be."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.records.dates import PartialDate, partial_date
from footprint.records.reading_dates import read_date
from tests.records.any_text import TEXTS

TODAY = dt.date(2026, 11, 23)
WHOLE = PartialDate(2015, 3, 27)

ONE_DAY_IN_MANY_HANDS = [
    "2015-03-27",
    "2015-3-27",
    "2015/03/27",
    "2015-03-27T00:00:00",
    "2015-03-27T23:59:59Z",
    "2015-03-27 00:00:00",
    "2015-03-27 00:00:00.000",
    "2015-03-27T00:00:00+01:00",
    "27/03/2015",
    "27/3/2015",
    "27/03/15",
    "27.03.2015",
    "27-03-2015",
    "27 03 2015",
    "27-MAR-15",
    "27-Mar-2015",
    "27 March 2015",
    "27th March, 2015",
    "Friday 27 March 2015",
    "Fri, 27th Mar 2015",
    "Mar 27, 2015",
    "20150327",
    "27032015",
    "270315",
    " 27/03/2015 ",
    "27/03/2015 14:05",
]
IN_PART = [
    ("03/2015", partial_date(2015, 3)),
    ("2015-03", partial_date(2015, 3)),
    ("March 2015", partial_date(2015, 3)),
    ("2015", partial_date(2015)),
    ("??/03/2015", partial_date(2015, 3)),
    ("XX/XX/2015", partial_date(2015)),
    ("00/00/1980", partial_date(1980)),
    ("00/03/2015", partial_date(2015, 3)),
    ("27/03/????", partial_date(None, 3, 27)),
    ("c. 1980", partial_date(1980, quality="E")),
    ("approx 03/2015", partial_date(2015, 3, quality="E")),
    ("est. 27/03/2015", partial_date(2015, 3, 27, quality="E")),
    ("01/01/2010", partial_date(2010, 1, 1)),
]
NOT_SAID = ["", "  ", "unknown", "Not known", "N/K", "-", "00/00/0000", "??/??/????"]
IMPOSSIBLE = [
    ("31/02/2015", "That month has no such day."),
    ("29/02/2015", "That month has no such day."),
    ("27/13/2015", "The month is not one of twelve. Are day and month swapped?"),
    ("32/03/2015", "No month has that day."),
    ("27/03/1066", "The year is not one in which anybody lives."),
    ("24/11/2026", "This date lies in the future."),
    ("Easter", "This is not a date. Write it as DD/MM/YYYY or YYYY-MM-DD."),
    ("27/03", "This is not a date. Write it as DD/MM/YYYY or YYYY-MM-DD."),
    ("Mar Mar 2015", "This is not a date. Write it as DD/MM/YYYY or YYYY-MM-DD."),
    ("27/03/2015/1", "This is not a date. Write it as DD/MM/YYYY or YYYY-MM-DD."),
    ("42090", "This is not a date. Write it as DD/MM/YYYY or YYYY-MM-DD."),
    ("٢٧/٠٣/٢٠١٥", "This is not a date. Write it as DD/MM/YYYY or YYYY-MM-DD."),
]


@pytest.mark.parametrize("text", ONE_DAY_IN_MANY_HANDS)
def test_one_day_is_read_from_every_usual_way_of_writing_it(text):
    assert read_date(text, latest=TODAY) == (WHOLE, "")


@pytest.mark.parametrize(("text", "date"), IN_PART)
def test_the_known_parts_of_a_date_are_read(text, date):
    assert read_date(text, latest=TODAY) == (date, "")


@pytest.mark.parametrize("text", NOT_SAID)
def test_a_date_that_is_not_said_is_no_fault(text):
    assert read_date(text) == (None, "")


@pytest.mark.parametrize(("text", "reason"), IMPOSSIBLE)
def test_an_impossible_date_has_a_plain_reason(text, reason):
    assert read_date(text, latest=TODAY) == (None, reason)


@pytest.mark.parametrize(
    ("order", "date"), [("dmy", (2015, 4, 3)), ("mdy", (2015, 3, 4)), ("ymd", (2003, 4, 15))]
)
def test_the_agreed_order_settles_what_the_figures_do_not(order, date):
    assert read_date("03/04/15", order, TODAY).value == PartialDate(*date)


@pytest.mark.parametrize("order", ["dmy", "mdy", "ymd"])
def test_a_year_in_front_and_a_month_in_words_need_no_order(order):
    assert read_date("2015-03-27", order).value == WHOLE
    assert read_date("Mar 27 2015", order).value == WHOLE
    if order != "ymd":
        assert read_date("27 March 2015", order).value == WHOLE


@pytest.mark.parametrize(
    ("text", "year"), [("23/11/26", 2026), ("23/11/27", 1927), ("01/02/50", 1950), ("01/02/00", 2000)]
)
def test_a_year_of_two_figures_is_the_latest_that_has_been(text, year):
    assert read_date(text, latest=TODAY).value.year == year


def test_without_a_latest_day_a_year_of_two_figures_is_settled_by_a_fixed_rule():
    assert read_date("01/02/29").value.year == 2029
    assert read_date("01/02/30").value.year == 1930


def test_eight_figures_may_be_a_day_that_begins_like_a_year():
    assert read_date("20031990").value == PartialDate(1990, 3, 20)
    assert read_date("19031990").value == PartialDate(1990, 3, 19)
    assert read_date("20031990", "ymd").reason


@given(TEXTS, st.sampled_from(["dmy", "ymd", "mdy"]), st.sampled_from([None, TODAY]))
def test_any_text_is_read_to_a_real_date_or_to_a_reason_or_to_nothing(text, order, latest):
    date, reason = read_date(text, order, latest)
    assert date is None or not reason
    if date:
        assert date.whole or None in (date.year, date.month, date.day)
        assert len(date.accuracy) == 3


@given(
    st.dates(dt.date(1900, 1, 1), TODAY),
    st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d-%b-%Y", "%d %B %Y"]),
)
def test_a_written_day_is_read_back(day, form):
    assert read_date(day.strftime(form), latest=TODAY).value == PartialDate.of(day)
