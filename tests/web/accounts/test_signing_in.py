"""Coming in by password: who is told what, what the ledger holds, and when it locks."""

import datetime as dt
from unittest import mock

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail

from footprint.ledger import LedgerUnavailable
from footprint.web.accounts.models import User
from tests.web.accounts.signing import code_of, said, set_up_app, sign_in
from tests.web.sites import PASSWORD, signed_in_as

WRONG = "The username or the password is not right. Try again"
LOCKED = "Too many attempts"


@pytest.fixture
def ana(site):
    return site.user("data-steward", username="ana", password=PASSWORD)


def test_a_right_password_comes_in_and_is_entered(site, ana):
    client = site.client()
    assert sign_in(client, "ana").status_code == 302
    assert signed_in_as(client) == ana
    (entry,) = site.entries(action="sign-in")
    assert (entry.leaf.kind, entry.leaf.actor, entry.leaf.role) == ("change", "ana", "data-steward")
    assert entry.leaf.facts["strength"] == "password"
    assert client.session["strength"] == "password"


def test_passwords_are_kept_by_argon2(site, ana):
    assert ana.password.startswith("argon2$argon2id$")


def test_a_user_of_the_name_and_nobody_of_the_name_are_answered_alike(site, ana):
    wrong = sign_in(site.client(), "ana", "something else")
    unknown = sign_in(site.client(), "bea", "something else")
    closed = site.user("frontline", username="cleo", password=PASSWORD)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    answers = [wrong, unknown, sign_in(site.client(), "cleo")]
    assert {answer.status_code for answer in answers} == {200}
    assert len({said(answer) for answer in answers}) == 1
    assert WRONG in said(wrong)


def test_every_attempt_costs_one_hash(site, ana):
    # Time tells as much as words: whether a user exists, has no password or is closed, one Argon2 is computed.
    site.user("frontline", username="invited")
    closed = site.user("frontline", username="cleo", password=PASSWORD)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    counts = {}
    for username in ("ana", "nobody-at-all", "invited", "cleo"):
        hashed = []
        encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify
        with (
            mock.patch.object(
                Argon2PasswordHasher, "encode", lambda *a, f=encode, h=hashed: h.append(1) or f(*a)
            ),
            mock.patch.object(
                Argon2PasswordHasher, "verify", lambda *a, f=verify, h=hashed: h.append(1) or f(*a)
            ),
        ):
            sign_in(site.client(), username, "something else")
        counts[username] = len(hashed)
    assert set(counts.values()) == {1}, counts


def test_a_failed_attempt_is_entered_and_what_was_typed_stands_under_seal(site, ana):
    typed = "my password is correct horse"
    sign_in(site.client(), typed, "x")
    (entry,) = site.entries(action="sign-in")
    assert (entry.leaf.kind, entry.leaf.actor) == ("refusal", "nobody")
    assert entry.terms == {"username": typed}
    assert typed not in repr(entry.leaf)


def test_what_was_typed_stands_in_clear_nowhere_in_the_database(site, ana):
    typed = "my password is correct horse"
    sign_in(site.client(), typed, "battery staple")
    (attempt,) = AccessAttempt.objects.all()
    kept = repr([getattr(attempt, field.attname) for field in AccessAttempt._meta.concrete_fields])
    assert "correct horse" not in kept
    assert "battery staple" not in kept


def test_five_failures_lock_the_name_at_that_address_whether_it_exists_or_not(site, ana):
    pages = {}
    for username in ("ana", "nobody-at-all"):
        client = site.client()
        for _ in range(4):
            assert WRONG in said(sign_in(client, username, "x"))
        pages[username] = [sign_in(client, username, "x"), sign_in(client, username, PASSWORD)]
        assert [page.status_code for page in pages[username]] == [429, 429]
        assert signed_in_as(client) is None
    assert len({said(page) for found in pages.values() for page in found}) == 1
    assert LOCKED in said(pages["ana"][0])


def test_a_lock_holds_for_other_spellings_of_the_name(site, ana):
    for spelling in ("ana", "Ana", " ANA ", "aNa", "ana"):
        page = sign_in(site.client(), spelling, "x")
    assert page.status_code == 429


