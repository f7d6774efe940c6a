"""Keyed digests: by them a row recognises a person, a name or a place that it does not hold, and nobody else reads it there.

The key lies in a file of its own, never in the database: whoever has the database alone cannot try out names or addresses.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from footprint.ledger.private_files import create_private, read_private

KEY_VARIABLE: Final = "FOOTPRINT_WATCHING_KEY_FILE"
_BYTES: Final = 16


def digest(sort: str, value: str) -> str:
    """Return the digest of a value of a sort ("person", "place", "name", "street"): 32 characters that tell nothing."""
    key = _key(settings.DATA)
    return hmac.new(key, f"{sort}\n{value}".encode(), hashlib.sha256).digest()[:_BYTES].hex()


@lru_cache(maxsize=4)
def _key(data: Path) -> bytes:
    """The key; made on first use, unless a file was named, which must then be there."""
    named = os.environ.get(KEY_VARIABLE)
    if named:
        return read_private(Path(named)).strip()
    fresh = secrets.token_hex(32).encode() + b"\n"
    return create_private(data / "keys" / "watching.key", fresh).strip()
