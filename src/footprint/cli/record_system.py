"""A record system as far as the delivery protocol goes, in one SQLite file: each message, its key and its receipt in one commit.

A commit reaches the disk before `take` returns, so whoever is killed after it answers the same when the message comes again.
`footprint.referrals.receiving` is the rule; this is where it is kept.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from footprint.referrals.delivering import Envelope, Receipt
from footprint.referrals.receiving import Held, fingerprint, judge, read_envelope, receipt_for

_RECEIPT: Final = msgspec.json.Decoder(Receipt)

FILE: Final = "received.sqlite3"
_PREFIX: Final = "REC"
_PATIENCE: Final = 10.0
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS record (name TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, last INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS message (
    key TEXT PRIMARY KEY, record TEXT NOT NULL REFERENCES record (name), number INTEGER NOT NULL, kind TEXT NOT NULL,
    fingerprint TEXT NOT NULL, body BLOB NOT NULL, receipt BLOB NOT NULL, UNIQUE (record, number)
);
"""


class Effect(NamedTuple):
    """One message that was taken."""

    key: str
    record: str
    number: int
    kind: str
    body: bytes


class RecordSystem:
    """What was taken, in a folder. Any number of threads and processes may take at once."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file: Final = folder / FILE
        with self._opened() as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(_TABLES)

    def take(self, content: bytes, now: dt.datetime) -> Receipt:
        """Take a message, once, and return its receipt. Raises receiving.EnvelopeUnreadable."""
        envelope = read_envelope(content)
        with self._opened() as database:
            database.execute("BEGIN IMMEDIATE")
            receipt = _taken(database, envelope, now)
            database.execute("COMMIT")
        return receipt

    def effects(self) -> list[Effect]:
        """Return what was taken, by record and number."""
        with self._opened() as database:
            rows = database.execute(
                "SELECT key, record, number, kind, body FROM message ORDER BY record, number"
            )
            return [Effect(*row) for row in rows]

    def references(self) -> dict[str, str]:
        """Return this system's own reference for each record."""
        with self._opened() as database:
            return dict(database.execute("SELECT name, reference FROM record ORDER BY name"))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)) as database:
            database.execute("PRAGMA synchronous = FULL")
            yield database


def _taken(database: sqlite3.Connection, envelope: Envelope, now: dt.datetime) -> Receipt:
    known = database.execute(
        "SELECT reference, last FROM record WHERE name = ?", [envelope.record]
    ).fetchone()
    row = database.execute(
        "SELECT fingerprint, receipt FROM message WHERE key = ?", [envelope.key]
    ).fetchone()
    held = Held(row[0], _RECEIPT.decode(row[1])) if row else None
    reference, last = known or ("", 0)
    judged = judge(envelope, held, last)
    if judged.again:
        return judged.again
    if judged.outcome != "accepted":
        return receipt_for(envelope, judged.outcome, now, reference=reference, sentence=judged.sentence)
    if not reference:
        (count,) = database.execute("SELECT count(*) FROM record").fetchone()
        reference = f"{_PREFIX}-{count + 1:06}"
    receipt = receipt_for(envelope, "accepted", now, reference=reference)
    database.execute(
        "INSERT INTO record VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last",
        [envelope.record, reference, envelope.number],
    )
    database.execute(
        "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            envelope.key,
            envelope.record,
            envelope.number,
            envelope.kind,
            fingerprint(envelope),
            bytes(envelope.body),
            msgspec.json.encode(receipt),
        ],
    )
    return receipt
