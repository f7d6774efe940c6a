"""Copies leave once for each key, masked and in order, and what came of each is known."""

import datetime as dt
import io
from unittest import mock

import msgspec
import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from footprint.ledger import LedgerUnavailable
from footprint.referrals import delivering as rules
from footprint.referrals.destinations import destinations_of
from footprint.referrals.holding import MASK
from footprint.web.referrals import services
from footprint.web.referrals.models import Attempt, Outgoing, RecordReference
from footprint.web.referrals.outbox import by_https
from footprint.web.referrals.outbox.delivering import deliver, due
from footprint.web.referrals.outbox.presenters import panels_of
from footprint.web.referrals.outbox.rows import attempts_of, message_of
from tests.web.referrals.copies import NOON, WITH_ADA, send, taken
from tests.web.referrals.systems import (
    NOWHERE,
    connect,
    decision,
    destination,
    listening,
    post,
    secret_of,
    signed_request,
)
from tests.web.referrals.writers import Desk


def test_it_arrives_once_in_order_and_the_other_systems_reference_comes_back(records):
    officer = records.officer
    sent = send(officer)
    services.add(officer.actor, sent, WITH_ADA, form="two")
    done = deliver()
    assert (done.outcomes, done.left_alone) == ({"accepted": 2}, {})
    name = f"referral/{sent.reference}"
    assert taken(records) == [(name, 1, "referral"), (name, 2, "addition")]
    assert RecordReference.objects.get().reference == "REC-000001"
    assert deliver().outcomes == {}
    ((title, rows, warnings),) = panels_of(officer.actor, sent)
    assert title == "In other systems"
    assert warnings == []
    assert rows == [("The system records", "Reference REC-000001. It has arrived.")]
    entries = officer.site.entries(case=sent.reference)
    assert [one.leaf.action for one in entries if one.leaf.action.startswith("outbox")] == [
        "outbox-send",
        "outbox-receipt",
        "outbox-send",
        "outbox-receipt",
    ]
    assert "Ada" not in str([one.leaf for one in entries])


def test_the_command_says_what_it_did_and_why_not(records):
    said = io.StringIO()
    send(records.officer)
    call_command("deliver_referrals", "--once", stdout=said)
    assert "1  accepted" in said.getvalue()
    connect(records.officer.site.data, destination())
    send(records.officer, form="two")
    call_command("deliver_referrals", stdout=said)
    assert "records: It cannot be reached" in said.getvalue()


def test_a_lost_receipt_has_one_effect_all_the_same(records):
    send(records.officer)
    with mock.patch.object(by_https, "read_receipt", side_effect=rules.ReceiptUnreadable("lost")):
        assert deliver().outcomes == {"unreached": 1}
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=16)):
        assert deliver().outcomes == {"accepted": 1}
    assert len(taken(records)) == 1


def test_a_claim_that_died_goes_again_under_the_same_key_and_a_living_one_does_not(records):
    send(records.officer)
    with (
        mock.patch("footprint.web.referrals.outbox.delivering.settle", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        deliver()
    assert deliver().outcomes == {}, "somebody has it"
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=3)):
        assert deliver().outcomes == {"accepted": 1}
    assert len(taken(records)) == 1


def test_two_senders_do_not_send_the_same(records):
    send(records.officer)
    (where,) = destinations_of(records.officer.site.data)
    seen = list(due(where, timezone.now()))
    assert deliver().outcomes == {"accepted": 1}
    with mock.patch("footprint.web.referrals.outbox.delivering.due", side_effect=[seen, []]):
        assert deliver().outcomes == {}


def test_an_answer_that_is_not_signed_by_them_is_none(records):
    send(records.officer)
    records.key = type(records.key)("records-key", b"another secret that is long enough!")
    with mock.patch("footprint.cli.receiver_service.check"):
        deliver()
    assert "Its receipt does not count." in Attempt.objects.get().sentence
    assert Outgoing.objects.get().standing == "waiting"


