"""What is sent becomes one referral, however often it comes, with everything that belongs to it, or nothing at all."""

import datetime as dt
import threading
from unittest import mock

import msgspec
import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from footprint.ledger import LedgerUnavailable
from footprint.referrals import states
from footprint.referrals.referral import Concern, Referrer
from footprint.web.notices.models import Notice
from footprint.web.referrals import services
from footprint.web.referrals.desk.services import take
from footprint.web.referrals.models import Feedback, HeldSentence, Referral, Step, Subject, Version
from footprint.web.referrals.queries import NotFound, referral_of
from tests.web.cases.conftest import said as words
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


def test_a_named_worker_is_no_step_and_no_is_no_worker(desk):
    officer, door = desk(), desk("social-work-decision-maker")
    for form, said in enumerate(("Sam Dale, family help", "No")):
        sent = services.receive(officer.actor, msgspec.structs.replace(URGENT, worker=said), form=str(form))
        assert (sent.state, sent.is_waiting) == ("received", True)
        receipt = words(officer.get(f"/referrals/sent/{sent.pk}/receipt/"))
        page = words(door.get(f"/referrals/sent/{sent.pk}/"))
        assert "passed" not in receipt.lower()
        assert ("You name Sam Dale, family help as the family’s worker. Ring them" in receipt) is (form == 0)
        assert ("Sam Dale, family help as the family’s worker. Footprint has told nobody" in page) is (
            form == 0
        )
        assert ("as the family’s worker" in page) is (form == 0)
    assert set(Step.objects.values_list("verb", flat=True)) == {"receive"}
    assert not Notice.objects.filter(kind="family-worker").exists()


def test_the_one_user_whom_it_names_is_told_at_once_and_its_author_reads_the_same(desk):
    officer, door = desk(), desk("social-work-decision-maker")
    said = msgspec.structs.replace(URGENT, worker="Sam Dale, family help")
    without = services.receive(officer.actor, said, form="one")
    sam = desk("social-work-decision-maker", name="Sám Dale")
    desk("central-referral-unit", name="Sam Dale")
    sent = services.receive(officer.actor, said, form="two")
    services.add(officer.actor, sent, msgspec.structs.replace(said, who="Two of them"), form="three")
    notice = Notice.objects.select_related("membership").get(kind="family-worker")
    assert (notice.membership_id, notice.link) == (sam.actor.membership_id, f"/referrals/sent/{sent.pk}/")
    assert "Birch" not in notice.sentence
    assert "Sám Dale was told in Footprint" in words(door.get(f"/referrals/sent/{sent.pk}/"))
    assert "names you as the family’s worker" in words(sam.get("/"))
    one, two = (words(officer.get(f"/referrals/sent/{each.pk}/receipt/")) for each in (without, sent))
    assert (
        one.replace(without.reference, "").split("Sent ")[0]
        == two.replace(sent.reference, "").split("Sent ")[0]
    )
    desk("social-work-decision-maker", name="Sam Dale")
    services.receive(officer.actor, said, form="four")
    assert Notice.objects.filter(kind="family-worker").count() == 1, "of two of one name nobody is told"


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


PHONED = msgspec.structs.replace(
    URGENT, route="phone", referrer=Referrer(name="Olga Birch", partner="Police", team="response a")
)


def phoned(**who):
    return msgspec.structs.replace(PHONED, referrer=msgspec.structs.replace(PHONED.referrer, **who))


def test_what_an_officer_tells_on_the_phone_is_theirs_and_their_sergeant_reads_it(desk):
    olga = desk(name="Ólga Birch", team="Response A")
    sergeant = desk("police-supervisor", team="Response A")
    door, other = desk("social-work-decision-maker"), desk("police-supervisor", team="Response B")
    told = phoned(partner=olga.actor.organisation_name)
    sent = services.receive(door.actor, told, form="one")
    assert (sent.by_id, sent.taken_by_id) == (olga.actor.membership_id, door.actor.membership_id)
    assert (sent.partner.code, sent.team) == ("police", "Response A")
    for one in (olga, sergeant, door):
        assert one.get(f"/referrals/sent/{sent.pk}/").status_code == 200
    assert other.get(f"/referrals/sent/{sent.pk}/").status_code == 404
    assert sent.reference in olga.get("/referrals/").content.decode()
    assert sent.reference in door.get("/referrals/").content.decode()
    assert door.get(f"/referrals/sent/{sent.pk}/receipt/").status_code == 200
    assert Notice.objects.get(kind="referral").membership_id == olga.actor.membership_id
    services.receive(door.actor, msgspec.structs.replace(told, who="Four of them"), form="one")
    assert list(Step.objects.values_list("verb", "part")) == [
        ("receive", "front-door"),
        ("add", "front-door"),
    ]


