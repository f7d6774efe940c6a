"""The operational database by one setting: a file in the data folder, or a PostgreSQL server shared with the web's pages.

FOOTPRINT_DATABASE is empty for SQLite, or a URL: postgresql://user:password@host/database. No message repeats the URL,
as it may hold a password.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from footprint.cli.exits import CommandError, Exit

if TYPE_CHECKING:
    import psycopg

    Connection = sqlite3.Connection | psycopg.Connection

VARIABLE: Final = "FOOTPRINT_DATABASE"
SQLITE_FILE: Final = "footprint.sqlite3"
SCHEMES: Final = ("postgresql://", "postgres://")
SECONDS_TO_CONNECT: Final = 10


def open_database(data: Path, setting: str) -> Connection:
    """Open the operational database; every statement is its own transaction until one is begun. CommandError."""
    if not setting:
        return _open_sqlite(data)
    if not setting.startswith(SCHEMES):
        raise CommandError(
            f"{VARIABLE} is no database that Footprint knows. Leave it empty for a file in the data folder, or write"
            " postgresql://USER:PASSWORD@HOST/DATABASE.",
            Exit.NOT_READY,
        )
    return _open_postgresql(setting)


def dialect_of(connection: Connection) -> Literal["sqlite", "postgresql"]:
    """Return which SQL a connection speaks."""
    return "sqlite" if isinstance(connection, sqlite3.Connection) else "postgresql"


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Do what stands within in one transaction: all of it is written, or none."""
    connection.execute("BEGIN IMMEDIATE" if dialect_of(connection) == "sqlite" else "BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _open_sqlite(data: Path) -> sqlite3.Connection:
    try:
        data.mkdir(parents=True, exist_ok=True)
        return sqlite3.connect(data / SQLITE_FILE, timeout=10, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise CommandError(
            f"The data folder {data} cannot be used: {error}. Name another with --data."
        ) from None


def _open_postgresql(url: str) -> psycopg.Connection:
    import psycopg

    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=SECONDS_TO_CONNECT)
    except psycopg.Error as error:
        # The driver's own words may quote the URL, and with it the password.
        raise CommandError(
            f"The operational database cannot be opened ({type(error).__name__}). See that the server is up, and that"
            f" {VARIABLE} names it, the user and the database rightly.",
            Exit.NO_LEDGER,
        ) from None
