"""The first page: for those who ask their cases and the way on; for everybody else what they may do; a warning only for cause."""

import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone

from footprint.sharing.roles import ROLES, may_ask
from footprint.web.cases.first_pages import FIRST_PAGES
from footprint.web.cases.models import Case
from footprint.web.design.words import moment
from tests.web.cases.conftest import Desk, said


def test_who_asks_and_has_no_case_is_led_to_open_one(desk):
    page = said(desk.get("/"))
    assert "You have no open case" in page
    assert "Open a case" in page


def test_the_last_case_stands_first_with_every_way_to_go_on(desk):
    desk.opens(concerns="The older family")
    older = desk.case
    desk.opens(concerns="The newer family", reference="CR-2")
    assert re.search(r"Go on: The newer family.*Recent cases.*The older family", said(desk.get("/")))
    desk.case = older
    desk.asks(given="Emma", family="Arnold", born="1987-12-05")
    answer = desk.get("/")
    assert re.search(r"Go on: The older family.*Recent cases.*The newer family", said(answer))
    for kind in ("person", "family", "address"):
        assert f'href="{older}ask/{kind}/"' in answer.content.decode()


def test_a_case_is_told_by_its_purpose_in_words_and_its_reference(desk):
    desk.opens(purpose="s47", reference="CR-77")
    assert "Section 47 enquiry. CR-77." in said(desk.get("/"))


def test_the_cases_of_others_do_not_stand_there(desk, desk_of):
    desk_of("social-work-decision-maker").opens(concerns="The family of a colleague")
    assert "colleague" not in said(desk.get("/"))


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [
        ("overseer", ["/ledger/use/"]),
        ("independent-auditor", ["/ledger/oversight/", "/ledger/use/"]),
        ("exploitation-analyst", ["/ledger/use/", "/feeds/"]),
        ("adoption-gatekeeper", []),
        ("information-governance", ["/ledger/oversight/", "/protection/alerts/", "/breaches/", "/feeds/"]),
        ("identity-guardian", ["/protection/"]),
        ("data-steward", ["/who-is-who/", "/feeds/"]),
        ("administrator", ["/account/people/"]),
    ],
)
def test_each_role_that_opens_no_case_is_told_what_it_may_see_and_led_where_it_may_go(
    site_on_sqlite, role, leads_to
):
    client = site_on_sqlite.client(site_on_sqlite.user(role))
    answer = client.get("/")
    assert all(sentence in said(answer) for sentence in FIRST_PAGES[role])
    assert "Open a case" not in said(answer)
    links = re.findall(r'fp-case__name" href="([^"]+)"', answer.content.decode())
    assert [link for link in links if link in leads_to] == leads_to
    assert bool(links) == bool(leads_to)
    assert [client.get(link).status_code for link in links] == [200] * len(links)


def test_a_supervisor_sees_the_open_cases_of_the_own_team_and_who_opened_them_since_when(site_on_sqlite):
    site = site_on_sqlite
    officer = site.user("frontline", "police", team="East", name="Omar Birch")
    mine = {
        "partnership": site.partnership,
        "purpose": "front-door",
        "reference": "CRU-77",
        "opened_by": officer.memberships.get(),
    }
    shown = Case.objects.create(concerns="The Arnold family", **mine)
    Case.objects.create(concerns="A case that is closed", closed_at=timezone.now(), **mine)
    for team, partner in (("West", "police"), ("East", "acute-trust")):
        other = site.user("frontline", partner, team=team).memberships.get()
        Case.objects.create(concerns="A case of others", **(mine | {"opened_by": other}))
    sergeant = site.user("police-supervisor", "police", team="east")
    client = site.client(sergeant)
    page = said(client.get("/"))
    assert f"Opened by Omar Birch on {moment(shown.opened_at)}. front-door. CRU-77." in page
    assert "A case of others" not in page
    assert "A case that is closed" not in page
    assert client.get(f"/cases/{shown.pk}/").status_code == 200
    assert "Cases of your team" not in said(site.client(officer).get("/"))


@pytest.mark.parametrize(
    ("team", "sentence"),
    [
        ("", "Your account names no team"),
        ("North", "Nobody else of your team (North, Police) has an open case"),
    ],
)
def test_a_supervisor_without_team_cases_is_told_why(site_on_sqlite, team, sentence):
    sergeant = site_on_sqlite.user("police-supervisor", "police", team=team)
    assert sentence in said(site_on_sqlite.client(sergeant).get("/"))


def test_every_role_has_a_first_page():
    assert set(FIRST_PAGES) == {role.id for role in ROLES.values() if not may_ask(role.id)}


def test_nothing_is_said_of_freshness_while_all_is_fresh(desk):
    assert "too old to rely on" not in said(desk.get("/"))


def test_what_is_too_old_to_rely_on_is_said_at_once(desk, site, town):
    with time_machine.travel(town.now + dt.timedelta(days=60), tick=True):
        desk.client = site.client(desk.user)
        page = said(desk.get("/"))
    assert "Police: As of 20 November 2026: too old to rely on." in page


def test_where_nothing_is_published_the_page_says_so_and_stands(site_on_sqlite):
    desk = Desk(site_on_sqlite, site_on_sqlite.user("frontline"))
    answer = desk.get("/")
    assert answer.status_code == 200
    assert "Nothing is published yet, so nothing can be answered." in said(answer)


def test_a_notice_stands_on_the_first_page(desk, site):
    from django.db import transaction

    from footprint.web.notices.services import notify

    with transaction.atomic():
        notify(desk.user.memberships.all(), "test", "Somebody of your case was found to be two people.", "/")
    page = said(desk.get("/"))
    assert "1 notice for you" in page
    assert "found to be two people" in page
