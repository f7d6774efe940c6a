"""The two tables of rulings, and what makes the database itself refuse to change or delete a row."""

from __future__ import annotations

from typing import Final, Literal

Dialect = Literal["sqlite", "postgresql"]

TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS decision (id TEXT PRIMARY KEY, partnership TEXT NOT NULL, body TEXT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS decision_undone (
        decision TEXT PRIMARY KEY REFERENCES decision (id),
        undone_by TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL
    )""",
)

# Written out for each table: SQL takes no table name as a parameter, and text put together would ask to be trusted.
GUARDS: Final[dict[Dialect, tuple[str, ...]]] = {
    "sqlite": (
        """CREATE TRIGGER IF NOT EXISTS decision_no_update BEFORE UPDATE ON decision
        BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END""",
        """CREATE TRIGGER IF NOT EXISTS decision_no_delete BEFORE DELETE ON decision
        BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END""",
        """CREATE TRIGGER IF NOT EXISTS decision_undone_no_update BEFORE UPDATE ON decision_undone
        BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END""",
        """CREATE TRIGGER IF NOT EXISTS decision_undone_no_delete BEFORE DELETE ON decision_undone
        BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION decision_is_kept() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'a decision is never changed or deleted'; END $$""",
        """CREATE OR REPLACE TRIGGER decision_is_kept BEFORE UPDATE OR DELETE ON decision
        FOR EACH ROW EXECUTE FUNCTION decision_is_kept()""",
        """CREATE OR REPLACE TRIGGER decision_undone_is_kept BEFORE UPDATE OR DELETE ON decision_undone
        FOR EACH ROW EXECUTE FUNCTION decision_is_kept()""",
        """CREATE OR REPLACE TRIGGER decision_is_not_emptied BEFORE TRUNCATE ON decision
        FOR EACH STATEMENT EXECUTE FUNCTION decision_is_kept()""",
        """CREATE OR REPLACE TRIGGER decision_undone_is_not_emptied BEFORE TRUNCATE ON decision_undone
        FOR EACH STATEMENT EXECUTE FUNCTION decision_is_kept()""",
    ),
}

# Whether all of it is there. Making needs an owner, and asking does not.
MADE: Final[dict[Dialect, tuple[str, int]]] = {
    "sqlite": (
        """SELECT COUNT(*) FROM sqlite_master WHERE tbl_name IN ('decision', 'decision_undone')
        AND type IN ('table', 'trigger')""",
        6,
    ),
    "postgresql": (
        """SELECT COUNT(*) FROM pg_trigger WHERE NOT tgisinternal
        AND tgrelid IN (to_regclass('decision'), to_regclass('decision_undone'))""",
        4,
    ),
}
# "decision" in ASCII: one at a time makes the tables, as PostgreSQL stumbles over two.
MAKING: Final[dict[Dialect, str]] = {
    "sqlite": "SELECT 1",
    "postgresql": "SELECT pg_advisory_xact_lock(7234297680999575406)",
}
