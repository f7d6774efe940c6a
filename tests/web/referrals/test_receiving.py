"""What is sent becomes one referral, however often it comes, with everything that belongs to it, or nothing at all."""

import datetime as dt
import threading
from unittest import mock

import msgspec
import pytest
import time_machine
from django.db import connection

from footprint.ledger import LedgerUnavailable
from footprint.referrals.referral import Concern, Referrer
from footprint.web.referrals import services
from footprint.web.referrals.models import Feedback, HeldSentence, Referral, Step, Subject, Version
from footprint.web.referrals.queries import NotFound, referral_of
from tests.web.referrals.writers import ADA, URGENT, Desk

FRIDAY = dt.datetime(2026, 11, 27, 2, 10, tzinfo=dt.UTC)
WITH_ADA = msgspec.structs.replace(URGENT, children=(ADA,))


def test_five_answers_are_a_referral_with_all_that_belongs_to_it(desk):
    officer = desk(team="Response A")
    with time_machine.travel(FRIDAY):
        sent = services.receive(officer.actor, URGENT, form="one")
    assert (sent.is_urgent, sent.state, sent.is_waiting, sent.team) == (True, "received", True, "Response A")
    assert sent.partner.code == "police"
    assert sent.due_at == FRIDAY + dt.timedelta(hours=1), "danger now: one hour, not one working day"
    assert sent.due_rule.startswith("urgent/")
    assert sent.gaps > 10
    assert list(Step.objects.values_list("verb", "part")) == [("receive", "author")]
    assert Feedback.objects.get().kind == "receipt"
    (entry,) = officer.site.entries(action="referral-send")
    assert Version.objects.get().receipt == entry.receipt_number
    assert entry.leaf.case == sent.reference


def test_nothing_that_was_written_stands_in_clear_in_the_ledger(desk):
    officer = desk()
    services.receive(officer.actor, WITH_ADA, form="one")
    (entry,) = officer.site.entries(action="referral-send")
    assert "Ada" not in str(entry.leaf)
    assert "Alder" not in str(entry.leaf)


def test_what_is_sent_again_is_the_same_and_what_comes_with_more_is_a_further_version(desk):
    officer = desk()
    first = services.receive(officer.actor, URGENT, form="one")
    assert services.receive(officer.actor, URGENT, form="one").pk == first.pk
    assert Version.objects.count() == 1
    services.receive(officer.actor, WITH_ADA, form="one")
    services.receive(officer.actor, URGENT, form="one")
    assert list(Version.objects.values_list("number", flat=True)) == [1, 2]
    assert Referral.objects.count() == 1
    assert list(Step.objects.values_list("verb", flat=True)) == ["receive", "add"]


def test_nobody_adds_to_a_form_of_somebody_else_by_knowing_its_key(desk):
    officer, other = desk(), desk()
    services.receive(officer.actor, URGENT, form="one")
    services.receive(other.actor, WITH_ADA, form="one")
    assert Referral.objects.count() == 2


def test_an_addition_stands_beside_what_was_sent_and_is_sent_once(desk):
    officer = desk()
    sent = services.receive(officer.actor, URGENT, form="one")
    for _ in range(2):
        services.add(officer.actor, sent, WITH_ADA, form="two")
    sent.refresh_from_db()
    assert Version.objects.count() == 2
    assert Step.objects.filter(verb="add").count() == 1
    assert Subject.objects.get().named == "ada birch|2017-04-01"
    assert sent.is_waiting


def test_the_ledger_away_leaves_nothing_behind(desk):
    officer = desk()
    with (
        mock.patch("footprint.web.referrals.services.ledger", side_effect=LedgerUnavailable("away")),
        pytest.raises(LedgerUnavailable),
    ):
        services.receive(officer.actor, WITH_ADA, form="one")
    assert not Referral.objects.exists()
    assert not Subject.objects.exists()


