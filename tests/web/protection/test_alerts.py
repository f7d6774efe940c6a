"""Scenario 11: staff snooping. Not blocked, weighed within the request, told by reference, reviewed by somebody from elsewhere.

A social worker looks up a neighbour at their own postcode, then a cousin of their own surname, then themselves, in a real case.
"""

import re

import pytest
import time_machine
from django.core.management import call_command

from footprint.web.notices.models import Notice
from footprint.web.protection.alerts.days import watch
from footprint.web.protection.models import Observation
from tests.web.cases.conftest import said
from tests.web.protection.conftest import DAY, HOUR, text_of
from tests.web.protection.town import HOME, IRIS, JUNE, LEE, MARA, NED, ZOE


def told(desk):
    return [one.sentence for one in Notice.objects.filter(membership__user=desk.user, kind="alert")]


def codes(observation):
    return [code for code, _ in observation.signs]


@pytest.fixture
def snoop(seat):
    """A social worker who declared where she lives, and works under a real case number."""
    return seat(name="Dana Whitlock", team="Front door").declares(HOME)


@pytest.fixture(autouse=True)
def rare_surname(monkeypatch):
    """In a town of a few people no name is rarer than another; here one is."""
    rare = {"whitlock": 4.2}
    monkeypatch.setattr("footprint.search.index.Index.rarity", lambda _, column, text: rare.get(text, -1.0))


def test_a_neighbour_then_a_cousin_then_oneself(snoop, seat, lead, site, town):
    # Not blocked, for it might be an emergency; weighed at once.
    neighbour = snoop.get(snoop.url_of(NED))
    assert "Ned" in said(neighbour)
    assert [(codes(one), one.is_alert) for one in snoop.observations] == [(["own-street"], False)] * 2
    cousin = snoop.get(snoop.url_of(IRIS))
    assert "Iris" in said(cousin)
    assert snoop.observations[-1].signs == [["same-surname", 4.2]]
    # Then her own home: refused, and an alert.
    assert snoop.get(snoop.url_of(LEE)).status_code == 403
    refused = snoop.observations[-1]
    assert refused.is_alert
    assert refused.score >= 10

    # Governance is told within minutes, by a reference alone.
    call_command("watch_use")
    sentences = told(lead)
    assert any(refused.reference in sentence for sentence in sentences)
    assert not any(re.search("Dana|Lee|Whitlock|Iris|Ned|MARF", sentence) for sentence in sentences)
    page = said(lead.get("/protection/alerts/"))
    assert "Dana Whitlock, Social work decision maker, Children’s social care, Front door" in page
    assert "Somebody of the home that the user declared as their own. (+10)" in page
    whole = text_of(lead.get(f"/protection/alerts/{refused.reference}/"))
    assert refused.receipts[0] in whole
    assert not re.search("Lee|Iris|Ned Crane|Alder Road|2012", whole)

    # She sees none of it and deletes nothing; a colleague of her unit does not review it.
    assert "A-" not in text_of(snoop.get("/notices/"))
    assert snoop.get(f"/protection/alerts/{refused.reference}/").status_code == 403
    colleague = seat("information-governance", "childrens-social-care", name="Tess Hale", team="Front door")
    answer = colleague.post(
        f"/protection/alerts/{refused.reference}/", outcome="explained", finding="I know her well."
    )
    assert answer.status_code == 403
    answer = lead.post(
        f"/protection/alerts/{refused.reference}/", outcome="misuse", finding="She had no reason to look."
    )
    assert answer.status_code == 302
    refused.refresh_from_db()
    assert (refused.outcome, refused.closed_by.user.name) == ("misuse", "Ingrid Vale")
    assert site.entries(action="alert-close")[-1].leaf.facts["alert"] == refused.reference


def test_near_misses_of_several_people_are_told_together(snoop, lead, seat):
    snoop.declares(relatives=[("Zoe Finch", "")])
    for whom in (NED, ZOE, IRIS):
        snoop.get(snoop.url_of(whom))
    assert not snoop.alerts
    watch()
    cluster = Observation.objects.get(span="user")
    assert codes(cluster) == ["near-misses"]
    assert cluster.is_alert
    assert len(told(lead)) >= 1
    watch()
    assert Observation.objects.filter(span="user").count() == 1


