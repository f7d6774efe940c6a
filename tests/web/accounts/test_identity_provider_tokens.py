"""Which token of a partner's identity provider signs somebody in: one that is whole, and no forgery."""

import base64
import hashlib
import hmac
import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from footprint.web.accounts.outside import protocol
from tests.web.accounts.identity_provider import WARNS, refusals, sign_in
from tests.web.sites import signed_in_as

pytestmark = WARNS


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
