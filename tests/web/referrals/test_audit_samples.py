"""Samples: drawn so that they can be drawn again, given to markers of both sides, marked blind, and agreed on."""

import hashlib
import re

import msgspec
import pytest
import time_machine

from footprint.referrals.referral import Concern, Referrer
from footprint.web.referrals import services
from footprint.web.referrals.auditing.framework.queries import base
from footprint.web.referrals.auditing.presenters import audit_page
from footprint.web.referrals.auditing.sample.presenters import hints_of
from footprint.web.referrals.auditing.sample.queries import own_list, sample_of
from footprint.web.referrals.auditing.sample.services import Read, drawn_again
from footprint.web.referrals.models import Assigned, DrawnReferral, Marking, Referral, Sample
from tests.web.referrals.audited import NOVEMBER, OCTOBER, Audit, at, marks, say
from tests.web.referrals.writers import Desk


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOVEMBER, tick=True):
        yield


@pytest.fixture
def audit(desk):
    return Audit(desk)


@pytest.fixture
def drawn(audit):
    """One October referral, drawn and given to both sides."""
    audit.agree()
    audit.write(1)
    audit.draw()
    audit.drawn = DrawnReferral.objects.get()
    return audit


def test_a_month_is_drawn_once_and_can_be_drawn_again(audit):
    audit.agree(share="30")
    sent = audit.write(6) + audit.write(4, by=audit.other, first=7)
    assert audit.draw(seed="both-agreed").status_code == 302
    row = Sample.objects.get()
    chosen = {one.id for one in drawn_again(row).chosen}
    assert (
        chosen == set(DrawnReferral.objects.values_list("referral_id", flat=True)) < {one.pk for one in sent}
    )
    assert len(chosen) >= 4, "two of each team, and of the kinds that are looked for"
    page = audit.care.get(at("audit_sample", row.pk)).content.decode()
    assert "both-agreed" in page
    assert row.frame in page
    assert "the same referrals" in page
    listed = audit.care.get(at("audit_pool", row.pk)).content
    assert hashlib.sha256(listed).hexdigest().startswith(row.frame)
    assert str(audit.officer.user.pk).encode() not in listed
    again = audit.draw().content.decode()
    assert Sample.objects.count() == 1
    assert "error-summary" in again
    (entry,) = audit.site.entries(action="audit-draw")
    assert (entry.leaf.facts["seed"], entry.leaf.facts["frame"]) == ("both-agreed", row.frame)


def test_a_list_that_was_changed_is_seen(drawn):
    row = Sample.objects.get()
    row.pool = row.pool.replace("Response A", "Response X")
    row.save()
    page = drawn.police.get(at("audit_sample", row.pk)).content.decode()
    assert "the list was changed" in page


def test_the_usual_seed_is_nobodys_choice(drawn):
    row = Sample.objects.get()
    assert row.seed == "aldermarch-referral-audit/2026.2/2026-10"
    assert sample_of(drawn.police.actor, row.pk) == row


@pytest.mark.parametrize(
    ("month", "seed", "says"),
    [
        ("2026-11", "", "Select a valid choice"),
        ("2026-09", "", "No party sent a referral"),
        ("2026-10", "two words", "Write the seed in letters"),
    ],
)
def test_what_is_not_drawn_is_said(audit, month, seed, says):
    audit.agree()
    audit.write(1)
    assert says in audit.draw(month, seed).content.decode()
    assert not Sample.objects.exists()


def test_without_a_signed_framework_nothing_is_drawn(audit, desk):
    audit.write(1)
    assert "Nothing can be drawn by you now" in audit.draw().content.decode()
    audit.agree()
    stranger = desk("central-referral-unit", "acute-trust")
    assert "Nothing can be drawn" in stranger.get(at("audit_draw")).content.decode()
    stranger.post(at("audit_draw"), {"month": "2026-10"})
    assert not Sample.objects.exists()


def test_nobody_marks_their_own_or_their_teams(audit, desk):
    audit.agree()
    colleague = desk("central-referral-unit", team="Response A")
    audit.write(1, by=audit.police)  # the unit's own
    audit.write(1)
    audit.draw()
    given = {
        (one.drawn.referral.team, one.side): one.marker and one.marker.user_id
        for one in Assigned.objects.select_related("drawn__referral", "marker")
    }
    assert given["Referral unit", "police"] == colleague.user.pk
    assert given["Response A", "police"] == audit.police.user.pk
    own = DrawnReferral.objects.get(referral__team="Referral unit")
    assert audit.police.get(at("audit_mark", own.pk)).status_code == 404
    assert audit.police.post(at("audit_take", own.pk)).status_code == 404
    assert audit.care.get(at("audit_mark", own.pk)).status_code == 200


