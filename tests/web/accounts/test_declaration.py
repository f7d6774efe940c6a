"""Who may ask declares their own home and family first, once a year; what is taken back still blocks for a year."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from footprint.sharing.roles import ROLES
from footprint.web.accounts.queries import declared_by, not_theirs_to_look_up
from tests.web.accounts.signing import said

FAMILY = "/account/family/"
ADDRESS = {"text": "Flat 3,\n 12  Mill Lane", "postcode": "ws1 2aa", "is_now": "yes"}
RELATIVE = {"name": "Mira Novak", "born": "March 2015", "relation": "child"}
ASKS = sorted(role.id for role in ROLES.values() if {"ask", "ask-own-pupils", "steward"} & role.rights)


@pytest.fixture
def ana(site):
    return site.user(username="ana", declared=False)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_whoever_may_ask_is_led_there_first_and_nobody_else(site_on_sqlite, role):
    client = site_on_sqlite.client(site_on_sqlite.user(role, declared=False))
    response = client.get("/")
    led = response.status_code == 302 and response["Location"] == FAMILY
    assert led == (role in ASKS)
    assert client.get(FAMILY).status_code == 200  # no loop


def test_one_may_leave_or_look_at_ones_account_first(site, ana):
    client = site.client(ana)
    assert client.get("/account/").status_code == 200
    assert client.post("/account/sign-out/").status_code == 302


def test_a_declaration_opens_the_rest_for_a_year(site, ana):
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), tick=False) as clock:
        client = site.client(ana)
        assert client.post(FAMILY, {"is_complete": "on"})["Location"] == "/"
        assert client.get("/").status_code == 200
        clock.move_to(dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC))
        assert site.client(ana).get("/").status_code == 200
        clock.move_to(dt.datetime(2027, 3, 3, 9, tzinfo=dt.UTC))
        ana.refresh_from_db()
        assert site.client(ana).get("/")["Location"] == FAMILY


def test_it_counts_only_once_it_is_said_to_be_complete(site, ana):
    client = site.client(ana)
    page = client.post(FAMILY, {})
    assert "Tick the box" in said(page)
    assert client.get("/")["Location"] == FAMILY


def test_what_is_declared_stands_on_the_page_and_what_it_says_in_no_entry(site, ana):
    client = site.client(ana)
    assert client.post(f"{FAMILY}address/", ADDRESS)["Location"] == FAMILY
    assert client.post(f"{FAMILY}relative/", RELATIVE)["Location"] == FAMILY
    page = said(client.get(FAMILY))
    assert "Flat 3, 12 Mill Lane, WS1 2AA" in page
    assert "Mira Novak" in page
    assert "born March 2015, child" in page
    entries = site.entries(action="declaration-added")
    assert [
        (one.leaf.facts["what"], one.leaf.facts["addresses"], one.leaf.facts["relatives"]) for one in entries
    ] == [
        ("address", 1, 0),
        ("relative", 1, 1),
    ]
    assert "Mill Lane" not in repr(entries)
    assert "Mira" not in repr(entries)


def test_what_is_taken_back_leaves_the_page_and_blocks_for_a_year(site, ana):
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), tick=False) as clock:
        client = site.client(ana)
        client.post(f"{FAMILY}address/", ADDRESS)
        client.post(f"{FAMILY}relative/", RELATIVE)
        declared = declared_by(ana)
        client.post(f"{FAMILY}address/{declared.addresses[0].pk}/")
        client.post(f"{FAMILY}relative/{declared.relatives[0].pk}/")
        assert declared_by(ana) == ((), ())
        assert "Mira" not in said(client.get(FAMILY))
        clock.move_to(dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC))
        still = not_theirs_to_look_up(ana.pk)
        assert ([one.postcode for one in still.addresses], [one.name for one in still.relatives]) == (
            ["WS1 2AA"],
            ["Mira Novak"],
        )
        clock.move_to(dt.datetime(2027, 3, 3, 9, tzinfo=dt.UTC))
        assert not_theirs_to_look_up(ana.pk) == ((), ())
    assert len(site.entries(action="declaration-withdrawn")) == 2


def test_nobody_takes_back_what_somebody_else_declared(site, ana):
    site.client(ana).post(f"{FAMILY}address/", ADDRESS)
    number = declared_by(ana).addresses[0].pk
    other = site.client(site.user())
    assert other.post(f"{FAMILY}address/{number}/").status_code == 404
    assert len(declared_by(ana).addresses) == 1


@pytest.mark.parametrize(
    ("path", "typed", "changed", "sentence"),
    [
        ("address", ADDRESS, {"postcode": "Walsall"}, "This is not a postcode"),
        ("address", ADDRESS, {"postcode": "ZZ99 3VZ"}, "stand-in"),
        ("address", ADDRESS, {"text": ""}, "Enter the address"),
        ("address", ADDRESS, {"is_now": ""}, "Say whether you live there now"),
        ("relative", RELATIVE, {"born": "not known"}, "Enter the date of birth, or the year"),
        ("relative", RELATIVE, {"born": "31 2 2015"}, "no such day"),
        ("relative", RELATIVE, {"name": " "}, "Enter the name"),
        ("relative", RELATIVE, {"relation": "neighbour"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(site, ana, path, typed, changed, sentence):
    page = site.client(ana).post(f"{FAMILY}{path}/", typed | changed)
    assert page.status_code == 200
    assert sentence in said(page)
    assert declared_by(ana) == ((), ())


def test_nobody_else_sees_what_was_declared(site, ana):
    site.client(ana).post(f"{FAMILY}relative/", RELATIVE)
    admin = site.client(site.user("administrator"))
    assert "Mira" not in said(admin.get(f"/account/people/{ana.pk}/"))
    assert "Mira" not in said(site.client(site.user()).get(FAMILY))


def test_a_declaration_is_of_the_moment_it_was_made(site, ana):
    site.client(ana).post(FAMILY, {"is_complete": "on"})
    ana.refresh_from_db()
    assert abs(ana.declared_at - timezone.now()) < dt.timedelta(minutes=5)
    assert [entry.leaf.actor for entry in site.entries(action="declared")] == ["ana"]
