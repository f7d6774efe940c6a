"""Seals the secrets of authenticator apps, so that the database alone opens nobody's account."""

from __future__ import annotations

import base64
import secrets
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE: Final = 12
_PURPOSE: Final = b"footprint authenticator secrets 1"


def seal(text: str) -> str:
    """Return the text under the site's own key."""
    nonce = secrets.token_bytes(_NONCE)
    return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), _PURPOSE)).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed. Raises InvalidTag where it was sealed under another key, or altered."""
    raw = base64.b64decode(sealed)
    return _cipher().decrypt(raw[:_NONCE], raw[_NONCE:], _PURPOSE).decode()


@lru_cache(maxsize=1)
def _cipher() -> AESGCM:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(settings.SECRET_KEY.encode())
    return AESGCM(key)