@pytest.mark.parametrize(
    "who",
    [
        {"name": "Olga"},
        {"name": "Olga Birch", "team": "Response B"},
        {"name": "Olga Birch", "team": ""},
        {"name": "Olga Birch", "team": "", "email": "other@police.example"},
        {"name": "Olga Birch", "email": "other@police.example"},
        {"name": "Pat Dale", "email": "olga@police.example"},
    ],
)
def test_whoever_is_not_surely_a_user_is_nobody_s_author_and_the_page_says_how_they_become_it(desk, who):
    olga = desk(name="Olga Birch", team="Response A", email="olga@police.example")
    door, other = desk("social-work-decision-maker"), desk("social-work-decision-maker")
    sent = services.receive(door.actor, phoned(partner=olga.actor.organisation_name, **who), form="one")
    assert (sent.by, sent.partner.code) == (None, "police")
    own = f"/referrals/sent/{sent.pk}/"
    assert olga.get(own).status_code == 404
    for page in (own, f"{own}receipt/"):
        assert "It is nobody’s account yet" in words(door.get(page))
    assert "It is nobody’s account yet" not in words(other.get(own))
    named = phoned(
        partner=olga.actor.organisation_name, name="Olga Birch", team="", email="Olga@police.example"
    )
    services.add(door.actor, sent, named, form="two")
    assert olga.get(own).status_code == 200
    assert "It is nobody’s account yet" not in words(door.get(own))


def test_of_two_with_one_name_it_is_the_one_whose_team_was_typed(desk):
    olga, namesake = desk(name="Olga Birch", team="Response A"), desk(name="Olga Birch", team="Response B")
    door = desk("social-work-decision-maker")
    sent = services.receive(door.actor, phoned(partner=olga.actor.organisation_name), form="one")
    assert sent.by_id == olga.actor.membership_id
    assert namesake.get(f"/referrals/sent/{sent.pk}/").status_code == 404


def test_an_answer_for_somebody_who_is_no_user_goes_to_their_team_s_supervisor(desk):
    sergeant, door = desk("police-supervisor", team="Response A"), desk("social-work-decision-maker")
    told = phoned(name="Pat Dale", partner=sergeant.actor.organisation_name)
    sent = services.receive(door.actor, told, form="one")
    assert (sent.by, sent.team) == (None, "Response A")
    assert sergeant.get(f"/referrals/sent/{sent.pk}/").status_code == 200
    step = states.Step(
        verb="send-back", part=states.Part.FRONT_DOOR, by=door.actor.name, at=timezone.now(), words="Who?"
    )
    take(door.actor, sent, step)
    told_to = Notice.objects.filter(kind="referral").values_list("membership", flat=True)
    assert list(told_to) == [sergeant.actor.membership_id]


def test_somebody_without_a_name_stays_so_whatever_else_is_typed(desk):
    olga, door = desk(name="Olga Birch", team="Response A"), desk("social-work-decision-maker")
    told = msgspec.structs.replace(phoned(partner=olga.actor.organisation_name), route="anonymous")
    sent = services.receive(door.actor, told, form="one")
    assert (sent.by, sent.partner, sent.team) == (None, None, "")


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


def test_an_officer_whom_only_a_later_version_names_is_its_author_from_then_on(desk):
    olga = desk(name="Olga Birch", team="Response A")
    sergeant, door = desk("police-supervisor", team="Response A"), desk("social-work-decision-maker")
    told = phoned(name="", team="", partner=olga.actor.organisation_name)
    sent = services.receive(door.actor, told, form="one")
    assert (sent.by, sent.team, sent.author) == (None, "", "")
    assert not Notice.objects.filter(kind="danger-in-team").exists()
    named = phoned(name="Olga Birch", team="Response A", partner=olga.actor.organisation_name)
    for _ in range(2):
        services.add(door.actor, sent, named, form="two")
    sent.refresh_from_db()
    assert (sent.by_id, sent.team) == (olga.actor.membership_id, "Response A")
    for one in (olga, sergeant, door):
        assert one.get(f"/referrals/sent/{sent.pk}/").status_code == 200
    assert Notice.objects.get(kind="referral").membership_id == olga.actor.membership_id
    assert Notice.objects.get(kind="danger-in-team").membership_id == sergeant.actor.membership_id


def test_a_name_that_comes_later_is_shown_and_whoever_was_of_one_organisation_is_of_no_other(desk):
    officer, door = desk(team="Response A", name="Olga Birch"), desk("social-work-decision-maker")
    trust = door.site.partner("acute-trust")
    sent = services.receive(door.actor, phoned(name="", team="", partner=trust.name), form="one")
    named = phoned(name="Pat Dale", team="", partner=officer.actor.organisation_name)
    services.add(door.actor, sent, named, form="two")
    sent.refresh_from_db()
    assert (sent.by, sent.partner, sent.author) == (None, trust, "Pat Dale")
