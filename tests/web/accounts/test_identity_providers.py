"""Signing in with a partner's own identity provider, against a real server of OpenID Connect in this process."""

import base64
import hashlib
import hmac
import html
import json
import re
import time
import warnings
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
import yaml
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from footprint.web.accounts.models import OutsideIdentity, User
from footprint.web.accounts.outside import protocol
from tests.web.accounts.signing import said, set_up_app
from tests.web.sites import signed_in_as

# The server is a program of its own, which merely runs in this process: it may be built on what will change.
with warnings.catch_warnings():
    import authlib.deprecate

    warnings.simplefilter("ignore")  # after it: that module puts its own warnings in front
    from oidc_provider_mock import User as Subject
    from oidc_provider_mock import _app, run_server_in_thread
    from oidc_provider_mock._storage import Storage

pytestmark = [
    pytest.mark.filterwarnings(f"ignore::{authlib.deprecate.__name__}.AuthlibDeprecationWarning"),
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]

BEGIN = "/account/sign-in/with/social-care/"
RETURN = f"{BEGIN}return/"
NOT_SIGNED_IN = "did not lead to an account here"
STRONG = {"amr": ["pwd", "mfa"]}


def subject(name, email, **claims):
    return Subject(sub=name, claims={"email": email, "email_verified": True, **claims})


@pytest.fixture(scope="module")
def people():
    """Whom the provider knows, and what it says of each."""
    return {
        one.sub: one
        for one in (
            subject("s-ana", "ana@council.example", **STRONG),
            subject("s-plain", "ana@council.example"),
            subject("s-acr", "ana@council.example", acr="phr"),
            subject("s-text", "ana@council.example", amr="mfa"),
            subject("s-other", "ana@police.example", **STRONG),
            subject("s-unverified", "ana@council.example", email_verified=False, **STRONG),
            subject("s-nobody", "nobody@council.example", **STRONG),
            subject("s-officer", "officer@council.example", **STRONG),
            subject("s-closed", "closed@council.example", **STRONG),
            Subject(sub="s-silent", claims=dict(STRONG)),
        )
    }


class Provider:
    """A real server, and what it alone knows: its signing key."""

    def __init__(self, address, jwk):
        self.address, self.key, self.kid = address, jwk.get_private_key(), jwk.as_dict(add_kid=True)["kid"]

    def signed(self, claims):
        return jwt.encode(claims, self.key, "RS256", {"kid": self.kid})


@pytest.fixture(scope="module")
def provider(people):
    storage = Storage()
    remembered = mock.patch.object(_app, "Storage", return_value=storage)
    with remembered, run_server_in_thread(user_claims=list(people.values()), require_nonce=True) as running:
        yield Provider(f"http://localhost:{running.server_port}", storage.jwk)


@pytest.fixture
def server(provider):
    return provider.address


@pytest.fixture
def configured(site, server):
    """A site whose council has the server for its identity provider; a function writes the file anew."""

    def write(**changes):
        said_of_it = {
            "id": "social-care",
            "name": "Council sign-in",
            "partner": "childrens-social-care",
            "issuer": server,
            "client": "footprint",
            "secret_file": "keys/social-care.secret",
            "match": "email",
            "domains": ["council.example"],
            "strong": {"amr": ["mfa"], "acr": ["phr"]},
        } | changes
        secret = site.data / "keys" / "social-care.secret"
        secret.write_text("a shared secret\n")
        secret.chmod(0o600)
        (site.data / "identity-providers.yaml").write_text(yaml.safe_dump([said_of_it]))
        return said_of_it

    write()
    site.write_provider = write
    return site


@pytest.fixture
def ana(configured):
    return configured.user(
        "data-steward", "childrens-social-care", username="ana", email="Ana@Council.Example"
    )


def begin(client, **asked):
    """Go to the provider; return its address as it was asked for."""
    response = client.get(BEGIN, asked)
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def consent(there, who):
    """Let somebody sign in at the provider; return the address to which it sends them back."""
    answered = requests.post(there, data={"sub": who}, allow_redirects=False, timeout=10)
    assert answered.status_code == 302, answered.text
    return answered.headers["Location"]


