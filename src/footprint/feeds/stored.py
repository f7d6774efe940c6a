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

from footprint.feeds.parsed import INVOLVEMENTS, RECORDS
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
Engine = duckdb.DuckDBPyConnection

_MEMORY: Final = "256MB"
#: For merging a whole feed, which must be sorted: a borough's police or hospital takes some 300 MB.
MERGING: Final = "1GB"
#: Small row groups: an engine holds one of them whole while it writes, and ours have forty columns of lists.
PARQUET: Final = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480"
_RECORD_LINES: Final = "records.ndjson"
_INVOLVEMENT_LINES: Final = "involvements.ndjson"


def write_records(records: Iterable[Record], folder: Path, digest: hashlib._Hash) -> int:
    """Write the records as lines into `folder`, add each record's hash to `digest`, and return how many there were."""
    encode = msgspec.json.encode
    count = 0
    with (folder / _RECORD_LINES).open("wb") as stream:
        for record in records:
            body = record_bytes(record)
            said = hashlib.blake2b(body, digest_size=16).hexdigest()
            digest.update(said.encode())
            head = encode({"body": body.decode(), "content_hash": said})
            # Two JSON objects become one: the first loses its closing brace, the second its opening one.
            stream.write(head[:-1] + b"," + encode(comparable(record))[1:] + b"\n")
            count += 1
    return count


def write_involvements(involvements: Iterable[Involvement], folder: Path, digest: hashlib._Hash) -> int:
    """Write the involvements as lines into `folder`, in the order given, and return how many there were."""
    encode = msgspec.json.encode
    count = 0
    with (folder / _INVOLVEMENT_LINES).open("wb") as stream:
        for one in involvements:
            body = involvement_bytes(one)
            digest.update(hashlib.blake2b(body, digest_size=16).digest())
            row = {"id": one.id, "record": one.record, "code": one.code, "start": one.start, "end": one.end}
            stream.write(encode({**row, "body": body.decode()}) + b"\n")
            count += 1
    return count


def connect(*, threads: int = 1, memory: str = _MEMORY, spill: Path | None = None) -> Engine:
    """Return an engine of our own, bounded, that reads no settings and loads no extension.

    What does not fit in `memory` goes to the folder `spill`, and nowhere without one: never to a corner of whatever folder
    somebody happened to stand in.
    """
    return duckdb.connect(
        config={
            "threads": threads,
            "memory_limit": memory,
            "temp_directory": str(spill) if spill else "",
            "preserve_insertion_order": threads == 1,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )


def pack(folder: Path) -> None:
    """Write the lines in `folder` as records.parquet and involvements.parquet, and remove them."""
    with connect(spill=folder / "spill") as engine:
        for lines, target, columns in (
            (folder / _RECORD_LINES, folder / RECORDS, RECORD_COLUMNS),
            (folder / _INVOLVEMENT_LINES, folder / INVOLVEMENTS, INVOLVEMENT_COLUMNS),
        ):
            _pack(engine, lines, target, columns)
            lines.unlink()


def _pack(engine: Engine, lines: Path, target: Path, columns: dict[str, str]) -> None:
    if not lines.stat().st_size:
        empty = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in columns.items())
        engine.execute(f"COPY (SELECT {empty} WHERE false) TO '{quoted(target)}' (FORMAT parquet)")
        return
    listed = ", ".join(f"\"{name}\": '{kind}'" for name, kind in columns.items())
    chosen = ", ".join(f'"{name}"' for name in columns)
    engine.execute(
        f"COPY (SELECT {chosen} FROM read_json(?, format='newline_delimited', columns={{{listed}}})) "
        f"TO '{quoted(target)}' ({PARQUET})",
        [str(lines)],
    )


def quoted(path: Path) -> str:
    """Return a path as it may stand between single quotes in SQL."""
    return str(path).replace("'", "''")
