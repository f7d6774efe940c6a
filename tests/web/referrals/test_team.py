"""The supervisor's day: what left the team, what is late or missing, what nobody read; of teams, never of a person."""

import datetime as dt
import re

import msgspec
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from footprint.referrals.criteria import CRITERIA
from footprint.referrals.feedback import Point
from footprint.referrals.grades import packaged_scales
from footprint.referrals.referral import Concern, Links, Safety, Said
from footprint.web.accounts.models import DeclaredRelative
from footprint.web.cases.published import published
from footprint.web.cases.scope import ChildThere
from footprint.web.referrals import services as sending
from footprint.web.referrals.desk import marking_services, team_queries
from footprint.web.referrals.importing.services import take_file
from footprint.web.referrals.models import Feedback, Referral
from tests.web.cases.conftest import said
from tests.web.referrals.test_importing import CY, written
from tests.web.referrals.writers import ADA, URGENT, Desk

WITH_ADA = msgspec.structs.replace(URGENT, children=(ADA,))
MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
GOOD = dict.fromkeys(CRITERIA, 3)


@pytest.fixture
def officer(desk):
    return desk(team="Response A")


@pytest.fixture
def sergeant(desk):
    return desk("police-supervisor", team="Response A")


def graded(by, sent, marks=GOOD, grade="good", points=()):
    given = marking_services.Given(
        marks=marks, grade=grade, points=points, scale=packaged_scales().scale(), version=1
    )
    return marking_services.grade(by.actor, sent, given)


def test_the_day_shows_what_left_the_team_with_its_gaps_and_grade_and_nothing_of_others(
    desk, officer, sergeant
):
    sent = sending.receive(officer.actor, WITH_ADA, form="one")
    other = sending.receive(desk(team="Response B").actor, WITH_ADA, form="two")
    graded(desk("central-referral-unit"), sent)
    page = said(sergeant.get("/referrals/team/"))
    assert sent.reference in page
    assert other.reference not in page
    assert "Ada Birch" in page
    assert "Not yet read" in page
    assert "Form: Good" in page
    assert f"{sent.gaps} things may follow" in page
    assert sergeant.site.entries(action="referral-team")


def test_a_supervisor_says_to_have_read_it_once_and_only_of_the_own_team(desk, officer, sergeant):
    sent = sending.receive(officer.actor, WITH_ADA, form="one")
    other = sending.receive(desk(team="Response B").actor, WITH_ADA, form="two")
    own = sending.receive(sergeant.actor, WITH_ADA, form="three")
    ids = [sent.pk, other.pk, own.pk]
    for _ in range(2):
        assert sergeant.post("/referrals/team/seen/", {"referral": ids}).status_code == 302
    seen = Referral.objects.exclude(seen_by_supervisor_at=None)
    assert [one.pk for one in seen] == [sent.pk]
    assert len(sergeant.site.entries(action="referral-seen")) == 1
    assert "Not yet read" not in said(sergeant.get("/referrals/team/")).split(own.reference)[0]


def test_late_undecided_and_unread_are_listed(desk, officer):
    with time_machine.travel(MONDAY):
        sergeant = desk("police-supervisor", team="Response A")
        late = msgspec.structs.replace(WITH_ADA, noticed=(MONDAY - dt.timedelta(hours=30)).isoformat())
        sent = sending.receive(officer.actor, late, form="one")
        Feedback.objects.create(referral=sent, kind="decision", by_name="Sam", words="It was decided.")
        assert "has not said to have read" not in said(sergeant.get("/referrals/team/"))
    with time_machine.travel(MONDAY + dt.timedelta(days=10)):
        page = said(Desk(sergeant.site, sergeant.user).get("/referrals/team/"))
    assert "1 day after it was noticed" in page
    assert "Not decided in time by the front door" in page
    assert "Late by" in page
    assert f"{officer.actor.name} has not said to have read the decision" in page


