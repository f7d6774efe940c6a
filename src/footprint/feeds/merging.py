# ruff: noqa: S608 - SQL is composed here of our own table and column names, days, and quoted paths of our own making.
"""A parsed delivery laid over the generation that stands, table by table, to make the next one.

Absence is not deletion: what a delivery leaves out stays, with the day on which it was last reported. What ended longer
ago than the retention goes. Only Parquet that this product wrote is read here.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import duckdb
import msgspec

from footprint.feeds.generations import Generation
from footprint.feeds.parsed import INVOLVEMENTS, RECORDS
from footprint.feeds.receipt import Changes
from footprint.feeds.stored import INVOLVEMENT_COLUMNS, RECORD_COLUMNS, quoted
from footprint.records.codes import INVOLVEMENTS as CODES

_EPISODES: Final = ", ".join(f"'{code}'" for code, entry in CODES.items() if entry.shape == "episode")


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """What to merge: the standing generation, the folder of parsed tables, and where the result goes.

    `additions_only` takes the records and involvements that nobody has seen before, and leaves every known row as it is.
    """

    old: Generation | None
    parsed: Path
    target: Path
    as_of: dt.date
    kept_from: dt.date
    additions_only: bool = False


def merge(plan: Merge) -> tuple[Changes, int, int]:
    """Write both tables of the next generation and return what changed, and how many records and involvements it has."""
    with duckdb.connect(config={"memory_limit": "1GB", "preserve_insertion_order": False}) as engine:
        _views(engine, plan)
        _write(engine, plan, RECORDS, "key", _carried_record(plan))
        engine.execute(f"CREATE VIEW merged AS FROM read_parquet('{quoted(plan.target / RECORDS)}')")
        _write(engine, plan, INVOLVEMENTS, "id", _carried_involvement(plan))
        changes = _changes(engine, plan)
        return (
            changes,
            _one(engine, "SELECT count(*) FROM merged"),
            _one(engine, _COUNT.format(_path(plan.target / INVOLVEMENTS))),
        )


_COUNT: Final = "SELECT count(*) FROM read_parquet({})"


def _views(engine: duckdb.DuckDBPyConnection, plan: Merge) -> None:
    for name, file, columns in (
        ("records", RECORDS, RECORD_COLUMNS),
        ("involvements", INVOLVEMENTS, INVOLVEMENT_COLUMNS),
    ):
        engine.execute(f"CREATE VIEW new_{name} AS FROM read_parquet({_path(plan.parsed / file)})")
        if plan.old:
            engine.execute(f"CREATE VIEW old_{name} AS FROM read_parquet({_path(plan.old.folder / file)})")
            continue
        listed = ", ".join(f'NULL::{kind} AS "{column}"' for column, kind in columns.items())
        engine.execute(
            f"CREATE VIEW old_{name} AS SELECT {listed}, NULL::VARCHAR AS first_reported, "
            "NULL::VARCHAR AS last_reported WHERE false"
        )


def _write(engine: duckdb.DuckDBPyConnection, plan: Merge, file: str, key: str, carried: str) -> None:
    table = file.removesuffix(".parquet")
    day = f"'{plan.as_of.isoformat()}'"
    anchored = "WHERE n.record IN (SELECT key FROM merged)" if file == INVOLVEMENTS else ""
    if plan.additions_only:
        said = f"""
            SELECT o.* FROM old_{table} o
            UNION ALL BY NAME
            SELECT n.*, {day} AS first_reported, {day} AS last_reported
            FROM new_{table} n ANTI JOIN old_{table} o USING ({key}) {anchored}"""
    else:
        said = f"""
            SELECT n.*, coalesce(o.first_reported, {day}) AS first_reported, {day} AS last_reported
            FROM new_{table} n LEFT JOIN old_{table} o USING ({key}) {anchored}
            UNION ALL BY NAME
            SELECT o.* FROM old_{table} o ANTI JOIN new_{table} n USING ({key}) WHERE {carried}"""
    engine.execute(
        f"COPY ({said} ORDER BY {key}) TO {_path(plan.target / file)} (FORMAT parquet, COMPRESSION zstd)"
    )


def _carried_record(plan: Merge) -> str:
    return f"o.last_reported >= '{plan.kept_from.isoformat()}'"


def _carried_involvement(plan: Merge) -> str:
    """Say which absent involvements stay: those within the retention, an open one by the day it was last confirmed."""
    limit = plan.kept_from.isoformat()
    return (
        f"(CASE WHEN o.code IN ({_EPISODES}) AND o.\"end\" = '' THEN o.last_reported "
        f"WHEN o.\"end\" <> '' THEN o.\"end\" ELSE o.start END) >= '{limit}' "
        "AND o.record IN (SELECT key FROM merged)"
    )


def _changes(engine: duckdb.DuckDBPyConnection, plan: Merge) -> Changes:
    if plan.additions_only:
        changed = absent_records = absent_facts = gone = 0
    else:
        changed = _one(
            engine,
            "SELECT count(*) FROM new_records n JOIN old_records o USING (key) WHERE n.content_hash <> o.content_hash",
        )
        absent_records = _one(
            engine, "SELECT count(*) FROM old_records o ANTI JOIN new_records n USING (key)"
        )
        absent_facts = _one(
            engine, "SELECT count(*) FROM old_involvements o ANTI JOIN new_involvements n USING (id)"
        )
        gone = _one(
            engine,
            "SELECT count(*) FROM old_involvements o ANTI JOIN new_involvements n USING (id) "
            f"WHERE NOT ({_carried_involvement(plan)})",
        )
    return Changes(
        records_added=_one(engine, "SELECT count(*) FROM new_records n ANTI JOIN old_records o USING (key)"),
        records_changed=changed,
        records_not_reported=absent_records,
        involvements_added=_one(
            engine,
            "SELECT count(*) FROM new_involvements n ANTI JOIN old_involvements o USING (id) "
            "WHERE n.record IN (SELECT key FROM merged)",
        ),
        involvements_not_reported=absent_facts - gone,
        past_retention=gone,
    )


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """How a delivery's ids meet those that stand: last reported ids, how many came back; ids here, how many are known."""

    last_reported: int = 0
    returning: int = 0
    here: int = 0
    known: int = 0


def overlap(old: Generation | None, parsed: Path) -> Overlap:
    """Count the ids that a delivery shares with the generation that stands."""
    if old is None:
        return Overlap()
    with duckdb.connect(config={"threads": 1}) as engine:
        found = engine.execute(
            f"""
            WITH o AS (SELECT key, last_reported FROM read_parquet({_path(old.records)})),
                 n AS (SELECT key FROM read_parquet({_path(parsed / RECORDS)})),
                 last AS (SELECT key FROM o WHERE last_reported = (SELECT max(last_reported) FROM o))
            SELECT (SELECT count(*) FROM last), (SELECT count(*) FROM last SEMI JOIN n USING (key)),
                   (SELECT count(*) FROM n), (SELECT count(*) FROM n SEMI JOIN o USING (key))"""
        ).fetchall()[0]
    return Overlap(last_reported=found[0], returning=found[1], here=found[2], known=found[3])


def _one(engine: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(engine.execute(sql).fetchall()[0][0])


def _path(path: Path) -> str:
    return f"'{quoted(path)}'"
