"""Each part of referrals walked once on SQLite and once on a real PostgreSQL; what a part does beyond that is tried on SQLite.

| part     | where it is walked on both |
| -------- | ------------------------------------------------------------------------------------------------- |
| writing  | test_writing_on_each_database; test_receiving: test_what_comes_twice_in_one_moment_is_one_on_each_database |
| desk     | test_the_desk_on_each_database |
| outbox   | test_outbox: test_on_either_database_copies_leave_and_decisions_come |
| auditing | test_audit_samples: test_the_whole_way_on_each_database |
"""

import re

import pytest

from footprint.referrals.criteria import CRITERIA
from footprint.web.ledger.store import ledger
from footprint.web.referrals.models import Draft, Feedback, HeldSentence, Referral, Version
from footprint.web.referrals.writing import services
from tests.web.cases.conftest import said
from tests.web.referrals.breaking import broken
from tests.web.referrals.writers import Desk

FORM = {
    "submission": "abc",
    "referral-who": "Three children upstairs",
    "referral-place": "12 Alder Road, WS1 1AA",
    "concern-wrong": "He keeps drugs in the cot. This came from a CHIS who lives next door.",
    "safety-danger_now": "no",
    "referrer-phone": "01632 960001",
}


@pytest.fixture
def seat(site):
    """A function that seats somebody in a role of the team."""
    return lambda role="frontline": Desk(site, site.user(role, team="Response A"))


def test_writing_on_each_database(seat):
    officer = seat()
    officer.post("/referrals/new/", FORM | {"then": "more"})
    draft = Draft.objects.get()
    step = f"/referrals/drafts/{draft.pk}/steps"
    officer.post(f"{step}/child/c1/", {"child-name": "Ada Birch", "child-birthday": "1/4/2017"})
    officer.post(f"{step}/voice/c1/", {"noted-words": "I hid under the bed.", "words_are_theirs": "on"})
    for path in ("", "check/", "steps/links/"):
        assert officer.get(f"/referrals/drafts/{draft.pk}/{path}").status_code == 200
    with broken():
        kept = officer.post(f"/referrals/drafts/{draft.pk}/send/", {"submission": draft.submission})
        assert "Your referral is taken" in said(officer.get(kept["Location"]))
        services.enter_spooled()
        assert not Referral.objects.exists()
    assert services.enter_spooled() == 1
    sent = Referral.objects.get()
    officer.post(f"/referrals/sent/{sent.pk}/add/")
    draft = Draft.objects.get()
    officer.post(f"/referrals/drafts/{draft.pk}/steps/links/", {"links-video": "BWV-26-1187"})
    for _ in range(2):
        officer.post(f"/referrals/drafts/{draft.pk}/send/", {"submission": draft.submission})
    assert Version.objects.filter(referral=sent).count() == 2
    for path in ("receipt/", "", "print/"):
        assert officer.get(f"/referrals/sent/{sent.pk}/{path}").status_code == 200
    assert "Ada Birch" in said(officer.get("/referrals/"))
    assert ledger().verify().sound


def test_the_desk_on_each_database(seat):
    officer, sergeant, unit = seat(), seat("police-supervisor"), seat("central-referral-unit")
    door, guardian = seat("social-work-decision-maker"), seat("identity-guardian")
    officer.post("/referrals/new/", FORM | {"then": "send"})
    sent = Referral.objects.get()
    for who, page in (
        (door, "queue"),
        (unit, "queue"),
        (sergeant, "team"),
        (unit, "grading"),
        (guardian, "held"),
    ):
        assert sent.reference in said(who.get(f"/referrals/{page}/")), page
        assert "CHIS" not in said(who.get(f"/referrals/{page}/")), page

    def steps(by, verb, **says):
        at = f"/referrals/desk/{sent.pk}/steps/{verb}/"
        assert at in by.get(f"/referrals/sent/{sent.pk}/").content.decode()
        marks = dict(re.findall(r'name="(moves|seen)"[^>]*value="(\d+)"', by.get(at).content.decode()))
        assert by.post(at, marks | says).status_code == 302, verb

    steps(sergeant, "send-back", words="Which children?")
    steps(door, "route", words="Sam Dale")
    steps(door, "accept")
    steps(door, "decide", outcome="section-17", reason="child-in-need", words="The children need a plan.")
    sergeant.post("/referrals/team/seen/", {"referral": sent.pk})
    held = HeldSentence.objects.get()
    guardian.post(f"/referrals/held/{held.pk}/", {"after": "kept", "reason": "It tells who."})
    marks = {"version": "1", "grade": "", **dict.fromkeys(CRITERIA, "2")}
    unit.post(f"/referrals/desk/{sent.pk}/grade/", marks)
    steps(door, "close", words="A worker visits on Monday.")
    steps(door, "reopen", words="The school rang.")
    for told in Feedback.objects.filter(kind__in=("more", "decision", "quality", "closure")):
        officer.post(f"/referrals/sent/{sent.pk}/answers/{told.pk}/")
        told.refresh_from_db()
        assert told.acknowledged_at is not None
    assert Feedback.objects.values_list("kind", flat=True).distinct().count() == 8
    sent.refresh_from_db()
    assert (sent.state, sent.is_waiting, sent.seen_by_supervisor_at is None) == ("accepted", True, False)
    for who, page in ((sergeant, "team/trends/"), (unit, "team/trends/"), (door, "queue/?show=mine")):
        assert who.get(f"/referrals/{page}").status_code == 200, page
    assert ledger().verify().sound
