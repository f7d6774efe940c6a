"""Copies leave once for each key, masked and in order, through every way, and what hangs is seen by those who can mend it."""

import datetime as dt
import io
from unittest import mock

import msgspec
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from footprint.ledger import LedgerUnavailable
from footprint.referrals import delivering as rules
from footprint.referrals.destinations import destinations_of
from footprint.referrals.holding import MASK
from footprint.referrals.referral import Concern
from footprint.web.notices.models import Notice
from footprint.web.referrals import services
from footprint.web.referrals.models import Attempt, Outgoing, RecordReference, Referral
from footprint.web.referrals.outbox import by_https
from footprint.web.referrals.outbox import services as outbox
from footprint.web.referrals.outbox.delivering import deliver, due
from footprint.web.referrals.outbox.presenters import panels_of
from footprint.web.referrals.outbox.rows import attempts_of, message_of
from footprint.web.referrals.outbox.watching import watch
from tests.web.mailing import mail
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
from tests.web.referrals.writers import ADA, URGENT, Desk

__all__ = ["mail"]

NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
WITH_ADA = msgspec.structs.replace(URGENT, children=(ADA,))


@pytest.fixture
def records(desk, tmp_path):
    """A record system that is connected and listens, and an officer who refers."""
    officer = desk()
    data = officer.site.data
    connect(data, destination())
    with listening(tmp_path / "records", secret_of(data)) as server:
        connect(data, destination(address=server.address))
        server.officer = officer
        yield server


def send(officer, said=URGENT, form="one"):
    return services.receive(officer.actor, said, form=form)


def taken(server):
    return [(one.record, one.number, one.kind) for one in server.system.effects()]


# ---- written with what caused it


def test_a_copy_is_written_with_its_version_or_not_at_all(desk):
    officer = desk()
    connect(officer.site.data, destination())
    with (
        mock.patch("footprint.web.referrals.services.enqueue", side_effect=LedgerUnavailable("away")),
        pytest.raises(LedgerUnavailable),
    ):
        send(officer)
    assert not Outgoing.objects.exists()
    assert not Referral.objects.exists()
    sent = send(officer)
    services.add(officer.actor, sent, WITH_ADA, form="two")
    assert list(Outgoing.objects.values_list("number", "kind", "standing")) == [
        (1, "referral", "waiting"),
        (2, "addition", "waiting"),
    ]
    row = Outgoing.objects.first()
    assert row.key == message_of(row).key
    assert row.due_at == row.created


def test_nothing_is_written_outside_the_transaction_of_its_cause(desk):
    officer = desk()
    sent = send(officer)
    with pytest.raises(outbox.NotWithItsCause):
        outbox.enqueue(sent, "referral", URGENT)


def test_what_is_held_never_leaves_and_another_partners_record_neither(desk):
    officer = desk()
    connect(officer.site.data, destination(), destination("care", partner="childrens-social-care"))
    child = msgspec.structs.replace(ADA, record="childrens-social-care/case/77")
    said = msgspec.structs.replace(
        URGENT,
        children=(child,),
        concern=Concern(wrong="He keeps drugs in the cot. This came from a CHIS who lives next door."),
    )
    send(officer, said)
    police, care = (bytes(one.body).decode() for one in Outgoing.objects.order_by("destination").reverse())
    assert "CHIS" not in police + care
    assert MASK in police
    assert "He keeps drugs in the cot." in police
    assert "case/77" not in police
    assert "case/77" in care


def test_only_those_referrals_go_there_of_which_it_was_agreed(desk):
    officer, nurse = desk(), desk("navigator")
    connect(officer.site.data, destination(referrals_of=["police"], messages=["referral"]))
    services.add(officer.actor, send(officer), WITH_ADA, form="more")
    send(nurse)
    assert list(Outgoing.objects.values_list("referral__partner__code", "kind")) == [("police", "referral")]


