# ruff: noqa: S608 - SQL is composed here of our own table and column names, days, and quoted paths of our own making.
"""A parsed delivery laid over the generation that stands, table by table, to make the next one.

Absence is not deletion: what a delivery leaves out stays, with the day on which it was last reported. So the order in
which whole deliveries come makes no difference in the end. What ended longer ago than the retention
goes. Only Parquet that this product wrote is read here.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import msgspec

from footprint.feeds.generations import Generation
from footprint.feeds.parsed import INVOLVEMENTS, RECORDS
from footprint.feeds.receipt import Changes
from footprint.feeds.stored import INVOLVEMENT_COLUMNS, PARQUET, RECORD_COLUMNS, Engine, quoted
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


def merge(plan: Merge, engine: Engine) -> tuple[Changes, int, int]:
    """Write both tables of the next generation and return what changed, and how many records and involvements it has."""
    _views(engine, plan)
    _write(engine, plan, RECORDS, "key", _carried_record(plan))
    _view(engine, "merged_records", plan.target / RECORDS)
    _write(engine, plan, INVOLVEMENTS, "id", _carried_involvement(plan))
    _view(engine, "merged_involvements", plan.target / INVOLVEMENTS)
    return _counts(engine, plan)


def _views(engine: Engine, plan: Merge) -> None:
    for name, file, columns in (
        ("records", RECORDS, RECORD_COLUMNS),
        ("involvements", INVOLVEMENTS, INVOLVEMENT_COLUMNS),
    ):
        _view(engine, f"new_{name}", plan.parsed / file)
        if plan.old:
            _view(engine, f"old_{name}", plan.old.folder / file)
            continue
        typed = {**columns, "first_reported": "VARCHAR", "last_reported": "VARCHAR"}
        listed = ", ".join(f'NULL::{kind} AS "{column}"' for column, kind in typed.items())
        engine.execute(f"CREATE OR REPLACE TEMP VIEW old_{name} AS SELECT {listed} WHERE false")


def _view(engine: Engine, name: str, path: Path) -> None:
    engine.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS FROM read_parquet('{quoted(path)}')")


def _write(engine: Engine, plan: Merge, file: str, key: str, carried: str) -> None:
    table = file.removesuffix(".parquet")
    day = f"'{plan.as_of.isoformat()}'"
    anchored = "AND n.record IN (SELECT key FROM merged_records)" if file == INVOLVEMENTS else ""
    if plan.additions_only:
        said = f"""
            SELECT o.* FROM old_{table} o
            UNION ALL BY NAME
            SELECT n.*, {day} AS first_reported, {day} AS last_reported
            FROM new_{table} n ANTI JOIN old_{table} o USING ({key}) WHERE true {anchored}"""
    else:
        # Whoever reported last has the word, in whatever order deliveries came.
        said = f"""
            SELECT n.*, least(coalesce(o.first_reported, {day}), {day}) AS first_reported, {day} AS last_reported
            FROM new_{table} n LEFT JOIN old_{table} o USING ({key})
            WHERE (o.{key} IS NULL OR o.last_reported <= {day}) {anchored}
            UNION ALL BY NAME
            SELECT o.* REPLACE (
                CASE WHEN n.{key} IS NULL THEN o.first_reported ELSE least(o.first_reported, {day}) END AS first_reported)
            FROM old_{table} o LEFT JOIN (SELECT {key} FROM new_{table}) n USING ({key})
            WHERE (n.{key} IS NULL OR o.last_reported > {day}) AND {carried}"""
    engine.execute(f"COPY ({said} ORDER BY {key}) TO '{quoted(plan.target / file)}' ({PARQUET})")


def _carried_record(plan: Merge) -> str:
    return f"o.last_reported >= '{plan.kept_from.isoformat()}'"


def _carried_involvement(plan: Merge) -> str:
    """Say which absent involvements stay: those within the retention, an open one by the day it was last confirmed."""
    limit = plan.kept_from.isoformat()
    return (
        f"(CASE WHEN o.code IN ({_EPISODES}) AND o.\"end\" = '' THEN o.last_reported "
        f"WHEN o.\"end\" <> '' THEN o.\"end\" ELSE o.start END) >= '{limit}' "
        "AND o.record IN (SELECT key FROM merged_records)"
    )


def _counts(engine: Engine, plan: Merge) -> tuple[Changes, int, int]:
    """Count in one question what the merge did."""
    found = engine.execute(f"""
        SELECT
            (SELECT count(*) FROM merged_records),
            (SELECT count(*) FROM merged_involvements),
            (SELECT count(*) FROM new_records n ANTI JOIN old_records o USING (key)),
            (SELECT count(*) FROM new_records n JOIN old_records o USING (key) WHERE n.content_hash <> o.content_hash),
            (SELECT count(*) FROM old_records o ANTI JOIN new_records n USING (key)),
            (SELECT count(*) FROM new_involvements n ANTI JOIN old_involvements o USING (id)
             WHERE n.record IN (SELECT key FROM merged_records)),
            (SELECT count(*) FROM old_involvements o ANTI JOIN new_involvements n USING (id)),
            (SELECT count(*) FROM old_involvements o ANTI JOIN new_involvements n USING (id)
             WHERE NOT ({_carried_involvement(plan)}))""").fetchall()[0]
    records, involvements, added, changed, absent, facts_added, facts_absent, gone = map(int, found)
    changes = Changes(records_added=added, involvements_added=facts_added)
    if not plan.additions_only:
        changes = msgspec.structs.replace(
            changes,
            records_changed=changed,
            records_not_reported=absent,
            involvements_not_reported=facts_absent - gone,
            past_retention=gone,
        )
    return changes, records, involvements


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """How a delivery's ids meet those that stand: last reported ids, how many came back; ids here, how many are known."""

    last_reported: int = 0
    returning: int = 0
    here: int = 0
    known: int = 0


def overlap(old: Generation | None, parsed: Path, engine: Engine) -> Overlap:
    """Count the ids that a delivery shares with the generation that stands."""
    if old is None:
        return Overlap()
    _view(engine, "here", parsed / RECORDS)
    _view(engine, "standing", old.records)
    found = engine.execute(
        """
        WITH last AS (SELECT key FROM standing WHERE last_reported >= ?)
        SELECT (SELECT count(*) FROM last), (SELECT count(*) FROM last SEMI JOIN here USING (key)),
               (SELECT count(*) FROM here), (SELECT count(*) FROM here SEMI JOIN standing USING (key))""",
        [old.standing.as_of.isoformat()],
    ).fetchall()[0]
    return Overlap(last_reported=found[0], returning=found[1], here=found[2], known=found[3])
