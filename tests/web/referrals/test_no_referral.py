"""An incident that needs no referral: ruled by name, entered, visible, counted, and taken back; of the own team alone."""

import datetime as dt
import re
from urllib.parse import urlencode

import msgspec
import pytest
import time_machine
from django.utils import timezone

from footprint.decisions import Decision, Subject
from footprint.referrals.missing import How
from footprint.referrals.referral import Links
from footprint.web.cases.published import published
from footprint.web.ledger.store import decisions
from footprint.web.referrals import services as sending
from footprint.web.referrals.auditing.measuring import queries as measuring
from footprint.web.referrals.desk import no_referral_services, team_queries, unanswered_queries
from footprint.web.referrals.models import NoReferral
from tests.web.cases.conftest import said
from tests.web.referrals.audited import at
from tests.web.referrals.supervised import WITH_ADA
from tests.web.referrals.writers import Desk

WHY = {"reason": "with-worker", "words": ""}


@pytest.fixture
def missing(site_on_sqlite, borough):
    """A team's latest incident at which a child was, three days later: its reference, and the team's supervisor."""
    site_on_sqlite.use(borough)
    there = max(published().children_there("police"), key=lambda one: one.day)
    with time_machine.travel(dt.datetime.fromisoformat(f"{there.day}T12:00:00+00:00") + dt.timedelta(days=3)):
        yield there, Desk(site_on_sqlite, site_on_sqlite.user("police-supervisor", team=there.team))


def url(reference):
    return f"{at('no_referral')}?incident={reference}"


def test_it_leaves_the_list_stays_visible_and_is_taken_back(missing):
    there, sergeant = missing
    assert f"{there.reference} No referral" in said(sergeant.get(at("team")))
    page = said(sergeant.get(url(there.reference)))
    assert f"Incident {there.reference} needs no referral" in page
    assert "Choose why it needs no referral" in said(sergeant.post(url(there.reference)))
    for _ in range(2):
        answer = sergeant.post(url(there.reference), WHY)
    assert answer.status_code == 404, "a second time there is nothing to rule"
    page = said(sergeant.get(at("team")))
    assert f"{there.reference} No referral" not in page
    assert "Of 1 it was ruled that none is needed" in page
    assert f"Told to the worker whom the family already has. {sergeant.actor.name}," in page
    (entry,) = sergeant.site.entries(action="no-referral")
    assert (entry.leaf.case, entry.leaf.facts["reason"]) == (there.reference, "with-worker")
    ruling = NoReferral.objects.get()
    assert sergeant.post(at("no_referral_undo", ruling.pk)).status_code == 302
    assert f"{there.reference} No referral" in said(sergeant.get(at("team")))
    assert sergeant.post(at("no_referral_undo", ruling.pk)).status_code == 404
    assert len(sergeant.site.entries(action="no-referral-undone")) == 1
    sergeant.post(url(there.reference), WHY)
    assert NoReferral.objects.count() == 2, "what was taken back stays"


def test_what_went_unanswered_is_not_forgotten_by_its_age(missing):
    """After four weeks it leaves the team's day; until it is a year old it stays in a list, of which the unit has the counts."""
    there, sergeant = missing
    site, team, reference = sergeant.site, there.team, there.reference
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        sergeant, unit = Desk(site, sergeant.user), Desk(site, site.user("central-referral-unit"))
        officer = Desk(site, site.user("frontline", team=team))
        other = Desk(site, site.user("police-supervisor", team="Night shift"))
        assert reference not in said(sergeant.get(at("team")))
        page = said(sergeant.get(at("unanswered")))
        assert f"{reference} No referral" in page
        count = int(
            re.search(r"longer ago than four weeks .* of the incidents that you may see: (\d+)\.", page)[1]
        )
        overview = said(unit.get(at("unanswered")))
        assert f"{team} {count}" in overview
        own = f"{at('unanswered')}?{urlencode({'team': team})}"
        assert own.partition("?")[2] in unit.get(at("unanswered")).content.decode()
        assert unit.get(f"{own}&page=99").status_code == 200
        assert unit.get(f"{at('unanswered')}?team=Nobody").status_code == 404
        assert "none went unanswered" in said(other.get(at("unanswered")))
        sending.receive(other.actor, WITH_ADA, form="of a team without one")
        assert "none went unanswered" in said(unit.get(f"{at('unanswered')}?team=Night+shift"))
        assert "It needs no referral" not in said(unit.get(own))
        assert sergeant.site.entries(action="referral-unanswered")

        answer = sergeant.post(url(reference), WHY)
        assert answer.headers["Location"] == at("unanswered")
        page = said(sergeant.get(at("unanswered")))
        assert f"{reference} No referral" not in page
        assert reference in page.partition("Ruled to need none")[2]
        assert other.post(at("no_referral_undo", NoReferral.objects.get().pk)).status_code == 404
        sergeant.post(at("no_referral_undo", NoReferral.objects.get().pk))
        assert f"{reference} No referral" in said(sergeant.get(at("unanswered")))

        late = timezone.now() + dt.timedelta(days=330)
        assert unanswered_queries.older(unit.actor, late, None).standings
        assert not unanswered_queries.older(unit.actor, late + dt.timedelta(days=9), None).standings

        told = msgspec.structs.replace(WITH_ADA, links=Links(incident=reference.replace("/", " ")))
        sending.receive(officer.actor, told, form="late")
        assert reference not in said(sergeant.get(at("unanswered")))


