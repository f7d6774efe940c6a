"""Comparables as a table: the one schema by which they are written, linked and indexed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, get_type_hints

import msgspec
import polars as pl

from footprint.records.comparable import Comparable

msgspec.json.Decoder(Comparable)  # met by one thread, while this is imported

_TYPES: Final[dict[object, pl.DataType]] = {
    str: pl.String(),
    list[str]: pl.List(pl.String),
    int: pl.Int32(),
    bool: pl.Boolean(),
}

SCHEMA: Final[dict[str, pl.DataType]] = {
    name: _TYPES[kind] for name, kind in get_type_hints(Comparable).items()
}
TEXTS: Final = tuple(name for name, kind in SCHEMA.items() if kind == pl.String())
LISTS: Final = tuple(name for name, kind in SCHEMA.items() if kind == pl.List(pl.String))
NUMBERS: Final = tuple(name for name, kind in SCHEMA.items() if kind == pl.Int32())
FLAGS: Final = tuple(name for name, kind in SCHEMA.items() if kind == pl.Boolean())


def frame_of(rows: Iterable[Comparable]) -> pl.DataFrame:
    """Return `rows` as a frame, one row each in their order, with the columns of SCHEMA."""
    listed = list(rows)
    return pl.DataFrame(
        [pl.Series(name, [getattr(row, name) for row in listed], dtype=kind) for name, kind in SCHEMA.items()]
    )


def rows_of(frame: pl.DataFrame) -> list[Comparable]:
    """Return the Comparables of a frame that has the columns of SCHEMA (others are left out)."""
    return [msgspec.convert(row, Comparable) for row in frame.select(list(SCHEMA)).iter_rows(named=True)]