def test_the_unit_reads_counts_of_its_organisations_teams_and_each_of_them_and_says_nothing_was_seen(
    desk, officer
):
    with time_machine.travel(MONDAY):
        late = msgspec.structs.replace(WITH_ADA, noticed=(MONDAY - dt.timedelta(hours=30)).isoformat())
        sent = sending.receive(officer.actor, late, form="one")
        Feedback.objects.create(referral=sent, kind="decision", by_name="Sam", words="It was decided.")
        other = sending.receive(desk("navigator", team="Health B").actor, WITH_ADA, form="two")
        sending.receive(desk().actor, WITH_ADA, form="of no team")
    with time_machine.travel(MONDAY + dt.timedelta(days=10)):
        unit = desk("central-referral-unit")
        page = said(unit.get("/referrals/team/"))
        assert "Response A 1 1 1 1 0" in page
        assert "No known team 1 0 1 0 0" in page
        assert "Health B" not in page
        assert officer.actor.name not in page
        html = unit.get("/referrals/team/?team=Response+A").content.decode()
        assert sent.reference in html
        assert "/team/seen/" not in html
        assert "/no-referral/" not in html
        assert f"/referrals/desk/{sent.pk}/steps/send-back/" in html
        for team in ("Health+B", "Nobody"):
            assert unit.get(f"/referrals/team/?team={team}").status_code == 404
        assert unit.post("/referrals/team/seen/", {"referral": [sent.pk]}).status_code == 403
        assert other.reference not in html
        assert unit.site.entries(action="referral-teams")
        DeclaredRelative.objects.create(
            user=unit.user, name="Ada Birch", born="1 April 2017", relation="niece"
        )
        assert "No team has sent anything yet" in said(unit.get("/referrals/team/")), (
            "own family counts nowhere"
        )


@pytest.mark.parametrize("year", [1, 1066, 9999])
def test_whatever_day_somebody_says_it_was_noticed_every_page_opens(desk, officer, sergeant, year):
    unit = desk("central-referral-unit")
    told = msgspec.structs.replace(WITH_ADA, noticed=f"{year:04}-12-31T23:30:00-01:00")
    sent = sending.receive(officer.actor, told, form="one")
    for page in ("/referrals/team/", "/referrals/team/?team=Response+A", f"/referrals/desk/{sent.pk}/grade/"):
        assert sent.reference in said(unit.get(page)) or "Response A 1 0" in said(unit.get(page))
    assert sent.reference in said(sergeant.get("/referrals/team/"))


def test_what_is_no_team_is_no_page_and_nothing_is_entered_of_it(site):
    unit = Desk(site, site.user("central-referral-unit"))
    for team in ("Nobody", "%00", "x" * 5000):
        assert unit.get(f"/referrals/team/?team={team}").status_code == 404
    assert not site.entries(action="referral-team")


def test_a_team_reads_nothing_of_what_others_sent_of_the_same_child(desk, officer, sergeant):
    sending.receive(desk("navigator").actor, WITH_ADA, form="one")
    assert sending.receive(officer.actor, WITH_ADA, form="two").repeats == 1
    unit = desk("central-referral-unit")
    for page in (sergeant.get("/referrals/team/"), unit.get("/referrals/team/?team=Response+A")):
        assert "earlier in twelve months" not in said(page)


def test_an_answer_that_nobody_can_say_to_have_read_is_not_missed(desk):
    with time_machine.travel(MONDAY):
        sergeant, unit = desk("police-supervisor", team="Response A"), desk("central-referral-unit")
        take_file(written(sergeant.site, CY.replace("Nowhere", "Response A")), "emarf-csv")
        sent = Referral.objects.get()
        Feedback.objects.create(referral=sent, kind="decision", by_name="Sam", words="It was decided.")
    with time_machine.travel(MONDAY + dt.timedelta(days=10)):
        sergeant, unit = (Desk(one.site, one.user) for one in (sergeant, unit))
        assert "has not said to have read" not in said(sergeant.get("/referrals/team/"))
        assert "Response A 1 0 1 0 0" in said(unit.get("/referrals/team/"))


