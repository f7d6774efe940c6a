"""A session ends when nobody uses it, after a shift, when its owner says so, and when they no longer work here."""

import datetime as dt
from unittest import mock

import pytest
import time_machine
from django.utils import timezone

from footprint.ledger import LedgerUnavailable
from footprint.web.accounts.models import Membership
from tests.web.accounts.signing import said, sign_in
from tests.web.sites import PASSWORD, signed_in_as

ACCOUNT, SESSIONS = "/account/", "/account/sessions/"
MORNING = dt.datetime(2026, 11, 26, 8, tzinfo=dt.UTC)


@pytest.fixture
def ana(site):
    return site.user("administrator", username="ana", password=PASSWORD)


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as travelling:
        yield travelling


def test_what_is_used_stays_open(clock, site, ana):
    client = site.client(ana)
    for _ in range(5):
        assert client.get(ACCOUNT).status_code == 200
        clock.shift(dt.timedelta(minutes=29))
    assert client.get(ACCOUNT).status_code == 200


def test_half_an_hour_unused_ends_it_and_leads_back_to_where_it_was(clock, site, ana):
    client = site.client(ana)
    client.get(ACCOUNT)
    clock.shift(dt.timedelta(minutes=31))
    ended = client.get(ACCOUNT)
    assert ended["Location"] == "/account/sign-in/?ended=idle&next=%2Faccount%2F"
    assert "nothing was done for a while" in said(client.get(ended["Location"]))
    assert signed_in_as(client) is None
    (entry,) = site.entries(action="session-ended")
    assert (entry.leaf.actor, entry.leaf.facts["why"]) == ("ana", "idle")


def test_a_shift_ends_it_however_much_it_is_used(clock, site, ana):
    client = site.client(ana)
    for _ in range(36):
        client.get(ACCOUNT)
        clock.shift(dt.timedelta(minutes=20))
    assert client.get(ACCOUNT).status_code == 200
    clock.shift(dt.timedelta(minutes=1))
    assert client.get(ACCOUNT)["Location"].startswith("/account/sign-in/?ended=shift")


def test_it_ends_even_while_the_ledger_is_down(clock, site, ana):
    client = site.client(ana)
    client.get(ACCOUNT)
    clock.shift(dt.timedelta(minutes=31))
    with mock.patch("footprint.ledger.ledger.Ledger.record", side_effect=LedgerUnavailable("down")):
        assert client.get(ACCOUNT).status_code == 503
    assert signed_in_as(client) is None


def test_what_a_post_held_is_not_kept_when_the_session_is_over(clock, site, ana):
    client = site.client(ana)
    client.get(ACCOUNT)
    clock.shift(dt.timedelta(minutes=31))
    ended = client.post(SESSIONS, {"session": "x"})["Location"]
    assert ended == "/account/sign-in/?ended=idle-unsent"
    assert "What you had written was not sent, and is not kept." in said(client.get(ended))


def test_of_a_button_alone_nothing_is_said_to_be_lost(clock, site_on_sqlite):
    client = site_on_sqlite.client(site_on_sqlite.user("administrator"))
    client.get(ACCOUNT)
    clock.shift(dt.timedelta(minutes=31))
    form = {"referer": "http://testserver/notices/"}
    ended = client.post("/notices/read/", {"csrfmiddlewaretoken": "x"}, headers=form)
    assert ended["Location"] == "/account/sign-in/?ended=idle&next=%2Fnotices%2F"


@pytest.mark.parametrize(
    ("form", "leads_to"),
    [
        ("http://testserver/account/sessions/?again=7", "&next=%2Faccount%2Fsessions%2F%3Fagain%3D7"),
        ("http://testserver/notices/read/", "&next=%2F"),
        ("http://testserver/nowhere/", "&next=%2F"),
        ("https://elsewhere.test/account/sessions/", ""),
        ("http://testserver//elsewhere.test/account/", ""),
        ("not an address at all", ""),
    ],
)
def test_whoever_signs_in_again_stands_before_the_form_they_sent_if_it_was_ours(
    clock, site_on_sqlite, form, leads_to
):
    client = site_on_sqlite.client(site_on_sqlite.user("administrator"))
    client.get(ACCOUNT)
    clock.shift(dt.timedelta(minutes=31))
    ended = client.post(SESSIONS, {"session": "x"}, headers={"referer": form})
    assert ended["Location"] == f"/account/sign-in/?ended=idle-unsent{leads_to}"


