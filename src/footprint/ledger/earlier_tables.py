"""Tables as earlier versions made them, brought up to date where they lie: an owner's work, done in one transaction.

Search columns are copies of what the entries say, so a new one can be filled from them; no entry is touched.
"""

from __future__ import annotations

import msgspec

from footprint.ledger.database import SQLITE, Database
from footprint.ledger.guards import lift_guard
from footprint.ledger.leaf import read_leaf

BATCH = 1_000


def add_action(database: Database) -> None:
    """Give `ledger_entry` its column `action`, if it has none yet. The caller makes the guards anew afterwards."""
    if "action" in _columns(database):
        return
    database.execute("ALTER TABLE ledger_entry ADD COLUMN action TEXT NOT NULL DEFAULT ''")
    lift_guard(database, "ledger_entry")
    first = 0
    while rows := database.rows(
        "SELECT sequence, body FROM ledger_entry WHERE sequence >= ? ORDER BY sequence LIMIT ?",
        (first, BATCH),
    ):
        actions = [(_action(body), sequence) for sequence, body in rows]
        database.many("UPDATE ledger_entry SET action = ? WHERE sequence = ?", actions)
        first = rows[-1][0] + 1


def _columns(database: Database) -> set[str]:
    if database.dialect is SQLITE:
        return {row[1] for row in database.rows("PRAGMA table_info(ledger_entry)")}
    return {
        name
        for (name,) in database.rows(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass('ledger_entry') AND NOT attisdropped"
        )
    }


def _action(body: object) -> str:
    """Return what an entry says; nothing where it cannot be read, which the check of the whole log will tell."""
    try:
        return read_leaf(body).action if isinstance(body, bytes) else ""
    except msgspec.DecodeError:
        return ""
