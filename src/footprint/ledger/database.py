"""One connection, SQLite or PostgreSQL, under the few operations in which they differ: begin, lock, place-holders.

It is given the connection and never opens one. SQL elsewhere in this room is written once, with `?`. To work inside a
transaction of the caller's (Django hands over its own `connection.connection`), pass `join`; nothing is committed then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, Protocol

from footprint.ledger.errors import LedgerUnavailable

# "ledger" in ASCII: one lock for all who append, released with the transaction, so that sequences have no gap.
APPEND_LOCK: Final = 0x6C6564676572
SQLITE_PRAGMAS: Final = (
    "busy_timeout = 10000",
    "journal_mode = WAL",
    "synchronous = FULL",
    "secure_delete = ON",
)
#: The same for whoever prepares connections on the ledger's behalf, as a web framework does.
SQLITE_INIT_COMMAND: Final = "; ".join(f"PRAGMA {pragma}" for pragma in SQLITE_PRAGMAS)

POSTGRESQL_OPEN: Final = (
    1,
    2,
    3,
)  # libpq: a command runs, a transaction is open, it has failed; 4 is a lost connection


class Connection(Protocol):
    """What is asked of a DB-API 2.0 connection."""

    def cursor(self) -> Any: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...


class Dialect(NamedTuple):
    """How the two databases say the same thing. `lock` is run first in every transaction that appends."""

    name: str
    marker: str
    begin_writing: str
    begin_reading: str
    lock: tuple[str, ...]


SQLITE: Final = Dialect("sqlite", "?", "BEGIN IMMEDIATE", "BEGIN", ())
POSTGRESQL: Final = Dialect(
    "postgresql",
    "%s",
    "BEGIN",
    "BEGIN",
    (
        f"SELECT pg_advisory_xact_lock({APPEND_LOCK})",
        # A server may be set to acknowledge before it has written; an entry may not be.
        "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'",
    ),
)


class Database:
    """A connection and its dialect. Not for two threads at once, as connections are not."""

    def __init__(self, connection: Connection) -> None:
        self.connection: Final[Any] = connection
        if isinstance(connection, sqlite3.Connection):
            self.dialect = SQLITE
        elif type(connection).__module__.partition(".")[0] == "psycopg":
            self.dialect = POSTGRESQL
        else:
            raise LedgerUnavailable(
                "The ledger speaks to SQLite (sqlite3) and PostgreSQL (psycopg 3) connections."
            )

    def prepare(self) -> None:
        """Make SQLite durable and forgetful: each commit reaches the disk, and a deleted key's bytes are overwritten."""
        if self.dialect is SQLITE and not self.busy:
            for pragma in SQLITE_PRAGMAS:
                self.execute(f"PRAGMA {pragma}")
        self.check_prepared()

    def check_prepared(self) -> None:
        """Refuse a connection on which SQLite would lose what it acknowledged. Changes nothing."""
        if self.dialect is SQLITE and self.rows("PRAGMA synchronous")[0][0] < 2:
            raise LedgerUnavailable(
                "SQLite would lose entries on a power cut: set PRAGMA synchronous = FULL."
            )

    @property
    def busy(self) -> bool:
        """Say whether a transaction is open on the connection."""
        if self.dialect is SQLITE:
            return bool(self.connection.in_transaction)
        return int(self.connection.info.transaction_status) in POSTGRESQL_OPEN

    @property
    def _commits_by_itself(self) -> bool:
        """Say whether each statement would be a transaction of its own, unless one is begun."""
        if self.dialect is SQLITE:
            return True  # sqlite3 begins at the first change at the earliest: too late for the lock
        return bool(self.connection.autocommit)

    def execute(self, sql: str, values: Sequence[object] = ()) -> Any:
        cursor = self._cursor()
        if values:
            cursor.execute(sql.replace("?", self.dialect.marker), values)
        else:
            cursor.execute(sql)
        return cursor

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        self._cursor().executemany(sql.replace("?", self.dialect.marker), rows)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.execute(sql, values).fetchall()]

    @contextmanager
    def writing(self, *, join: bool) -> Iterator[None]:
        """Hold the one right to append, in a transaction of our own, or with `join` in the caller's, until it ends."""
        if join:
            if not self.busy and self._commits_by_itself:
                raise LedgerUnavailable(
                    "There is no open transaction to join: begin one, or leave out join=True."
                )
            self._lock()
            yield
            return
        if self.busy:
            raise LedgerUnavailable(
                "A transaction is open on this connection: end it, or pass join=True to join it."
            )
        with self._transaction(self.dialect.begin_writing):
            self._lock()
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read in the caller's transaction when one is open, else in one of our own that is ended at once."""
        if self.busy:
            yield
            return
        with self._transaction(self.dialect.begin_reading):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        # psycopg begins by itself unless it commits by itself; sqlite3 would begin too late and too weakly.
        if self.dialect is SQLITE or self.connection.autocommit:
            self.execute(begin)
        try:
            yield
            self.connection.commit()
        except BaseException:
            self.connection.rollback()
            raise

    def _lock(self) -> None:
        for statement in self.dialect.lock:
            self.execute(statement)

    def _cursor(self) -> Any:
        if self.dialect is SQLITE:
            return self.connection.cursor()
        from psycopg.rows import tuple_row

        return self.connection.cursor(row_factory=tuple_row)
