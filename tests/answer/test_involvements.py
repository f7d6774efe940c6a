"""What a partner tells on two feeds: what is so now once, and what only a census said as of the census day."""

import pytest

from footprint.answer.involvements import Seldom, lines, when, workers
from footprint.records import DutyContact
from tests.answer.conftest import DAY, reported

CHILD = "childrens-social-care/la-child-id/1"
CENSUS = {"cin-census": Seldom("Children in Need census return (once a year)", "2026-03-31")}


def told(*facts):
    return lines(facts, DAY, DutyContact(team="Front door"), CENSUS)


def fact(code, start, *, feed="childrens-social-care", **fields):
    last = "2026-03-31" if feed == "cin-census" else DAY
    one = reported(CHILD, code, start, **{"last": last, "reference": feed} | fields)
    return type(one)(one.involvement, one.first_reported, one.last_reported, feed)


def test_what_both_feeds_tell_is_told_once_and_as_the_latest_data_says_it():
    closed = fact("child-in-need", "2025-04-15", end="2026-04-07")
    (line,) = told(closed, fact("child-in-need", "2025-04-15", feed="cin-census"))
    assert (line.open, line.last, line.count, line.only_by) == (False, "2026-04-07", 1, "")


def test_what_only_the_census_tells_says_so_with_its_day_and_is_counted_by_itself():
    mine, theirs = told(fact("referral", "2026-05-02"), fact("referral", "2026-01-02", feed="cin-census"))
    assert (mine.count, mine.only_by) == (1, "")
    assert theirs.only_by == "the Children in Need census return (once a year), as of 31 March 2026"
    assert when(theirs).endswith(f", told only by {theirs.only_by}")


@pytest.mark.parametrize(("last", "since"), [("2026-03-31", ""), ("2025-03-31", "2025-03-31")])
def test_a_census_that_is_not_due_yet_has_missed_nothing(last, since):
    (line,) = told(fact("child-in-need", "2025-04-15", feed="cin-census", last=last))
    assert line.not_reported_since == since


def test_whoever_is_open_by_the_census_alone_is_so_as_of_its_day():
    open_lines = told(fact("child-in-need", "2025-04-15", feed="cin-census"))
    (team,) = workers("care", "Care", "childrens-social-care", open_lines)
    assert (team.confirmed_on, team.only_by) == ("2026-03-31", open_lines[0].only_by)