def come_back(client, back):
    """Follow the provider's redirect, and return what the site answers."""
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def sign_in(client, who, **asked):
    return come_back(client, consent(begin(client, **asked), who))


def refusals(site):
    return [entry.leaf.facts["why"] for entry in site.entries(action="sign-in", kind="refusal")]


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


# ---------------------------------------------------------------- the protocol


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


def by_another_key(provider, true):
    return jwt.encode(
        true, rsa.generate_private_key(public_exponent=65537, key_size=2048), "RS256", {"kid": provider.kid}
    )


def not_signed(provider, true):
    return jwt.encode(true, None, "none", {"kid": provider.kid})


def by_the_public_key_as_a_secret(provider, true):
    """The public key is known to everybody: taken for a shared secret, it would let everybody sign."""
    header = {"alg": "HS256", "typ": "JWT", "kid": provider.kid}
    head, body = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, true))
    secret = provider.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signature = hmac.new(secret, head + b"." + body, hashlib.sha256).digest()
    return b".".join([head, body, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


def bent(provider, true):
    """A claim changed, under the signature of what was said before."""
    head, _, signature = provider.signed(true).split(".")
    _, body, _ = provider.signed(true | {"email": "somebody.else@council.example"}).split(".")
    return f"{head}.{body}.{signature}"


def with_claims(**changes):
    """Signed by the provider itself, but saying something else; None leaves a claim out."""

    def forged(provider, true):
        said_now = true | {name: value() if callable(value) else value for name, value in changes.items()}
        return provider.signed({name: value for name, value in said_now.items() if value is not None})

    return forged


FORGERIES = {
    "as it was": with_claims(),
    "signed with another key": by_another_key,
    "not signed at all": not_signed,
    "signed with the public key as if it were a secret": by_the_public_key_as_a_secret,
    "changed after it was signed": bent,
    "for another client": with_claims(aud="another"),
    "for two clients, asked for by the other": with_claims(aud=["footprint", "another"], azp="another"),
    "by another issuer": with_claims(iss="https://evil.example"),
    "over": with_claims(exp=lambda: int(time.time()) - 120),
    "of the future": with_claims(iat=lambda: int(time.time()) + 3600),
    "without an end": with_claims(exp=None),
    "without a subject": with_claims(sub=None),
    "without a nonce": with_claims(nonce=None),
    "with the nonce of another sign-in": with_claims(nonce="n" * 43),
    "no token": lambda provider, true: "not.a.token",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_only_a_token_that_is_whole_signs_somebody_in(configured, ana, provider, monkeypatch, forgery):
    exchange = protocol._exchange

    def intercepted(*arguments):
        true = jwt.decode(exchange(*arguments), options={"verify_signature": False})
        return FORGERIES[forgery](provider, true)

    monkeypatch.setattr(protocol, "_exchange", intercepted)
    client = configured.client()
    page = sign_in(client, "s-ana")
    if forgery == "as it was":
        assert signed_in_as(client) == ana
        return
    assert page.status_code == 403
    assert signed_in_as(client) is None
    assert refusals(configured) == ["nonce" if "nonce" in forgery else "token"]


def test_a_provider_that_publishes_a_secret_as_its_key_is_not_trusted(configured, ana, provider, monkeypatch):
    secret = base64.urlsafe_b64encode(b"published for everybody to read!").rstrip(b"=").decode()
    published = {"keys": [{"kty": "oct", "alg": "HS256", "kid": "published", "k": secret}]}
    asked, exchange = protocol._asked, protocol._exchange

    def keys(method, url, **more):
        return json.dumps(published).encode() if url.endswith("/jwks") else asked(method, url, **more)

    def by_the_published_secret(*arguments):
        true = jwt.decode(exchange(*arguments), options={"verify_signature": False})
        return jwt.encode(true, b"published for everybody to read!", "HS256", {"kid": "published"})

    monkeypatch.setattr(protocol, "_asked", keys)
    monkeypatch.setattr(protocol, "_exchange", by_the_published_secret)
    client = configured.client()
    assert sign_in(client, "s-ana").status_code == 403
    assert signed_in_as(client) is None
    assert refusals(configured) == ["token"]


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
