"""Outside the demonstration nothing opens without a second factor, which is set up once and kept under seal."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from tests.web.accounts.signing import code_of, key_on, said, set_up_app, sign_in
from tests.web.sites import PASSWORD, signed_in_as

SET_UP = "/account/second-factor/"


@pytest.fixture
def ana(site):
    return site.user("administrator", username="ana", password=PASSWORD)


@pytest.fixture
def signed_in(site, ana):
    client = site.client()
    assert sign_in(client, "ana").status_code == 302
    return client


@pytest.mark.parametrize(
    "path", ["/", "/account/", "/account/people/", "/account/sessions/", "/ledger/mine/"]
)
def test_a_password_alone_opens_nothing_but_the_set_up(signed_in, path):
    assert signed_in.get(path)["Location"] == SET_UP
    posted = signed_in.post(path)
    assert posted.status_code == 405 or posted["Location"] == SET_UP
    assert signed_in.get(SET_UP).status_code == 200


def test_in_the_demonstration_it_opens_everything(site, signed_in):
    site.set(DEMO=True)
    assert signed_in.get("/account/people/").status_code == 200


def test_an_app_is_set_up_by_its_first_code_and_then_everything_opens(site, ana, signed_in):
    page = signed_in.get(f"{SET_UP}app/")
    assert "<svg" in page.content.decode()
    assert "data:" not in page.content.decode()
    done = signed_in.post(f"{SET_UP}app/", {"code": code_of(key_on(page))})
    assert done["Location"] == f"{SET_UP}codes/"
    assert signed_in.session["strength"] == "password+totp"
    assert signed_in.get("/account/people/").status_code == 200
    assert [entry.leaf.facts["type"] for entry in site.entries(action="second-factor-added")] == ["totp"]


def test_a_wrong_first_code_sets_nothing_up(signed_in, ana):
    page = signed_in.post(f"{SET_UP}app/", {"code": "000000"})
    assert "This code is not right" in said(page)
    assert not Authenticator.objects.exists()


def test_from_then_on_signing_in_asks_for_a_code(site, signed_in):
    key = set_up_app(signed_in)
    client = site.client()
    assert sign_in(client, "ana")["Location"] == "/account/sign-in/second-step/"
    assert signed_in_as(client) is None
    assert client.get("/account/people/")["Location"].startswith("/account/sign-in/?next=")
    later = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=90)
    with time_machine.travel(later, tick=False):
        done = client.post("/account/sign-in/second-step/", {"code": code_of(key)})
    assert done["Location"] == "/"
    assert client.session["strength"] == "password+totp"
    assert site.entries(action="sign-in")[-1].leaf.facts["strength"] == "password+totp"


def test_a_code_works_once(site, signed_in):
    key = set_up_app(signed_in)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=5), tick=False):
        code = code_of(key)
        outcomes = []
        for _ in range(2):
            client = site.client()
            sign_in(client, "ana")
            client.post("/account/sign-in/second-step/", {"code": code})
            outcomes.append(signed_in_as(client) is not None)
    assert outcomes == [True, False]


def test_recovery_codes_are_shown_once_and_each_works_once(site, signed_in):
    set_up_app(signed_in)
    codes = re.findall(r'fp-code">(\w+)<', signed_in.get(f"{SET_UP}codes/").content.decode())
    assert len(codes) == 10
    assert not any(code in signed_in.get(f"{SET_UP}codes/").content.decode() for code in codes)
    strengths = []
    for _ in range(2):
        client = site.client()
        sign_in(client, "ana")
        client.post("/account/sign-in/second-step/", {"code": codes[0]})
        strengths.append(client.session.get("strength"))
    assert strengths == ["password+recovery-code", None]


def test_secrets_lie_under_seal(signed_in):
    key = set_up_app(signed_in)
    codes = re.findall(r'fp-code">(\w+)<', signed_in.get(f"{SET_UP}codes/").content.decode())
    kept = repr([one.data for one in Authenticator.objects.all()])
    assert key not in kept
    assert not any(code in kept for code in codes)


def test_the_only_second_factor_stays_where_one_is_demanded(site, signed_in):
    set_up_app(signed_in)
    refused = signed_in.post(f"{SET_UP}app/remove/")
    assert "This is your only second factor" in said(refused)
    assert Authenticator.objects.filter(type="totp").exists()
    site.set(DEMO=True)
    assert signed_in.post(f"{SET_UP}app/remove/").status_code == 302
    assert not Authenticator.objects.exists()


def test_new_recovery_codes_end_the_old_ones(site, signed_in):
    set_up_app(signed_in)
    old = re.findall(r'fp-code">(\w+)<', signed_in.get(f"{SET_UP}codes/").content.decode())
    signed_in.post(f"{SET_UP}codes/new/")
    new = re.findall(r'fp-code">(\w+)<', signed_in.get(f"{SET_UP}codes/").content.decode())
    assert len(new) == 10
    assert not set(old) & set(new)
    client = site.client()
    sign_in(client, "ana")
    client.post("/account/sign-in/second-step/", {"code": old[0]})
    assert signed_in_as(client) is None
