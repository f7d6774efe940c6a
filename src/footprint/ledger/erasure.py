"""Erasure: a data key destroyed, so that what it sealed can never be read again, while every leaf hash still verifies.

A hold (a court's order, a complaint, an inquiry) keeps keys from being destroyed. Both are entered in the same
transaction as what they do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from footprint.ledger.clock import written
from footprint.ledger.data_keys import entry_owner, subject_owner
from footprint.ledger.database import SQLITE, Database
from footprint.ledger.errors import EntryInvalid, KeyHeld


def delete_key(database: Database, owner: str, now: dt.datetime) -> bool:
    """Delete the owner's key in the open transaction; say whether there was one. KeyHeld when a hold forbids it."""
    if not owner.startswith((subject_owner(""), entry_owner(""))):
        raise EntryInvalid(
            f"'{owner}' owns no key that may be destroyed: name 'subject:<id>' or 'entry:<event id>'."
        )
    holds = _holds(database, _owners_that_protect(database, owner), now)
    if holds:
        raise KeyHeld(
            f"The key of {owner} may not be destroyed: held for {', '.join(holds)}. Release the hold first."
        )
    if database.dialect is SQLITE:
        database.execute("PRAGMA secure_delete = ON")  # whoever opened the connection may have left it off
    return bool(database.execute("DELETE FROM ledger_key WHERE owner = ?", (owner,)).rowcount)


def put_hold(database: Database, owner: str, until: dt.datetime | None) -> None:
    """Hold an owner's keys, and for a subject those of all entries about them; a new end replaces the old one."""
    database.execute(
        "INSERT INTO ledger_hold (owner, until) VALUES (?, ?) ON CONFLICT (owner) DO UPDATE SET until = excluded.until",
        (owner, None if until is None else written(until)),
    )


def lift_hold(database: Database, owner: str) -> None:
    database.execute("DELETE FROM ledger_hold WHERE owner = ?", (owner,))


def forget_traces(database: Database) -> None:
    """Empty SQLite's write-ahead log, in which a deleted key would linger until its next turn."""
    if database.dialect is SQLITE and not database.busy:
        database.rows("PRAGMA wal_checkpoint(TRUNCATE)")


def _holds(database: Database, owners: Sequence[str], now: dt.datetime) -> list[str]:
    """Return those of `owners` that a hold which has not ended protects."""
    held = []
    for owner in owners:
        rows = database.rows("SELECT until FROM ledger_hold WHERE owner = ?", (owner,))
        held += [owner for (until,) in rows if until is None or until > written(now)]
    return held


def _owners_that_protect(database: Database, owner: str) -> list[str]:
    """Return the owner, and for an entry's key every subject whom that entry, or an outcome of it, concerns."""
    if owner.startswith(subject_owner("")):
        return [owner]
    rows = database.rows(
        """SELECT DISTINCT s.subject_id FROM ledger_entry e JOIN ledger_entry a
            ON a.sequence = e.sequence OR a.intent = e.sequence
            JOIN ledger_subject s ON s.sequence = a.sequence WHERE e.event_id = ? ORDER BY 1""",
        (owner.removeprefix(entry_owner("")),),
    )
    return [owner, *(subject_owner(subject) for (subject,) in rows)]
