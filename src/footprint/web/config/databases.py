"""The operational database, as Django names it: a file beside the data, or the server that one URL names."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

FILE: Final = "footprint.sqlite3"
# What the ledger demands of SQLite (footprint.ledger.database): each commit reaches the disk, deleted keys leave no trace.
_SQLITE: Final = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 10000"


class UnknownDatabaseError(ValueError):
    """FOOTPRINT_DATABASE names no database that Footprint speaks to."""


def database_of(url: str, data: Path) -> dict[str, Any]:
    """Return Django's settings for the database at `url` (postgresql://...), or of the SQLite file in `data` without one."""
    if not url:
        data.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / FILE,
            # A transaction that will write says so when it begins: two that both began by reading would fail instead of wait.
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": _SQLITE, "timeout": 10},
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise UnknownDatabaseError(
            "FOOTPRINT_DATABASE is a URL postgresql://USER@HOST/NAME, or empty for the file in the data folder."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "footprint",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
