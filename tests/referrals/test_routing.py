"""The guard advises and never bars: danger rings, a known worker hears of it, and the front door always has it."""

import itertools

import pytest

from footprint.records import DutyContact
from footprint.referrals.referral import Referral, Referrer, Safety, Said
from footprint.referrals.routing import FRONT_DOOR, KnownWorker, advice, call_is_due, destinations

DESK = DutyContact(team="the front door", phone="01632 960200")
WORKER = KnownWorker(
    "social-care",
    "Children's social care",
    DutyContact(worker="Jo Marsh", team="North", phone="01632 960210"),
    "2026-11-20",
)


def codes(referral, workers=()):
    return [one.code for one in advice(referral, DESK, workers)]


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


def test_a_worker_hears_of_it_and_the_front_door_keeps_it():
    calm = Referral(safety=Safety(danger_now=Said.NO))
    (told,) = advice(calm, DESK, [WORKER])
    assert told.says.startswith(
        "Jo Marsh, North (Children's social care) works with the family (last confirmed on 2026-11-20)."
    )
    assert told.ring == WORKER.contact
    assert [one.kind for one in destinations(calm, [WORKER])] == ["front-door", "worker"]


def test_a_team_without_a_name_or_a_day_is_told_as_it_is():
    (told,) = advice(
        Referral(safety=Safety(danger_now=Said.NO)), DESK, [KnownWorker("s", "Social care", DutyContact())]
    )
    assert told.says.startswith("Social care works with the family. ")


def test_a_worker_whom_only_the_writer_names_is_found_by_a_human():
    named = Referral(safety=Safety(danger_now=Said.NO), worker="Jo from early help")
    assert codes(named) == ["worker-named"]
    assert destinations(named)[1].who == "Jo from early help"
    # A partner's own word about its worker wins over what the writer remembers.
    assert codes(named, [WORKER]) == ["has-worker"]


def test_whatever_is_answered_the_front_door_has_it():
    for danger, called, worker, known in itertools.product(
        (None, *Said), (None, *Said), ("", "Jo"), ((), (WORKER,), (WORKER, WORKER))
    ):
        referral = Referral(safety=Safety(danger_now=danger, called_999=called), worker=worker)
        assert destinations(referral, known)[0] is FRONT_DOOR
        assert len(destinations(referral, known)) == 1 + (len(known) or bool(worker))
