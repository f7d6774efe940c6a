# ruff: noqa: S608 - SQL is composed here of our own column and table names.
"""The segments of a snapshot beside the index, written in the order of people: who, their records, what happened, why.

A person's number is the place of its id among all ids, a record's number its place among all records in the order of
(person, key); so a person's records stand side by side everywhere. Pieces are streamed; nothing is held whole in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
import msgspec
import numpy as np
import numpy.typing as npt

from footprint.records.codes import INVOLVEMENTS
from footprint.records.published import FEEDS, INDEX, PEOPLE, RECORDS, FeedState
from footprint.records.window import Window
from footprint.snapshot.arrays import write_array
from footprint.snapshot.blobs import write_blobs
from footprint.snapshot.strings import write_strings

SEGMENTS: Final = (PEOPLE, RECORDS, INDEX, FEEDS)
_ROWS_AT_ONCE: Final = 4096
_EPISODES: Final = ", ".join(f"'{code}'" for code, entry in INVOLVEMENTS.items() if entry.shape == "episode")


def number(engine: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Make the table `numbered` (record, person_number, key, person); return how many people and records there are.

    Needs `person_of` (key, person).
    """
    engine.execute(
        """CREATE TABLE numbered AS
        SELECT (row_number() OVER (ORDER BY person, key) - 1)::INTEGER AS record,
            (dense_rank() OVER (ORDER BY person) - 1)::INTEGER AS person_number, key, person
        FROM person_of"""
    )
    people, records = engine.execute(
        "SELECT count(DISTINCT person_number), count(*) FROM numbered"
    ).fetchall()[0]
    return int(people), int(records)


def write_people(engine: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write who there is: ids, where each one's records begin, and the links and kinships that touch each.

    Needs `numbered`, `tie` (one, other, verdict, weight, rule, why) and `kinship` (record, other, kind, start, end).
    """
    write_strings(folder / "ids", _pieces(engine, "SELECT DISTINCT person FROM numbered ORDER BY person"))
    counts = _numbers(
        engine, "SELECT count(*) AS number FROM numbered GROUP BY person_number ORDER BY person_number"
    )
    write_array(folder / "starts.npy", np.append(0, np.cumsum(counts)).astype(np.int64))
    write_blobs(
        folder / "ties", _by_person(engine, "tie", "one, other, verdict, weight, rule, why", "one", "other")
    )
    write_blobs(folder / "kin", _by_person(engine, "kinship", 'record, other, kind, start, "end"', "record"))


def write_records(engine: duckdb.DuckDBPyConnection, folder: Path, window: Window) -> None:
    """Write the records: keys, bodies, when they were reported, and their involvements within the retention.

    Needs `numbered`, `stated`, `veiled`, `involvement` and `held` (key): what is held for an inquiry is kept for longer.
    """
    write_strings(folder / "keys", _pieces(engine, "SELECT key FROM numbered ORDER BY key"))
    by_key = _numbers(engine, "SELECT record AS number FROM numbered ORDER BY key")
    write_array(folder / "record_of_key.npy", by_key.astype(np.int32))
    write_array(folder / "key_of_record.npy", np.argsort(by_key).astype(np.int32))
    write_blobs(folder / "bodies", _pieces(engine, "SELECT body FROM published ORDER BY record"))
    days = engine.execute(
        """SELECT first_reported::DATE - DATE '1970-01-01' AS first, last_reported::DATE - DATE '1970-01-01' AS last
        FROM numbered JOIN stated USING (key) ORDER BY record"""
    ).fetchnumpy()
    write_array(folder / "reported.npy", np.stack([days["first"], days["last"]], axis=1).astype(np.int32))
    write_blobs(
        folder / "involvements",
        _pieces(
            engine,
            f"""SELECT coalesce(said, '[]') FROM numbered LEFT JOIN (
                SELECT record AS key, '[' || string_agg('{{"involvement":' || body || ',"first_reported":"' || first_reported
                    || '","last_reported":"' || last_reported || '","feed":"' || feed || '"}}', ','
                    ORDER BY start, id) || ']' AS said
                FROM involvement
                WHERE CASE WHEN "end" <> '' THEN "end" WHEN code IN ({_EPISODES}) THEN '9999' ELSE start END >= ?
                    OR record IN (SELECT key FROM held)
                GROUP BY record) USING (key)
            ORDER BY numbered.record""",
            [window.kept_from],
        ),
    )


def write_feeds(folder: Path, feeds: list[FeedState], window: Window) -> None:
    """Write every feed as it stands, and the window of the snapshot."""
    (folder / "feeds.json").write_bytes(msgspec.json.format(msgspec.json.encode(feeds), indent=1))
    (folder / "window.json").write_bytes(msgspec.json.format(msgspec.json.encode(window), indent=1))


def _by_person(engine: duckdb.DuckDBPyConnection, table: str, columns: str, *ends: str) -> Iterator[bytes]:
    """For each person in order, a JSON list of the rows of `table` of which any of the columns `ends` is its record."""
    touched = " UNION ".join(
        f"SELECT person_number, {table}.rowid AS place FROM {table} JOIN numbered ON numbered.key = {table}.{end}"
        for end in ends
    )
    fields = ", ".join(f"{column} := {column}" for column in columns.split(", "))
    order = ", ".join(columns.split(", ")[:2])
    return _pieces(
        engine,
        f"""SELECT coalesce(said, '[]') FROM (SELECT DISTINCT person_number FROM numbered) LEFT JOIN (
            SELECT person_number, to_json(list(struct_pack({fields}) ORDER BY {order}))::VARCHAR AS said
            FROM ({touched}) JOIN {table} ON {table}.rowid = place GROUP BY person_number) USING (person_number)
        ORDER BY person_number""",
    )


def _pieces(engine: duckdb.DuckDBPyConnection, sql: str, values: list[str] | None = None) -> Iterator[bytes]:
    """The one column of a query, piece by piece."""
    cursor = engine.execute(sql, values or [])
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        for (text,) in rows:
            yield text.encode()


def _numbers(engine: duckdb.DuckDBPyConnection, sql: str) -> npt.NDArray[np.int64]:
    """The column `number` of a query."""
    return np.asarray(engine.execute(sql).fetchnumpy()["number"], dtype=np.int64)
