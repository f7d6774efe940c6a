"""The key that signs sessions and links: a private file in the data folder, made on first use, or one that is named."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from footprint.ledger.private_files import create_private, read_private

SECRET_KEY_VARIABLE: Final = "FOOTPRINT_SECRET_KEY_FILE"  # noqa: S105 - the name of a variable


def secret_key(data: Path) -> str:
    """Return the key. A file that was named and is absent is an error: whoever named one meant that one."""
    named = os.environ.get(SECRET_KEY_VARIABLE)
    if named:
        return read_private(Path(named)).decode().strip()
    fresh = secrets.token_urlsafe(64).encode() + b"\n"
    return create_private(data / "keys" / "site.key", fresh).decode().strip()