def test_a_lock_holds_at_that_address_and_only_there(site, ana):
    for _ in range(5):
        sign_in(site.client(), "ana", "x", REMOTE_ADDR="192.0.2.7")
    assert sign_in(site.client(), "ana", REMOTE_ADDR="192.0.2.7").status_code == 429
    assert sign_in(site.client(), "ana", REMOTE_ADDR="192.0.2.8").status_code == 302


def test_a_lock_ends_and_trying_meanwhile_does_not_make_it_longer(site, ana):
    with time_machine.travel(dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC), tick=False) as clock:
        for _ in range(5):
            sign_in(site.client(), "ana", "x")
        clock.shift(dt.timedelta(minutes=14))
        assert sign_in(site.client(), "ana").status_code == 429
        clock.shift(dt.timedelta(minutes=2))
        assert sign_in(site.client(), "ana").status_code == 302


def test_a_lock_is_entered_as_such(site, ana):
    for _ in range(6):
        sign_in(site.client(), "ana", "x")
    why = [entry.leaf.facts["why"] for entry in site.entries(action="sign-in")]
    assert why == ["wrong"] * 4 + ["locked"] * 2  # the fifth is the one that locks


def test_coming_in_forgets_failures_before(site, ana):
    for _ in range(2):
        for _ in range(4):
            sign_in(site.client(), "ana", "x")
        assert sign_in(site.client(), "ana").status_code == 302


def test_where_the_ledger_cannot_be_written_nobody_is_signed_in(site, ana):
    client = site.client()
    with mock.patch("footprint.ledger.ledger.Ledger.record", side_effect=LedgerUnavailable("down")):
        assert sign_in(client, "ana").status_code == 503
    assert signed_in_as(client) is None


def test_a_code_that_is_guessed_locks_as_a_password_does(site, ana):
    site.set(DEMO=True)
    client = site.client()
    sign_in(client, "ana")
    key = set_up_app(client)
    client = site.client()
    assert sign_in(client, "ana")["Location"] == "/account/sign-in/second-step/"
    for _ in range(4):
        assert client.post("/account/sign-in/second-step/", {"code": "000000"}).status_code == 200
    pages = [
        client.post("/account/sign-in/second-step/", {"code": code}) for code in ("000000", code_of(key))
    ]
    assert [(page.status_code, "Wait 15 minutes" in said(page)) for page in pages] == [(429, True)] * 2
    assert signed_in_as(client) is None
    refusals = site.entries(action="second-factor")
    assert {entry.leaf.actor for entry in refusals} == {"nobody"}
    assert {entry.leaf.facts["account"] for entry in refusals} == {str(ana.pk)}


def test_signing_out_is_entered_and_ends_the_session(site, ana):
    client = site.client(ana)
    key = client.session.session_key
    assert client.post("/account/sign-out/")["Location"] == "/account/sign-in/?ended=left"
    assert signed_in_as(client) is None
    assert not client.session.exists(key)
    assert [entry.leaf.actor for entry in site.entries(action="sign-out")] == ["ana"]


def test_signing_out_works_while_the_ledger_is_down(site, ana):
    client = site.client(ana)
    with mock.patch("footprint.ledger.ledger.Ledger.record", side_effect=LedgerUnavailable("down")):
        assert client.post("/account/sign-out/").status_code == 503
    assert signed_in_as(client) is None


def test_a_session_begins_under_a_new_name(site, ana):
    client = site.client()
    client.get("/account/sign-in/")
    client.session["anything"] = 1
    before = client.session.session_key
    sign_in(client, "ana")
    assert client.session.session_key != before


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_signing_in(site, ana, elsewhere):
    site.set(DEMO=True)
    client = site.client()
    response = client.post("/account/sign-in/", {"login": "ana", "password": PASSWORD, "next": elsewhere})
    assert response["Location"] == "/"


def test_there_is_no_sign_up_and_no_reset_by_mail(site):
    for path in ("signup/", "password/reset/", "sign-up/", "email/"):
        assert site.client().get(f"/account/{path}").status_code == 404
    assert mail.outbox == []
