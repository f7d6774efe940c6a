"""What whoever finds a screen unlocked must not do asks first whether it is still you."""

import datetime as dt

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory

from footprint.web.accounts.step_up import recently_authenticated, recently_authenticated_required
from tests.web.accounts.signing import code_of, said, set_up_app, sign_in
from tests.web.sites import PASSWORD

NEW = "/account/people/new/"


def asked(client):
    """Whether the session of a client counts as recent."""
    request = RequestFactory().get("/")
    request.session = client.session
    return recently_authenticated(request)


@pytest.mark.parametrize(
    ("strength", "recently", "counts"),
    [
        ("password+totp", True, True),
        ("password+totp", False, False),
        ("passkey", True, True),
        ("oidc+mfa", True, True),
        ("oidc+mfa", False, False),
        ("demo", True, True),
        ("password", True, True),  # where there is no second factor, the first is what can be asked
    ],
)
def test_a_quarter_of_an_hour_counts(site, strength, recently, counts):
    assert asked(site.client(site.user(), strength=strength, recently=recently)) == counts


def test_a_password_just_typed_does_not_stand_for_a_second_factor_long_ago(site):
    client = site.client(site.user(), recently=False)
    session = client.session
    session["account_authentication_methods"] += [{"method": "password", "at": 9e9, "reauthenticated": True}]
    session.save()
    assert not asked(client)


def test_a_view_runs_only_for_who_proved_it_lately(site):
    view = recently_authenticated_required(lambda request: HttpResponse("ran"))
    request = RequestFactory().get("/anywhere/?page=2")
    request.session = site.client(site.user(), recently=False).session
    assert view(request)["Location"] == "/account/confirm/?next=%2Fanywhere%2F%3Fpage%3D2"
    request.session = site.client(site.user()).session
    assert view(request).content == b"ran"


def test_a_code_proves_it_and_leads_back(site):
    user = site.user("administrator", username="ana", password=PASSWORD)
    client = site.client()
    sign_in(client, "ana")
    key = set_up_app(client)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=16), tick=False):
        way = client.get(NEW)
        assert way["Location"] == f"/account/confirm/?next={NEW.replace('/', '%2F')}"
        confirm = client.get(way["Location"])["Location"]
        assert confirm == f"/account/confirm/code/?next={NEW.replace('/', '%2F')}"
        assert "Is it still you?" in said(client.get(confirm))
        assert "This code is not right" in said(client.post(confirm, {"code": "000000"}))
        done = client.post(confirm, {"code": code_of(key)})
        assert done["Location"] == NEW
        assert client.get(NEW).status_code == 200
    assert user.username == "ana"


def test_a_password_proves_it_where_there_is_no_second_factor(site):
    site.set(DEMO=True)
    user = site.user("administrator", password=PASSWORD)
    client = site.client(user, strength="password", recently=False)
    confirm = client.get("/account/confirm/?next=/account/people/new/")["Location"]
    assert confirm.startswith("/account/confirm/password/")
    assert client.post(confirm, {"password": "x"}).status_code == 200
    assert client.post(confirm, {"password": PASSWORD})["Location"] == NEW
    assert client.get(NEW).status_code == 200


def test_it_never_leads_to_another_site(site):
    client = site.client(site.user("administrator", password=PASSWORD))
    for elsewhere in ("https://evil.example/", "//evil.example/x", "javascript:alert(1)"):
        assert client.get("/account/confirm/", {"next": elsewhere})["Location"].endswith("?next=%2F")


def test_who_cannot_prove_it_is_told_so(site):
    client = site.client(site.user("administrator"), recently=False)
    page = client.get("/account/confirm/?next=/account/")
    assert page.status_code == 403
    assert "cannot confirm that it is you" in said(page)