def test_a_file_that_cannot_be_read_delays_no_referral_and_loses_no_copy(desk):
    officer = desk()
    data = officer.site.data
    (data / "destinations.yaml").write_text("destinations: [")
    sent = send(officer)
    assert list(Outgoing.objects.values_list("destination", flat=True)) == [""]
    with pytest.raises(CommandError, match=r"destinations\.yaml"):
        call_command("deliver_referrals", stdout=io.StringIO())
    (data / "destinations.yaml").unlink()
    deliver()
    assert Outgoing.objects.get().standing == "waiting"
    connect(data, destination(), destination("other"))
    services.add(officer.actor, sent, WITH_ADA, form="two")
    kinds = {
        name: list(
            Outgoing.objects.filter(destination=name).order_by("number").values_list("kind", flat=True)
        )
        for name in ("records", "other")
    }
    assert kinds == {"records": ["referral", "addition"], "other": ["referral", "addition"]}
    assert deliver().left_alone.keys() == {"records", "other"}


# ---- by HTTPS


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


# ---- by a folder, and by e-mail


def test_a_folder_gets_the_message_with_its_manifest_and_gives_the_receipt(desk, tmp_path):
    from footprint.cli.receiver_service import read_folder
    from footprint.cli.record_system import RecordSystem

    officer = desk()
    data, folder = officer.site.data, tmp_path / "agreed"
    connect(data, destination(kind="folder", address=str(folder)))
    sent = send(officer)
    assert "cannot be written" in deliver().left_alone["records"], "a disk that is not mounted is not made"
    folder.mkdir()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        deliver()
        names = sorted(one.name for one in (folder / "messages").iterdir())
        key = Outgoing.objects.get().key
        assert names == [f"{key}.json", f"{key}.manifest.json"]
        assert watch() == {"receipts": 0, "decisions": 0}
        system = RecordSystem(tmp_path / "records")
        assert read_folder(folder, system, secret_of(data)) == 1
        assert watch()["receipts"] == 1
    assert Outgoing.objects.get().standing == "delivered"
    assert RecordReference.objects.get().reference == "REC-000001"
    assert [one.record for one in system.effects()] == [f"referral/{sent.reference}"]
    assert not list((folder / "messages").iterdir())
    assert not list((folder / "receipts").iterdir())


def test_a_receipt_that_somebody_else_laid_down_is_put_aside(desk, tmp_path):
    officer = desk()
    connect(officer.site.data, destination(kind="folder", address=str(tmp_path)))
    send(officer)
    deliver()
    key = Outgoing.objects.get().key
    (tmp_path / "receipts").mkdir(exist_ok=True)
    (tmp_path / "receipts" / f"{key}.receipt.json").write_text("{}")
    assert watch()["receipts"] == 0
    assert (tmp_path / "receipts" / f"{key}.receipt.json.refused").exists()
    assert Outgoing.objects.get().standing == "waiting"


def test_an_e_mail_carries_a_reference_and_nothing_else(desk, mail):
    officer = desk()
    office = destination("office", kind="email", address="office@borough.example", key=None)
    connect(officer.site.data, office)
    officer.site.set(SITE="https://footprint.example", MAIL=mail.url, MAIL_FROM="footprint@borough.example")
    sent = send(officer, WITH_ADA)
    assert deliver().outcomes == {"accepted": 1}
    (((to,), message),) = mail.taken
    text = str(message)
    assert to == "office@borough.example"
    assert f"{sent.reference}-1" in text
    assert not any(word in text for word in ("Ada", "Birch", "Alder", "hit", "children"))


# ---- what hangs, and those who see to it


def test_what_hangs_is_seen_without_a_word_of_its_content_and_the_steward_is_told_once_a_day(desk):
    officer, steward, lead = desk(), desk("data-steward"), desk("information-governance")
    connect(officer.site.data, destination())
    with time_machine.travel(NOON, tick=False) as clock:
        for form in ("one", "two"):
            send(officer, WITH_ADA, form=form)
        for _ in range(40):
            deliver()
            clock.shift(dt.timedelta(minutes=16))
        assert set(Outgoing.objects.values_list("standing", flat=True)) == {"stuck"}
        told = Notice.objects.filter(kind="outbox")
        assert [one.membership.user_id for one in told] == [steward.user.pk]
        steward_page, lead_page = (one.get("/referrals/outbox/").content.decode() for one in (steward, lead))
    for page in (steward_page, lead_page):
        assert "Stuck: alarm" in page
        assert "2 stuck" in page
        assert "It cannot be reached" in page
        assert not any(word in page for word in ("Ada", "Birch", "Alder", "hit in front"))
    row = Outgoing.objects.first()
    assert f"/referrals/outbox/{row.pk}/" in steward_page
    assert f"/referrals/outbox/{row.pk}/" not in lead_page
    assert lead.get(f"/referrals/outbox/{row.pk}/").status_code == 403
    assert officer.get("/referrals/outbox/").status_code == 403


