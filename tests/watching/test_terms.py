"""What looking where one may not takes: reasons, days, two people, and a reviewer from elsewhere."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.calendars import LONDON, is_working_day
from footprint.watching.terms import (
    Unit,
    Verdict,
    enough_said,
    is_suspended,
    may_review,
    review_due,
    shield_review_due,
    verdict_of,
)


@pytest.mark.parametrize(
    ("said", "enough"),
    [
        ("", False),
        ("Urgent.", False),
        ("Child at risk tonight, no time.", True),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", False),
        ("a a a a a a a a a a a a a a a a a a a", False),
        ("x                                        y", False),
        ("Needed-for-the-enquiry-without-any-space", False),
    ],
)
def test_a_reason_says_something(said, enough):
    assert enough_said(said) is enough


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (dt.datetime(2026, 11, 26, 3, tzinfo=LONDON), dt.date(2026, 11, 27)),
        (dt.datetime(2026, 11, 27, 23, 50, tzinfo=LONDON), dt.date(2026, 11, 30)),  # a Friday
        (
            dt.datetime(2026, 12, 24, 12, tzinfo=LONDON),
            dt.date(2026, 12, 29),
        ),  # 28 December stands in for Boxing Day
    ],
)
def test_a_review_is_due_on_the_next_working_day(opened, due):
    assert review_due(opened) == due


def test_who_waits_for_a_review_longer_than_three_working_days_breaks_no_glass():
    friday = dt.datetime(2026, 11, 27, 23, tzinfo=LONDON)
    assert not is_suspended([friday], dt.date(2026, 12, 2))
    assert is_suspended([friday], dt.date(2026, 12, 3))
    assert is_suspended([dt.datetime(2026, 12, 2, 9, tzinfo=LONDON), friday], dt.date(2026, 12, 3))
    assert not is_suspended([], dt.date(2026, 12, 3))


VERDICTS = st.lists(st.builds(Verdict, st.sampled_from("abcd"), st.booleans()), max_size=6)


@pytest.mark.parametrize(
    ("verdicts", "became"),
    [
        ([], "open"),
        ([("b", True)], "open"),
        ([("b", True), ("b", True)], "open"),
        ([("a", True), ("b", True)], "open"),  # who asks counts not
        ([("b", True), ("c", True)], "granted"),
        ([("b", True), ("c", False)], "refused"),
        ([("b", False)], "refused"),
        ([("a", False), ("b", True), ("c", True)], "granted"),
    ],
)
def test_two_others_must_agree(verdicts, became):
    assert verdict_of("a", [Verdict(*one) for one in verdicts]) == became


@given(VERDICTS, st.sampled_from("abcd"))
def test_nothing_is_granted_by_fewer_than_two_who_did_not_ask(verdicts, asker):
    if verdict_of(asker, verdicts) == "granted":
        assert len({one.user for one in verdicts if one.grants} - {asker}) >= 2
    assert verdict_of(asker, [*verdicts, Verdict(asker, True)]) == verdict_of(asker, verdicts)


@pytest.mark.parametrize(
    ("reviewer", "watched", "may"),
    [
        (("ig", "council", "Governance"), ("w", "council", "Front door"), True),
        (("ig", "council", "Front door"), ("w", "council", "front door "), False),
        (("ig", "council", ""), ("w", "council", "Front door"), False),
        (("ig", "council", "Governance"), ("w", "council", ""), False),
        (("ig", "police", ""), ("w", "council", ""), True),
        (("w", "police", ""), ("w", "council", ""), False),
    ],
)
def test_nobody_reviews_themselves_or_their_own_team(reviewer, watched, may):
    (one, *at), (other, *elsewhere) = reviewer, watched
    assert may_review(one, Unit(*at), other, Unit(*elsewhere)) is may


@pytest.mark.parametrize(
    ("made", "due"),
    [
        (dt.date(2026, 1, 15), dt.date(2026, 7, 15)),
        (dt.date(2026, 8, 31), dt.date(2027, 2, 28)),
        (dt.date(2027, 8, 31), dt.date(2028, 2, 29)),
        (dt.date(2026, 6, 30), dt.date(2026, 12, 30)),
        (dt.date(2026, 12, 31), dt.date(2027, 6, 30)),
    ],
)
def test_a_shield_is_looked_at_after_half_a_year(made, due):
    assert shield_review_due(made) == due


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
def test_half_a_year_is_six_months_to_the_day_where_there_is_one(made):
    due = shield_review_due(made)
    assert (due.year * 12 + due.month) - (made.year * 12 + made.month) == 6
    assert due.day == min(made.day, calendar.monthrange(due.year, due.month)[1])


@given(st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2027, 12, 1)))  # noqa: DTZ001 - Hypothesis takes them naive
def test_a_review_is_due_on_a_working_day_after(opened):
    when = opened.replace(tzinfo=LONDON)
    assert is_working_day(review_due(when))
    assert review_due(when) > when.date()
