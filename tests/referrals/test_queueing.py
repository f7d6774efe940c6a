"""What comes first at the front door by the answer on danger, and when a form is empty."""

import pytest

from footprint.referrals.queueing import danger_rank, is_empty
from footprint.referrals.referral import Concern, Referral, Referrer, Safety, Said

WRITER = Referrer(name="Olga Birch", role="Officer", email="olga@example.org")


def said(**more):
    return Referral(**({"referrer": WRITER} | more))


def test_danger_then_not_known_or_blank_then_no_then_what_says_nothing():
    order = [
        said(safety=Safety(danger_now=Said.YES)),
        said(safety=Safety(danger_now=Said.NOT_KNOWN)),
        said(safety=Safety(danger_now=Said.NO)),
        said(),
    ]
    ranks = [danger_rank(one) for one in order]
    assert ranks == sorted(set(ranks), reverse=True)
    assert danger_rank(said(concern=Concern(wrong="He hit her."))) == ranks[1], "a blank is no 'no'"


@pytest.mark.parametrize(
    "more",
    [
        {"who": "Two boys"},
        {"place": "12 Alder Road"},
        {"referrer": Referrer(phone="01632 960001")},
        {"safety": Safety(danger_now=Said.NOT_KNOWN)},
        {"concern": Concern(not_known=frozenset({"wrong"}))},
    ],
)
def test_whatever_is_answered_is_not_nothing(more):
    assert not is_empty(said(**more))


def test_who_writes_and_how_it_came_are_no_answers():
    assert is_empty(said(route="phone"))
