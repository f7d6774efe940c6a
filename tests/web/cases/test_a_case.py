"""A case: opened for a purpose that the agreement allows, completed, closed; never somebody else's."""

import datetime as dt
import re

import pytest
import time_machine

from footprint.ledger import LedgerUnavailable
from footprint.web.cases.models import Viewing
from footprint.web.cases.presenters import asked_without_place
from tests.web.cases.conftest import family_typed, said


def kinds(site):
    return [(entry.leaf.kind, entry.leaf.action) for entry in site.entries()]


def test_a_case_is_opened_and_entered_with_whom_it_concerns_sealed(desk, site):
    desk.opens(concerns="Leyla Hussain", reference="MARF-2026-00123")
    page = said(desk.get(desk.case))
    assert "Leyla Hussain" in page
    assert "Screening a contact or referral" in page
    assert "MARF-2026-00123" in page
    (entry,) = site.entries(action="case-open")
    assert (entry.leaf.kind, entry.leaf.case, entry.leaf.purpose) == (
        "change",
        "MARF-2026-00123",
        "front-door",
    )
    assert entry.leaf.policy_version.startswith("aldermarch-sharing/")
    assert entry.personal["concerns"] == "Leyla Hussain"


def test_the_purposes_are_those_that_the_agreement_lets_this_role_ask_for(desk, desk_of):
    everything = said(desk.get("/cases/new/"))
    assert "Section 47 enquiry" in everything
    assert "Checking who is who" not in everything
    school = said(desk_of("school-lead", "school-9284001").get("/cases/new/"))
    assert "Keeping a pupil safe" in school
    assert "Section 47 enquiry" not in school


def test_who_is_no_party_to_the_agreement_is_told_so(desk_of):
    page = said(desk_of("early-help", "early-help").get("/cases/new/"))
    assert "shares nothing with your role today" in page


