"""The way to a partner's identity provider and back: what is asked of it, which answer counts, and proving it anew."""

import base64
import hashlib
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from footprint.web.accounts.outside import protocol
from tests.web.accounts.identity_provider import (
    BEGIN,
    RETURN,
    WARNS,
    begin,
    come_back,
    consent,
    refusals,
    sign_in,
)
from tests.web.sites import signed_in_as

pytestmark = WARNS

# ---------------------------------------------------------------- there and back


def test_what_is_asked_carries_state_nonce_and_a_challenge(configured, server):
    there = urlsplit(begin(configured.client()))
    asked = {name: value for name, (value,) in parse_qs(there.query).items()}
    assert f"{there.scheme}://{there.netloc}" == server
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"http://localhost:8000{RETURN}"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert all(len(asked[name]) >= 43 for name in ("state", "nonce", "code_challenge"))


def test_two_sign_ins_share_no_secret(configured):
    client = configured.client()
    first, second = (parse_qs(urlsplit(begin(client)).query) for _ in range(2))
    assert not {first[name][0] for name in ("state", "nonce", "code_challenge")} & {
        second[name][0] for name in ("state", "nonce", "code_challenge")
    }


def test_the_code_is_exchanged_with_the_verifier_of_the_challenge(configured, ana, monkeypatch):
    sent = []
    asked = protocol._asked
    monkeypatch.setattr(protocol, "_asked", lambda *a, **more: sent.append((a, more)) or asked(*a, **more))
    client = configured.client()
    there = begin(client)
    come_back(client, consent(there, "s-ana"))
    (exchange,) = [more for (method, _), more in sent if method == "POST"]
    challenge = base64.urlsafe_b64encode(hashlib.sha256(exchange["data"]["code_verifier"].encode()).digest())
    assert challenge.rstrip(b"=").decode() == parse_qs(urlsplit(there).query)["code_challenge"][0]
    assert exchange["auth"] == ("footprint", "a shared secret")


def test_an_answer_to_another_browser_is_refused(configured, ana):
    back = consent(begin(configured.client()), "s-ana")
    thief = configured.client()
    assert come_back(thief, back).status_code == 403
    assert signed_in_as(thief) is None
    assert refusals(configured) == ["state"]


def test_an_answer_works_once(configured, ana):
    client = configured.client()
    back = consent(begin(client), "s-ana")
    come_back(client, back)
    client.post("/account/sign-out/")
    assert come_back(client, back).status_code == 403


def test_an_answer_without_a_state_is_refused(configured, ana):
    client = configured.client()
    begin(client)
    assert client.get(RETURN, {"code": "x"}).status_code == 403
    assert refusals(configured) == ["state"]


def test_an_answer_to_somebody_else_is_not_slipped_into_a_sign_in_that_waits(configured, ana):
    # Who follows a link that another prepared would otherwise act, unknowing, in the other's account.
    prepared = consent(begin(configured.client()), "s-ana")
    client = configured.client()
    begin(client)
    assert come_back(client, prepared).status_code == 403
    assert signed_in_as(client) is None
    assert refusals(configured) == ["state"]


def test_who_declines_at_the_provider_is_not_signed_in(configured, ana):
    client = configured.client()
    there = begin(client)
    state = parse_qs(urlsplit(there).query)["state"][0]
    assert client.get(RETURN, {"error": "access_denied", "state": state}).status_code == 403
    assert refusals(configured) == ["declined"]


def test_an_answer_that_names_another_issuer_is_refused(configured, ana):
    client = configured.client()
    back = consent(begin(client), "s-ana")
    assert come_back(client, f"{back}&iss=https://evil.example").status_code == 403
    assert refusals(configured) == ["issuer"]


def test_an_answer_that_took_too_long_is_refused(configured, ana, monkeypatch):
    client = configured.client()
    back = consent(begin(client), "s-ana")
    monkeypatch.setattr(protocol, "LASTS", -1.0)
    assert come_back(client, back).status_code == 403
    assert refusals(configured) == ["late"]


def test_a_provider_that_is_down_signs_nobody_in(configured):
    configured.write_provider(issuer="http://localhost:9")
    page = configured.client().get(BEGIN)
    assert page.status_code == 403
    assert refusals(configured) == ["unreachable"]


def test_a_provider_that_calls_itself_otherwise_is_refused(configured, server):
    configured.write_provider(issuer=server.replace("localhost", "127.0.0.1") + "/")
    assert configured.client().get(BEGIN).status_code == 403


def test_a_provider_that_is_not_configured_is_not_there(configured):
    assert configured.client().get("/account/sign-in/with/nobody/").status_code == 404
    assert configured.client().get("/account/sign-in/with/nobody/return/").status_code == 404


# ---------------------------------------------------------------- proving it anew


def test_who_came_through_a_provider_proves_it_with_the_provider(configured):
    configured.user("administrator", "childrens-social-care", username="ana", email="ana@council.example")
    client = configured.client()
    sign_in(client, "s-ana")
    session = client.session
    session["account_authentication_methods"] = [
        step | {"at": step["at"] - 3600} for step in session["account_authentication_methods"]
    ]
    session.save()
    way = client.get(client.get("/account/people/new/")["Location"])
    assert way["Location"].startswith(BEGIN)
    there = client.get(way["Location"])["Location"]
    asked = parse_qs(urlsplit(there).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])


@pytest.mark.parametrize("proved", [None, 3600])
def test_an_answer_that_does_not_say_when_it_was_proved_or_long_ago_proves_nothing(
    configured, ana, monkeypatch, proved
):
    client = configured.client()
    sign_in(client, "s-ana")
    when = {"auth_time": int(time.time()) - proved} if proved else {}
    verified = protocol._verified
    monkeypatch.setattr(
        protocol,
        "_verified",
        lambda *a: {name: value for name, value in verified(*a).items() if name != "auth_time"} | when,
    )
    assert come_back(client, consent(begin(client), "s-ana")).status_code == 403
    assert refusals(configured) == ["not-anew"]


def test_a_fresh_proof_counts_and_leads_back(configured, ana):
    client = configured.client()
    sign_in(client, "s-ana")
    assert come_back(client, consent(begin(client, next="/account/"), "s-ana"))["Location"] == "/account/"
    assert [entry.leaf.actor for entry in configured.entries(action="confirmed")] == ["ana"]


def test_a_fresh_proof_of_somebody_else_counts_for_nobody(configured, ana):
    client = configured.client()
    sign_in(client, "s-ana")
    assert come_back(client, consent(begin(client), "s-nobody")).status_code == 403
    assert signed_in_as(client) == ana
    assert refusals(configured) == ["somebody-else"]
