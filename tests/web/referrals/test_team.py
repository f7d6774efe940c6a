"""The supervisor's day: what left the team, what is late or missing, what nobody read; of teams, never of a person."""

import datetime as dt
import re

import msgspec
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from footprint.referrals.referral import Links, Safety, Said
from footprint.web.accounts.models import DeclaredRelative
from footprint.web.cases.published import published
from footprint.web.cases.scope import ChildThere
from footprint.web.notices.models import Notice
from footprint.web.referrals import services as sending
from footprint.web.referrals.desk import team_queries
from footprint.web.referrals.importing.services import take_file
from footprint.web.referrals.models import Feedback, Referral
from tests.web.cases.conftest import said
from tests.web.referrals.supervised import MONDAY, WITH_ADA, graded
from tests.web.referrals.test_importing import CY, written
from tests.web.referrals.writers import Desk


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
    assert "It does not say whether 999 was called" in page
    assert "gaps" not in page, "beside danger a count of blanks is noise, as in the queue"
    calm = msgspec.structs.replace(WITH_ADA, safety=Safety(danger_now=Said.NO))
    sent = sending.receive(officer.actor, calm, form="calm")
    assert f"{sent.gaps} gaps" in said(sergeant.get("/referrals/team/"))
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
        assert "has not acknowledged" not in said(sergeant.get("/referrals/team/"))
    with time_machine.travel(MONDAY + dt.timedelta(days=10)):
        page = said(Desk(sergeant.site, sergeant.user).get("/referrals/team/"))
    assert "1 day after it was noticed" in page
    assert "Not decided in time by the front door" in page
    assert "Late by" in page
    assert f"{officer.actor.name} has not acknowledged the decision" in page


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
        assert "has not acknowledged" not in said(sergeant.get("/referrals/team/"))
        assert "Response A 1 0 1 0 0" in said(unit.get("/referrals/team/"))


def test_a_supervisor_hears_who_wrote_what_is_answered(desk, door):
    """What another system sent nobody told the front door."""
    with time_machine.travel(MONDAY):
        desk("police-supervisor", team="Response A")
        take_file(written(door.site, CY.replace("Nowhere", "Response A")), "emarf-csv")
        sent = Referral.objects.get()
        taken = Desk(door.site, door.user)
        answer = taken.post(f"/referrals/desk/{sent.pk}/steps/accept/", {"moves": 1, "seen": 0})
        assert answer.status_code == 302
    (told,) = Notice.objects.filter(sentence__contains="There is an answer to")
    assert "which another system sent for your team" in told.sentence


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
        return len(made), sum("referrals_" in one["sql"] for one in made)

    sending.receive(officer.actor, WITH_ADA, form="one")
    # What is protected is read once by each process, and not again by the second page.
    few = [asked(), asked()][1]
    for number in range(12):
        sending.receive(officer.actor, WITH_ADA, form=f"more-{number}")
    assert asked() == few
    assert few[1] <= 12


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
