"""Decisions of other systems come in signed, once for each key, by the table of steps; of two that differ a person is asked."""

import datetime as dt
import time

import msgspec
import pytest
from django.core.cache import cache
from django.utils import timezone

from footprint.referrals.deciding import Grounds
from footprint.referrals.delivering import Ready
from footprint.referrals.states import Part, Verb
from footprint.referrals.states import Step as Said
from footprint.referrals.watched_folder import laid_out, manifest_name
from footprint.web.notices.models import Notice
from footprint.web.referrals import services
from footprint.web.referrals.desk.services import take
from footprint.web.referrals.models import Feedback, Incoming, Outgoing, Step
from footprint.web.referrals.outbox import answering, watching
from footprint.web.referrals.outbox.by_folder import write
from footprint.web.referrals.outbox.presenters import panels_of
from footprint.web.referrals.outbox.watching import watch
from tests.web.referrals.systems import (
    closure,
    connect,
    decision,
    destination,
    post,
    receipt_in,
    secret_of,
    signed_request,
)
from tests.web.referrals.writers import URGENT

CARE = destination("care", label="Social care's system", partner="childrens-social-care", decides=True)
#: One of ours that somebody throws back at us.
OUR_OWN = (
    b'{"decision":"early-help","reason":"r","by":"b","at":"2026-11-26T09:00:00Z","system":"footprint",'
    b'"reference":"R-1/1"}'
)


class Care:
    """Social care's system, which decides, and a referral that an officer sent."""

    def __init__(self, officer, says=URGENT):
        self.officer, self.data = officer, officer.site.data
        connect(self.data, CARE, destination())
        self.key = secret_of(self.data, "care")
        self.client = officer.site.client()
        self.referral = services.receive(officer.actor, says, form="one")

    def sends(self, message, **how):
        return post(self.client, *signed_request(message, self.key, **how))

    def is_told(self, message, **how):
        """The receipt that it is given."""
        response = self.sends(message, **how)
        assert response.status_code == 200, response.content
        return receipt_in(response, self.key)

    def decided(self):
        return list(Step.objects.filter(verb=Verb.DECIDE).values_list("part", "outcome"))


@pytest.fixture
def care(desk):
    return Care(desk())


GROUNDS = Grounds(
    "PC Birch", "They sleep at their aunt's until Monday.", "Sam Field", "01632 960222", "Today, 14:10"
)


def front_door_decides(desk, referral, outcome, verb=Verb.DECIDE):
    worker = desk("social-work-decision-maker").actor
    argued = {"outcome": outcome, "reason": "already-known"} if verb == Verb.DECIDE else {}
    step = Said(verb=verb, part=Part.FRONT_DOOR, by=worker.name, at=timezone.now(), words="We met.", **argued)
    take(worker, referral, step, grounds=GROUNDS)


def test_a_decision_is_applied_once_with_its_entry_and_its_author_is_told(care):
    message = decision(care.referral)
    first = care.is_told(message)
    assert (first["outcome"], first["reference"]) == ("accepted", care.referral.reference)
    assert care.is_told(message, at=time.time() - 3) == first, "the same receipt again"
    assert care.decided() == [("record-system", "section-17")]
    care.referral.refresh_from_db()
    assert (care.referral.state, care.referral.outcome, care.referral.is_waiting) == (
        "decided",
        "section-17",
        False,
    )
    told = Feedback.objects.get(kind="decision")
    assert "The children need a plan." in told.words
    assert told.by_name == "Sam Dale, Social care's system"
    assert Notice.objects.get(kind="referral").membership_id == care.officer.actor.membership_id
    actions = [one.leaf.action for one in care.officer.site.entries(case=care.referral.reference)]
    assert actions.count("inbox-decision") == actions.count("referral-decide") == 1
    # The others are told under its own name, and it is not told what it said.
    assert [one.destination for one in Outgoing.objects.filter(kind="decision")] == ["records"]
    assert msgspec.json.decode(bytes(Outgoing.objects.get(kind="decision").body))["reference"] == "SC-1"


def test_what_is_not_signed_has_no_effect(care):
    content, fields = signed_request(decision(care.referral), care.key)
    for wrong in (
        {},
        fields | {"Signature": "footprint=:AAAA:"},
        fields | {"Idempotency-Key": "0" * 32},
        fields | {"Signature-Input": fields["Signature-Input"].replace("care-key", "nobodys-key")},
    ):
        assert post(care.client, content, wrong).status_code == 401
    assert post(care.client, content.replace(b"section-17", b"early-help"), fields).status_code == 401
    assert care.sends(decision(care.referral), at=time.time() - 301).status_code == 401, "too long ago"
    assert care.client.get("/referrals/inbox/").status_code == 405
    assert care.decided() == []
    assert not Incoming.objects.exists()


def test_one_that_is_too_large_is_not_even_read(care):
    content, fields = signed_request(decision(care.referral, reason="x" * 70_000), care.key)
    assert post(care.client, content, fields).status_code == 413
    assert care.decided() == []


