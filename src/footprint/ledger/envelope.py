"""Personal values under a data key: sealed for one field of one entry, opened there and nowhere else.

AES-256-GCM; what it binds to (table, entry, field, version) stops a ciphertext from being moved to another place.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from footprint.ledger.keys import NONCE_BYTES

ERASED: Final = "Erased: the key to this value was destroyed."
UNREADABLE: Final = "Unreadable: this value was altered, or was sealed for another place."


def seal(data_key: bytes, event_id: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return each value as base64 of nonce, ciphertext and tag. Any text is taken, even one that is no valid Unicode."""
    cipher, sealed = AESGCM(data_key), {}
    for field, value in values.items():
        nonce = secrets.token_bytes(NONCE_BYTES)
        plain = value.encode("utf-8", "surrogatepass")
        sealed[field] = base64.b64encode(
            nonce + cipher.encrypt(nonce, plain, _bound_to(event_id, field))
        ).decode()
    return sealed


def unseal(data_key: bytes | None, event_id: str, sealed: Mapping[str, str]) -> dict[str, str]:
    """Return the values in clear; a sentence in their place when the key is gone (None) or they were tampered with."""
    return {field: _open(data_key, _bound_to(event_id, field), value) for field, value in sealed.items()}


def _open(data_key: bytes | None, bound_to: bytes, value: str) -> str:
    if data_key is None:
        return ERASED
    try:
        raw = base64.b64decode(value, validate=True)
        return (
            AESGCM(data_key)
            .decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound_to)
            .decode("utf-8", "surrogatepass")
        )
    except (InvalidTag, ValueError):
        return UNREADABLE


def _bound_to(event_id: str, field: str) -> bytes:
    return f"ledger_entry|{event_id}|{field}|1".encode()


def fingerprint(key: bytes, terms: Mapping[str, str]) -> str:
    """Return a keyed hash of what was asked, the same for the same question however it is cased or spaced.

    It shows an investigator that two look-ups asked the same, without showing what. Who holds the key can test a guess.
    """
    question = {field: " ".join(value.split()).casefold() for field, value in terms.items()}
    return hmac.new(key, json.dumps(question, sort_keys=True).encode(), hashlib.sha256).hexdigest()
