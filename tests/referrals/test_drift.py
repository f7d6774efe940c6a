"""Whether a marker leans or drifts: said where the marks show it, and not where a handful would."""

import pytest
from scipy import stats

from footprint.referrals.drift import FEWEST, Pair, drift, lean, leans
from footprint.referrals.intervals import Proportion


def pairs(*gaps, marker="m1", month="2026-10"):
    return [Pair(marker, month, 2 + gap, 2) for gap in gaps]


@pytest.mark.parametrize(
    ("gaps", "way"),
    [
        ([-1] * 10, "stricter"),
        ([1] * 10, "milder"),
        ([1] * 9, ""),  # a handful
        ([1] * 8 + [-1] * 4, ""),
        ([1] * 16 + [-1] * 4, "milder"),
        ([0] * 40, ""),
    ],
)
def test_a_lean_is_said_where_the_marks_show_it(gaps, way):
    found = lean("m1", [*pairs(*gaps), *pairs(*[-1] * 50, marker="other")])
    assert found.way == way
    assert found.alike == Proportion(gaps.count(0), len(gaps))
    assert (found.stricter, found.milder) == (gaps.count(-1), gaps.count(1))
    assert found.mean == pytest.approx(sum(gaps) / len(gaps))


def test_the_sign_test_by_wilson_agrees_with_scipys_score_test():
    """Wilson's interval leaves out one half exactly where the score test without correction rejects it at five per cent."""
    for of in range(FEWEST, 60):
        for milder in range(of + 1):
            z = (milder - of / 2) / (of / 4) ** 0.5
            rejected = 2 * stats.norm.sf(abs(z)) < 0.05
            assert bool(lean("m1", pairs(*[1] * milder, *[-1] * (of - milder))).way) == rejected
        if of > 20:
            break


def test_of_nobody_nothing_is_said():
    assert lean("m1", []) is None
    assert leans([]) == []
    assert [one.marker for one in leans([*pairs(0, marker="b"), *pairs(0, marker="a")])] == ["a", "b"]


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ([0] * 56 + [1] * 14, [0] * 48 + [1] * 32, "apart"),
        ([0] * 48 + [1] * 32, [0] * 56 + [1] * 14, "together"),
        ([0] * 5 + [1] * 5, [0] * 7 + [1] * 3, ""),
        ([], [0], ""),
        ([0], [], ""),
    ],
)
def test_a_drift_is_said_where_the_interval_shows_it(before, after, way):
    found = drift("m1", [*pairs(*before, month="2026-09"), *pairs(*after, month="2026-10")], "2026-10")
    assert found.way == way
    assert (found.before.of, found.after.of) == (len(before), len(after))
    assert (found.rise is None) == (not before or not after)
