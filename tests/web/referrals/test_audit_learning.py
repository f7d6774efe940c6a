"""What audits found: agreement with its interval, drift of one's own marks, themes, briefings, and what those moved."""

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from footprint.referrals.intervals import Proportion
from footprint.web.cases.person import pdf
from footprint.web.notices.models import Notice
from footprint.web.referrals.auditing.figures import TOO_FEW, figure, guarded
from footprint.web.referrals.auditing.learning import queries
from footprint.web.referrals.models import Briefed, Briefing, DrawnReferral, Marking, Sample
from tests.web.referrals.audited import NOVEMBER, OCTOBER, Audit, at, marks
from tests.web.referrals.writers import Desk

SEPTEMBER = OCTOBER.replace(month=9)
BRIEFING = {
    "criterion": "Q5",
    "title": "=What each child said",
    "text": "Write their own words.",
    "given_on": "2026-09-30",
    "again_on": "",
}


pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def audit(audit):
    """A framework that takes all, and two months drawn and marked: in September Q5 was poor, in October good."""
    audit.agree(share="100")
    for month, day, mark in (("2026-09", SEPTEMBER, 0), ("2026-10", OCTOBER, 3)):
        audit.write(8, day, first=day.month * 100)
        audit.draw(month)
        for drawn in DrawnReferral.objects.filter(sample__month=month).order_by("pk"):
            for side, by, given in (
                ("police", audit.police, {"Q5": mark, "Q2": 3}),
                ("childrens-social-care", audit.care, {"Q5": mark, "Q2": 1}),
                ("moderated", audit.care, {"Q5": mark, "Q2": 1}),
            ):
                Marking.objects.create(
                    referral_id=drawn.referral_id,
                    drawn=drawn,
                    side=side,
                    by_id=by.actor.membership_id,
                    version=1,
                    criteria="criteria/2026-09-01",
                    scale="four-point",
                    marks={code: int(value) for code, value in (marks() | given).items()},
                    grade="good",
                )
    return audit


def test_agreement_is_beyond_chance_with_its_interval_and_of_a_person_only_their_own(audit):
    page = audit.police.get(at("audit_agreement")).content.decode()
    assert "Of 16 referrals" in page
    assert ">1.00<" in page, "both marked Q5 alike"
    assert "Meet about Q2" in page, "there one side is always two marks above"
    assert "You" in page
    assert "marks higher than was then agreed" in page
    assert audit.care.actor.name not in page.partition("<main")[2]
    care = audit.care.get(at("audit_agreement")).content.decode()
    you = care.partition(">You<")[2]
    assert "higher" not in you


def test_themes_and_what_a_briefing_moved(audit):
    page = audit.police.get(at("audit_themes")).content.decode()
    assert "0 of 8 (0%)" in page
    assert "8 of 8 (100%)" in page
    assert page.index("What a briefing would help most") < page.index(
        "Q2 Everybody in the household: 0 of 16"
    )
    answer = audit.police.post(at("audit_brief"), BRIEFING)
    assert answer.status_code == 302
    row = Briefing.objects.get()
    assert f"{row.again_on}" == "2026-12-30", "three months later, by the framework"
    audit.officer.post(at("briefing_had", row.pk))
    audit.officer.post(at("briefing_had", row.pk))
    assert Briefed.objects.count() == 1
    assert len(audit.site.entries(action="audit-briefed")) == 1
    Briefing.objects.update(given_on="2026-09-30")
    page = audit.care.get(at("audit_themes")).content.decode()
    assert "<dd>1 of 2 (50%)</dd>" in page
    assert audit.officer.actor.name not in page, "counts, and nobody's name"
    (entry,) = audit.site.entries(action="audit-brief")
    assert "own words" not in str(entry.leaf)


def test_a_re_audit_says_whether_it_moved(audit, desk):
    audit.police.post(at("audit_brief"), BRIEFING | {"given_on": "2026-09-30"})
    # What was sent in the month of the briefing counts to neither side: nothing is before it yet.
    assert "It rose" not in audit.police.get(at("audit_themes")).content.decode()
    Briefing.objects.update(given_on="2026-10-01")
    page = audit.police.get(at("audit_themes")).content.decode()
    assert "It rose" not in page
    Sample.objects.filter(month="2026-10").update(month="2026-11")
    page = audit.police.get(at("audit_themes")).content.decode()
    assert "It rose, by +" in page
    auditor = desk("independent-auditor")
    for name in ("audit_themes", "audit_print", "audit_csv"):
        told = auditor.get(at(name)).content.decode()
        assert TOO_FEW in told
        assert "It rose" not in told, "which way it went tells of what is too few to show"


