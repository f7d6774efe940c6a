# ruff: noqa: S608 - SQL is composed here of our own column names and of quoted paths of our own making.
"""All records of all feeds as one table, each record once.

A partner with several feeds may speak of one record in each (a council's own extract names the child, its census does
not): the fragments are put together here. No record of one partner ever meets another's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import duckdb
import polars as pl

from footprint.feeds.generations import Generation
from footprint.records import Record
from footprint.records.columns import SCHEMA, frame_of
from footprint.records.comparing import comparable
from footprint.records.wire import record_bytes, record_from_bytes

#: The columns by which a record is compared, as SQL.
COMPARED = ", ".join(f'"{column}"' for column in SCHEMA)


def gather(engine: duckdb.DuckDBPyConnection, generations: Sequence[Generation]) -> int:
    """Make the views `stated` (key, body, first_reported, last_reported, comparable columns) and `involvement`.

    `stated` has each record once; returns how many there are. `involvement` has id, record, code, start, end, body,
    first_reported, last_reported and feed.
    """
    engine.execute(f"CREATE VIEW arrived AS FROM read_parquet({_files(one.records for one in generations)})")
    engine.execute(
        # A generation lies in FEED/NUMBER/.
        f"""CREATE VIEW involvement AS SELECT * EXCLUDE filename, parse_path(filename)[-3] AS feed
        FROM read_parquet({_files(one.involvements for one in generations)}, filename = true)"""
    )
    engine.execute("CREATE TABLE repeated AS SELECT key FROM arrived GROUP BY key HAVING count(*) > 1")
    rows = engine.execute(
        """SELECT key, body, first_reported, last_reported FROM arrived SEMI JOIN repeated USING (key)
        ORDER BY key, last_reported DESC, body"""
    ).fetchall()
    whole = [
        (
            whole_record([record_from_bytes(row[1]) for row in group]),
            min(row[2] for row in group),
            group[0][3],
        )
        for group in (list(rows_of_key) for _, rows_of_key in groupby(rows, key=lambda row: row[0]))
    ]
    put_in(engine, "whole", [record for record, _, _ in whole])
    reported = pl.DataFrame(
        {
            "key": [str(record.key) for record, _, _ in whole],
            "first_reported": [first for _, first, _ in whole],
            "last_reported": [last for _, _, last in whole],
        },
        schema={"key": pl.String, "first_reported": pl.String, "last_reported": pl.String},
    )
    engine.register("whole_reported", reported)
    engine.execute("CREATE TABLE whole_days AS FROM whole_reported")
    engine.execute(
        f"""CREATE VIEW stated AS
        SELECT body, first_reported, last_reported, {COMPARED} FROM arrived ANTI JOIN repeated USING (key)
        UNION ALL
        SELECT body, first_reported, last_reported, {COMPARED} FROM whole JOIN whole_days USING (key)"""
    )
    return int(engine.execute("SELECT count(*) FROM stated").fetchall()[0][0])


def whole_record(fragments: Sequence[Record]) -> Record:
    """Return one record of fragments that different feeds of one partner hold under one key, the latest first.

    The feed that names the person wins, field by field; others fill what it leaves empty. Numbers are gathered from all.
    """
    ordered = sorted(fragments, key=lambda record: not record.names)
    fields = {
        field: next(
            (value for record in ordered if (value := getattr(record, field))), getattr(ordered[0], field)
        )
        for field in Record.__struct_fields__
    }
    numbers = {(one.scheme, one.value): one for record in reversed(ordered) for one in record.identifiers}
    return Record(**{**fields, "key": ordered[0].key, "identifiers": tuple(numbers.values())})


def put_in(engine: duckdb.DuckDBPyConnection, table: str, records: Sequence[Record]) -> None:
    """Make a table of records: their comparable columns, and `body`."""
    frame = frame_of(map(comparable, records)).with_columns(
        pl.Series("body", [record_bytes(record).decode() for record in records], dtype=pl.String)
    )
    engine.register("records_put_in", frame)
    engine.execute(f"CREATE OR REPLACE TABLE {table} AS FROM records_put_in")
    engine.unregister("records_put_in")


def _files(paths: Iterable[Path]) -> str:
    """Paths as a list in SQL. They are ours, and quoted all the same."""
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return f"[{listed}]"