def test_a_destination_that_is_away_is_left_alone_and_holds_up_no_other(records):
    data = records.officer.site.data
    connect(data, destination("away", address=NOWHERE), destination(address=records.address))
    send(records.officer), send(records.officer, form="two")
    done = deliver()
    assert done.left_alone == {"away": "It cannot be reached (ConnectionError)."}
    assert done.outcomes == {"unreached": 1, "accepted": 2}
    assert Attempt.objects.filter(outgoing__destination="away").count() == 1


def test_the_ledger_away_sends_nothing(records):
    send(records.officer)
    with (
        mock.patch("footprint.web.referrals.outbox.delivering.ledger", side_effect=LedgerUnavailable("away")),
        pytest.raises(LedgerUnavailable),
    ):
        deliver()
    assert taken(records) == []
    assert Outgoing.objects.get().claimed_at is None


def test_what_is_protected_after_it_was_written_is_masked_before_it_leaves(records):
    officer = records.officer
    send(officer)
    first = Outgoing.objects.get()
    mask = "footprint.web.referrals.outbox.content.as_recipients_read"

    def without_place(_, said):
        return msgspec.structs.replace(said, place=MASK)

    with mock.patch(mask, without_place):
        assert deliver().outcomes == {"accepted": 1}
    (effect,) = records.system.effects()
    assert "Alder Road" not in effect.body.decode()
    assert effect.key == first.key
    # Of one that may have left already the receiver knows the key, so it goes under another.
    second = send(officer, form="two")
    with mock.patch("footprint.cli.receiver_service.RecordSystem.take", side_effect=ValueError("no")):
        deliver()
    with mock.patch(mask, without_place), time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        deliver()
    assert all("Alder Road" not in one.body.decode() for one in records.system.effects())
    assert (f"referral/{second.reference}", 2, "referral") in taken(records)
    assert list(Outgoing.objects.order_by("pk").values_list("standing", flat=True)[1:]) == [
        "set-aside",
        "delivered",
    ]


def test_a_sentence_that_repeats_what_the_message_says_is_not_kept(records):
    send(records.officer, WITH_ADA)
    with mock.patch.object(
        records.system,
        "take",
        lambda content, now: rules.Receipt(
            key=msgspec.json.decode(content)["key"],
            outcome="refused",
            received=now,
            sentence="Nobody called Birch is known here.",
        ),
    ):
        assert deliver().outcomes == {"refused": 1}
    assert "Birch" not in Attempt.objects.get().sentence


def test_what_is_due_is_what_the_rules_say(desk):
    officer = desk()
    connect(officer.site.data, destination())
    with time_machine.travel(NOON, tick=False):
        for form in ("one", "two", "three"):
            sent = send(officer, form=form)
            services.add(officer.actor, sent, WITH_ADA, form=f"{form}-more")
    rows = list(Outgoing.objects.order_by("pk"))
    outcomes = {0: "refused", 2: "unreached", 3: "accepted", 4: "set-aside", 5: "wait"}
    for place, outcome in outcomes.items():
        Attempt.objects.create(outgoing=rows[place], at=NOON, outcome=outcome)
    for row in rows:
        tried = attempts_of(row)
        Outgoing.objects.filter(pk=row.pk).update(
            standing=rules.standing(tried), due_at=rules.due(message_of(row), tried)
        )
    (where,) = destinations_of(officer.site.data)
    history = {row.key: attempts_of(row) for row in rows}
    for later in (0, 5, 10, 20):
        now = NOON + dt.timedelta(seconds=later)
        slow = [one.message.key for one in rules.ready(map(message_of, rows), history, now)]
        assert [one.key for one in due(where, now)] == slow, later


def test_on_either_database_copies_leave_and_decisions_come(site, tmp_path):
    officer = Desk(site, site.user("frontline"))
    connect(site.data, destination(decides=True))
    with listening(tmp_path / "records", secret_of(site.data)) as server:
        connect(site.data, destination(address=server.address, decides=True))
        sent = send(officer)
        assert deliver().outcomes == {"accepted": 1}
    key = secret_of(site.data)
    made = decision(sent, key_of="records")
    for _ in range(2):
        assert post(site.client(), *signed_request(made, key)).status_code == 200
    sent.refresh_from_db()
    assert (sent.state, sent.outcome) == ("decided", "section-17")
    assert "Nothing waits" in Desk(site, site.user("data-steward")).get("/referrals/outbox/").content.decode()