def test_a_re_audit_stands_on_the_first_page_and_both_markers_are_reminded_once(audit, desk):
    audit.police.post(at("audit_brief"), BRIEFING | {"title": "In their own words"})
    page = audit.police.get(at("audit")).content.decode()
    assert "In their own words" in page
    assert "From 30 December 2026" in page
    assert "Due since" not in page
    call_command("remind_audits")
    assert not Notice.objects.filter(sentence__contains="audited again").exists()
    with time_machine.travel(NOVEMBER + dt.timedelta(days=40)):
        for _ in range(2):
            call_command("remind_audits")
        told = Notice.objects.filter(sentence__contains="audited again").values_list("membership", "link")
        markers = {audit.police.actor.membership_id, audit.care.actor.membership_id}
        assert sorted(told) == sorted((one, at("audit")) for one in markers)
        police = Desk(audit.site, audit.police.user)
        assert "Due since 30 December 2026" in police.get(at("audit")).content.decode()
        Sample.objects.filter(month="2026-10").update(drawn_at=timezone.now())
        assert "In their own words" not in police.get(at("audit")).content.decode()


def test_who_writes_reads_briefings_and_says_that_they_had_them(audit, desk):
    assert at("briefings") in audit.officer.get(at("mine")).content.decode()
    audit.police.post(at("audit_brief"), BRIEFING | {"given_on": "2026-12-24"})
    assert "None was given yet" in audit.officer.get(at("briefings")).content.decode()
    row = Briefing.objects.get()
    assert audit.officer.post(at("briefing_had", row.pk)).status_code == 404, "it was not given yet"
    stranger = desk("central-referral-unit", "acute-trust")
    assert stranger.get(at("audit_brief")).status_code == 404


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"given_on": "soon"}, "Write the day as"),
        ({"given_on": "9999-12-31"}, "Write the day as"),
        ({"again_on": "2026-09-01"}, "Write a later day"),
        ({"criterion": "Q99"}, "Select a valid choice"),
        ({"text": ""}, "Say what should be done otherwise"),
    ],
)
def test_a_briefing_that_cannot_be_meant(desk, changes, says):
    audit = Audit(desk)
    page = audit.police.post(at("audit_brief"), BRIEFING | changes).content.decode()
    assert says in page
    assert not Briefing.objects.exists()


def test_an_auditor_from_outside_sees_suppressed_figures_on_every_page_and_paper(audit, desk):
    audit.police.post(at("audit_brief"), BRIEFING)
    auditor = desk("independent-auditor")
    for name in ("audit_agreement", "audit_themes", "audit_print", "audit_csv"):
        said = auditor.get(at(name)).content.decode()
        assert TOO_FEW in said
        assert "8 of 8" not in said
        assert "16 of 16" not in said
        assert "not yet" not in said
    assert "Response A" not in auditor.get(f"{at('audit_themes')}?team=Response+A").content.decode()


def test_paper_and_spreadsheet(audit, monkeypatch):
    audit.police.post(at("audit_brief"), BRIEFING)
    answer = audit.police.get(at("audit_csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["agreement by criterion", "pairs", "weighted kappa"]
    assert ["Q5 The child's voice", "October 2026", "8", "8", "0.6756", "1.0"] in rows
    assert any(row and row[0] == "'=What each child said" for row in rows), "no formula"
    assert "Weighted kappa by criterion" in audit.police.get(at("audit_print")).content.decode()
    monkeypatch.setattr(pdf, "can_make", lambda: False)
    answer = audit.police.get(at("audit_pdf"))
    assert answer.status_code == 503
    assert "libpango" in answer.content.decode()
    monkeypatch.setattr(pdf, "can_make", lambda: True)
    monkeypatch.setattr(pdf, "make", lambda html: b"%PDF-" + html[:15].encode())
    assert audit.police.get(at("audit_pdf")).content == b"%PDF-<!DOCTYPE html>"
    assert len(audit.site.entries(action="audit-csv")) == 1


def test_results_are_of_the_own_partnership(audit):
    assert len(queries.results(audit.site.partnership.pk)) == 16
    assert queries.results("elsewhere") == ()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", " =1", "|x", "%x"])
def test_no_text_is_a_formula(text):
    assert guarded(text) == f"'{text}"


def test_a_number_stays_a_number():
    assert [guarded(one) for one in (-1, 0.5, None, "Response A")] == [-1, 0.5, None, "Response A"]


@pytest.mark.parametrize(
    ("number", "of", "people", "says"),
    [
        (0, 0, 9, "none"),
        (5, 40, 9, TOO_FEW),
        (36, 40, 9, TOO_FEW),
        (20, 40, 2, TOO_FEW),
        (18, 41, 3, "20 of 40 (50%)"),
    ],
)
def test_what_is_shown_of_a_share_to_others(number, of, people, says):
    assert figure(Proportion(number, of), whole=False, people=people).text == says
