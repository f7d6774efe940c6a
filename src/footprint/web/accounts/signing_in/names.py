"""Under what an attempt to sign in is counted: a keyed digest, for what somebody types as their name may be a password."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

#: Beside a username: what failed was the second step.
CODES: Final = {"step": "second"}


def counted_as(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """Return under what an attempt counts: the same for all spellings that sign in alike."""
    given = credentials or {}
    folded = unicodedata.normalize("NFKC", str(given.get("username") or "")).strip().casefold()
    salt = f"footprint.accounts.lock_out{given.get('step', '')}"
    return salted_hmac(salt, folded, algorithm="sha256").hexdigest()[:32]