def test_one_sees_ones_sessions_and_ends_one(site, ana):
    here, there = site.client(ana), site.client(ana, strength="passkey")
    page = said(here.get(SESSIONS))
    assert "(this one)" in page
    assert "by passkey" in page
    mark = here.get(SESSIONS).content.decode().split('name="session" value="')[1].split('"')[0]
    assert here.post(SESSIONS, {"session": mark}).status_code == 302
    assert signed_in_as(there) is None
    assert there.get(ACCOUNT)["Location"].startswith("/account/sign-in/")
    assert signed_in_as(here) == ana
    assert [entry.leaf.facts["ended"] for entry in site.entries(action="session-ended")] == [mark]


def test_nobody_ends_a_session_of_somebody_else(site, ana):
    mine, theirs = site.client(ana), site.client(site.user("administrator"))
    mark = mine.get(SESSIONS).wsgi_request.actor.session
    theirs.post(SESSIONS, {"session": mark})
    assert signed_in_as(mine) == ana
    assert site.entries(action="session-ended") == []


def test_all_others_end_at_once(site, ana):
    here, *others = (site.client(ana) for _ in range(3))
    here.post(SESSIONS)
    assert [signed_in_as(one) for one in others] == [None, None]
    assert signed_in_as(here) == ana


def test_a_new_password_ends_every_other_session(site, ana):
    here, there = site.client(ana), site.client(ana)
    fresh = "seven sober herons walk"
    changed = here.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    )
    assert changed["Location"] == ACCOUNT
    assert here.get(ACCOUNT).status_code == 200
    assert there.get(ACCOUNT)["Location"].startswith("/account/sign-in/")
    assert sign_in(site.client(), "ana", fresh).status_code == 302
    assert len(site.entries(action="password-changed")) == 1


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("x", "seven sober herons walk", "seven sober herons walk", "This password is not right"),
        (PASSWORD, "short", "short", "at least 12 characters"),
        (PASSWORD, "password1234", "password1234", "too common"),
        (PASSWORD, "seven sober herons walk", "seven sober herons", "same password each time"),
    ],
)
def test_a_password_is_changed_only_for_a_better_one_by_who_knows_the_old(
    site, ana, old, new, again, sentence
):
    page = site.client(ana).post(
        "/account/password/", {"oldpassword": old, "password1": new, "password2": again}
    )
    assert sentence in said(page)
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


def test_guessing_the_old_password_locks(site, ana):
    client = site.client(ana)
    typed = {
        "oldpassword": "x",
        "password1": "seven sober herons walk",
        "password2": "seven sober herons walk",
    }
    codes = [client.post("/account/password/", typed).status_code for _ in range(5)]
    assert codes == [200] * 4 + [429]
    assert [entry.leaf.actor for entry in site.entries(action="confirm")] == ["ana"] * 5


def test_a_leaver_is_out_with_their_next_click(site, ana):
    client = site.client(ana)
    assert client.get(ACCOUNT).status_code == 200
    Membership.objects.filter(user=ana).update(ended_at=timezone.now())
    page = client.get(ACCOUNT)
    assert page.status_code == 403
    assert "You have no role here today" in said(page)
    assert client.get("/account/people/").status_code == 403


def test_a_closed_account_is_out_with_its_next_click(site, ana):
    client = site.client(ana)
    ana.is_active = False
    ana.save()
    assert client.get(ACCOUNT)["Location"].startswith("/account/sign-in/")


def test_a_membership_that_has_not_begun_or_is_over_gives_nothing(site):
    today = timezone.localdate()
    for dates in (
        {"starts": today + dt.timedelta(days=1)},
        {"starts": today - dt.timedelta(days=9), "ends": today - dt.timedelta(days=1)},
    ):
        user = site.user("administrator", **dates)
        assert site.client(user).get(ACCOUNT).status_code == 403


def test_who_has_no_role_reaches_the_way_out(site, ana):
    Membership.objects.filter(user=ana).update(ended_at=timezone.now())
    client = site.client(ana)
    assert client.post("/account/sign-out/").status_code == 302
    assert signed_in_as(client) is None