def test_nobody_audits_what_they_graded_nor_grades_what_they_audit(audit, desk):
    audit.agree()
    (sent,) = audit.write(1)
    typed = {**marks(2), "grade": "", "version": 1}
    assert audit.police.post(at("grade", sent.pk), typed).status_code == 302
    audit.draw()
    ((number, sample),) = DrawnReferral.objects.values_list("pk", "sample")
    assert Assigned.objects.get(side="police").marker is None, "the only one there has graded it"
    assert audit.police.get(at("audit_mark", number)).status_code == 404
    assert audit.police.post(at("audit_take", number)).status_code == 404
    assert "graded by them" in audit.police.get(at("audit_sample", sample)).content.decode()
    other = desk("central-referral-unit", team="Referral unit")
    assert other.post(at("audit_take", number)).status_code == 302
    page = other.post(at("grade", sent.pk), typed, follow=True).content.decode()
    assert "The audit gave you this form to mark" in page
    assert Marking.objects.count() == 1
    assert "Grade how well it is written" not in other.get(f"/referrals/sent/{sent.pk}/").content.decode()
    other.post(at("audit_mark", number), marks(2))
    assert Marking.objects.get(side="police").by.user_id == other.user.pk


def test_what_was_taken_down_for_an_officer_is_not_their_writing(audit):
    """Neither drawn nor graded nor counted among the officer's first five, and the page says that it is left out."""
    audit.agree()
    told = msgspec.structs.replace(
        say(9),
        route="phone",
        referrer=Referrer(
            name=audit.officer.actor.name,
            partner=audit.officer.actor.organisation_name,
            team=audit.officer.actor.team,
        ),
    )
    phoned = services.receive(audit.care.actor, told, form="phoned", at=OCTOBER)
    assert (phoned.by_id, phoned.taken_by_id) == (
        audit.officer.actor.membership_id,
        audit.care.actor.membership_id,
    )
    (written,) = audit.write(1)
    audit.draw()
    assert DrawnReferral.objects.get().referral_id == written.pk
    assert '"ordinal":1' in Sample.objects.get().pool
    page = audit.police.get(at("audit_sample", Sample.objects.get().pk)).content.decode()
    assert "Not drawn from: 1 referral of the month" in page
    assert phoned.reference not in audit.police.get(at("grading")).content.decode()
    page = audit.police.post(at("grade", phoned.pk), {**marks(2), "grade": "", "version": 1}, follow=True)
    assert "nobody’s own writing" in page.content.decode()
    assert not Marking.objects.exists()


def test_neither_side_sees_the_others_marks_before_both_stand(drawn):
    number = drawn.drawn.pk
    drawn.care.get(at("audit"))  # what it said of the signature is said
    before = drawn.care.get(at("audit_mark", number)).content
    assert b"Ada Number1" in before
    drawn.police.post(at("audit_mark", number), marks(3, Q5=0))
    assert drawn.site.entries(action="audit-mark")[-1].leaf.facts.get("side") == "police"
    after = drawn.care.get(at("audit_mark", number)).content
    token = b"csrfmiddlewaretoken"
    assert [line for line in after.splitlines() if token not in line] == [
        line for line in before.splitlines() if token not in line
    ]
    assert drawn.care.get(at("audit_moderate", number)).status_code == 302
    assert drawn.care.post(at("audit_moderate", number), {"Q5": "1"}).status_code == 302
    assert not Marking.objects.filter(side="moderated").exists()
    drawn.care.post(at("audit_mark", number), marks(2, Q1=3))
    page = drawn.police.get(at("audit_moderate", number)).content.decode()
    assert "0 Absent" in page
    assert "Talk about Q3, Q4, Q5, Q10, Q15" in page
    again = drawn.care.post(at("audit_mark", number), marks(0))
    assert again.status_code == 302
    assert Marking.objects.filter(side="childrens-social-care").count() == 1


