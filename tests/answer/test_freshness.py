"""How fresh each partner is: the clock decides, not the snapshot; and which feed speaks for a partner of several."""

import datetime as dt

import pytest

from footprint.answer.freshness import feed_names, partner_states
from footprint.answer.statements import conflicting
from footprint.records import PartialDate

CARE = "childrens-social-care"
RECORDS = {"title": "Case records", "every": "day"}
CENSUS = {
    "feed": "cin-census",
    "title": "Children in Need census return",
    "every": "year",
    "as_of": "2026-03-31",
    "late_from": "2027-07-01T00:00:00+00:00",
    "stale_from": "2027-08-01T00:00:00+00:00",
}


@pytest.mark.parametrize(
    ("hour", "state", "says"),
    [
        (9, "fresh", "As of 22 November 2026."),
        (10, "late", "As of 22 November 2026; the next delivery is late."),
        (34, "stale", "As of 22 November 2026: too old to rely on."),
    ],
)
def test_one_feed_ages(made, hour, state, says):
    now = dt.datetime(2026, 11, 23, tzinfo=dt.UTC) + dt.timedelta(hours=hour)
    (found,) = partner_states([made.feed("police")], now)
    assert (found.state, found.says, found.as_of) == (state, says, "2026-11-22")


def test_a_yearly_census_does_not_age_the_partner_that_sends_every_day(made):
    (found,) = partner_states([made.feed(CARE, **CENSUS), made.feed(CARE, **RECORDS)], made.now)
    assert (found.as_of, found.state) == ("2026-11-22", "fresh")
    assert (
        found.says
        == "As of 22 November 2026; Children in Need census return (once a year) as of 31 March 2026."
    )


def test_a_yearly_census_makes_no_partner_fresh_whose_own_records_never_came(made):
    silent = made.feed(CARE, **RECORDS | {"as_of": "", "late_from": "", "stale_from": ""})
    (found,) = partner_states([made.feed(CARE, **CENSUS), silent], made.now)
    assert (found.as_of, found.state) == ("2026-03-31", "stale")
    assert found.says == (
        "Case records (every day) not connected; nothing was ever received; "
        "Children in Need census return (once a year) as of 31 March 2026."
    )


def test_two_feeds_of_one_partner_have_two_names_and_a_single_one_its_partners(made):
    feeds = [made.feed(CARE, **CENSUS), made.feed(CARE, **RECORDS), made.feed("police")]
    assert feed_names(feeds) == {
        "cin-census": "Childrens Social Care: Children in Need census return (once a year)",
        CARE: "Childrens Social Care: Case records (every day)",
        "police": "Police",
    }


def test_a_partner_of_which_one_feed_never_came_is_as_fresh_as_the_other(made):
    silent = made.feed(CARE, **CENSUS | {"as_of": "", "late_from": "", "stale_from": ""})
    (found,) = partner_states([silent, made.feed(CARE, **RECORDS)], made.now)
    assert (found.state, found.says) == (
        "fresh",
        "As of 22 November 2026; Children in Need census return (once a year) not connected; nothing was ever received.",
    )


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        (PartialDate(2015, 3, 27), PartialDate(2015, 3, 28), True),
        (PartialDate(2015, 3, 27), PartialDate(2015, 3, None, "UAA"), False),
        (PartialDate(2015, 3, 27), PartialDate(2014, None, None, "UUE"), False),
        (PartialDate(2015, 3, 27), PartialDate(2014, None, None, "UUA"), True),
    ],
)
def test_birthdays_conflict_only_where_both_cannot_be_right(one, other, conflict):
    assert conflicting([one, other]) is conflict
