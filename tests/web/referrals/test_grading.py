"""The referral unit grades each form once, by fifteen criteria; author and team read what it says, and how it goes."""

import datetime as dt
import re

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from footprint.referrals.criteria import CRITERIA
from footprint.referrals.feedback import Point
from footprint.referrals.referral import Safety, Said
from footprint.web.referrals import services as sending
from footprint.web.referrals.desk import grading_queries, marking_services
from footprint.web.referrals.models import Feedback
from tests.web.cases.conftest import said
from tests.web.referrals.supervised import GOOD, MONDAY, WITH_ADA, graded


def marks_typed(**changed):
    marks = dict.fromkeys(CRITERIA, "3") | changed
    return {"version": "1", "grade": "", **marks}


def test_the_unit_marks_fifteen_criteria_and_the_author_reads_grade_and_points(desk, officer):
    sent = sending.receive(officer.actor, WITH_ADA, form="one")
    unit = desk("central-referral-unit")
    assert sent.reference in said(unit.get("/referrals/grading/"))
    url = f"/referrals/desk/{sent.pk}/grade/"
    page = said(unit.get(url))
    assert "15. Handled correctly" in page
    assert "Worked out from the form:" in page
    assert "Ada Birch: no words as the child said them" not in page
    typed = marks_typed() | {"about-1": "Q5", "words-1": "Write who else was in the room.", "about-2": "Q4",
                             "words-2": "What happened is clear.", "keep-2": "on"}  # fmt: skip
    assert unit.post(url, typed).status_code == 302
    told = Feedback.objects.get(kind="quality")
    assert told.words == "The form was graded: Outstanding"
    assert told.points == [
        "Next time: The child's voice. Write who else was in the room.",
        "Keep: The concern is specific. What happened is clear.",
    ]
    assert unit.site.entries(action="referral-grade")
    assert "Not graded yet 0 wait; in danger now: 0." in said(unit.get("/referrals/grading/"))


def test_the_unit_is_told_how_many_wait_and_reaches_the_oldest_and_the_urgent(desk, officer, monkeypatch):
    monkeypatch.setattr(grading_queries, "PAGE", 2)
    calm = msgspec.structs.replace(WITH_ADA, safety=Safety(danger_now=Said.NO))
    sent = [
        sending.receive(officer.actor, told, form=str(number), at=MONDAY - dt.timedelta(days=number))
        for number, told in enumerate([calm, calm, WITH_ADA])
    ]
    unit = desk("central-referral-unit")

    def listed(query=""):
        page = said(unit.get(f"/referrals/grading/{query}"))
        assert "3 wait; in danger now: 1." in page
        return [one for one in sent if one.reference in page]

    assert listed() == sent[:2]
    assert listed("?page=2") == listed("?show=urgent") == sent[2:]
    assert listed("?show=oldest") == sent[1:]


def test_the_list_costs_as_many_questions_for_one_as_for_many_and_is_counted_from_its_index_alone(
    desk, officer
):
    unit = desk("central-referral-unit")

    def asked():
        with CaptureQueriesContext(connection) as made:
            assert unit.get("/referrals/grading/").status_code == 200
        return [one["sql"] for one in made]

    sending.receive(officer.actor, WITH_ADA, form="one")
    # What is protected is read once by each process, and not again by the second page.
    few = [asked(), asked()][1]
    for number in range(12):
        sending.receive(officer.actor, WITH_ADA, form=f"more-{number}")
    many = asked()
    assert len(many) == len(few)
    (counted,) = [one for one in many if "FILTER" in one and "is_urgent" in one]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {counted}")
            assert "COVERING INDEX what_waits_in_a_partner " in str(cursor.fetchall())


def test_a_critical_criterion_caps_the_grade_and_needs_a_mark(desk, officer):
    sent = sending.receive(officer.actor, WITH_ADA, form="one")
    unit = desk("central-referral-unit")
    url = f"/referrals/desk/{sent.pk}/grade/"
    above = unit.post(url, marks_typed(Q5="0") | {"grade": "good"})
    assert "Inadequate is the best grade that the marks of Q5 allow." in said(above)
    without = unit.post(url, marks_typed(Q4=""))
    assert "Mark Q4 first" in said(without)
    half = unit.post(url, marks_typed() | {"about-1": "Q5"})
    assert "Say the point in words" in said(half)
    assert not Feedback.objects.filter(kind="quality").exists()


def test_what_came_meanwhile_is_read_before_a_grade_is_given(desk, officer):
    sent = sending.receive(officer.actor, WITH_ADA, form="one")
    unit = desk("central-referral-unit")
    sending.add(officer.actor, sent, msgspec.structs.replace(WITH_ADA, worker="Sam Dale"), form="two")
    page = unit.post(f"/referrals/desk/{sent.pk}/grade/", marks_typed())
    assert "Something was added since you began" in said(page)
    assert 'name="version" value="2"' in page.content.decode()


def test_nobody_grades_what_they_wrote_or_what_is_another_organisations(desk):
    unit, other = desk("central-referral-unit"), desk("central-referral-unit", "acute-trust")
    sent = sending.receive(unit.actor, WITH_ADA, form="one")
    for one in (unit, other):
        assert one.get(f"/referrals/desk/{sent.pk}/grade/").status_code == 404
    assert sent.reference not in said(unit.get("/referrals/grading/"))
    with pytest.raises(marking_services.OwnForm):
        graded(unit, sent)


def test_trends_count_forms_of_a_team_with_what_they_are_of_and_how_sure_that_is(desk, officer, sergeant):
    unit = desk("central-referral-unit")
    for number in range(4):
        sent = sending.receive(officer.actor, WITH_ADA, form=str(number))
        graded(unit, sent, GOOD | {"Q6": 3 if number else 1})
    graded(unit, sent, GOOD | {"Q6": 1}, points=(Point("Q6", "Say it for each child."),))
    sending.receive(desk(team="Response B").actor, WITH_ADA, form="b")
    page = said(sergeant.get("/referrals/team/trends/"))
    assert "What it means for each child 2 of 4 (50%) 15% to 85%" in page, (
        "of a form graded twice the newest counts"
    )
    assert re.search(r"15% to 85% \w+ 20\d\d: 2 of 4 \(50%\), 15% to 85%", page), "so does each month say"
    assert officer.actor.name not in page
    assert sergeant.actor.name not in page.split("Month by month")[1]
    assert "Response A" in said(unit.get("/referrals/team/trends/"))
