"""A referral about somebody's own family: not theirs to read, decide, mark or supervise, and nothing tells that it is there."""

import datetime as dt

import msgspec
import pytest
import time_machine
from django.utils import timezone

from footprint.answer import words
from footprint.decisions import Decision, Subject
from footprint.referrals.referral import Adult, Concern, Links, Referrer
from footprint.web.accounts.models import DeclaredAddress, DeclaredRelative
from footprint.web.cases.scope import ChildThere
from footprint.web.ledger.store import decisions
from footprint.web.notices.models import Notice
from footprint.web.protection.models import Observation
from footprint.web.referrals import services as sending
from footprint.web.referrals.desk import team_queries
from footprint.web.referrals.models import Assigned, DrawnReferral, Referral
from tests.web.cases.conftest import said
from tests.web.referrals.audited import NOVEMBER, OCTOBER, Audit, at
from tests.web.referrals.systems import decision
from tests.web.referrals.test_inbox import Care, front_door_decides
from tests.web.referrals.writers import ADA, URGENT

WITH_ADA = msgspec.structs.replace(URGENT, children=(ADA,))
ELSEWHERE = msgspec.structs.replace(WITH_ADA, place="7 Mill Lane, Walsall WS2 2BB")
SOURCE = msgspec.structs.replace(WITH_ADA, concern=Concern(wrong="A CHIS told us. He hit her."))


@pytest.fixture
def officer(desk):
    return desk(team="Response A")


@pytest.fixture
def door(desk):
    return desk("social-work-decision-maker")


def lives_there(somebody, text="12 Alder Road", postcode="WS1 1AA"):
    DeclaredAddress.objects.create(user=somebody.user, text=text, postcode=postcode)


def is_related(somebody, name="Ada Birch", born="1 April 2017"):
    DeclaredRelative.objects.create(user=somebody.user, name=name, born=born, relation="niece")


def refusals(site):
    return site.entries(kind="refusal", action="declared-connection")


@pytest.mark.parametrize("declares", [lives_there, is_related])
def test_the_front_door_finds_it_nowhere_and_is_refused_where_they_know_its_address(door, officer, declares):
    sent = sending.receive(officer.actor, WITH_ADA, form="one")
    own = f"/referrals/sent/{sent.pk}/"
    assert sent.reference in said(door.get("/referrals/queue/"))
    declares(door)
    assert sent.reference not in said(door.get("/referrals/queue/"))
    assert "Nothing waits" in said(door.get("/referrals/queue/"))
    assert "Nothing waits" in said(door.get("/")), "a count tells of it no more than a line"
    pages = (
        own,
        f"{own}print/",
        f"/referrals/desk/{sent.pk}/grade/",
        f"/referrals/desk/{sent.pk}/steps/decide/",
    )
    for page in pages:
        answer = door.get(page)
        assert answer.status_code == 403, page
        assert words.DECLARED in said(answer)
        assert "Ada" not in said(answer)
    assert door.post(f"/referrals/desk/{sent.pk}/footprint/").status_code == 403
    assert len(refusals(door.site)) == len(pages) + 1
    assert refusals(door.site)[-1].leaf.case == sent.reference
    seen = Observation.objects.latest("pk")
    assert seen.is_alert, "whoever governs information is told, as of any look-up of one's own family"
    assert seen.case_reference == sent.reference
    assert not door.site.entries(kind="disclosure")


def test_where_everybody_at_the_front_door_is_close_whoever_governs_is_told(door, officer, desk):
    lead = desk("information-governance")
    colleague = desk("social-work-decision-maker")
    lives_there(door)
    sending.receive(officer.actor, WITH_ADA, form="one")
    assert not Notice.objects.filter(kind="referral-for-nobody").exists()
    is_related(colleague)
    sent = sending.receive(officer.actor, WITH_ADA, form="two")
    told = Notice.objects.get(kind="referral-for-nobody")
    assert told.membership_id == lead.actor.membership_id
    assert sent.reference in told.sentence
    assert "Ada" not in told.sentence


def test_a_relative_is_known_by_age_too_and_among_the_adults(door, officer):
    by_age = msgspec.structs.replace(
        ELSEWHERE, children=(msgspec.structs.replace(ADA, birthday="", age="9"),)
    )
    aunt = Adult(key="a1", name="Mary Birch", birthday="1988-02-03")
    sending.receive(officer.actor, by_age, form="one")
    sending.receive(
        officer.actor, msgspec.structs.replace(ELSEWHERE, children=(), adults=(aunt,)), form="two"
    )
    is_related(door, "Ada Birch", str(timezone.localdate().year - 9))
    is_related(door, "Mary Birch", "1988")
    assert "Nothing waits" in said(door.get("/referrals/queue/"))


