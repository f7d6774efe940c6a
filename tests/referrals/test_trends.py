"""Trends by criterion with what each is a share of; themes, and whether a briefing moved them. Nobody is in them."""

import pytest

from footprint.referrals.intervals import Proportion
from footprint.referrals.trends import Marked, Movement, movement, points, themes, together


def marks(criterion, *given, team="A", month="2026-10"):
    return [Marked(team, month, criterion, mark) for mark in given]


def test_there_is_nowhere_to_put_a_persons_name():
    assert Marked._fields == ("team", "month", "criterion", "mark", "times")


def test_points_are_by_criterion_and_month_in_the_order_of_the_criteria():
    listed = [
        *marks("Q10", 3),
        *marks("Q2", 0, 1, 2, 3, 3),
        *marks("Q2", 2, month="2026-09"),
        *marks("Q2", 0, team="B"),
    ]
    found = points(listed)
    assert [(one.criterion, one.month, one.met) for one in found] == [
        ("Q2", "2026-09", Proportion(1, 1)),
        ("Q2", "2026-10", Proportion(3, 6)),
        ("Q10", "2026-10", Proportion(1, 1)),
    ]
    assert found[1].marks == {0: 2, 1: 1, 2: 1, 3: 2}
    assert [one.met for one in points(listed, "B")] == [Proportion(0, 1)]
    assert points([]) == []
    assert points([Marked("A", "2026-10", "Q2", 3, 4), Marked("A", "2026-10", "Q2", 0, 2)])[
        0
    ].met == Proportion(4, 6)


@pytest.mark.parametrize("wrong", [("Q99", 1), ("Q1", 4)])
def test_a_mark_that_there_is_not_is_refused(wrong):
    with pytest.raises(ValueError, match="cannot be marked"):
        points([Marked("A", "2026-10", *wrong)])


def test_a_theme_is_what_is_surely_poor_and_not_what_is_poor_twice():
    listed = [
        *marks("Q1", *[1] * 2),  # poor, of two
        *marks("Q5", *[1] * 15, *[2] * 15),  # half, of thirty
        *marks("Q7", *[1] * 25, *[2] * 5),  # poor, of thirty
        *marks("Q9", *[2] * 30),  # all met
        *marks("Q11", *[2] * 29, 1),
    ]
    assert [code for code, _ in themes(points(listed))] == ["Q7", "Q1", "Q5"]
    assert [code for code, _ in themes(points(listed), 9)] == ["Q7", "Q1", "Q5", "Q11"]
    assert themes([]) == []


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ((48, 80), (56, 70), "up"),  # Newcombe 1998: 0.0524 to 0.3339
        ((56, 70), (48, 80), "down"),
        ((5, 10), (7, 10), ""),
        ((0, 0), (7, 10), ""),
    ],
)
def test_whether_a_briefing_moved_a_criterion(before, after, moved):
    first = points(marks("Q5", *[2] * before[0], *[1] * (before[1] - before[0])))
    second = points(marks("Q5", *[2] * after[0], *[1] * (after[1] - after[0]), month="2027-01"))
    found = movement(first, second, "Q5")
    assert found.moved == moved
    assert (found.before, found.after) == (Proportion(*before), Proportion(*after))
    if moved == "up":
        assert found.rise == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_a_criterion_that_nobody_marked_did_not_move():
    assert movement([], [], "Q1") == Movement("Q1", Proportion(0, 0), Proportion(0, 0), None)
    assert together([]) == {}
