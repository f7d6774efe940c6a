"""How well and how fast search finds people in a labelled table, however foreign: every record is a person of its own.

Labels are read only to count hits, after a query has been answered. A column that the queries do not have is unknown.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Mapping as Tables
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import polars as pl

from footprint.records import Comparable
from footprint.records.columns import rows_of
from footprint.records.foreign import Foreign, read_foreign
from footprint.records.mapping import Mapping
from footprint.records.mask import Mask
from footprint.search.building import build
from footprint.search.index import Index
from footprint.search.kernel import Flags
from footprint.search.question import exchanged
from footprint.search.ranking import Ranked, rank
from footprint.search.verdicts import fields_asked, verdicts
from footprint.search.weights import FREQUENCY_COLUMNS, MatchModel

SHOWN: Final = 5
_NO_AGE: Final = (0, 0)
_ANY_DAY: Final = dt.date(2000, 1, 1)  # tables from elsewhere are asked for birthdays, never for ages


class KindFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The share of the queries of one kind whose first record, or one of whose first five, is of the person meant."""

    queries: int
    recall_at_1: float
    recall_at_5: float


class SearchFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one evaluation. Milliseconds are from a cleaned query to five records with a verdict on every field."""

    records: int
    queries: int
    build_seconds: float
    index_bytes: int
    p50_ms: float
    p99_ms: float
    recall_at_1: float
    recall_at_5: float
    by_kind: dict[str, KindFigures]


def evaluate_search(
    records_path: Path,
    queries_path: Path,
    mapping: Mapping,
    truth: str,
    kind: str | None = None,
    *,
    model: MatchModel,
    frequencies: Tables[str, pl.DataFrame] | None = None,
) -> SearchFigures:
    """Index one CSV or Parquet file and look for every row of another in it; `truth` labels the rows of both.

    `frequencies` are counted in the records themselves unless given. Raises TableError where a file cannot be read.
    """
    records = read_foreign(records_path, mapping, truth)
    queries = read_foreign(queries_path, mapping, truth, kind, partial_table=True)
    one_line = "full_name" in mapping.columns and not {"given_name", "family_name"} & mapping.columns.keys()
    with tempfile.TemporaryDirectory(prefix="footprint-evaluate-") as scratch:
        begun = time.perf_counter()
        persons = np.arange(records.frame.height, dtype=np.int32)
        shares = counted(records.frame) if frequencies is None else frequencies
        build(Path(scratch), records.frame, persons, model=model, frequencies=shares, day=_ANY_DAY)
        build_seconds = time.perf_counter() - begun
        size = sum(file.stat().st_size for file in Path(scratch).iterdir())
        ranks, milliseconds = _run(Index.open(Path(scratch)), records, queries, both_orders=one_line)
    return SearchFigures(
        records=records.frame.height,
        queries=len(ranks),
        build_seconds=round(build_seconds, 2),
        index_bytes=size,
        p50_ms=round(float(np.percentile(milliseconds, 50)), 3) if milliseconds else 0.0,
        p99_ms=round(float(np.percentile(milliseconds, 99)), 3) if milliseconds else 0.0,
        recall_at_1=_recall(ranks, 1),
        recall_at_5=_recall(ranks, SHOWN),
        by_kind=_by_kind(queries.kinds, ranks) if kind else {},
    )


def counted(frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return how common each value of a frequency column is among the rows that say it."""
    tables = {}
    for column in FREQUENCY_COLUMNS:
        said = frame.filter(pl.col(column) != "")
        tables[column] = (
            said.group_by(column).len().with_columns(share=pl.col("len") / max(said.height, 1)).drop("len")
        )
    return tables


def _run(
    index: Index, records: Foreign, queries: Foreign, *, both_orders: bool
) -> tuple[list[int], list[float]]:
    """Return for each query the place, from 1, of the first record of the person meant (0: not among those shown)."""
    flags = index.flags(Mask())
    rows = rows_of(queries.frame)
    for row in rows[:3]:
        _look_up(index, [row], flags)  # the first look-up compiles and maps; a server does that once
    ranks, milliseconds = [], []
    for row, label in zip(rows, queries.labels, strict=True):
        begun = time.perf_counter()
        one_name = both_orders or not (row.given_all and row.family_all)
        found = _look_up(index, [row, exchanged(row)] if one_name else [row], flags)
        milliseconds.append((time.perf_counter() - begun) * 1000)
        hits = (
            place for place, person in enumerate(found.people[:SHOWN], 1) if records.labels[person] == label
        )
        ranks.append(next(hits, 0))
    return ranks, milliseconds


def _look_up(index: Index, rows: Sequence[Comparable], flags: Flags) -> Ranked:
    found = rank(index, rows, _NO_AGE, flags)
    fields = fields_asked(rows, _NO_AGE)
    for place, person in enumerate(found.people[:SHOWN]):
        verdicts(index, rows[0], _NO_AGE, fields, person, found.levels[place], flags)
    return found


def _recall(ranks: Sequence[int], depth: int) -> float:
    return round(sum(0 < place <= depth for place in ranks) / len(ranks), 4) if ranks else 0.0


def _by_kind(kinds: Sequence[str], ranks: Sequence[int]) -> dict[str, KindFigures]:
    sorted_ranks: dict[str, list[int]] = {}
    for kind, place in zip(kinds, ranks, strict=True):
        sorted_ranks.setdefault(kind, []).append(place)
    return {
        kind: KindFigures(
            queries=len(of_kind), recall_at_1=_recall(of_kind, 1), recall_at_5=_recall(of_kind, SHOWN)
        )
        for kind, of_kind in sorted(sorted_ranks.items())
    }
