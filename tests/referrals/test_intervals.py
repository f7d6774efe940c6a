"""Intervals against the tables of the papers that they come from, and against an implementation by other people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from footprint.referrals.intervals import Proportion, difference, wilson

# Newcombe, Statistics in Medicine 17 (1998) 857-872, Table I, method 3 (score, no correction for continuity).
ONE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
# Newcombe, Statistics in Medicine 17 (1998) 873-890, Table II, method 10: the first proportion less the second.
TWO = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0000),
    ((10, 10), (0, 10), 0.6075, 1.0000),
]


@pytest.mark.parametrize(("count", "of", "low", "high"), ONE)
def test_one_proportion_is_as_sure_as_in_newcombes_table(count, of, low, high):
    assert wilson(count, of) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("first", "second", "low", "high"), TWO)
def test_a_difference_is_as_sure_as_in_newcombes_table(first, second, low, high):
    assert difference(Proportion(*second), Proportion(*first)) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_is_scipys_and_holds_the_share(numbers):
    count, of = numbers
    theirs = stats.binomtest(count, of).proportion_ci(0.95, method="wilson")
    assert wilson(count, of) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert 0 <= wilson(count, of).low <= count / of <= wilson(count, of).high <= 1


def test_of_nothing_there_is_no_share_and_no_interval():
    nothing = Proportion(0, 0)
    assert (nothing.share, nothing.interval) == (None, None)
    assert nothing.plus(Proportion(1, 2)).share == 0.5


def test_a_proportion_says_its_share_and_how_sure_it_is():
    assert Proportion(15, 148).share == pytest.approx(0.101, abs=1e-3)
    interval = Proportion(15, 148).interval
    assert interval is not None
    assert interval.holds(0.1)
    assert not interval.holds(0.2)


@pytest.mark.parametrize("wrong", [(0, 0), (-1, 5), (6, 5)])
def test_what_is_no_proportion_is_refused(wrong):
    with pytest.raises(ValueError, match="no proportion"):
        wilson(*wrong)


@pytest.mark.parametrize("level", [0, 1, 1.5])
def test_what_is_no_level_of_confidence_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson(1, 2, level)
