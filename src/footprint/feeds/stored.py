# ruff: noqa: S608 - SQL is composed here of our own column names and quoted paths of our own making.
"""The two tables of a generation: their columns, and how they are written from rows.

`records.parquet`: the record as JSON, its hash, and the columns by which it is compared. `involvements.parquet`: one
row for each. `first_reported` and `last_reported` are added when a delivery is merged into a generation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, get_type_hints

import duckdb
import msgspec

from footprint.records import Comparable, Involvement, Record
from footprint.records.comparing import comparable
from footprint.records.wire import involvement_bytes, record_bytes

_SQL_TYPES: Final[dict[object, str]] = {
    str: "VARCHAR",
    list[str]: "VARCHAR[]",
    int: "INTEGER",
    bool: "BOOLEAN",
}
#: Columns of records.parquet as a delivery is parsed. `key` is the record's, once.
RECORD_COLUMNS: Final[dict[str, str]] = {
    "key": "VARCHAR",
    "body": "VARCHAR",
    "content_hash": "VARCHAR",
    **{name: _SQL_TYPES[kind] for name, kind in get_type_hints(Comparable).items() if name != "key"},
}
INVOLVEMENT_COLUMNS: Final[dict[str, str]] = dict.fromkeys(
    ("id", "record", "code", "start", "end", "body"), "VARCHAR"
)
_MEMORY: Final = "512MB"


class RecordRow(msgspec.Struct, frozen=True):
    """A record as it is stored, before its comparison columns."""

    body: str
    content_hash: str


def write_records(records: Iterable[Record], folder: Path, digest: hashlib._Hash) -> int:
    """Write records.parquet into `folder`, add each record's hash to `digest`, and return how many there were."""
    encode = msgspec.json.encode
    count = 0
    lines = folder / "records.ndjson"
    with lines.open("wb") as stream:
        for record in records:
            body = record_bytes(record)
            said = hashlib.blake2b(body, digest_size=16).hexdigest()
            digest.update(said.encode())
            head = encode({"body": body.decode(), "content_hash": said})
            # Two JSON objects become one: the first loses its closing brace, the second its opening one.
            stream.write(head[:-1] + b"," + encode(comparable(record))[1:] + b"\n")
            count += 1
    to_parquet(lines, folder / "records.parquet", RECORD_COLUMNS)
    return count


def write_involvements(involvements: Iterable[Involvement], folder: Path, digest: hashlib._Hash) -> int:
    """Write involvements.parquet into `folder`, in the order of their ids, and return how many there were."""
    encode = msgspec.json.encode
    count = 0
    lines = folder / "involvements.ndjson"
    with lines.open("wb") as stream:
        for one in sorted(involvements, key=lambda involvement: involvement.id):
            body = involvement_bytes(one)
            digest.update(hashlib.blake2b(body, digest_size=16).digest())
            row = {"id": one.id, "record": one.record, "code": one.code, "start": one.start, "end": one.end}
            stream.write(encode({**row, "body": body.decode()}) + b"\n")
            count += 1
    to_parquet(lines, folder / "involvements.parquet", INVOLVEMENT_COLUMNS)
    return count


def connect() -> duckdb.DuckDBPyConnection:
    """Return an engine of our own, bounded, that reads no settings and loads no extension."""
    return duckdb.connect(
        config={
            "threads": 1,
            "memory_limit": _MEMORY,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )


def to_parquet(lines: Path, target: Path, columns: dict[str, str]) -> None:
    """Write JSON lines as Parquet and remove them."""
    listed = ", ".join(f"\"{name}\": '{kind}'" for name, kind in columns.items())
    chosen = ", ".join(f'"{name}"' for name in columns)
    with connect() as engine:
        if lines.stat().st_size:
            engine.execute(
                f"COPY (SELECT {chosen} FROM read_json(?, format='newline_delimited', columns={{{listed}}}, "
                f"maximum_object_size=67108864)) TO '{quoted(target)}' (FORMAT parquet, COMPRESSION zstd)",
                [str(lines)],
            )
        else:
            empty = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in columns.items())
            engine.execute(f"COPY (SELECT {empty} WHERE false) TO '{quoted(target)}' (FORMAT parquet)")
    lines.unlink()


def quoted(path: Path) -> str:
    """Return a path as it may stand between single quotes in SQL."""
    return str(path).replace("'", "''")