def test_a_steward_sends_again_or_sets_aside_with_a_reason_that_is_entered(records):
    officer = records.officer
    steward = officer.__class__(officer.site, officer.site.user("data-steward"))
    sent = send(officer)
    services.add(officer.actor, sent, WITH_ADA, form="two")
    first, second = Outgoing.objects.order_by("number")
    page = f"/referrals/outbox/{first.pk}/"
    assert "Say why" in steward.post(page, {"what": "aside"}).content.decode()
    assert steward.post(page, {"what": "aside", "reason": "They have it on paper."}).status_code == 302
    assert deliver().outcomes == {"accepted": 1}, "what comes after goes on"
    assert [one.number for one in records.system.effects()] == [second.number]
    # Its old place is past, so it goes under a new number.
    assert steward.post(page, {"what": "again", "reason": "They lost the paper."}).status_code == 302
    assert deliver().outcomes == {"accepted": 1}
    assert [one.number for one in records.system.effects()] == [2, 3]
    again = steward.post(f"/referrals/outbox/{second.pk}/", {"what": "again", "reason": "To be sure."})
    assert "It has arrived meanwhile" in again.content.decode()
    entries = {one.leaf.action: one for one in officer.site.entries(actor=steward.user.username)}
    assert entries["outbox-set-aside"].personal["reason"] == "They have it on paper."
    assert "outbox-send-again" in entries


def test_what_was_refused_is_sent_again_as_it_is(records):
    officer = records.officer
    send(officer)
    steward = officer.site.user("data-steward")
    row = Outgoing.objects.get()
    refused = rules.Attempt(at=timezone.now(), outcome=rules.Outcome.REFUSED, sentence="We are closed.")
    (where,) = destinations_of(officer.site.data)
    from footprint.web.referrals.outbox.delivering import settle

    assert settle(row, where, refused)
    assert deliver().outcomes == {}
    client = officer.site.client(steward)
    assert "We are closed." in client.get("/referrals/outbox/").content.decode()
    client.post(f"/referrals/outbox/{row.pk}/", {"what": "again", "reason": "They are open."})
    assert deliver().outcomes == {"accepted": 1}
    assert records.system.effects()[0].key == row.key


def test_a_referrals_page_says_the_same_whether_anything_was_held_and_let_go(desk):
    officer = desk()
    connect(officer.site.data, destination())
    sent = send(officer)
    without = panels_of(officer.actor, sent)
    with transaction.atomic():
        outbox.enqueue(sent, "addition", URGENT)  # as when a guardian lets a sentence go
    assert panels_of(officer.actor, sent) == without
    assert without[0].rows == [("The system records", "A copy is on its way.")]


def test_a_destination_that_is_gone_while_messages_wait_is_an_alarm(desk):
    officer, steward = desk(), desk("data-steward")
    connect(officer.site.data, destination())
    send(officer)
    connect(officer.site.data)
    page = steward.get("/referrals/outbox/").content.decode()
    assert "no longer in destinations.yaml" in page
    assert "alarm" in page


def test_numbers_follow_one_another_whoever_writes(desk):
    officer = desk()
    connect(officer.site.data, destination())
    sent = send(officer)
    with transaction.atomic():
        outbox.enqueue(sent, "feedback", {"title": "It was decided", "says": ["Nothing further."]})
        outbox.enqueue(sent, "feedback", {"title": "Closed", "says": []}, except_for="records")
    assert list(Outgoing.objects.values_list("number", flat=True)) == [1, 2]


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