def test_searching_and_opening_one_neighbour_again_and_again_is_one_near_miss(snoop):
    url = snoop.url_of(NED)
    for _ in range(4):
        snoop.get(url)
    watch()
    assert Observation.objects.filter(span="user").count() == 0


def test_an_ex_partner_with_access_who_searches_for_the_hidden_raises_an_alert(seat, lead):
    """Scenario 8: whoever looks for a protected person is told no more than anybody, and is seen."""
    spy = seat(name="Rex Pryor")
    for whom in (MARA, JUNE):
        spy.asks(**whom)
    assert [(codes(one), one.is_alert) for one in spy.observations] == [(["protected"], True)] * 2


def test_a_search_by_a_shielded_address_is_seen_and_not_told(seat, guardians):
    guardians[0].post(
        "/protection/shields/new/",
        what="address",
        address="77 Thistle Road, WS7 5XX",
        reason="She has fled from him and nobody may find her.",
    )
    spy = seat(name="Rex Pryor")
    shielded = spy.asks("address", place="77 Thistle Road, WS7 5XX")
    plain = spy.asks("address", place="78 Thistle Road, WS7 5XX")
    assert "Nobody was found there" in said(shielded)
    assert [codes(one) for one in spy.observations] == [["protected-place"], []]
    assert said(shielded).replace("77", "78")[:200] == said(plain)[:200]


