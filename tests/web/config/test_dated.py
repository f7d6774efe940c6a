"""A figure with the day from which it holds."""

import datetime as dt

import pytest

from footprint.web.config.dated import Dated, FigureNotUnderstood, figure_on, figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2018-05-25:72", (Dated(dt.date(2018, 5, 25), 72),)),
        (
            " 2027-01-01:48 , 2018-05-25:72",
            (Dated(dt.date(2018, 5, 25), 72), Dated(dt.date(2027, 1, 1), 48)),
        ),
    ],
)
def test_a_figure_is_written_with_the_day_from_which_it_holds(text, found):
    assert figures("BREACH_HOURS", text) == found


@pytest.mark.parametrize(
    "text", ["", "72", "2018-05-25", "2018-05-25:", "2018-05-25:0", "25.5.2018:72", "2018-05-25:72,"]
)
def test_a_figure_that_is_none_is_said_to_be_none_by_its_setting(text):
    with pytest.raises(FigureNotUnderstood, match="FOOTPRINT_TERMS_DAYS"):
        figures("TERMS_DAYS", text)


@pytest.mark.parametrize(
    ("day", "hours"), [("2017-01-01", 72), ("2026-12-31", 72), ("2027-01-01", 48), ("2030-01-01", 48)]
)
def test_the_newest_that_began_holds_and_before_all_of_them_the_first(site_on_sqlite, day, hours):
    site_on_sqlite.set(BREACH_HOURS="2018-05-25:72,2027-01-01:48")
    assert figure_on(dt.date.fromisoformat(day), "BREACH_HOURS") == hours