def test_a_namesake_without_a_birthday_is_no_reason_to_refuse(door, officer):
    sent = sending.receive(officer.actor, ELSEWHERE, form="one")
    is_related(door, "Ada Birch", "")
    is_related(door, "Ada Birch", "2011")
    assert sent.reference in said(door.get("/referrals/queue/"))


def test_a_version_that_named_them_is_enough(door, officer):
    sent = sending.receive(officer.actor, ELSEWHERE, form="one")
    sending.add(officer.actor, sent, msgspec.structs.replace(ELSEWHERE, children=()), form="two")
    is_related(door)
    assert "Nothing waits" in said(door.get("/referrals/queue/"))


def test_whoever_declares_a_shielded_place_learns_nothing(door, officer):
    sent = sending.receive(officer.actor, URGENT, form="one")
    decisions().add(
        Decision(
            id="d-1", kind="shield", subjects=(Subject("address", "WS11AA||12"),), partnership="town",
            reason="A refuge.", by="guardian", at=timezone.now().isoformat(),
        )
    )  # fmt: skip
    lives_there(door)
    assert sent.reference in said(door.get("/referrals/queue/"))
    assert door.get(f"/referrals/sent/{sent.pk}/").status_code == 200


def test_a_supervisor_neither_sees_nor_marks_it_as_read_and_is_not_roused(desk, officer):
    sergeant, other = (desk("police-supervisor", team="Response A") for _ in range(2))
    is_related(sergeant)
    sent = sending.receive(officer.actor, WITH_ADA, form="one")
    told = Notice.objects.filter(kind="danger-in-team").values_list("membership__user", flat=True)
    assert list(told) == [other.user.pk]
    assert sent.reference not in said(sergeant.get("/referrals/team/"))
    assert "You have read all of them" in said(sergeant.get("/"))
    sergeant.post("/referrals/team/seen/", {"referral": sent.pk})
    assert Referral.objects.get().seen_by_supervisor_at is None
    assert sergeant.get(f"/referrals/sent/{sent.pk}/").status_code == 403


def test_a_supervisor_is_led_from_no_incident_to_one_about_their_own(desk, officer, monkeypatch):
    """Of an incident whose referral came late the list leads to it: not where it is about their own family."""
    with time_machine.travel(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)):
        sergeant = desk("police-supervisor", team="Response A")
        there = ChildThere("20/1/26", "incident", "2026-11-18", "Response A", "police/id/1")
        monkeypatch.setattr(team_queries, "own_incidents", lambda *_: [there])
        told = msgspec.structs.replace(WITH_ADA, links=Links(incident="20/1/26"))
        sent = sending.receive(officer.actor, told, form="one")
        assert sent.pk in sergeant.get("/referrals/team/").content.decode()
        is_related(sergeant)
        page = sergeant.get("/referrals/team/").content.decode()
    assert sent.pk not in page
    assert "20/1/26" not in page, "nor is it said that none came"


def test_a_guardian_rules_on_no_sentence_about_their_own(desk, officer):
    guardian = desk("identity-guardian")
    sent = sending.receive(officer.actor, SOURCE, form="one")
    lives_there(guardian)
    assert sent.reference not in said(guardian.get("/referrals/held/"))
    held = f"/referrals/held/{sent.versions.get().held.get().pk}/"
    assert guardian.get(held).status_code == 403
    assert guardian.post(held, {"after": "released", "reason": "I know them."}).status_code == 403


@time_machine.travel(NOVEMBER)
def test_nobody_marks_one_of_their_own_family(desk):
    audit = Audit(desk)
    is_related(audit.care)
    colleague = desk("social-work-decision-maker", team="Front door")
    audit.agree()
    sending.receive(audit.officer.actor, WITH_ADA, form="one", at=OCTOBER)
    audit.draw()
    given = Assigned.objects.get(side="childrens-social-care")
    assert given.marker.user_id == colleague.user.pk
    drawn = DrawnReferral.objects.get()
    for page in (at("audit_mark", drawn.pk), at("audit_moderate", drawn.pk)):
        assert audit.care.get(page).status_code == 403
        assert words.DECLARED in said(audit.care.get(page))
    assert audit.care.post(at("audit_take", drawn.pk)).status_code == 403
    assert colleague.get(at("audit_mark", drawn.pk)).status_code == 200


