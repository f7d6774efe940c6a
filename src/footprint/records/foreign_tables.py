"""Any CSV or Parquet file as rows of text: leading zeros kept, odd quoting survived, every way to say "nothing" empty.

For labelled files from elsewhere, on which matching is measured. Partners' deliveries have contracts and their own readers.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import polars as pl

Row = tuple[str, ...]

CHUNK: Final = 20_000
NOTHING: Final = frozenset(
    {"nan", "NaN", "NAN", "None", "NULL", "null", "<NA>", "NA", "N/A", "NaT", "\\N", "?", "-"}
)
_DELIMITERS: Final = (",", ";", "\t", "|")
_ENCODINGS: Final = ("utf-8-sig", "cp1252")


class TableError(ValueError):
    """The file cannot be read as a table; the message names the file and what to do."""


def columns_of(path: Path) -> list[str]:
    """Return the names of the columns of the CSV or Parquet file `path`. Raises TableError where it is neither."""
    if not path.is_file():
        raise TableError(f"There is no file at {path}.")
    if _is_parquet(path):
        try:
            return list(pl.read_parquet_schema(path))
        except (pl.exceptions.PolarsError, OSError) as error:
            raise TableError(f"{path} is no Parquet file that can be read: {error}") from None
    header, _, _ = _dialect(path)
    return header


def read_rows(path: Path, columns: Sequence[str], chunk: int = CHUNK) -> Iterator[list[Row]]:
    """Yield the rows of `path` in file order, `chunk` at a time, as the text of `columns` (empty: not known).

    A short row is filled with nothing, what a long row has too much is left out. Raises TableError for a column that is absent.
    """
    present = columns_of(path)
    missing = [column for column in columns if column not in present]
    if missing:
        raise TableError(f"{path} has no column {', '.join(missing)}. It has: {', '.join(present)}.")
    if not columns:
        raise TableError(f"No column of {path} is asked for. Map one at least.")
    return _parquet_rows(path, columns, chunk) if _is_parquet(path) else _csv_rows(path, columns, chunk)


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _parquet_rows(path: Path, columns: Sequence[str], chunk: int) -> Iterator[list[Row]]:
    frame = pl.read_parquet(path, columns=list(dict.fromkeys(columns)))
    for part in frame.iter_slices(chunk):
        texts = {name: [as_text(value) for value in part[name].to_list()] for name in part.columns}
        yield list(zip(*(texts[column] for column in columns), strict=True))


def _csv_rows(path: Path, columns: Sequence[str], chunk: int) -> Iterator[list[Row]]:
    header, encoding, delimiter = _dialect(path)
    places = [header.index(column) for column in columns]
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        reader = csv.reader(
            (line.replace("\0", "") for line in file), delimiter=delimiter, skipinitialspace=True
        )
        next(reader)
        while rows := list(islice(reader, chunk)):
            yield [
                tuple(as_text(row[place]) if place < len(row) else "" for place in places)
                for row in rows
                if row
            ]


def _dialect(path: Path) -> tuple[list[str], str, str]:
    """Return the header, the encoding and the delimiter: whichever delimiter parts the header into most columns."""
    csv.field_size_limit(1 << 24)
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        start = file.readline()
    if not start.strip():
        raise TableError(f"{path} is empty. A table needs a line with the names of its columns.")
    headers = {mark: next(csv.reader([start], delimiter=mark, skipinitialspace=True)) for mark in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda mark: len(headers[mark]))
    return [name.strip() for name in headers[delimiter]], encoding, delimiter


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(1 << 20)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    for encoding in _ENCODINGS:
        try:
            start[: start.rfind(b"\n") + 1 or None].decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def as_text(value: Any) -> str:
    """Return the text of one cell of any type: a date in ISO form, 12.0 as 12, nothing as an empty string."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.strip()
        return "" if text in NOTHING else text
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, bytes):
        return value.decode(errors="replace").strip()
    if isinstance(value, list | tuple):
        return " ".join(filter(None, map(as_text, value)))
    return str(value)
