"""The ledger's tables on SQLite and PostgreSQL, and the indexes that its questions need."""

from __future__ import annotations

from typing import Final

from footprint.ledger.database import SQLITE, Database
from footprint.ledger.earlier_tables import add_action
from footprint.ledger.guards import APPEND_ONLY, guarded, make_guards

TYPES: Final = {
    "sqlite": {"number": "INTEGER", "bytes": "BLOB"},
    "postgresql": {"number": "BIGINT", "bytes": "BYTEA"},
}

TABLES: Final = (
    # The truth is `body`; the columns before it are copies to search by, and `Ledger.verify` compares them.
    """CREATE TABLE IF NOT EXISTS ledger_entry (
        sequence {number} PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, time TEXT NOT NULL, kind TEXT NOT NULL,
        actor TEXT NOT NULL, partnership TEXT NOT NULL, case_reference TEXT, intent {number}, body {bytes} NOT NULL,
        action TEXT NOT NULL DEFAULT '')""",
    """CREATE TABLE IF NOT EXISTS ledger_subject (
        subject_id TEXT NOT NULL, sequence {number} NOT NULL, PRIMARY KEY (subject_id, sequence))""",
    # Complete subtrees by `Tile.position`.
    "CREATE TABLE IF NOT EXISTS ledger_node (position {number} PRIMARY KEY, hash {bytes} NOT NULL)",
    # Heads that were signed, and their later copies with cosignatures: `number` counts them.
    "CREATE TABLE IF NOT EXISTS ledger_head (number {number} PRIMARY KEY, size {number} NOT NULL, note TEXT NOT NULL)",
    # Data keys, wrapped by the master key. Backed up apart from the rest, and not for long: a key deleted is a value
    # erased. `master_id` says which master key wrapped it.
    """CREATE TABLE IF NOT EXISTS ledger_key (
        key_id TEXT PRIMARY KEY, owner TEXT NOT NULL UNIQUE, master_id TEXT NOT NULL, wrapped {bytes} NOT NULL)""",
    # Whose keys may not be destroyed, until when (UTC, as in entries; null: until released).
    "CREATE TABLE IF NOT EXISTS ledger_hold (owner TEXT PRIMARY KEY, until TEXT)",
)

# One index for each question that a page asks: whose, of which case, answering what, of what sort, when, and about whom.
# Those that end on the sequence give the newest first without sorting.
INDEXES: Final = {
    "ledger_entry_actor": "ledger_entry (actor, sequence)",
    "ledger_entry_case": "ledger_entry (case_reference, sequence)",
    "ledger_entry_intent": "ledger_entry (intent)",
    "ledger_entry_kind": "ledger_entry (kind, sequence)",
    "ledger_entry_action": "ledger_entry (action, sequence)",
    "ledger_entry_time": "ledger_entry (time, sequence)",
    "ledger_subject_sequence": "ledger_subject (sequence, subject_id)",
}


def create_tables(database: Database, *, join: bool = False) -> None:
    """Make whatever is missing; safe to run at every start and from several processes at once.

    Where nothing is missing nothing is touched, so that a role that owns no table may run it.
    """
    with database.reading():
        if _made(database):
            return
    types = TYPES[database.dialect.name]
    with database.writing(join=join):
        for statement in TABLES:
            database.execute(statement.format(**types))
        add_action(database)
        for name, columns in INDEXES.items():
            database.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")
        make_guards(database)


def _made(database: Database) -> bool:
    """Say whether every table, index and trigger is there. (What is in them: see `check_ledger`.)"""
    sql = (
        "SELECT 1 FROM sqlite_master WHERE name = ?"
        if database.dialect is SQLITE
        else "SELECT 1 WHERE to_regclass(?) IS NOT NULL"
    )
    wanted = (*APPEND_ONLY, "ledger_key", "ledger_hold", *INDEXES)
    return all(database.rows(sql, (name,)) for name in wanted) and guarded(database)
