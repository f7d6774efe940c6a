"""Coming to a case from another system: once, within ten minutes, as a user of that system's own partner."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from tests.web.cases.conftest import said
from tests.web.cases.links import claims, connect, token

NO_WAY = "This link cannot be followed"


@pytest.fixture
def officer(site, town, desk_of):
    connect(site.data)
    return desk_of("frontline", "police")


def link(**other):
    return f"/cases/from/{token(claims(timezone.now(), **other))}/"


def test_a_reference_that_is_new_leads_to_the_form_already_filled_in(officer, site):
    answer = officer.get(link())
    assert answer.status_code == 302
    assert answer["Location"] == "/cases/new/?sent"
    page = officer.get(answer["Location"])
    assert "Niche sent you here" in said(page)
    assert 'value="CR-2026-0117"' in page.content.decode()
    assert page.content.decode().count(" checked") == 1
    opened = officer.client.post(
        answer["Location"],
        {"concerns": "The Arnolds", "purpose": "front-door", "reference": "CR-2026-0117"},
    )
    assert opened.status_code == 302
    (entry,) = site.entries(action="case-open")
    assert entry.leaf.facts["system"] == "niche"


def test_a_reference_of_ones_own_case_leads_to_that_case(officer):
    mine = officer.opens(reference="cr-2026-0117")
    assert officer.get(link())["Location"] == mine


def test_a_case_for_another_purpose_or_of_somebody_else_is_not_that_case(officer, desk_of):
    officer.opens(reference="CR-2026-0117", purpose="s47")
    desk_of("frontline", "police").opens(reference="CR-2026-0117")
    assert officer.get(link())["Location"] == "/cases/new/?sent"


def test_a_link_is_followed_once(officer, site, desk_of):
    address = link()
    assert officer.get(address).status_code == 302
    again = officer.get(address)
    assert again.status_code == 400
    assert NO_WAY in said(again)
    assert desk_of("frontline", "police").get(address).status_code == 400
    refused = site.entries(kind="refusal", action="link")
    assert [entry.leaf.facts["why"] for entry in refused] == ["followed-before", "followed-before"]


def test_a_link_ends_after_its_time(officer, site, town):
    address = link()
    with time_machine.travel(town.now + dt.timedelta(minutes=11), tick=True):
        officer.client = site.client(officer.user)
        assert NO_WAY in said(officer.get(address))
    (entry,) = site.entries(kind="refusal", action="link")
    assert entry.leaf.facts["why"] == "expired"


def test_a_nonce_is_forgotten_when_its_link_has_ended(officer, site, town):
    from footprint.web.cases.models import UsedLink

    officer.get(link())
    assert UsedLink.objects.count() == 1
    with time_machine.travel(town.now + dt.timedelta(minutes=30), tick=True):
        officer.client = site.client(officer.user)
        officer.get(link())
        assert UsedLink.objects.count() == 1


def test_a_link_of_another_partner_leads_nowhere(officer, desk, site):
    assert NO_WAY in said(desk.get(link()))
    (entry,) = site.entries(kind="refusal", action="link")
    assert (entry.leaf.actor, entry.leaf.facts["why"]) == (desk.user.username, "another-partner")


def test_a_purpose_for_which_this_user_may_not_ask_leads_nowhere(officer):
    assert NO_WAY in said(officer.get(link(purpose="pupil")))


def test_every_refusal_is_the_same_page_and_says_what_to_do(officer, desk):
    address = link()
    officer.get(address)
    pages = {
        officer.get(address).content.split(b"<main", 1)[1].split(b"</main>")[0],
        officer.get(link(exp=1)).content.split(b"<main", 1)[1].split(b"</main>")[0],
        officer.get(f"{link()[:-3]}/").content.split(b"<main", 1)[1].split(b"</main>")[0],
        officer.get("/cases/from/nonsense/").content.split(b"<main", 1)[1].split(b"</main>")[0],
        desk.get(link()).content.split(b"<main", 1)[1].split(b"</main>")[0],
    }
    assert len(pages) == 1
    assert "Go back to that system and follow it again." in pages.pop().decode()


def test_who_is_not_signed_in_comes_back_to_the_link_afterwards(officer, site):
    address = link()
    sent = site.client().get(address)
    assert sent.status_code == 302
    assert sent["Location"].startswith("/account/sign-in/?next=%2Fcases%2Ffrom%2F")
    assert officer.get(address).status_code == 302


def test_what_a_link_said_is_gone_when_another_case_is_opened(officer):
    officer.get(link())
    assert "CR-2026-0117" not in officer.get("/cases/new/").content.decode()
    assert "Niche sent you" not in said(officer.get("/cases/new/?sent"))


def test_a_key_that_is_missing_is_the_operators_to_mend_and_no_way_in(officer, site, caplog):
    (site.data / "keys" / "niche.secret").unlink()
    assert NO_WAY in said(officer.get(link()))
    assert "niche.secret cannot be read" in caplog.text
