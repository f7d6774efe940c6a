"""The data keys in their table: found, made, and counted to whom they belong.

An owner is `subject:<id>` (all that is sealed about one person), `entry:<event id>` (one entry's own), or the ledger
itself for the key of the fingerprints. A key that was destroyed is not made again under its old id, so what it sealed
stays erased when its owner gets a new one.
"""

from __future__ import annotations

import secrets
from typing import Final, NamedTuple

from footprint.ledger.database import Database
from footprint.ledger.errors import KeyUnusable
from footprint.ledger.keys import KEY_BYTES, KeyRing

FINGERPRINT_OWNER: Final = "ledger:fingerprint"


class DataKey(NamedTuple):
    """A data key in clear, in memory only."""

    key_id: str
    key: bytes


def subject_owner(subject: str) -> str:
    return f"subject:{subject}"


def entry_owner(event_id: str) -> str:
    return f"entry:{event_id}"


def key_of(database: Database, ring: KeyRing, owner: str) -> DataKey:
    """Return the owner's data key, made now if there is none. Call under the append lock."""
    found = database.rows("SELECT key_id, wrapped FROM ledger_key WHERE owner = ?", (owner,))
    if found:
        key_id, wrapped = found[0]
        return DataKey(key_id, ring.unwrap(wrapped, key_id, owner))
    made = DataKey(secrets.token_hex(16), secrets.token_bytes(KEY_BYTES))
    database.execute(
        "INSERT INTO ledger_key (key_id, owner, master_id, wrapped) VALUES (?, ?, ?, ?)",
        (made.key_id, owner, ring.id, ring.wrap(made.key, made.key_id, owner)),
    )
    return made


def key_with_id(database: Database, ring: KeyRing, key_id: str) -> bytes | None:
    """Return the data key, or None when it was destroyed."""
    found = database.rows("SELECT owner, wrapped FROM ledger_key WHERE key_id = ?", (key_id,))
    return ring.unwrap(found[0][1], key_id, found[0][0]) if found else None


def check_master(database: Database, ring: KeyRing) -> None:
    """Raise KeyUnusable when the data keys here were wrapped by another master key than this one."""
    # One stands for all: it is made before any other, and `rewrap` changes all in one transaction.
    foreign = database.rows(
        "SELECT master_id FROM ledger_key WHERE owner = ? AND master_id <> ?", (FINGERPRINT_OWNER, ring.id)
    )
    if foreign:
        raise KeyUnusable(
            f"The personal values in this ledger are under master key {foreign[0][0]}; this one is {ring.id}."
            " Restore that key's file, or finish changing over to the new one."
        )


def rewrap(database: Database, old: KeyRing, new: KeyRing) -> int:
    """Wrap every data key anew, in one transaction; return how many. Entries are not touched: they hold data keys' ids."""
    with database.writing(join=False):
        rows = database.rows("SELECT key_id, owner, wrapped FROM ledger_key WHERE master_id = ?", (old.id,))
        database.many(
            "UPDATE ledger_key SET master_id = ?, wrapped = ? WHERE key_id = ?",
            [
                (new.id, new.wrap(old.unwrap(wrapped, key_id, owner), key_id, owner), key_id)
                for key_id, owner, wrapped in rows
            ],
        )
    return len(rows)


def owners_about(database: Database, subject: str) -> list[str]:
    """Return the owners of all keys that seal something about a subject, for an erasure to destroy one by one.

    They are the subject's own key, and those of the entries that name the subject, or whose outcome does.
    """
    rows = database.rows(
        """SELECT owner FROM ledger_key WHERE owner = ?
        UNION SELECT k.owner FROM ledger_subject s JOIN ledger_entry e ON e.sequence = s.sequence
            JOIN ledger_entry a ON a.sequence = e.sequence OR a.sequence = e.intent
            JOIN ledger_key k ON k.owner = 'entry:' || a.event_id WHERE s.subject_id = ?
        ORDER BY 1""",
        (subject_owner(subject), subject),
    )
    return [owner for (owner,) in rows]
