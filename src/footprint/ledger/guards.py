"""The triggers that refuse to change or remove what was entered, on SQLite and PostgreSQL, and whether they stand.

They stop mistakes and an application that was taken over. An owner of the database can drop them; that is what the tree,
the signed heads and the witnesses are for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from footprint.ledger.database import SQLITE, Database

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


def make_guards(database: Database) -> None:
    """Make the triggers, in the open transaction; those that stand are made anew or left as they are."""
    on_sqlite = database.dialect is SQLITE
    statements = [] if on_sqlite else [text.format(refused=REFUSED, gap=GAP) for text in POSTGRESQL_FUNCTIONS]
    for table, same in APPEND_ONLY.items():
        triggers = SQLITE_TRIGGERS if on_sqlite else POSTGRESQL_TRIGGERS
        statements += [statement.format(table=table, same=same, refused=REFUSED) for statement in triggers]
    statements += [SQLITE_NO_GAP.format(gap=GAP)] if on_sqlite else POSTGRESQL_NO_GAP
    for statement in statements:
        database.execute(statement)


def lift_guard(database: Database, table: str) -> None:
    """Take the triggers off one table, in the open transaction, for the owner to bring old rows up to date."""
    for guarded, name in _names(database):
        if guarded == table and name != "ledger_entry_no_gap":
            suffix = "" if database.dialect is SQLITE else f" ON {table}"
            database.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def guarded(database: Database) -> bool:
    """Say whether every trigger stands, and on PostgreSQL fires always."""
    sql = (
        "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND name = ?"
        if database.dialect is SQLITE
        else "SELECT 1 FROM pg_trigger WHERE tgrelid = to_regclass(?) AND tgname = ? AND tgenabled = 'A'"
    )
    return all(database.rows(sql, pair) for pair in _names(database))


def _names(database: Database) -> Iterator[tuple[str, str]]:
    """Each trigger's table and name."""
    suffixes = ("no_update", "no_delete", "no_replace") if database.dialect is SQLITE else ("only_grows",)
    yield from ((table, f"{table}_{suffix}") for table in APPEND_ONLY for suffix in suffixes)
    yield "ledger_entry", "ledger_entry_no_gap"
