"""OpenID Connect, the authorization code flow with PKCE, state and nonce: from a button to claims that were signed.

Knows no user and no page. Every way in which an answer may be wrong ends in Untrusted, with a code for the ledger.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import jwt
import msgspec
import requests
from django.utils.crypto import constant_time_compare
from urllib3.exceptions import HTTPError

from footprint.ledger import KeyUnusable
from footprint.web.accounts.outside.providers import Provider, is_reachable_safely, secret_of

T = TypeVar("T")

#: Asymmetric alone: with a shared secret, whoever knows it could sign for anybody.
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_PATIENCE: Final = 10.0  # seconds for each answer of a provider
_LEEWAY: Final = 60  # seconds by which two machines' clocks may differ
_LARGEST: Final = 1_000_000  # bytes of an answer
LASTS: Final = 600.0  # seconds from the button to the return


class Untrusted(Exception):
    """What came back may not be trusted. `why` is a code, never a value of the answer."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Begun(msgspec.Struct, frozen=True):
    """A sign-in on its way: what only this browser's session knows, until it returns."""

    provider: str
    state: str
    nonce: str
    verifier: str
    at: float
    back_to: str = ""
    confirms: bool = False


class Metadata(msgspec.Struct, frozen=True):
    """What a provider says of itself."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class _Tokens(msgspec.Struct, frozen=True):
    id_token: str


_METADATA: Final = msgspec.json.Decoder(Metadata)
_TOKENS: Final = msgspec.json.Decoder(_Tokens)


def new_sign_in(provider: Provider, *, back_to: str, confirms: bool) -> Begun:
    """Return the secrets of a sign-in that begins now."""
    return Begun(
        provider=provider.id,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(64),
        at=time.time(),
        back_to=back_to,
        confirms=confirms,
    )


def way_there(provider: Provider, begun: Begun, returns_to: str) -> str:
    """Return the provider's address to send the browser to. Raises Untrusted."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest()).rstrip(b"=")
    asked = {
        "response_type": "code",
        "client_id": provider.client,
        "redirect_uri": returns_to,
        "scope": provider.scope,
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
    }
    if begun.confirms:
        asked |= {"prompt": "login", "max_age": "0"}
    url = requests.Request("GET", metadata_of(provider).authorization_endpoint, params=asked).prepare().url
    if url is None:
        raise Untrusted("metadata")
    return url


def claims_of(
    provider: Provider, begun: Begun, returns_to: str, answer: Mapping[str, str], data: Path
) -> dict[str, Any]:
    """Return what the provider signed about whoever came back with `answer`. Raises Untrusted."""
    if time.time() - begun.at > LASTS:
        raise Untrusted("late")
    if answer.get("error"):
        raise Untrusted("declined")
    if answer.get("iss", provider.issuer) != provider.issuer:
        raise Untrusted("issuer")  # somebody mixes up two providers
    metadata = metadata_of(provider)
    token = _exchange(provider, metadata, begun, returns_to, answer.get("code", ""), data)
    claims = _verified(provider, metadata, token)
    if not constant_time_compare(str(claims.get("nonce", "")), begun.nonce):
        raise Untrusted("nonce")
    if begun.confirms and float(claims.get("auth_time", 0)) < begun.at - _LEEWAY:
        raise Untrusted("not-anew")
    return claims


def metadata_of(provider: Provider) -> Metadata:
    """Return what a provider publishes about itself. Raises Untrusted."""
    found = _decoded(
        _asked("GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"), _METADATA
    )
    if found.issuer != provider.issuer:
        raise Untrusted("issuer")
    if not all(
        map(is_reachable_safely, (found.authorization_endpoint, found.token_endpoint, found.jwks_uri))
    ):
        raise Untrusted("metadata")
    return found


def asserts_second_factor(provider: Provider, claims: Mapping[str, Any]) -> bool:
    """Say whether the token says, in the words that were agreed with this provider, that a second factor was shown."""
    methods = claims.get("amr")
    shown = {str(one) for one in methods} if isinstance(methods, list) else set()
    return bool(shown & provider.strong.amr) or claims.get("acr") in provider.strong.acr


def _exchange(
    provider: Provider, metadata: Metadata, begun: Begun, returns_to: str, code: str, data: Path
) -> str:
    try:
        secret = secret_of(provider, data)
    except KeyUnusable:
        raise Untrusted("secret") from None
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": returns_to,
        "code_verifier": begun.verifier,
    }
    if "client_secret_basic" in metadata.token_endpoint_auth_methods_supported:
        sent: dict[str, Any] = {"data": form, "auth": (provider.client, secret)}
    else:
        sent = {"data": form | {"client_id": provider.client, "client_secret": secret}}
    return _decoded(_asked("POST", metadata.token_endpoint, **sent), _TOKENS).id_token


def _verified(provider: Provider, metadata: Metadata, token: str) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        keys = jwt.PyJWKSet.from_json(_asked("GET", metadata.jwks_uri).decode())
        key = next(one for one in keys.keys if one.key_id == header.get("kid") or len(keys.keys) == 1)
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=[key.algorithm_name] if key.algorithm_name in ALGORITHMS else [],
            audience=provider.client,
            issuer=provider.issuer,
            leeway=_LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except (jwt.PyJWTError, StopIteration, UnicodeDecodeError, ValueError, TypeError):
        raise Untrusted("token") from None
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != provider.client:
        raise Untrusted("token")
    return claims


def _asked(method: str, url: str, **sent: Any) -> bytes:
    try:
        with requests.Session() as session:
            session.trust_env = False  # no proxy, no password file: what is sent goes to the provider alone
            with session.request(
                method, url, timeout=_PATIENCE, allow_redirects=False, stream=True, **sent
            ) as answer:
                status, body = answer.status_code, answer.raw.read(_LARGEST, decode_content=True)
    except (requests.RequestException, OSError, HTTPError):
        raise Untrusted("unreachable") from None
    if status != requests.codes.ok:
        raise Untrusted("answer")
    return bytes(body)


def _decoded(body: bytes, decoder: msgspec.json.Decoder[T]) -> T:
    try:
        return decoder.decode(body)
    except (msgspec.ValidationError, msgspec.DecodeError):
        raise Untrusted("answer") from None
