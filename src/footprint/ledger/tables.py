"""The ledger's tables on SQLite and PostgreSQL, and the triggers that refuse to change or remove what was entered.

The triggers stop mistakes and an application that was taken over. An owner of the database can drop them; that is what
the tree, the signed heads and the witnesses are for.
"""

from __future__ import annotations

from typing import Final

from footprint.ledger.database import SQLITE, Database

TYPES: Final = {
    "sqlite": {"number": "INTEGER", "bytes": "BLOB"},
    "postgresql": {"number": "BIGINT", "bytes": "BYTEA"},
}

TABLES: Final = (
    # The truth is `body`; the columns before it are copies to search by, and `Ledger.verify` compares them.
    """CREATE TABLE IF NOT EXISTS ledger_entry (
        sequence {number} PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, time TEXT NOT NULL, kind TEXT NOT NULL,
        actor TEXT NOT NULL, partnership TEXT NOT NULL, case_reference TEXT, intent {number}, body {bytes} NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS ledger_entry_actor ON ledger_entry (actor, sequence)",
    "CREATE INDEX IF NOT EXISTS ledger_entry_case ON ledger_entry (case_reference, sequence)",
    "CREATE INDEX IF NOT EXISTS ledger_entry_intent ON ledger_entry (intent)",
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

# The tables that only grow, each with what makes a row the same row.
APPEND_ONLY: Final = {
    "ledger_entry": "sequence = NEW.sequence OR event_id = NEW.event_id",
    "ledger_subject": "subject_id = NEW.subject_id AND sequence = NEW.sequence",
    "ledger_node": "position = NEW.position",
    "ledger_head": "number = NEW.number",
}

REFUSED: Final = "The ledger only grows: an entry is never changed or removed."
GAP: Final = "The ledger has no gaps: the next entry takes the next number."

# INSERT OR REPLACE deletes without firing a DELETE trigger, hence the third.
SQLITE_TRIGGERS: Final = (
    "CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{refused}'); END",
    "CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{refused}'); END",
    """CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN SELECT RAISE(ABORT, '{refused}'); END""",
)
SQLITE_NO_GAP: Final = """CREATE TRIGGER IF NOT EXISTS ledger_entry_no_gap BEFORE INSERT ON ledger_entry
    WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence) + 1, 0) FROM ledger_entry)
    BEGIN SELECT RAISE(ABORT, '{gap}'); END"""

# ALWAYS: so that a session which plays the replica does not get past them either.
POSTGRESQL_TRIGGERS: Final = (
    """CREATE OR REPLACE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
    "ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_only_grows",
)
POSTGRESQL_FUNCTIONS: Final = (
    """CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION '{refused}'; END $$""",
    """CREATE OR REPLACE FUNCTION ledger_no_gap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.sequence <> (SELECT COALESCE(MAX(sequence) + 1, 0) FROM ledger_entry) THEN RAISE EXCEPTION '{gap}'; END IF;
        RETURN NEW; END $$""",
)
POSTGRESQL_NO_GAP: Final = (
    """CREATE OR REPLACE TRIGGER ledger_entry_no_gap BEFORE INSERT ON ledger_entry
        FOR EACH ROW EXECUTE FUNCTION ledger_no_gap()""",
    "ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_no_gap",
)


def create_tables(database: Database, *, join: bool = False) -> None:
    """Make whatever is missing; safe to run at every start and from several processes at once."""
    on_sqlite = database.dialect is SQLITE
    statements = [statement.format(**TYPES[database.dialect.name]) for statement in TABLES]
    if not on_sqlite:
        statements += [statement.format(refused=REFUSED, gap=GAP) for statement in POSTGRESQL_FUNCTIONS]
    for table, same in APPEND_ONLY.items():
        triggers = SQLITE_TRIGGERS if on_sqlite else POSTGRESQL_TRIGGERS
        statements += [statement.format(table=table, same=same, refused=REFUSED) for statement in triggers]
    statements += [SQLITE_NO_GAP.format(gap=GAP)] if on_sqlite else POSTGRESQL_NO_GAP
    with database.writing(join=join):
        for statement in statements:
            database.execute(statement)
