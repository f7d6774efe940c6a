"""One name tried from many addresses: the guesser is slowed down, and the name's owner comes in all the same."""

import datetime as dt

import pytest
import time_machine
from axes.models import AccessAttempt

from footprint.web.accounts.links import link_token
from footprint.web.accounts.signing_in.names import CODES, counted_as
from footprint.web.accounts.signing_in.slow_down import MOST, PAUSE
from tests.web.accounts.signing import code_of, said, set_up_app, sign_in
from tests.web.sites import PASSWORD, signed_in_as

SECOND = dt.timedelta(seconds=1)
SLOW = "Somebody tries this username from many places. Wait a minute"


@pytest.fixture
def clock():
    with time_machine.travel(dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC), tick=False) as travelling:
        yield travelling


@pytest.fixture
def ana(site, clock):
    return site.user("data-steward", username="ana", password=PASSWORD)


def guessed(username, times=MOST, **step):
    """So many passwords (or codes) were tried under a name, each from another address: as if, for each costs its time."""
    from django.utils import timezone

    name = counted_as(None, step | {"username": username})
    AccessAttempt.objects.bulk_create(
        AccessAttempt(
            username=name,
            ip_address=f"192.0.2.{number + 1}",
            user_agent="",
            failures_since_start=1,
            attempt_time=timezone.now(),
        )
        for number in range(times)
    )


def from_(number):
    return {"REMOTE_ADDR": f"198.51.100.{number}"}


def test_a_name_that_is_tried_from_many_addresses_is_looked_at_once_a_minute_whether_it_exists_or_not(
    site, ana, clock
):
    pages = []
    for username in ("ana", "nobody-at-all"):
        guessed(username, MOST - 1)
        assert sign_in(site.client(), username, "x", **from_(1)).status_code == 200
        pages.append(sign_in(site.client(), username, **from_(2)))
        clock.shift(PAUSE - SECOND)
        pages.append(sign_in(site.client(), username, **from_(3)))
        clock.shift(SECOND)
        assert sign_in(site.client(), username, "x", **from_(4)).status_code == 200
        assert sign_in(site.client(), username, "x", **from_(5)).status_code == 429
    assert {page.status_code for page in pages} == {429}
    assert len({said(page) for page in pages}) == 1
    assert SLOW in said(pages[0])


def test_trying_on_meanwhile_makes_it_no_longer_for_who_waits(site, ana, clock):
    guessed("ana")
    for _ in range(5):
        clock.shift(PAUSE / 6)
        assert sign_in(site.client(), "ana", "x", **from_(1)).status_code == 429
    clock.shift(PAUSE / 6)
    assert sign_in(site.client(), "ana", **from_(2)).status_code == 302


def test_the_browser_in_which_somebody_came_in_before_is_not_slowed_and_another_name_in_it_is(site, ana):
    site.user("data-steward", username="bea", password=PASSWORD)
    client = site.client()
    sign_in(client, "ana")
    client.post("/account/sign-out/")
    kept = client.cookies["known-browser"]
    assert (kept["httponly"], kept["samesite"]) == (True, "Lax")
    assert "ana" not in kept.value
    guessed("ana")
    guessed("bea")
    assert sign_in(client, "bea", **from_(1)).status_code == 429
    assert sign_in(site.client(), "ana", **from_(1)).status_code == 429
    assert sign_in(client, "ana", **from_(1)).status_code == 302
    client.post("/account/sign-out/")
    client.cookies["known-browser"] = kept.value[:-2] + "xx"
    assert sign_in(client, "ana", **from_(1)).status_code == 429


def test_while_others_keep_trying_a_link_of_an_administrator_brings_the_owner_in(site, ana):
    client = site.client()
    page = client.get(f"/account/first/{link_token(ana)}/", follow=True).request["PATH_INFO"]
    fresh = "another long enough pass phrase"
    client.post(page, {"password": fresh, "again": fresh})
    guessed("ana")
    assert "ask whoever manages accounts for a link" in said(sign_in(site.client(), "ana", fresh, **from_(1)))
    assert sign_in(client, "ana", fresh, **from_(1)).status_code == 302


def test_a_known_browser_is_locked_after_five_failures_like_any_other(site, ana):
    client = site.client()
    sign_in(client, "ana")
    client.post("/account/sign-out/")
    for _ in range(5):
        answer = sign_in(client, "ana", "x", **from_(1))
    assert answer.status_code == 429
    assert "Wait 15 minutes" in said(answer)


def test_guessed_passwords_do_not_slow_the_second_step_and_guessed_codes_do(site, ana, clock):
    site.set(DEMO=True)
    client = site.client()
    sign_in(client, "ana")
    key = set_up_app(client)
    client = site.client()
    sign_in(client, "ana", **from_(1))
    guessed("ana")
    step = "/account/sign-in/second-step/"
    clock.shift(31 * SECOND)
    assert client.post(step, {"code": code_of(key)}, **from_(1)).status_code == 302
    assert signed_in_as(client) == ana
    clock.shift(PAUSE)
    client = site.client()
    sign_in(client, "ana", **from_(2))
    guessed("ana", MOST - 1, **CODES)
    assert client.post(step, {"code": "000000"}, **from_(3)).status_code == 200
    assert client.post(step, {"code": code_of(key)}, **from_(4)).status_code == 429
    clock.shift(PAUSE)
    assert client.post(step, {"code": code_of(key)}, **from_(4)).status_code == 302


def test_an_attempt_that_was_not_looked_at_is_entered_as_such(site, ana):
    guessed("ana")
    sign_in(site.client(), "ana", **from_(1))
    assert [one.leaf.facts["why"] for one in site.entries(action="sign-in")] == ["locked"]