def test_every_look_up_leaves_one_row_alert_or_none(seat, lead):
    """What is done is the same, so that nobody can tell an alert by its time."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    worker = seat(name="Ada Lane")
    url = worker.url_of(ZOE)
    worker.get(url)
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            worker.get(url)
        asked.append([one["sql"].split()[:3] for one in captured.captured_queries])
        lead.post(
            "/protection/watched-over/new/", sort="name", name="Zoe Finch", why="Incident 4711", days="30"
        )
    assert [one.is_alert for one in worker.observations][-2:] == [False, True]
    assert asked[0] == asked[1]


def test_out_of_hours_and_without_a_reference_add_a_little(snoop, town):
    town.clock.move_to(town.now.replace(hour=22))
    snoop.signs_in_again()
    snoop.opens(reference="", no_reference="on")
    snoop.get(snoop.url_of(NED))
    opened = snoop.observations[-1]
    assert codes(opened) == ["own-street", "no-reference", "out-of-hours"]
    assert opened.is_alert


@pytest.mark.parametrize(
    "mine", [{"team": "Family Help North"}, {"team": "Front door", "name": "Rosa Bright"}]
)
def test_what_the_own_team_works_with_is_explained(seat, mine):
    worker = seat(**({"name": "Ada Lane"} | mine)).declares("1 Linden Row, WS7 4GH")
    worker.get(worker.url_of(ZOE))
    assert codes(worker.observations[-1]) == ["own-street", "team-holds"]
    assert worker.observations[-1].score == 1.5


def test_what_another_team_of_a_large_organisation_works_with_explains_nothing(seat):
    worker = seat(name="Ada Lane", team="Front door").declares("1 Linden Row, WS7 4GH")
    worker.get(worker.url_of(ZOE))
    assert codes(worker.observations[-1]) == ["own-street"]


def test_a_street_gone_through_in_one_day_is_an_alert_of_the_day(snoop, lead, site):
    (site.data / "watching.yaml").write_text(
        "street_people: 2\nwithout_reference: 2\nnear_misses: 9\n", encoding="utf-8"
    )
    snoop.opens(reference="", no_reference="on")
    for whom in (ZOE, IRIS):
        snoop.get(snoop.url_of(whom))
    watch()
    day = Observation.objects.get(span="day")
    assert "one-street" in codes(day)
    assert day.is_alert
    again = watch()
    assert (again, Observation.objects.filter(span="day").count()) == (0, 1)


def test_a_family_of_one_case_with_a_reference_is_no_street(snoop, site):
    (site.data / "watching.yaml").write_text(
        "street_people: 2\nwithout_reference: 2\nnear_misses: 9\n", encoding="utf-8"
    )
    for whom in (ZOE, IRIS):
        snoop.get(snoop.url_of(whom))
    watch()
    assert not Observation.objects.filter(span="day").exists()


def test_a_day_that_was_reviewed_stays_as_the_reviewer_saw_it(snoop, lead, site, town):
    (site.data / "watching.yaml").write_text(
        "street_people: 2\nwithout_reference: 2\nnear_misses: 9\n", encoding="utf-8"
    )
    snoop.opens(reference="", no_reference="on")
    for whom in (ZOE, IRIS):
        snoop.get(snoop.url_of(whom))
    watch()
    day = Observation.objects.get(span="day")
    lead.post(
        f"/protection/alerts/{day.reference}/", outcome="explained", finding="A street meeting was held."
    )
    town.clock.shift(HOUR)
    snoop.signs_in_again()
    snoop.get(snoop.url_of(NED))
    watch()
    day.refresh_from_db()
    assert len(day.receipts) == 4
    assert day.outcome == "explained"


def test_figures_of_the_partnership_hold_from_the_next_look_up(snoop, site):
    snoop.get(snoop.url_of(NED))
    assert not snoop.alerts
    (site.data / "watching.yaml").write_text("points: {own-street: 7}\n", encoding="utf-8")
    snoop.get(snoop.url_of(NED))
    assert len(snoop.alerts) == 2


def test_nobody_is_told_twice_and_nobody_of_the_own_unit(seat, lead):
    colleague = seat("information-governance", "childrens-social-care", name="Tess Hale", team="Front door")
    spy = seat(name="Rex Pryor", team="Front door")
    spy.asks(**MARA)
    assert watch() == 1
    assert watch() == 0
    assert (len(told(lead)), told(colleague)) == (1, [])


def test_somebody_is_named_to_review_it_and_then_nobody_else_does(seat, lead, site):
    spy = seat(name="Rex Pryor", team="Front door")
    spy.asks(**MARA)
    (alert,) = spy.alerts
    other = seat("information-governance", "police", name="Piers Cole")
    held = other.user.memberships.get()
    page = f"/protection/alerts/{alert.reference}/"
    assert lead.post(page, reviewer=held.pk).status_code == 302
    assert "With Piers Cole" in said(lead.get(page))
    assert lead.post(page, outcome="explained", finding="It was her case.").status_code == 403
    assert other.post(page, outcome="explained", finding="It was her case.").status_code == 302
    assert other.post(page, outcome="misuse", finding="I changed my mind.").status_code == 403
    assert "It belonged to their work. Reviewed by Piers Cole" in said(lead.get(page))
    assert {one.leaf.action for one in site.entries(kind="decision")} == {"alert-assign", "alert-close"}


def test_nobody_of_the_own_unit_can_be_named(seat, lead):
    spy = seat(name="Rex Pryor", team="Front door")
    spy.asks(**MARA)
    (alert,) = spy.alerts
    colleague = seat("information-governance", "childrens-social-care", name="Tess Hale", team="Front door")
    page = f"/protection/alerts/{alert.reference}/"
    assert "Tess Hale" not in text_of(lead.get(page))
    assert "Choose who reviews it" in said(lead.post(page, reviewer=colleague.user.memberships.get().pk))


def test_governance_reads_no_alert_about_itself(site, seat):
    both = seat(name="Rex Pryor")
    held = site.membership(both.user, "information-governance", "partnership")
    both.asks(**MARA)
    (alert,) = both.alerts
    as_lead = site.client(both.user, membership=held)
    assert alert.reference not in text_of(as_lead.get("/protection/alerts/"))
    assert as_lead.get(f"/protection/alerts/{alert.reference}/").status_code == 404


def test_reading_alerts_is_entered(lead, site):
    lead.get("/protection/alerts/")
    (entry,) = site.entries(kind="reading", action="alerts")
    assert entry.leaf.actor == lead.user.username


def test_without_its_row_no_answer_leaves(seat, monkeypatch):
    """The row is written with the outcome, in one transaction: there is no look-up that was not watched."""
    worker = seat(name="Ada Lane")
    url = worker.leads_to(**ZOE)

    def fail(*_, **__):
        raise RuntimeError("The table is gone")

    monkeypatch.setattr(Observation, "save", fail)
    worker.client.raise_request_exception = False
    answer = worker.get(url)
    assert answer.status_code == 500
    assert "Finch" not in text_of(answer)


def test_the_volume_of_a_usual_day_is_none(seat):
    worker = seat(name="Ada Lane")
    for day in range(5):
        with time_machine.travel(worker.town.now + day * DAY):
            worker.signs_in_again()
            worker.case = ""
            worker.get(worker.url_of(ZOE))
    watch(worker.town.now + 4 * DAY)
    assert not Observation.objects.exclude(span="look-up").exists()
