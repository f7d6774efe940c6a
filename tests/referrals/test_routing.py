"""The guard advises and never bars: danger rings, and a named worker is rung by whoever writes."""

import pytest

from footprint.records import DutyContact
from footprint.referrals.referral import Referral, Referrer, Safety, Said
from footprint.referrals.routing import advice, call_is_due, name_of_worker, named_worker

DESK = DutyContact(team="the front door", phone="01632 960200")


def codes(referral):
    return [one.code for one in advice(referral, DESK)]


@pytest.mark.parametrize(
    ("danger", "called", "spoke_to", "expected"),
    [
        (None, None, "", ["if-in-danger"]),
        (Said.NOT_KNOWN, None, "", ["if-in-danger"]),
        (Said.NO, None, "", []),
        (Said.NO, Said.YES, "Sam", []),
        (Said.YES, None, "", ["ring-999", "ring-front-door"]),
        (Said.YES, Said.NO, "Sam", ["ring-999"]),
        (Said.YES, Said.YES, "", ["ring-front-door"]),
        (Said.YES, Said.YES, " ", ["ring-front-door"]),
        (Said.YES, Said.YES, "Sam", []),
    ],
)
def test_danger_rings(danger, called, spoke_to, expected):
    referral = Referral(
        safety=Safety(danger_now=danger, called_999=called), referrer=Referrer(spoke_to=spoke_to)
    )
    assert codes(referral) == expected
    assert call_is_due(referral) == ("ring-front-door" in expected)


def test_whom_to_ring_is_said_with_the_number():
    urgent = Referral(safety=Safety(danger_now=Said.YES, called_999=Said.YES))
    (ring,) = advice(urgent, DESK)
    assert ring.ring == DESK
    assert "the front door on 01632 960200" in ring.says
    assert "101" in advice(urgent)[0].says
    assert "01632" not in advice(urgent, DESK, says_number=False)[0].says


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ",
        "No",
        "no.",
        "None",
        "n/a",
        "N/A",
        "NA",
        "Not known",
        "don't know",
        "not applicable",
        "No social worker",
    ],
)
def test_no_is_no_worker_and_nothing_is_said_of_one(said):
    referral = Referral(safety=Safety(danger_now=Said.NO), worker=said)
    assert (named_worker(referral), codes(referral)) == ("", [])


def test_whoever_names_a_worker_is_told_to_ring_them_and_not_that_anybody_was_told():
    named = Referral(safety=Safety(danger_now=Said.NO), worker="Sam Dale.")
    (told,) = advice(named, DESK)
    assert told.says == (
        "You name Sam Dale as the family’s worker. Ring them yourself: do not count on it that they have heard of this. "
        "The front door is asked to tell them (its number: 01632 960200)."
    )
    assert told.ring == DESK
    assert advice(named)[0].says.endswith("The front door is asked to tell them.")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Sam Dale", "sam dale"),
        ("Sam Dale, family help, 01632 960210", "sam dale"),
        ("Séan O’Dale (North)", "sean odale"),
        ("Sam Dale\nring after nine", "sam dale"),
        ("Norma Noone", "norma noone"),
        (", family help", "family help"),
        ("No", ""),
    ],
)
def test_the_name_of_a_worker_is_what_stands_before_their_team(said, name):
    assert name_of_worker(Referral(worker=said)) == name