def test_a_ruling_without_a_reason_in_itself_needs_words(missing):
    there, sergeant = missing
    alone = sergeant.post(url(there.reference), {"reason": "supervisor"})
    assert "Write why you decided so" in said(alone)
    sergeant.post(url(there.reference), {"reason": "supervisor", "words": "It was a neighbour's television."})
    (entry,) = sergeant.site.entries(action="no-referral")
    assert "television" not in str(entry.leaf)
    assert "It was a neighbour’s television" in said(sergeant.get(at("team"))).replace("'", "’")


def test_its_words_are_masked_by_what_is_protected_since(missing):
    there, sergeant = missing
    sergeant.post(
        url(there.reference), {"reason": "supervisor", "words": "It was at 12 Alder Road, WS1 1AA."}
    )
    other = Desk(sergeant.site, sergeant.site.user("police-supervisor", team=there.team))
    assert "12 Alder Road" in said(other.get(at("team")))
    decisions().add(
        Decision(
            id="d-1", kind="shield", subjects=(Subject("address", "WS11AA||12"),), partnership="town",
            reason="A refuge.", by="guardian", at=timezone.now().isoformat(),
        )
    )  # fmt: skip
    assert "Alder" not in said(other.get(at("team")))
    assert "12 Alder Road" in said(sergeant.get(at("team"))), "its writer is told nothing by a mask"


def test_whom_a_ruling_erased_since_is_at_no_incident_of_any_page(missing):
    """Who may be known is remembered until somebody rules."""
    there, sergeant = missing
    unit = Desk(sergeant.site, sergeant.site.user("central-referral-unit"))
    older = dt.datetime.now(dt.UTC) + dt.timedelta(days=30)

    def listed():
        return there.reference in said(sergeant.get(at("team"))), {
            one.incident.reference for one in unanswered_queries.older(unit.actor, older, None).standings
        }

    assert listed()[0]
    assert there.reference in listed()[1]
    records = {one.record for one in published().children_there("police") if one.reference == there.reference}
    decisions().add(
        Decision(
            id="d-2", kind="erase", subjects=tuple(Subject("record", key) for key in sorted(records)),
            partnership="town", reason="Asked for.", by="steward", at=timezone.now().isoformat(),
        )
    )  # fmt: skip
    on_the_day, afterwards = listed()
    assert not on_the_day
    assert there.reference not in afterwards


def test_nobody_rules_on_another_teams_incident_or_on_one_that_is_not_there(missing):
    there, sergeant = missing
    other = Desk(sergeant.site, sergeant.site.user("police-supervisor", team="Night shift"))
    assert other.post(url(there.reference), WHY).status_code == 404
    assert sergeant.post(url("20/000/26"), WHY).status_code == 404
    assert sergeant.get(at("no_referral")).status_code == 404
    sergeant.post(url(there.reference), WHY)
    assert other.post(at("no_referral_undo", NoReferral.objects.get().pk)).status_code == 404
    assert sergeant.site.entries(action="no-referral-undone") == []


def test_what_may_still_come_in_time_is_not_counted_as_missing(missing):
    there, sergeant = missing

    def of_team():
        found = measuring.followed(sergeant.actor, [there.day[:7]])
        return sum(one.of for one in found if one.team == there.team)

    overdue = of_team()
    with time_machine.travel(dt.datetime.fromisoformat(f"{there.day}T12:00:00+00:00")):
        assert of_team() < overdue


def test_it_is_counted_beside_those_that_a_referral_names(missing):
    there, sergeant = missing
    month = there.day[:7]

    def of_team():
        found = measuring.followed(sergeant.actor, [month])
        (one,) = [one for one in found if (one.team, one.month) == (there.team, month)]
        return one

    before = of_team()
    no_referral_services.rule(sergeant.actor, there.reference, "no-child", "")
    assert of_team()[2:] == (before.named, before.of - 1, 1)
    (standing,) = [
        one
        for one in team_queries.incidents_of(sergeant.actor, dt.datetime.now(dt.UTC)).standings
        if one.incident.reference == there.reference
    ]
    assert standing.how is How.NOT_NEEDED


def test_on_each_database_one_ruling_stands_at_a_time(site):
    sergeant = Desk(site, site.user("police-supervisor", team="A"))
    first = no_referral_services.rule(sergeant.actor, "20/1/26", "no-child", "")
    assert no_referral_services.rule(sergeant.actor, "20 1 26", "same-event", "") == first
    for _ in range(2):
        no_referral_services.undo(sergeant.actor, first)
    assert len(site.entries(action="no-referral-undone")) == 1
    no_referral_services.rule(sergeant.actor, "20/1/26", "no-child", "")
    assert NoReferral.objects.filter(undone_at=None).count() == 1