def test_more_than_so_much_in_a_minute_is_refused_until_the_next(care, monkeypatch):
    cache.clear()
    monkeypatch.setattr(answering, "BYTES_A_MINUTE", 1000)
    statuses = [care.sends(decision(care.referral, number), after=0).status_code for number in range(1, 6)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


def test_they_are_taken_in_order_and_another_content_under_a_key_is_refused(care):
    assert care.is_told(decision(care.referral, 2))["outcome"] == "wait"
    assert care.is_told(decision(care.referral, 1))["outcome"] == "accepted"
    other = care.is_told(decision(care.referral, 1, reason="Another one."))
    assert other["outcome"] == "refused"
    assert care.decided() == [("record-system", "section-17")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"record": "referral/R-NOTHERE"}, "no record of this name"),
        ({"kind": "feedback"}, "nothing else"),
        ({"body": b'{"decision":"adoption"}'}, "A decision says"),
        ({"body": OUR_OWN}, "decided here"),
    ],
)
def test_what_can_have_no_effect_is_refused_with_what_to_send_instead(care, change, sentence):
    receipt = care.is_told(msgspec.structs.replace(decision(care.referral), **change))
    assert receipt["outcome"] == "refused"
    assert sentence in receipt["sentence"]
    assert not Incoming.objects.exists()


def test_a_system_that_does_not_decide_or_gets_no_copies_of_it_learns_nothing(care, desk):
    connect(care.data, CARE | {"decides": False}, destination())
    assert care.is_told(decision(care.referral))["outcome"] == "refused"
    connect(care.data, CARE | {"referrals_of": ["acute-trust"]}, destination())
    theirs = care.is_told(decision(care.referral))
    nobodys = care.is_told(msgspec.structs.replace(decision(care.referral), record="referral/R-NOTHERE"))
    assert theirs["sentence"] == nobodys["sentence"]
    assert care.decided() == []


def test_of_two_decisions_that_differ_the_first_stands_and_the_front_door_is_asked(care, desk):
    front_door_decides(desk, care.referral, "strategy-discussion")
    assert care.is_told(decision(care.referral))["outcome"] == "accepted", "it is kept"
    assert care.decided() == [("front-door", "strategy-discussion")]
    assert Incoming.objects.get().how == "conflict"
    asked = Notice.objects.filter(kind="outbox")
    assert {one.membership.role for one in asked} == {"social-work-decision-maker"}
    ((_, _, (warning,)),) = panels_of(care.officer.actor, care.referral)
    assert "decided differently: Assessment (section 17), by Sam Dale" in warning


def test_two_that_are_alike_are_one(care, desk):
    front_door_decides(desk, care.referral, "section-17")
    care.is_told(decision(care.referral))
    assert Incoming.objects.get().how == "same"
    assert len(care.decided()) == 1
    assert not Notice.objects.filter(kind="outbox").exists()


def test_a_system_takes_back_what_it_decided_and_what_was_opened_again_is_decided_anew(care, desk):
    care.is_told(decision(care.referral, 1))
    care.is_told(decision(care.referral, 2, decision="early-help", replaces="SC-1"))
    assert [outcome for _, outcome in care.decided()] == ["section-17", "early-help"]
    front_door_decides(desk, care.referral, "", Verb.REOPEN)
    care.is_told(decision(care.referral, 3, decision="strategy-discussion"))
    assert [outcome for _, outcome in care.decided()][-1] == "strategy-discussion"


def test_what_comes_for_a_referral_that_is_closed_is_kept_and_asked_about(care, desk):
    front_door_decides(desk, care.referral, "section-17")
    front_door_decides(desk, care.referral, "", Verb.CLOSE)
    care.is_told(decision(care.referral, decision="early-help"))
    assert Incoming.objects.get().how == "conflict"
    assert len(care.decided()) == 1


def test_what_happened_next_comes_in_once_closes_it_and_its_author_is_told(care):
    care.is_told(decision(care.referral, 1))
    message = closure(care.referral, 2)
    first = care.is_told(message)
    assert (first["outcome"], first["reference"]) == ("accepted", care.referral.reference)
    assert care.is_told(message, at=time.time() - 3) == first, "the same receipt again"
    care.referral.refresh_from_db()
    assert care.referral.state == "closed"
    (step,) = Step.objects.filter(verb=Verb.CLOSE)
    assert (step.part, step.by_name) == ("record-system", "Sam Dale, Social care's system")
    told = Feedback.objects.get(kind="closure")
    assert told.words == "Family help since April."
    left = Outgoing.objects.filter(kind="feedback").values_list("destination", flat=True)
    assert list(left) == ["records"], "it is not told what it said"
    actions = [one.leaf.action for one in care.officer.site.entries(case=care.referral.reference)]
    assert actions.count("inbox-closure") == actions.count("referral-close") == 1
    content, fields = signed_request(closure(care.referral, 3), care.key)
    unsigned = post(care.client, content, fields | {"Signature": "footprint=:AAAA:"})
    assert unsigned.status_code == 401


