"""A referral that was sent: as its author reads it, as everybody else does, on paper, added to, and what came back."""

from unittest import mock

import msgspec
import pytest

from footprint.ledger import LedgerUnavailable
from footprint.referrals.referral import Concern, decode
from footprint.web.referrals import services
from footprint.web.referrals.models import Draft, Feedback, HeldSentence, Referral, Version
from tests.web.referrals.writers import ADA, URGENT

SECRET = "This came from a CHIS who lives next door."
SAID = msgspec.structs.replace(
    URGENT, children=(ADA,), concern=Concern(wrong=f"He keeps drugs in the cot. {SECRET}")
)
MASK = "held back while a guardian looks at it"


@pytest.fixture
def officer(desk):
    return desk(team="Response A", name="Olga Birch")


@pytest.fixture
def sent(officer):
    return services.receive(officer.actor, SAID, form="one")


def page_of(somebody, sent, more=""):
    answer = somebody.get(f"/referrals/sent/{sent.pk}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("more", ["", "print/"])
def test_everybody_but_its_author_reads_a_mask(officer, sent, desk, more):
    assert SECRET in page_of(officer, sent, more)
    assert MASK not in page_of(officer, sent, more)
    for role in ("police-supervisor", "central-referral-unit", "social-work-decision-maker"):
        read = page_of(desk(role, team="Response A"), sent, more)
        assert SECRET not in read
        assert MASK in read
        assert "He keeps drugs in the cot." in read


def test_what_a_guardian_let_go_is_read(sent, desk):
    HeldSentence.objects.update(decided="released")
    read = page_of(desk("social-work-decision-maker"), sent)
    assert SECRET in read
    assert MASK not in read


def test_its_author_is_told_by_nothing_that_a_sentence_is_held(officer, desk):
    plain = services.receive(
        officer.actor,
        msgspec.structs.replace(SAID, concern=Concern(wrong="He keeps drugs in the cot. So.")),
        form="a",
    )
    held = services.receive(officer.actor, SAID, form="b")

    def alike(one):
        row = Version.objects.get(referral=one)
        read = page_of(officer, one)
        for own in (one.pk, one.reference, row.receipt, SECRET, "So."):
            read = read.replace(own, "-")
        return read

    def without_tokens(read):
        return [line for line in read.splitlines() if "csrfmiddlewaretoken" not in line]

    assert without_tokens(alike(plain)) == without_tokens(alike(held))


def test_each_reading_is_entered_before_anything_leaves(officer, sent, desk):
    worker = desk("social-work-decision-maker")
    page_of(worker, sent)
    (entry,) = worker.site.entries(action="referral-read")
    assert (entry.leaf.actor, entry.leaf.case) == (worker.actor.username, sent.reference)
    with mock.patch("footprint.web.referrals.services.ledger", side_effect=LedgerUnavailable("away")):
        assert worker.get(f"/referrals/sent/{sent.pk}/").status_code == 503


def test_an_addition_says_what_it_changes_and_is_begun_once(officer, sent):
    for _ in range(2):
        answer = officer.post(f"/referrals/sent/{sent.pk}/add/")
    draft = Draft.objects.get()
    assert answer["Location"] == f"/referrals/drafts/{draft.pk}/"
    officer.post(f"/referrals/drafts/{draft.pk}/steps/safety/", {"safety-plan": "With Nan until noon."})
    answer = officer.post(f"/referrals/drafts/{draft.pk}/send/", {"submission": draft.submission})
    assert answer["Location"] == f"/referrals/sent/{sent.pk}/receipt/"
    assert not Draft.objects.exists()
    assert Version.objects.filter(referral=sent).count() == 2
    read = page_of(officer, sent)
    assert "Added: How are the children safe until somebody comes?: With Nan until noon." in read


def test_nobody_else_adds_or_acknowledges(sent, desk):
    answer = Feedback.objects.create(referral=sent, kind="decision", words="A social worker visits today.")
    supervisor = desk("police-supervisor", team="Response A")
    assert supervisor.post(f"/referrals/sent/{sent.pk}/add/").status_code == 404
    assert supervisor.post(f"/referrals/sent/{sent.pk}/answers/{answer.pk}/").status_code == 404
    assert supervisor.get(f"/referrals/sent/{sent.pk}/receipt/").status_code == 404


def test_the_author_reads_what_came_back_and_says_so(officer, sent):
    Feedback.objects.create(referral=sent, kind="accepted")  # asks for nothing
    answer = Feedback.objects.create(
        referral=sent,
        kind="decision",
        words="A social worker visits today.",
        points=["Keep: The child’s words."],
    )
    assert "1 to read" in officer.get("/referrals/").content.decode()
    read = page_of(officer, sent)
    assert "A social worker visits today." in read
    assert "The child’s words" in read
    for _ in range(2):
        officer.post(f"/referrals/sent/{sent.pk}/answers/{answer.pk}/")
    assert "to read" not in officer.get("/referrals/").content.decode()
    assert len(officer.site.entries(action="referral-acknowledge")) == 1


def test_an_answer_to_one_is_no_answer_to_another(officer, sent):
    other = services.receive(officer.actor, URGENT, form="two")
    answer = Feedback.objects.create(referral=other, kind="decision", words="Nothing.")
    assert officer.post(f"/referrals/sent/{sent.pk}/answers/{answer.pk}/").status_code == 404


def test_the_copies_for_other_systems_are_written_with_it(officer, sent):
    assert Referral.objects.count() == 1
    assert decode(Version.objects.get().content) == SAID


def test_that_there_were_earlier_ones_is_told_to_the_front_door_alone(officer, sent, desk):
    nurse = desk("navigator")
    services.receive(nurse.actor, SAID, form="other")
    again = services.receive(officer.actor, SAID, form="two")
    assert "Earlier referrals" in page_of(desk("social-work-decision-maker"), again)
    for somebody in (officer, desk("police-supervisor", team="Response A"), desk("central-referral-unit")):
        assert "Earlier referrals" not in page_of(somebody, again)