def test_who_sends_one_about_their_own_is_not_held_up_and_the_front_door_reads_that_they_declared_it(
    officer, door, desk
):
    is_related(officer)
    sent = sending.receive(officer.actor, WITH_ADA, form="one")
    flag = "The author has declared an interest"
    assert flag in said(door.get("/referrals/queue/"))
    assert flag in said(door.get(f"/referrals/sent/{sent.pk}/"))
    assert officer.get(f"/referrals/sent/{sent.pk}/receipt/").status_code == 200
    page = said(officer.get(f"/referrals/sent/{sent.pk}/"))
    assert "Ada Birch" in page
    assert flag not in page
    unit = desk("central-referral-unit")
    assert flag not in said(unit.get(f"/referrals/sent/{sent.pk}/")), "it is the front door's to weigh"


def test_who_takes_a_call_down_about_their_own_decides_nothing(door, desk):
    is_related(door)
    taken = sending.receive(door.actor, msgspec.structs.replace(WITH_ADA, route="phone"), form="one")
    assert "Whoever took it down has declared an interest" in said(
        desk("social-work-decision-maker").get("/referrals/queue/")
    )
    own = said(door.get(f"/referrals/sent/{taken.pk}/"))
    assert "Ada Birch" in own
    assert "What you may do now" not in own
    answer = door.post(f"/referrals/desk/{taken.pk}/steps/accept/", {"moves": 1, "seen": 0})
    assert answer.status_code == 404
    assert Referral.objects.get().state == "received"


def test_who_takes_a_call_down_for_an_officer_about_their_own_has_a_receipt_and_reads_no_more(door, desk):
    olga = desk(team="Response A", name="Olga Birch")
    is_related(door)
    rang = Referrer(name="Olga Birch", partner=olga.actor.organisation_name, team="Response A")
    told = msgspec.structs.replace(WITH_ADA, route="phone", referrer=rang)
    taken = sending.receive(door.actor, told, form="one")
    assert taken.by_id == olga.actor.membership_id
    assert taken.reference in said(door.get(f"/referrals/sent/{taken.pk}/receipt/"))
    assert not refusals(door.site), "to send it is no look-up of one's own family"
    assert door.get(f"/referrals/sent/{taken.pk}/").status_code == 403


def test_the_front_door_reads_whose_interest_it_is_as_far_as_it_is_known(door, desk):
    olga = desk(team="Response A", name="Olga Birch")
    is_related(olga)
    rang = Referrer(name="Olga Birch", partner=olga.actor.organisation_name, team="Response A")
    sending.receive(door.actor, msgspec.structs.replace(WITH_ADA, route="phone", referrer=rang), form="one")
    assert "Whoever told it or took it down has declared an interest" in said(door.get("/referrals/queue/"))


def test_no_notice_of_a_decision_tells_of_their_own_family(desk, officer):
    sergeant, other = (desk("police-supervisor", team="Response A") for _ in range(2))
    care = Care(officer, WITH_ADA)
    is_related(sergeant)
    front_door_decides(desk, care.referral, "section-17")
    told = Notice.objects.filter(sentence__contains="no strategy discussion")
    assert [one.membership_id for one in told] == [other.actor.membership_id]
    close, worker = desk("social-work-decision-maker"), desk("social-work-decision-maker")
    is_related(close)
    care.is_told(decision(care.referral, decision="early-help"))
    asked = set(Notice.objects.filter(kind="outbox").values_list("membership", flat=True))
    assert worker.actor.membership_id in asked
    assert close.actor.membership_id not in asked


def test_an_addition_that_leaves_nobody_to_read_it_is_told_to_whoever_governs(door, officer, desk):
    lead = desk("information-governance")
    is_related(door)
    sent = sending.receive(officer.actor, msgspec.structs.replace(ELSEWHERE, children=()), form="one")
    assert not Notice.objects.filter(kind="referral-for-nobody").exists()
    sending.add(officer.actor, sent, ELSEWHERE, form="two")
    told = Notice.objects.get(kind="referral-for-nobody")
    assert told.membership_id == lead.actor.membership_id
