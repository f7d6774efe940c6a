"""Signatures under what leaves and under what comes back, as a supplier's own library writes and checks them.

The form is that of HTTP message signatures (RFC 9421) with HMAC-SHA256 or Ed25519, and that of content digests (RFC 9530). Which
of the two it is follows from the key that is named, never from the message. Knows no transport: it signs names and values.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LABEL: Final = "footprint"
#: How far apart the clocks of both sides may be, and how old a signature may be, in seconds.
WINDOW: Final = 300
_SHORTEST: Final = 32  # bytes of a shared secret: as many as the digest has

Components = Mapping[str, str]


class SignatureRefused(ValueError):
    """The signature does not show that this came, unchanged and just now, from whom it says. Its message says why."""


class SigningKey(Protocol):
    """A key that can sign."""

    @property
    def id(self) -> str: ...

    def sign(self, content: bytes) -> bytes: ...


class CheckingKey(Protocol):
    """A key that can check a signature."""

    def holds(self, content: bytes, signature: bytes) -> bool: ...


class SharedSecret:
    """A secret of at least 32 bytes that both sides know: HMAC-SHA256."""

    def __init__(self, name: str, secret: bytes) -> None:
        if len(secret) < _SHORTEST:
            raise ValueError(
                f"The secret '{name}' is too short: give it {_SHORTEST} bytes or more, drawn at random."
            )
        self.id: Final = name
        self._secret = secret

    def sign(self, content: bytes) -> bytes:
        return hmac.digest(self._secret, content, "sha256")

    def holds(self, content: bytes, signature: bytes) -> bool:
        return hmac.compare_digest(self.sign(content), signature)


class PrivateKey:
    """An Ed25519 key of our own, from its 32 bytes; `public` is what the other side is given."""

    def __init__(self, name: str, seed: bytes) -> None:
        self.id: Final = name
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def sign(self, content: bytes) -> bytes:
        return self._key.sign(content)


class PublicKey:
    """The other side's Ed25519 key, from its 32 bytes."""

    def __init__(self, content: bytes) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(content)

    def holds(self, content: bytes, signature: bytes) -> bool:
        try:
            self._key.verify(signature, content)
        except InvalidSignature:
            return False
        return True


class Signed(NamedTuple):
    """What travels beside the content: the values of the fields `Signature-Input` and `Signature`."""

    input: str
    signature: str


def content_digest(content: bytes) -> str:
    """Return the value of the field `Content-Digest`."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def sign(components: Components, key: SigningKey, created: int, label: str = LABEL) -> Signed:
    """Sign names and values, in this order, at POSIX second `created`.

    Raises ValueError for a value with a line break in it, which could pretend to be another component.
    """
    covered = " ".join(f'"{name}"' for name in components)
    parameters = f'({covered});created={created};keyid="{key.id}"'
    signature = base64.b64encode(key.sign(_base(components, parameters))).decode()
    return Signed(f"{label}={parameters}", f"{label}=:{signature}:")


def check(
    signed: Signed,
    components: Components,
    keys: Mapping[str, CheckingKey],
    now: int,
    window: int = WINDOW,
) -> str:
    """Return the name of the key that signed exactly these components, within `window` seconds of now.

    `components` are what the checking side itself sees, and all of them must be signed, in this order. Raises SignatureRefused.
    """
    said = _INPUT.fullmatch(signed.input)
    written = _SIGNATURE.fullmatch(signed.signature)
    if not said or not written or said["label"] != written["label"]:
        raise SignatureRefused(
            "This is not signed in a way that we read. Sign it as the delivery guide shows."
        )
    covered: Sequence[str] = re.findall(r'"([^"]*)"', said["covered"])
    if list(covered) != list(components):
        raise SignatureRefused(f"Sign these, in this order: {', '.join(components)}.")
    key = keys.get(said["keyid"])
    if key is None:
        raise SignatureRefused("We do not know the key that this names. Send us its public half first.")
    if abs(now - int(said["created"])) > window:
        raise SignatureRefused(
            "The signature is too old, or from the future: set the clock, and sign each attempt anew."
        )
    parameters = signed.input.partition("=")[2]
    try:
        signature = base64.b64decode(written["signature"], validate=True)
    except binascii.Error:
        signature = b""
    if not key.holds(_base(components, parameters), signature):
        raise SignatureRefused(
            "The signature does not fit what came: it was changed on the way, or signed with another key."
        )
    return said["keyid"]


_INPUT: Final = re.compile(
    r'(?P<label>[a-z][a-z0-9_.*-]*)=\((?P<covered>"[^"()]*"(?: "[^"()]*")*)\)'
    r';created=(?P<created>\d{1,15});keyid="(?P<keyid>[^"\\]+)"'
)
_SIGNATURE: Final = re.compile(r"(?P<label>[a-z][a-z0-9_.*-]*)=:(?P<signature>[A-Za-z0-9+/=]*):")


def _base(components: Components, parameters: str) -> bytes:
    lines = [*components.items(), ("@signature-params", parameters)]
    if any("\n" in part or "\r" in part for line in lines for part in line):
        raise ValueError("A value that is signed has no line break in it.")
    return "\n".join(f'"{name}": {value}' for name, value in lines).encode()