def test_a_closure_of_what_is_not_decided_or_was_closed_otherwise_is_kept_and_asked_about(care, desk):
    care.is_told(closure(care.referral, 1))
    assert Incoming.objects.get().how == "conflict"
    front_door_decides(desk, care.referral, "section-17")
    front_door_decides(desk, care.referral, "", Verb.CLOSE)
    care.is_told(closure(care.referral, 2))
    care.is_told(closure(care.referral, 3, words="We met."))
    assert list(Incoming.objects.order_by("pk").values_list("how", flat=True)) == [
        "conflict",
        "conflict",
        "same",
    ]
    assert Step.objects.filter(verb=Verb.CLOSE).count() == 1
    asked = Notice.objects.filter(kind="outbox")
    assert "closed in another system" in asked.first().sentence
    ((_, _, warnings),) = panels_of(care.officer.actor, care.referral)
    assert ["has closed it, by Sam Dale" in one for one in warnings] == [True, True]
    care.is_told(decision(care.referral, 4, decision="section-17"))
    assert Incoming.objects.latest("pk").how == "same", "a closure is no decision"


def test_decisions_come_by_a_folder_too_and_the_answer_lies_there(desk, tmp_path):
    care = Care(desk())
    connect(care.data, CARE | {"kind": "folder", "address": str(tmp_path)}, destination())
    message = decision(care.referral)
    came = tmp_path / "decisions"
    came.mkdir()
    files = laid_out(Ready(message, 0), {}, care.key, int(time.time()))
    write(came, {name: content for name, content in files.items() if "manifest" not in name})
    assert watch()["decisions"] == 0, "no manifest, no message"
    write(came, files)
    assert watch()["decisions"] == 1
    assert care.decided() == [("record-system", "section-17")]
    assert [one.name for one in (tmp_path / "answers").iterdir()] == [f"{message.key}.receipt.json"]
    assert list(came.iterdir()) == []
    write(came, laid_out(Ready(message, 0), {}, care.key, int(time.time())))
    assert watch()["decisions"] == 1
    assert len(care.decided()) == 1, "one effect"


def test_what_lies_in_a_folder_unsigned_or_changed_is_put_aside(desk, tmp_path):
    care = Care(desk())
    connect(care.data, CARE | {"kind": "folder", "address": str(tmp_path)}, destination())
    message, came = decision(care.referral), tmp_path / "decisions"
    came.mkdir()
    files = laid_out(Ready(message, 0), {}, secret_of(care.data, "records"), int(time.time()))
    write(came, files)
    assert watch()["decisions"] == 0
    assert care.decided() == []
    assert (came / f"{manifest_name(message.key)}.refused").exists()


def test_a_decision_from_the_future_decides_nothing_in_it(care):
    care.is_told(decision(care.referral, at=timezone.now() + dt.timedelta(days=3)))
    assert Step.objects.get(verb=Verb.DECIDE).at <= timezone.now()


ODD = [
    {"by": " "},
    {"reference": "a\0b"},
    {"at": dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=14)))},
    # In London's time of that year it is the year before the first, and no page can say it.
    {"at": dt.datetime(1, 1, 1, tzinfo=dt.UTC)},
    {"at": dt.datetime(9999, 12, 31, 23, tzinfo=dt.timezone(-dt.timedelta(hours=14)))},
]


@pytest.mark.parametrize("odd", [{"reason": " "}, *ODD])
def test_what_no_database_keeps_or_says_nothing_is_refused_and_never_breaks(care, odd):
    assert care.is_told(decision(care.referral, 1, **odd))["outcome"] == "refused"
    assert care.is_told(decision(care.referral, 1))["outcome"] == "accepted"


def test_a_message_that_nobody_foresaw_keeps_no_other_system_from_coming_in(desk, tmp_path, monkeypatch):
    care = Care(desk())
    for name in ("away", "care"):
        (tmp_path / name / "decisions").mkdir(parents=True)
    folders = [
        CARE | {"id": name, "kind": "folder", "address": str(tmp_path / name)}
        | {"key": {"name": f"{name}-key", "file": f"keys/{name}.secret"}}
        for name in ("away", "care")
    ]  # fmt: skip
    connect(care.data, *folders)
    for name in ("away", "care"):
        message = decision(care.referral, key_of=name)
        key = secret_of(care.data, name)
        write(tmp_path / name / "decisions", laid_out(Ready(message, 0), {}, key, int(time.time())))
    real = watching.take_in

    def breaks(destination, *given):
        if destination.id == "away":
            raise ValueError("Nobody foresaw this.")
        return real(destination, *given)

    monkeypatch.setattr(watching, "take_in", breaks)
    assert watch()["decisions"] == 1
    assert care.decided() == [("record-system", "section-17")]
