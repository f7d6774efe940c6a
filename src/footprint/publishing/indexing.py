# ruff: noqa: S608 - SQL is composed here of our own column names, and of a quoted path of our own making.
"""The search index within a publishing: every record as it may be found, in the order of people."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from footprint.publishing.gathering import COMPARED
from footprint.publishing.task import Publishing
from footprint.search import build


def build_index(
    task: Publishing, engine: duckdb.DuckDBPyConnection, into: Path, scratch: Path, day: dt.date
) -> None:
    """Build the index of `published` in the segment `into`, on the frequency tables that linking used."""
    frame = scratch / "published.parquet"
    quoted = str(frame).replace("'", "''")
    engine.execute(f"COPY (SELECT {COMPARED} FROM published ORDER BY record) TO '{quoted}' (FORMAT parquet)")
    persons = engine.execute("SELECT person_number FROM numbered ORDER BY record").fetchnumpy()
    build(
        into,
        pl.read_parquet(frame),
        np.asarray(persons["person_number"], dtype=np.int32),
        model=task.model,
        frequencies={path.stem: pl.read_parquet(path) for path in sorted(task.frequencies.glob("*.parquet"))},
        day=day,
    )
    frame.unlink()