def test_an_incident_of_no_team_is_not_for_a_supervisor_without_one(desk, monkeypatch):
    there = ChildThere(
        reference="20/1/26", code="x", team="", day=timezone.localdate().isoformat(), record="police/x/1"
    )
    monkeypatch.setattr(team_queries, "own_incidents", lambda *_: [there])
    nobody = desk("police-supervisor")
    assert nobody.get("/referrals/team/no-referral/?incident=20/1/26").status_code == 404


def test_both_pages_know_what_was_not_read_however_long_ago_and_urgent_comes_first(
    desk, officer, monkeypatch
):
    with time_machine.travel(MONDAY):
        long_ago = sending.receive(officer.actor, WITH_ADA, form="long ago")
    with time_machine.travel(MONDAY + dt.timedelta(days=40)):
        calm = msgspec.structs.replace(WITH_ADA, safety=Safety(danger_now=Said.NO))
        today = sending.receive(officer.actor, calm, form="today")
        sergeant = desk("police-supervisor", team="Response A")
        sending.receive(sergeant.actor, WITH_ADA, form="own")
        assert "2 you have not read; in danger now: 1" in said(sergeant.get("/"))
        page = said(sergeant.get("/referrals/team/"))
        assert page.index(long_ago.reference) < page.index(today.reference)
        assert page.count("Not read, late by 39 days") == 1
        with monkeypatch.context() as few:
            few.setattr(team_queries, "MOST", 1)
            page = said(sergeant.get("/referrals/team/"))
        assert long_ago.reference in page
        assert today.reference not in page
        assert "And 2 more: read these first." in page
        sergeant.post("/referrals/team/seen/", {"referral": [long_ago.pk, today.pk]})
        assert "You have read all of them" in said(sergeant.get("/"))


def test_what_was_not_read_is_found_by_its_index(officer, sergeant):
    sending.receive(officer.actor, WITH_ADA, form="one")
    asked = team_queries.unseen(sergeant.actor, "Response A").order_by("-is_urgent", "-sent_at", "pk")[:1]
    assert "what_no_supervisor_has_read" in asked.explain()


def test_without_a_team_a_supervisor_sees_why_there_is_nothing(desk, officer):
    sending.receive(officer.actor, WITH_ADA, form="one")
    nobody = desk("police-supervisor")
    page = said(nobody.get("/referrals/team/"))
    assert "Your account names no team" in page
    assert "Ada" not in page


def test_the_day_costs_as_many_questions_for_one_as_for_many(officer, sergeant):
    def asked():
        with CaptureQueriesContext(connection) as made:
            sergeant.get("/referrals/team/")
        return len([one for one in made if "referrals_" in one["sql"]])

    sending.receive(officer.actor, WITH_ADA, form="one")
    few = asked()
    for number in range(12):
        sending.receive(officer.actor, WITH_ADA, form=f"more-{number}")
    assert asked() == few <= 12


def test_incidents_at_which_a_child_was_and_no_referral_came(site_on_sqlite, borough):
    site_on_sqlite.use(borough)
    there = max(published().children_there("police"), key=lambda one: one.day)
    day = dt.datetime.fromisoformat(f"{there.day}T12:00:00+00:00")
    with time_machine.travel(day + dt.timedelta(days=3)):
        sergeant = Desk(site_on_sqlite, site_on_sqlite.user("police-supervisor", team=there.team))
        page = said(sergeant.get("/referrals/team/"))
        assert f"{there.reference} No referral" in page
        officer = Desk(site_on_sqlite, site_on_sqlite.user("frontline", team=there.team))
        typed = there.reference.replace("/", " ")
        told = msgspec.structs.replace(WITH_ADA, links=Links(incident=typed))
        sending.receive(officer.actor, told, form="one")
        page = said(sergeant.get("/referrals/team/"))
        assert f"{there.reference} No referral" not in page
        never, _, late = page.partition("Incidents with a child present whose referral came late")
        assert f"{there.reference} Came late" in late
        assert "Came late" not in never
        unit = Desk(site_on_sqlite, site_on_sqlite.user("central-referral-unit"))
        overview = said(unit.get("/referrals/team/"))
        counted = re.search(rf" {re.escape(there.team)}(?: \d+){{4}} (\d+)", overview)
        assert int(counted[1]) == never.count(" No referral "), "as the overview counts them"
        other = Desk(site_on_sqlite, site_on_sqlite.user("police-supervisor", team="Night shift"))
        assert "names no incident of a team called Night shift" in said(other.get("/referrals/team/"))