def test_what_was_agreed_is_entered_once_and_graded(drawn):
    number = drawn.drawn.pk
    drawn.police.post(at("audit_mark", number), marks(3, Q5=0))
    assert "waits for your marks" not in drawn.police.get("/").content.decode(), "of one, and it is marked"
    assert "waits for your marks" in drawn.care.get("/").content.decode()
    drawn.care.post(at("audit_mark", number), marks(3, Q5=2, Q2=2))
    page = drawn.care.post(at("audit_moderate", number), {}).content.decode()
    assert "error-summary" in page
    drawn.care.post(at("audit_moderate", number), {"Q5": "1"})
    agreed = Marking.objects.get(side="moderated")
    assert (agreed.marks["Q5"], agreed.marks["Q2"], agreed.marks["Q1"]) == (1, 2, 3)
    assert agreed.grade == "requires-improvement"
    drawn.police.post(at("audit_moderate", number), {"Q5": "3"})
    assert Marking.objects.filter(side="moderated").count() == 1
    assert "These marks come to" in drawn.police.get(at("audit_moderate", number)).content.decode()


def test_what_is_to_be_agreed_is_told_by_the_framework_under_which_it_was_drawn(drawn):
    """A version with a third party may hold by now: what two have marked under theirs still waits for their word."""
    for who in (drawn.police, drawn.care):
        who.post(at("audit_mark", drawn.drawn.pk), marks(2))
    says = base(drawn.site.partnership.pk)
    third = msgspec.structs.replace(says.parties[0], partner="health", name="Health")
    later = msgspec.structs.replace(says, parties=(*says.parties, third))
    page = audit_page(drawn.police.actor, (), later, own_list(drawn.police.actor), (), ())
    assert (page.to_mark, page.to_agree) == (0, 1)


def test_marks_may_be_given_anew_until_the_other_side_has(drawn):
    number = drawn.drawn.pk
    drawn.police.post(at("audit_mark", number), marks(3))
    drawn.police.post(at("audit_mark", number), marks(1))
    assert Marking.objects.count() == 2, "a later one stands beside the earlier one"
    drawn.care.post(at("audit_mark", number), marks(1))
    page = drawn.care.get(at("audit_moderate", number)).content.decode()
    assert "3 Strong" not in page
    assert "nothing that you must talk about" in page


def test_a_mark_is_missing(drawn):
    said = marks()
    del said["Q4"]
    page = drawn.police.post(at("audit_mark", drawn.drawn.pk), said).content.decode()
    assert "Give Q4 a mark" in page
    assert not Marking.objects.exists()


def test_a_colleague_takes_over(drawn, desk):
    other = desk("central-referral-unit", team="Referral unit")
    number = drawn.drawn.pk
    page, link = other.get(at("audit_sample", drawn.drawn.sample_id)), f'href="{at("audit_mark", number)}"'
    assert link in page.content.decode(), "from the sample it is one step"
    assert "is with" in other.get(at("audit_mark", number)).content.decode()
    assert "given to somebody else" in other.post(at("audit_mark", number), marks()).content.decode()
    other.post(at("audit_take", number))
    assert "Give these marks" in other.get(at("audit_mark", number)).content.decode()
    assert number not in [
        one.pk for one in DrawnReferral.objects.filter(assigned__marker__user=drawn.police.user)
    ]
    other.post(at("audit_mark", number), marks())
    assert link not in drawn.police.get(at("audit_sample", drawn.drawn.sample_id)).content.decode()
    drawn.police.post(at("audit_take", number))
    assert Assigned.objects.get(side="police").marker.user_id == other.user.pk, "marked: it stays where it is"


def test_what_is_held_back_is_masked_and_each_reading_is_entered(audit):
    audit.agree()
    said = msgspec.structs.replace(
        say(1), concern=Concern(wrong="He hit her. This came from a CHIS who lives next door.")
    )
    sent = services.receive(audit.officer.actor, said, form="held", at=OCTOBER)
    audit.draw()
    number = DrawnReferral.objects.get().pk
    page = audit.care.get(at("audit_mark", number)).content.decode()
    assert "He hit her" in page
    assert "CHIS" not in page
    (entry,) = audit.site.entries(action="audit")
    assert (entry.leaf.case, entry.leaf.kind) == (sent.reference, "disclosure")


def test_both_mark_what_stood_when_it_was_drawn(drawn):
    services.add(drawn.officer.actor, Referral.objects.get(), say(2), form="more")
    page = drawn.care.get(at("audit_mark", drawn.drawn.pk)).content.decode()
    assert "Ada Number1" in page
    assert "Ada Number2" not in page