def test_a_purpose_of_another_role_is_not_taken(desk_of):
    desk = desk_of("school-lead", "school-9284001")
    answer = desk.post("/cases/new/", concerns="Zoe", purpose="s47", reference="A-1")
    assert "Choose why you ask." in said(answer)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"concerns": ""}, "Write whom the case concerns"),
        ({"purpose": ""}, "Choose why you ask."),
        ({"purpose": "curiosity"}, "Choose why you ask."),
        ({"reference": ""}, "Write the reference, or tick that there is none yet."),
        ({"reference": "Leyla Hussain 2015"}, "with no name in it"),
        ({"reference": "Leyla Hussain 2015", "no_reference": "on"}, "with no name in it"),
        ({"concerns": "x" * 201}, "at most 200 letters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk, site, typed, sentence):
    right = {"concerns": "Leyla", "purpose": "front-door", "reference": "MARF-1"}
    answer = desk.post("/cases/new/", **(right | typed))
    assert answer.status_code == 200
    assert sentence in said(answer)
    assert "<title>Error: " in answer.content.decode()
    for field in ("concerns", "reference"):
        assert (right | typed)[field] in answer.content.decode()
    assert site.entries(action="case-open") == []


def test_a_case_without_a_reference_has_a_day_to_get_one(desk, town):
    desk.opens(reference="", no_reference="on")
    assert "None yet" in said(desk.get(desk.case))
    assert "complete by 21 November 2026 at 08:3" in said(desk.get("/"))
    assert "Overdue" not in said(desk.get("/"))


def test_a_reference_is_completed_and_the_entry_says_what_stood_before(desk, site):
    desk.opens(reference="", no_reference="on")
    assert "no name in it" in said(desk.post(f"{desk.case}reference/", reference="Leyla 1"))
    assert desk.post(f"{desk.case}reference/", reference="MARF-2026-7").status_code == 302
    assert "MARF-2026-7" in said(desk.get(desk.case))
    (entry,) = site.entries(action="case-reference")
    assert entry.leaf.case == "MARF-2026-7"
    assert entry.leaf.facts["before"].startswith("no-reference:")
    assert entry.leaf.facts["late"] is False


def test_an_overdue_case_can_still_be_used_and_says_so_as_do_its_entries(desk, site, town):
    desk.opens(reference="", no_reference="on")
    with time_machine.travel(town.now + dt.timedelta(hours=25), tick=True):
        desk.client = site.client(desk.user)
        assert "Overdue" in said(desk.get("/"))
        assert "You can go on asking" in said(desk.get(desk.case))
        page = said(desk.asks(given="Emma", family="Arnold", born="1987-12-05"))
        assert "Overdue" in page
        assert "Emma Arnold" in page
        asked = site.entries(action="search")
        assert [entry.leaf.facts["reference-overdue"] for entry in asked] == [True, True]
        desk.post(f"{desk.case}reference/", reference="MARF-2026-7")
        (entry,) = site.entries(action="case-reference")
        assert entry.leaf.facts["late"] is True
        assert "Overdue" not in said(desk.get("/"))


def test_in_a_closed_case_nothing_is_asked(desk, site):
    answer = desk.leads_to(given="Emma", family="Arnold", born="1987-12-05")
    assert desk.post(f"{desk.case}close/").status_code == 302
    assert "no open case" in said(desk.get("/"))
    assert "This case is closed" in said(desk.get(desk.case))
    before = len(site.entries())
    for url in (f"{desk.case}ask/person/", f"{desk.case}ask/family/", f"{desk.case}ask/address/", answer):
        refused = desk.get(url)
        assert refused.status_code == 403
        assert "This case is closed. Open a new one to ask again." in said(refused)
    assert desk.post(f"{desk.case}ask/person/", given="Emma", family="Arnold", born="1987").status_code == 403
    assert len(site.entries()) == before


def test_closing_is_asked_first_and_getting_the_page_closes_nothing(desk, site):
    desk.opens()
    page = said(desk.get(f"{desk.case}close/"))
    assert "Close this case?" in page
    assert "The Arnold family" in page
    assert "nothing new about" not in page
    assert "Ask about a person" in said(desk.get(desk.case))
    assert site.entries(action="case-close") == []


@pytest.mark.parametrize(
    ("kind", "typed", "remains"),
    [
        ("address", {"place": "3 Abbey Road, WS9 1AA"}, "An address"),
        ("person", {"given": "Emma", "family": "Arnold", "place": "3 Abbey Road, WS9 1AA"}, "Emma Arnold"),
        ("person", {"place": "3 Abbey Road, WS9 1AA", "family": "Arnold"}, "Arnold"),
        (
            "family",
            {"place": "3 Abbey Road", "people": [{"given": "Emma", "family": "Arnold"}]},
            "Family: Emma Arnold",
        ),
        ("person", {"place": "WS9 1AA"}, "A person"),
    ],
)
def test_of_a_closed_case_no_address_is_told_whether_it_was_shielded_since_or_not(kind, typed, remains):
    assert asked_without_place(kind, typed) == remains


def test_what_was_typed_is_listed_to_whoever_typed_it_and_no_address_to_anybody(desk, desk_of):
    officer = desk_of("frontline", "police", team="East")
    officer.opens()
    address = officer.leads_to("address", place="3 Abbey Road, WS9 1AA")
    family = officer.leads_to(
        "family", **family_typed([("Emma", "Arnold", "5/12/1987")], "3 Abbey Road, WS9 1AA")
    )
    sergeant = desk_of("police-supervisor", "police", team="East")
    for is_closed in (False, True):
        mine, theirs = (said(reader.get(officer.case)) for reader in (officer, sergeant))
        assert "Family: Emma Arnold" in mine
        assert "A family" in theirs
        assert "Emma" not in theirs
        for page in (mine, theirs):
            assert "An address" in page
            assert "Abbey" not in page
        if not is_closed:
            assert "You asked: 3 Abbey Road, WS9 1AA" in said(officer.get(address))
            seen = said(sergeant.get(address))
            assert f"{officer.user.name} asked: An address" in seen
            assert "Abbey" not in seen
            assert "Abbey" not in sergeant.get(family).content.decode()
            for kind, url in (("address", address), ("family", family), ("person", family)):
                again = f"{officer.case}ask/{kind}/?again={url.rstrip('/').rpartition('/')[2]}&member=0"
                assert officer.get(again).status_code == 200
                assert sergeant.get(again).status_code == 404
            assert sergeant.post(address, flat="2").status_code == 404
            officer.post(f"{officer.case}close/")


def test_a_case_lists_whom_its_reader_opened_in_it_and_leads_back(desk, desk_of, site, town):
    officer = desk_of("frontline", "police", team="East")
    found = officer.asks(
        given="Emma", family="Arnold", born="5/12/1987", place="Flat A, 10 Hope Grove, WS1 4PG"
    )
    assert "Whom you opened" not in said(officer.get(officer.case))
    emma = re.search(r'href="(/cases/[^/"]+/people/[^/"]+/)"', found.content.decode())[1]
    officer.get(emma)
    seen = len(Viewing.objects.all())
    page = officer.get(officer.case)
    listed = said(page).partition("Whom you opened")[2].partition("What was asked")[0]
    assert re.search(r"Emma Arnold Born 5 December 1987, aged 38", listed, re.IGNORECASE)
    assert f'href="{emma}"' in page.content.decode()
    entries = site.entries(action="named-again")
    assert [(entry.leaf.kind, entry.leaf.count, list(entry.leaf.shown)) for entry in entries] == [
        ("intent", 0, []),
        ("outcome", 1, []),
    ]
    assert len(Viewing.objects.all()) == seen, "who is only named again was not looked up"
    assert "Whom you opened" not in said(
        desk_of("police-supervisor", "police", team="East").get(officer.case)
    )
    town.decide("shield", "police/person-id/EMMA")
    assert "Protected" in said(officer.get(officer.case)).partition("Whom you opened")[2]
    town.decide("erase", town.person("police/person-id/EMMA"))
    assert "Whom you opened" not in said(officer.get(officer.case))


def test_a_case_is_reached_while_the_record_of_look_ups_is_away(desk_on_sqlite, monkeypatch):
    desk = desk_on_sqlite

    def unavailable(*_, **__):
        raise LedgerUnavailable("The disk is full.")

    found = desk.asks(given="Emma", family="Arnold", born="5/12/1987", place="Flat A, 10 Hope Grove, WS1 4PG")
    desk.get(re.search(r'href="(/cases/[^/"]+/people/[^/"]+/)"', found.content.decode())[1])
    monkeypatch.setattr("footprint.web.cases.views.named_again", unavailable)
    page = said(desk.get(desk.case))
    assert "Write a referral" in page
    assert "Whom you opened cannot be listed now" in page


def test_a_case_is_closed_once(desk, site):
    desk.opens()
    desk.post(f"{desk.case}close/")
    desk.post(f"{desk.case}close/")
    assert len(site.entries(action="case-close")) == 1


def test_a_case_is_nobody_elses(desk, desk_of):
    answer = desk.leads_to(given="Emma", family="Arnold", born="1987-12-05")
    colleague = desk_of("social-work-decision-maker")
    elsewhere = desk_of("frontline", "police")
    nowhere = desk.get("/cases/aaaaaaaaaaaaaaaaaaaaaa/").content
    for other in (colleague, elsewhere):
        for url in (desk.case, f"{desk.case}reference/", f"{desk.case}ask/person/", answer):
            refused = other.get(url)
            assert refused.status_code == 404
            assert said(refused) == said(desk.get("/cases/aaaaaaaaaaaaaaaaaaaaaa/"))
        assert other.post(f"{desk.case}close/").status_code == 404
    assert b"There is nothing here for you" in nowhere


def test_a_supervisor_reaches_the_cases_of_their_own_team_alone(desk_of):
    officer = desk_of("frontline", "police", team="East")
    officer.opens(concerns="A family in the east")
    west = desk_of("frontline", "police", team="West")
    west.opens(concerns="A family in the west")
    nurse = desk_of("navigator", "acute-trust", team="East")
    nurse.opens(concerns="A patient")
    sergeant = desk_of("police-supervisor", "police", team="East")
    page = said(sergeant.get("/"))
    assert "A family in the east" in page
    assert "A family in the west" not in page
    assert "A patient" not in page
    assert sergeant.get(officer.case).status_code == 200
    assert sergeant.get(west.case).status_code == 404
    assert sergeant.get(nurse.case).status_code == 404
    teamless = desk_of("police-supervisor", "police")
    assert teamless.get(officer.case).status_code == 404


def test_what_a_supervisor_asks_in_an_officers_case_is_in_the_supervisors_name(desk_of, site):
    officer = desk_of("frontline", "police", team="East")
    answer = officer.leads_to(given="Emma", family="Arnold", born="1987-12-05")
    sergeant = desk_of("police-supervisor", "police", team="East", name="Sgt Birch")
    assert "Shown to Sgt Birch" in sergeant.get(answer).content.decode()
    assert {entry.leaf.actor for entry in site.entries(action="search")} == {sergeant.user.username}


def test_a_case_of_another_job_of_the_same_person_is_not_reached(desk, site):
    desk.opens()
    second = site.membership(desk.user, "navigator", "acute-trust")
    elsewhere = site.client(desk.user, membership=second)
    assert elsewhere.get(desk.case).status_code == 404
    assert "The Arnold family" not in said(elsewhere.get("/"))
