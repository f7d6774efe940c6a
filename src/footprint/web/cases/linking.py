"""Signed links by which a partner's own system leads its user to a case: which systems may, and whether a link holds.

A link is a JSON Web Token (RFC 7519) in its compact form, and carries who made it, a reference, a purpose, an end and a
nonce; nothing of anybody. Knows no database: whether a link was followed before is for the caller to remember.
docs/linking-from-another-system.md tells the partner's side.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import re
from pathlib import Path
from typing import Final, Literal, TypeVar

import msgspec
import yaml
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from footprint.ledger.errors import KeyUnusable
from footprint.ledger.private_files import read_private
from footprint.web.cases.references import NotAReference, reference_of

FILE: Final = "linked-systems.yaml"
LONGEST: Final = 2000
LIFETIME: Final = dt.timedelta(minutes=10)
#: How far the clock of the other system may be ahead of ours.
SKEW: Final = dt.timedelta(seconds=30)
SHORTEST_SECRET: Final = 32
_NONCE: Final = re.compile(r"[A-Za-z0-9_-]{16,100}")

Algorithm = Literal["HS256", "EdDSA"]
T = TypeVar("T")


class LinkError(Exception):
    """A link that leads nowhere. `code` says why, in the ledger; the person is told one thing whatever it was."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class LinkedSystemsError(ValueError):
    """DATA/linked-systems.yaml cannot be used. The message says what to write."""


class LinkedSystem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A system whose links are followed: its id in each link, its partner, and its key's file, counted from the data folder.

    With HS256 the file holds a secret of at least 32 bytes, readable by its owner alone; with EdDSA the Ed25519 public key.
    """

    id: str
    name: str
    partner: str
    algorithm: Algorithm
    key_file: str


msgspec.json.Decoder(list[LinkedSystem])  # met by one thread, while this is imported


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """What a link says, once its signature holds."""

    system: LinkedSystem
    reference: str
    purpose: str
    expires: dt.datetime
    nonce: str


class _Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    alg: str
    kid: str
    typ: str = "JWT"


class _Claims(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Exactly these. A link that carries anything else is refused, so that nobody begins to put a name in one."""

    iss: str
    ref: str
    purpose: str
    exp: int
    jti: str


_HEADERS: Final = msgspec.json.Decoder(_Header)
_CLAIMS: Final = msgspec.json.Decoder(_Claims)


def linked_systems(data: Path) -> dict[str, LinkedSystem]:
    """Return the systems that may send somebody, by their id; none where the file is not there."""
    path = data / FILE
    if not path.exists():
        return {}
    try:
        said = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")) or [], list[LinkedSystem])
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        reason = " ".join(str(error).split())
        raise LinkedSystemsError(
            f"{path} cannot be read: {reason}. Write a list of systems, each with id, name, partner, algorithm and key_file."
        ) from None
    return {system.id: system for system in said}


def link_of(token: str, data: Path, now: dt.datetime) -> Link:
    """Return what a link says. Raises LinkError where it is no link, its signature does not hold, or its time is over."""
    if len(token) > LONGEST or token.count(".") != 2:
        raise LinkError("no-link")
    signed, _, seal = token.rpartition(".")
    head, _, body = signed.partition(".")
    header = _decoded(head, _HEADERS)
    system = linked_systems(data).get(header.kid)
    if system is None:
        raise LinkError("unknown-system")
    # The algorithm is the one that we wrote down for this system, never the one that the link asks for.
    if header.alg != system.algorithm or not _holds(system, data, signed.encode(), _bytes(seal)):
        raise LinkError("signature")
    return _link(system, _decoded(body, _CLAIMS), now)


def _link(system: LinkedSystem, claims: _Claims, now: dt.datetime) -> Link:
    if claims.iss != system.partner:
        raise LinkError("partner")
    if not _NONCE.fullmatch(claims.jti):
        raise LinkError("nonce")
    try:
        reference = reference_of(claims.ref)
    except NotAReference:
        raise LinkError("reference") from None
    try:
        expires = dt.datetime.fromtimestamp(claims.exp, dt.UTC)
    except (OverflowError, ValueError, OSError):
        raise LinkError("expiry") from None
    if expires <= now:
        raise LinkError("expired")
    if expires > now + LIFETIME + SKEW:
        raise LinkError("too-long")
    return Link(system=system, reference=reference, purpose=claims.purpose, expires=expires, nonce=claims.jti)


def _holds(system: LinkedSystem, data: Path, signed: bytes, seal: bytes) -> bool:
    path = data / system.key_file
    if system.algorithm == "HS256":
        return hmac.compare_digest(hmac.new(_secret(path), signed, hashlib.sha256).digest(), seal)
    try:
        _public_key(path).verify(seal, signed)
    except InvalidSignature:
        return False
    return True


def _secret(path: Path) -> bytes:
    try:
        secret = read_private(path).strip()
    except KeyUnusable as error:
        raise LinkedSystemsError(str(error)) from None
    if len(secret) < SHORTEST_SECRET:
        raise LinkedSystemsError(f"{path} holds fewer than {SHORTEST_SECRET} bytes. Make a longer secret.")
    return secret


def _public_key(path: Path) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise LinkedSystemsError(f"{path} holds no Ed25519 public key in PEM.")
    return key


def _decoded(text: str, decoder: msgspec.json.Decoder[T]) -> T:
    try:
        return decoder.decode(_bytes(text))
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise LinkError("no-link") from None


def _bytes(text: str) -> bytes:
    """What unpadded URL-safe base64 says; its one spelling, so that a link cannot be written a second way."""
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise LinkError("no-link") from None
    if base64.urlsafe_b64encode(plain).rstrip(b"=").decode() != text:
        raise LinkError("no-link")
    return plain
