"""A copy is written with what caused it or not at all, masked, and only for those of whom it was agreed."""

import io
from unittest import mock

import msgspec
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from footprint.ledger import LedgerUnavailable
from footprint.referrals.holding import MASK
from footprint.referrals.referral import Concern
from footprint.web.referrals import services
from footprint.web.referrals.models import Outgoing, Referral
from footprint.web.referrals.outbox import services as outbox
from footprint.web.referrals.outbox.delivering import deliver
from footprint.web.referrals.outbox.rows import message_of
from tests.web.referrals.copies import WITH_ADA, send
from tests.web.referrals.systems import (
    connect,
    destination,
)
from tests.web.referrals.writers import ADA, URGENT


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


def test_numbers_follow_one_another_whoever_writes(desk):
    officer = desk()
    connect(officer.site.data, destination())
    sent = send(officer)
    with transaction.atomic():
        outbox.enqueue(sent, "feedback", {"title": "It was decided", "says": ["Nothing further."]})
        outbox.enqueue(sent, "feedback", {"title": "Closed", "says": []}, except_for="records")
    assert list(Outgoing.objects.values_list("number", flat=True)) == [1, 2]


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