def test_the_list_is_the_markers_own_and_an_auditor_from_outside_sees_no_referral(drawn, desk):
    page = drawn.police.get(at("audit_mine")).content.decode()
    assert drawn.drawn.referral.reference in page
    other = desk("central-referral-unit", team="Referral unit")
    assert "Nothing waits for you" in other.get(at("audit_mine")).content.decode()
    auditor = desk("independent-auditor")
    page = auditor.get(at("audit_sample", drawn.drawn.sample_id)).content.decode()
    assert drawn.drawn.referral.reference not in page
    assert "How to draw it again" in page
    assert auditor.get(at("audit_mark", drawn.drawn.pk)).status_code == 403


def test_the_whole_way_on_each_database(site):
    audit = Audit(lambda role="frontline", partner="", **named: Desk(site, site.user(role, partner, **named)))
    audit.agree()
    audit.write(2)
    audit.draw()
    for one in DrawnReferral.objects.order_by("pk"):
        for by, given in ((audit.police, 3), (audit.care, 2)):
            by.post(at("audit_mark", one.pk), marks(2, Q5=given))
        audit.care.post(at("audit_moderate", one.pk), {"Q5": "2"})
    assert Marking.objects.filter(side="moderated").count() == 2
    for name in ("audit", "audit_mine", "audit_agreement", "audit_themes", "audit_csv", "measures"):
        assert audit.care.get(at(name)).status_code == 200, name


def test_a_marker_sees_no_grade_and_no_marks_before_their_own_are_in(drawn, desk):
    """On every page and paper within a marker's reach: what the unit's grade and the other side's marks change is nothing."""
    reading = f"/referrals/sent/{drawn.drawn.referral_id}/"
    common = (
        reading,
        f"{reading}print/",
        "/referrals/grading/",
        at("trends"),
        at("audit"),
        at("audit_sample", drawn.drawn.sample_id),
    )
    papers = (
        at("audit_agreement"),
        at("audit_themes"),
        at("audit_csv"),
        at("audit_print"),
        at("measures_csv"),
    )
    marked = at("audit_mark", drawn.drawn.pk)
    reached = [
        *((drawn.police, page) for page in (*common, *papers, marked)),
        *((drawn.care, page) for page in (*common, *papers, marked)),
    ]
    grader = desk("central-referral-unit", team="Another unit")
    typed = {**marks(1), "grade": "", "version": 1, "about-1": "Q1", "words-1": "Say when it was."}
    assert grader.post(at("grade", drawn.drawn.referral_id), typed).status_code == 302
    assert Marking.objects.get(side="unit").grade == "inadequate"
    for who, page in reached:
        assert not leaks(who.get(page)), page
    drawn.police.post(marked, marks(0, Q5=1))
    for page in (*common, *papers, marked):
        assert not leaks(drawn.care.get(page)), page
    for page in (reading, "/referrals/grading/"):
        assert not leaks(drawn.police.get(page)), "who may still mark anew reads no grade in between"
    assert "Inadequate" in grader.get(reading).content.decode(), "once their own side has marked it"
    assert "Inadequate" not in drawn.care.get(reading).content.decode()
    assert "Inadequate" in drawn.officer.get(reading).content.decode(), "its author is told at once"
    drawn.care.post(marked, marks(2))
    for who in (drawn.police, drawn.care):
        assert "Inadequate" in who.get(reading).content.decode()


def test_a_marker_reads_the_same_of_a_form_as_the_unit(audit):
    """That a call was made is known to both: a machine that says there was none would lower the mark."""
    sender = Referrer(name="Olga Birch", phone="01632 960001", spoke_to="Sam", spoke_at=OCTOBER.isoformat())
    told = msgspec.structs.replace(say(1), referrer=sender, noticed=OCTOBER.isoformat())
    sent = services.receive(audit.officer.actor, told, form="one", at=OCTOBER)
    (hint,) = hints_of(Read(sent, 1, told), ["Q12"]).values()
    assert "What a machine found" not in hint


def leaks(answer):
    """What tells of a grade or of marks in what is read, apart from the names that a form offers to choose from."""
    assert answer.status_code == 200, answer.wsgi_request.path
    text = re.sub(r"<(select|fieldset|label)\b.*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return [word for word in ("Inadequate", "Say when it was", "0 of 1", "1 of 1") if word in text]
