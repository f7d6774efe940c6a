"""Signing in with a partner's own identity provider: whose account it is, how strong that is, and the file that names it."""

import html
import re

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from footprint.web.accounts.models import OutsideIdentity, User
from tests.web.accounts.identity_provider import BEGIN, NOT_SIGNED_IN, WARNS, refusals, sign_in
from tests.web.accounts.signing import said, set_up_app
from tests.web.sites import signed_in_as

pytestmark = WARNS

# ---------------------------------------------------------------- whose account it is


def test_an_account_made_before_is_found_and_bound_to_the_subject(configured, ana):
    client = configured.client()
    assert sign_in(client, "s-ana")["Location"] == "/"
    assert signed_in_as(client) == ana
    assert client.session["strength"] == "oidc+mfa"
    assert [(one.user, one.subject) for one in OutsideIdentity.objects.all()] == [(ana, "s-ana")]
    actions = [entry.leaf.action for entry in configured.entries()]
    assert actions == ["identity-bound", "sign-in"]


def test_the_button_stands_on_the_sign_in_page(configured):
    page = configured.client().get("/account/sign-in/?next=/account/")
    assert "Sign in with Council sign-in" in said(page)
    assert f'href="{BEGIN}?next=/account/"' in html.unescape(page.content.decode())


def test_it_leads_back_to_where_one_was_going(configured, ana):
    assert (
        sign_in(configured.client(), "s-ana", next="/account/sessions/")["Location"] == "/account/sessions/"
    )


def test_it_never_leads_to_another_site(configured, ana):
    assert sign_in(configured.client(), "s-ana", next="https://evil.example/")["Location"] == "/"


def test_from_then_on_the_subject_alone_counts(configured, ana):
    sign_in(configured.client(), "s-ana")
    User.objects.filter(pk=ana.pk).update(email="moved@council.example")
    client = configured.client()
    sign_in(client, "s-ana")
    assert signed_in_as(client) == ana


def test_a_second_subject_with_the_same_address_is_refused(configured, ana):
    sign_in(configured.client(), "s-ana")
    client = configured.client()
    page = sign_in(client, "s-acr")
    assert page.status_code == 403
    assert NOT_SIGNED_IN in said(page)
    assert signed_in_as(client) is None
    assert refusals(configured) == ["other-subject"]


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("s-nobody", "no-account"),
        ("s-other", "other-domain"),
        ("s-unverified", "not-verified"),
        ("s-officer", "other-partner"),
        ("s-silent", "no-claim"),
    ],
)
def test_whoever_it_may_not_vouch_for_is_refused_and_never_made(configured, ana, who, why):
    configured.user("frontline", "police", username="officer", email="officer@council.example")
    configured.user("frontline", "police", username="other", email="ana@police.example")
    before = User.objects.count()
    client = configured.client()
    page = sign_in(client, who)
    assert page.status_code == 403
    assert NOT_SIGNED_IN in said(page)
    assert signed_in_as(client) is None
    assert User.objects.count() == before
    assert not OutsideIdentity.objects.exists()
    assert refusals(configured) == [why]


def test_what_was_claimed_stands_under_seal(configured, ana):
    sign_in(configured.client(), "s-nobody")
    (entry,) = configured.entries(action="sign-in")
    assert entry.terms == {"claim": "nobody@council.example"}
    assert "nobody@council" not in repr(entry.leaf)


def test_a_closed_account_stays_closed(configured):
    closed = configured.user("frontline", "childrens-social-care", email="closed@council.example")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    client = configured.client()
    sign_in(client, "s-closed")
    assert signed_in_as(client) is None


def test_who_has_left_that_partner_is_refused(configured, ana):
    sign_in(configured.client(), "s-ana")
    ana.memberships.update(ends=ana.memberships.get().starts)
    client = configured.client()
    assert sign_in(client, "s-ana").status_code == 403
    assert signed_in_as(client) is None


def test_who_works_for_two_partners_acts_for_the_one_that_vouched(configured, ana):
    other = configured.membership(ana, "frontline", "police", starts=ana.memberships.get().starts)
    client = configured.client()
    sign_in(client, "s-ana")
    client.post("/account/role/", {"role": str(other.pk)})
    actor = client.get("/account/").wsgi_request.actor
    assert actor.organisation == "childrens-social-care"


def test_an_account_may_be_found_by_its_username(configured, people):
    configured.write_provider(match="username", claim="email")
    user = configured.user("data-steward", "childrens-social-care", username="ana@council.example")
    client = configured.client()
    sign_in(client, "s-ana")
    assert signed_in_as(client) == user


# ---------------------------------------------------------------- how strong it is


@pytest.mark.parametrize(
    ("who", "strength"),
    [("s-ana", "oidc+mfa"), ("s-acr", "oidc+mfa"), ("s-plain", "oidc"), ("s-text", "oidc")],
)
def test_only_a_token_that_asserts_a_second_factor_stands_for_one(configured, ana, who, strength):
    client = configured.client()
    sign_in(client, who)
    assert client.session["strength"] == strength
    opened = client.get("/account/sessions/")
    assert (opened.status_code == 200) == (strength == "oidc+mfa")
    if strength == "oidc":
        assert opened["Location"] == "/account/second-factor/"


def test_a_provider_that_agreed_on_no_word_for_it_never_asserts_one(configured, ana):
    configured.write_provider(strong={})
    client = configured.client()
    sign_in(client, "s-ana")
    assert client.session["strength"] == "oidc"


def test_without_an_assertion_our_own_second_factor_is_asked_for(configured, ana):
    client = configured.client()
    sign_in(client, "s-plain")
    set_up_app(client)
    assert client.session["strength"] == "oidc+totp"
    again = configured.client()
    assert sign_in(again, "s-plain")["Location"] == "/account/sign-in/second-step/"
    assert signed_in_as(again) is None


# ---------------------------------------------------------------- the file


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"issuer": "http://login.council.example"}, "https://"),
        ({"domains": []}, "name the domains"),
        ({"domains": ["@council.example"]}, "without an @"),
        ({"match": "telephone"}, "telephone"),
        ({"unknown": 1}, "unknown"),
        ({"id": "Social care"}, "small letters"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_check_and_offers_no_provider(configured, changes, sentence):
    configured.write_provider(**changes)
    with pytest.raises(SystemCheckError, match=re.escape(sentence)):
        call_command("check")
    page = configured.client().get("/account/sign-in/")
    assert page.status_code == 200
    assert "Council sign-in" not in said(page)


def test_a_secret_that_others_can_read_is_not_used(configured, ana):
    (configured.data / "keys" / "social-care.secret").chmod(0o644)
    client = configured.client()
    assert sign_in(client, "s-ana").status_code == 403
    assert refusals(configured) == ["secret"]


def test_without_a_file_there_is_no_provider(site):
    page = site.client().get("/account/sign-in/")
    assert "/account/sign-in/with/" not in page.content.decode()