# ---------------------------------------------------------------- grades


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
    monkeypatch.setattr(team_queries, "MOST", 2)
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


# ---------------------------------------------------------------- sentences held back

SOURCE = "This came from a CHIS who lives next door."


@pytest.fixture
def with_source(officer):
    told = msgspec.structs.replace(
        WITH_ADA, concern=Concern(wrong=f"He keeps drugs in the cot. {SOURCE} She is two.")
    )
    return sending.receive(officer.actor, told, form="one")


def test_a_guardian_lets_a_sentence_go_or_keeps_it_and_the_author_is_told_nothing(desk, officer, with_source):
    guardian, door = desk("identity-guardian"), desk("social-work-decision-maker")
    page = guardian.get("/referrals/held/").content.decode()
    assert with_source.reference in page
    assert "CHIS" not in page
    assert "may tell where intelligence came from" in page
    one = f"/referrals/held/{with_source.versions.get().held.get().pk}/"
    assert SOURCE in said(guardian.get(one))
    assert "CHIS" not in said(door.get("/referrals/queue/"))
    before = said(officer.get(f"/referrals/sent/{with_source.pk}/"))
    wrong = guardian.post(one, {"after": "released"})
    assert "Say why, in a sentence." in said(wrong)
    assert guardian.post(one, {"after": "released", "reason": "He said so himself."}).status_code == 302
    assert SOURCE in said(door.get(f"/referrals/sent/{with_source.pk}/"))
    assert guardian.post(one, {"after": "kept", "reason": "He did not."}).status_code == 302
    assert "CHIS" not in said(door.get(f"/referrals/sent/{with_source.pk}/"))
    assert said(officer.get(f"/referrals/sent/{with_source.pk}/")) == before
    ruled = [entry.leaf.action for entry in guardian.site.entries() if "sentence-" in entry.leaf.action]
    assert ruled == ["sentence-released", "sentence-kept"]
    assert "CHIS" not in "".join(str(entry.leaf) for entry in guardian.site.entries())


def test_what_was_ruled_on_does_not_wait_again_with_a_later_version(desk, officer, with_source):
    guardian = desk("identity-guardian")
    one = f"/referrals/held/{with_source.versions.get().held.get().pk}/"
    guardian.post(one, {"after": "kept", "reason": "It tells who."})
    again = msgspec.structs.replace(
        WITH_ADA,
        concern=Concern(wrong=f"He keeps drugs in the cot. {SOURCE} She is two.", history="Twice in May."),
    )
    sending.add(officer.actor, with_source, again, form="two")
    assert "Nobody has ruled on these None." in said(guardian.get("/referrals/held/"))


def test_a_guardian_of_another_partnership_has_nothing_here(desk, with_source):
    from footprint.web.accounts.models import Partner, Partnership

    elsewhere = Partnership.objects.create(id="elsewhere", name="Elsewhere")
    Partner.objects.create(partnership=elsewhere, code="office", name="Office", sector="office")
    Referral.objects.update(partnership=elsewhere)
    guardian = desk("identity-guardian")
    held = with_source.versions.get().held.get()
    assert guardian.get(f"/referrals/held/{held.pk}/").status_code == 404
    assert with_source.reference not in said(guardian.get("/referrals/held/"))
