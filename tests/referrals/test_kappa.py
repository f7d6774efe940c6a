"""Weighted kappa against the worked examples of the papers and of a statistics package's manual, and against slow arithmetic."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from footprint.referrals.kappa import WEIGHTS, agreement, identity, tally

# Cohen, Psychological Bulletin 70 (1968) 213-220, Table 1: two judges, 200 cases, three diagnoses.
COHEN = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]
COHENS_WEIGHTS = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
INTERCHANGED = [[0, 6, 3], [6, 0, 1], [3, 1, 0]]
# Fleiss, Cohen and Everitt, Psychological Bulletin 72 (1969) 323-327: the table and the weights of agreement as the manual of the
# package psych for R (cohen.kappa) repeats them. We have not seen the paper itself: its figures stand here from memory, and what
# they rest on is the second of the two comparisons with slow arithmetic below.
FLEISS = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]
FLEISS_WEIGHTS = ((1, 0, 4 / 9), (0, 1, 6 / 9), (4 / 9, 6 / 9, 1))
# SAS/STAT user's guide, the FREQ procedure, "Agreement study": two dermatologists, 88 patients.
SKIN = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]
# Stata Base Reference Manual, kap, the example of weights: 85 xeromammograms read by two radiologists (Boyd and others, Journal
# of the National Cancer Institute 68 (1982) 357-363; Altman 1991, 403-405). Its w is our linear weights, its w2 our quadratic.
# From memory; what they rest on is that each kappa comes out with both its shares, to the last figure that is printed.
BOYD = [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]
# The printed SAS output that the tests of statsmodels (test_inter_rater) compare with.
SAS = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]


def from_disagreement(weights):
    """Cohen gives weights of disagreement, of which nought is complete agreement."""
    worst = max(map(max, weights))
    return tuple(tuple(1 - value / worst for value in row) for row in weights)


def test_cohens_own_example():
    assert agreement(COHEN, identity(3)).kappa == pytest.approx(0.492, abs=5e-4)
    assert agreement(COHEN, from_disagreement(COHENS_WEIGHTS)).kappa == pytest.approx(0.348, abs=5e-4)
    assert agreement(COHEN, from_disagreement(INTERCHANGED)).kappa == pytest.approx(0.574, abs=5e-4)


@pytest.mark.parametrize(
    ("weights", "error", "low", "high"),
    [
        (identity(3), 0.0510, 0.392, 0.591),
        (from_disagreement(COHENS_WEIGHTS), 0.0755, 0.200, 0.496),
        (from_disagreement(INTERCHANGED), 0.0553, 0.465, 0.682),
    ],
)
def test_cohens_example_with_the_error_of_1969(weights, error, low, high):
    # Printed by the R package DMAR for Cohen's Table 1.
    found = agreement(COHEN, weights)
    assert found.error == pytest.approx(error, abs=5e-5)
    assert found.interval == pytest.approx((low, high), abs=5e-4)


def test_the_example_of_fleiss_cohen_and_everitt():
    plain, weighted = agreement(FLEISS, identity(3)), agreement(FLEISS, FLEISS_WEIGHTS)
    assert plain.kappa == pytest.approx(0.429, abs=5e-4)
    assert plain.error**2 == pytest.approx(0.002885, abs=5e-7)
    assert weighted.kappa == pytest.approx(0.507, abs=5e-4)
    assert weighted.error**2 == pytest.approx(0.003248, abs=1e-6)


def test_a_manuals_agreement_study():
    found = agreement(SKIN, identity(4))
    assert found.kappa == pytest.approx(0.3449, abs=5e-5)
    assert found.interval == pytest.approx((0.2030, 0.4868), abs=5e-5)


@pytest.mark.parametrize(
    ("weights", "figures"),
    [
        (WEIGHTS["none"](3), (0.4842, 0.1380, 0.2137, 0.7547)),
        (WEIGHTS["linear"](3), (0.4701, 0.1457, 0.1845, 0.7558)),
    ],
)
def test_a_printed_output_without_and_with_weights(weights, figures):
    found = agreement(SAS, weights)
    assert (found.kappa, found.error, *found.interval) == pytest.approx(figures, abs=5e-5)


@pytest.mark.parametrize(
    ("weights", "observed", "expected", "kappa"),
    [
        ("none", 0.6353, 0.3082, 0.4728),
        ("linear", 0.8667, 0.6911, 0.5684),
        ("quadratic", 0.9477, 0.8409, 0.6714),
    ],
)
def test_two_radiologists_with_each_kind_of_weights(weights, observed, expected, kappa):
    found = agreement(BOYD, WEIGHTS[weights](4))
    assert (found.observed, found.expected, found.kappa) == pytest.approx(
        (observed, expected, kappa), abs=5e-5
    )


tables = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3).filter(
    lambda table: any(map(any, table))
)


@settings(max_examples=40)
@given(tables, st.sampled_from(sorted(WEIGHTS)))
def test_kappa_is_what_exact_arithmetic_over_all_pairs_of_pairs_says(table, name):
    """Chance agreement by brute force: each mark of the one beside each mark of the other."""
    weights = WEIGHTS[name](3)
    pairs = [(row, column) for row, column in product(range(3), repeat=2) for _ in range(table[row][column])]
    exact = [[Fraction(value).limit_denominator(100) for value in row] for row in weights]
    observed = sum(exact[row][column] for row, column in pairs) / Fraction(len(pairs))
    expected = sum(exact[one[0]][other[1]] for one in pairs for other in pairs) / Fraction(len(pairs) ** 2)
    found = agreement(table, weights)
    if expected == 1:
        assert found.kappa is None
    else:
        assert found.kappa == pytest.approx(float((observed - expected) / (1 - expected)), abs=1e-9)


@given(tables)
def test_the_error_is_the_one_that_small_changes_of_the_table_cause(table):
    """The delta method by differences: an independent way to the same large-sample variance."""
    weights = WEIGHTS["quadratic"](3)
    total = sum(map(sum, table))
    found = agreement(table, weights)
    assume(found.kappa is not None)
    assume(1 - found.expected > 0.05)
    step, slopes = 1e-4, []
    for row, column in product(range(3), repeat=2):
        up = [[value / total for value in line] for line in table]
        up[row][column] += step
        near = agreement(up, weights)
        slopes.append((table[row][column] / total, (near.kappa - found.kappa) / step))
    mean = sum(share * slope for share, slope in slopes)
    variance = sum(share * (slope - mean) ** 2 for share, slope in slopes) / total
    assert found.error**2 == pytest.approx(variance, rel=0.02, abs=1e-5)


def test_complete_agreement_claims_no_certainty():
    found = agreement([[3, 0], [0, 4]])
    assert found.kappa == pytest.approx(1)
    assert found.interval is None
    assert found.is_few


@pytest.mark.parametrize("table", [[[0, 0], [0, 0]], [[7, 0], [0, 0]]])
def test_where_it_cannot_be_said_it_is_not_said(table):
    found = agreement(table)
    assert (found.kappa, found.error, found.interval) == (None, None, None)


def test_marks_become_a_table_in_the_order_of_the_scale():
    assert tally([(0, 0), (0, 2), (2, 0), (0, 2)], (0, 1, 2)) == [[1, 0, 2], [0, 0, 0], [1, 0, 0]]
    with pytest.raises(ValueError, match="no mark of this scale"):
        tally([(0, 3)], (0, 1, 2))


@pytest.mark.parametrize(("table", "weights"), [([[1, 2]], None), ([[1, 2], [3, 4]], identity(3))])
def test_a_table_that_is_not_square_is_refused(table, weights):
    with pytest.raises(ValueError, match="square"):
        agreement(table, weights)


def test_a_scale_of_one_mark_has_weights():
    assert WEIGHTS["linear"](1) == ((1,),)