def test_earlier_referrals_of_the_same_child_are_counted_by_record_number_or_name_and_birthday(desk):
    officer = desk()
    services.receive(officer.actor, WITH_ADA, form="one")
    without_number = msgspec.structs.replace(ADA, nhs_number="")
    again = services.receive(
        officer.actor, msgspec.structs.replace(URGENT, children=(without_number,)), form="two"
    )
    assert again.repeats == 1
    name_alone = msgspec.structs.replace(ADA, nhs_number="", birthday="2017")
    other = services.receive(
        officer.actor, msgspec.structs.replace(URGENT, children=(name_alone,)), form="three"
    )
    assert other.repeats == 0


def test_a_sentence_that_tells_a_source_is_kept_for_the_guardian(desk):
    officer = desk()
    said = msgspec.structs.replace(
        URGENT, concern=Concern(wrong="He keeps drugs in the cot. This came from a CHIS who lives next door.")
    )
    services.receive(officer.actor, said, form="one")
    held = HeldSentence.objects.get()
    assert "CHIS" in held.text
    assert held.kind == "source"
    assert held.place == "concern.wrong"


def test_the_family_s_worker_gets_it_and_the_front_door_keeps_it(desk):
    officer = desk()
    sent = services.receive(
        officer.actor, msgspec.structs.replace(URGENT, worker="Sam Dale, family help"), form="one"
    )
    assert (sent.state, sent.is_waiting) == ("routed", True)
    assert Step.objects.get(verb="route").words == "Sam Dale, family help"


def test_a_contact_taken_down_has_no_sender_here(desk):
    front_door = desk("social-work-decision-maker")
    said = msgspec.structs.replace(URGENT, route="public", referrer=Referrer(name="A neighbour"))
    sent = services.receive(front_door.actor, said, form="one")
    assert (sent.by, sent.taken_by_id, sent.partner, sent.author) == (
        None,
        front_door.actor.membership_id,
        None,
        "A neighbour",
    )
    school = msgspec.structs.replace(URGENT, route="phone", referrer=Referrer(partner="alder primary school"))
    front_door.site.partner("school-9282001")
    assert services.receive(front_door.actor, school, form="two").partner.code == "school-9282001"


def test_a_route_says_nothing_for_those_who_take_nothing_down(desk):
    officer = desk()
    sent = services.receive(officer.actor, msgspec.structs.replace(URGENT, route="public"), form="one")
    assert (sent.by_id, sent.route) == (officer.actor.membership_id, "")


@pytest.mark.parametrize(
    ("role", "partner", "team", "reaches"),
    [
        ("police-supervisor", "", "Response A", True),
        ("police-supervisor", "", "Response B", False),
        ("police-supervisor", "", "", False),
        ("police-supervisor", "acute-trust", "Response A", False),
        ("central-referral-unit", "", "", True),
        ("central-referral-unit", "acute-trust", "", False),
        ("social-work-decision-maker", "", "", True),
        ("frontline", "", "Response A", False),
        ("school-lead", "", "", False),
        ("information-governance", "", "", False),
        ("administrator", "", "", False),
        ("independent-auditor", "", "", False),
    ],
)
def test_who_reaches_a_referral(desk, role, partner, team, reaches):
    officer = desk(team="Response A")
    sent = services.receive(officer.actor, URGENT, form="one")
    assert referral_of(officer.actor, sent.pk) == sent
    other = desk(role, partner, team=team).actor
    if reaches:
        assert referral_of(other, sent.pk) == sent
    else:
        with pytest.raises(NotFound):
            referral_of(other, sent.pk)


def test_what_comes_twice_in_one_moment_is_one_on_each_database(site):
    actor = Desk(site, site.user("frontline")).actor
    together, came, failed = threading.Barrier(2), [], []

    def send():
        try:
            together.wait()
            came.append(services.receive(actor, WITH_ADA, form="one").pk)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failed == []
    assert len(set(came)) == 1
    assert (Referral.objects.count(), Version.objects.count(), Feedback.objects.count()) == (1, 1, 1)
    assert len(site.entries(action="referral-send")) == 1
