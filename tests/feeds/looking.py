"""What stands after a delivery, as plain values to compare in a test."""

from pathlib import Path

import duckdb

from footprint.feeds import generations
from footprint.records.wire import involvement_from_bytes, record_from_bytes


def rows(path: Path, columns: str = "*") -> list[tuple]:
    with duckdb.connect() as engine:
        return engine.execute(f"SELECT {columns} FROM read_parquet(?) ORDER BY 1", [str(path)]).fetchall()


def records(data: Path, feed: str) -> dict[str, object]:
    """The records that stand, by key."""
    found = generations.current(data, feed)
    return {key: record_from_bytes(body) for key, body in rows(found.records, "key, body")} if found else {}


def involvements(data: Path, feed: str) -> dict[str, object]:
    """The involvements that stand, by id."""
    found = generations.current(data, feed)
    listed = rows(found.involvements, "id, body") if found else []
    return {identifier: involvement_from_bytes(body) for identifier, body in listed}


def facts(data: Path, feed: str) -> list[tuple[str, str, str, str]]:
    """Record, code, start and end of each involvement that stands."""
    return sorted((one.record, one.code, one.start, one.end) for one in involvements(data, feed).values())


def reported(data: Path, feed: str) -> dict[str, tuple[str, str]]:
    """First and last day on which each record was reported."""
    found = generations.current(data, feed)
    return {
        key: (first, last) for key, first, last in rows(found.records, "key, first_reported, last_reported")
    }


def whole(data: Path, feed: str) -> tuple[list[tuple], list[tuple]]:
    """Everything in both tables that stand: two of these are equal when the same is held."""
    found = generations.current(data, feed)
    return (rows(found.records), rows(found.involvements)) if found else ([], [])


def is_no_smaller(before: tuple[list[tuple], list[tuple]], after: tuple[list[tuple], list[tuple]]) -> bool:
    """Whether everything that stood before stands unchanged after, whatever was added."""
    return all(set(map(repr, old)) <= set(map(repr, new)) for old, new in zip(before, after, strict=True))


def reason(receipt, line, field):
    """The one reason given of a line and a column."""
    found = [one.reason for one in receipt.reasons if (one.line, one.field) == (line, field)]
    assert len(found) == 1, receipt.reasons
    return found[0]
