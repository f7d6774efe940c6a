"""One declaration, four engines: the levels of random pairs are the same in all of them."""

import importlib.util
import os
import random

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.comparison import COMPARISONS, UNKNOWN, reference, sql
from footprint.comparison.kernel import edits, levels
from footprint.comparison.packing import pack, pack_one
from footprint.comparison.program import program_of
from footprint.records import Comparable
from footprint.records.columns import SCHEMA, frame_of
from tests.comparison.rows import a_pair

PAIRS = 3_000
PROGRAM = program_of()


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Comparable, Comparable]]:
    draw = random.Random(20261123)
    return [a_pair(draw, number) for number in range(PAIRS)]


@pytest.fixture(scope="module")
def expected(pairs) -> list[tuple[int, ...]]:
    return [tuple(reference.levels(left, right).values()) for left, right in pairs]


def test_the_pairs_reach_every_level_of_every_comparison(expected):
    for place, comparison in enumerate(COMPARISONS):
        reached = {levels[place] for levels in expected}
        possible = {UNKNOWN, *range(comparison.else_level)}
        # A fact that is only ever known where it agrees has no level for disagreement.
        assert possible <= reached, comparison.name
        assert comparison.positive_only or comparison.else_level in reached, comparison.name


def test_the_kernel_agrees_with_the_reference(pairs, expected):
    rows, _ = pack(frame_of([row for pair in pairs for row in pair]))
    found = [tuple(levels(PROGRAM, rows, 2 * place, rows, 2 * place + 1)) for place in range(len(pairs))]
    assert found == expected


def test_the_kernel_agrees_where_one_side_says_what_no_row_says(pairs, expected):
    rows, pool = pack(frame_of([right for _, right in pairs[::5]]))
    for place, (left, _) in enumerate(pairs[::5]):
        assert tuple(levels(PROGRAM, pack_one(left, pool), 0, rows, place)) == expected[5 * place]


def test_duckdb_agrees_with_the_reference(pairs, expected):
    connection = duckdb.connect()
    connection.register("pairs", _side_by_side(pairs).to_arrow())
    columns = ", ".join(sql.level(comparison) for comparison in COMPARISONS)
    found = connection.execute(f"SELECT {columns} FROM pairs ORDER BY pair_number").fetchall()
    assert found == expected


def test_spark_agrees_with_the_reference(pairs, expected, java_home, tmp_path, monkeypatch):
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed. Install it with: pip install -r requirements/spark.txt")
    from pyspark.sql import SparkSession

    monkeypatch.setitem(os.environ, "JAVA_HOME", str(java_home))
    _side_by_side(pairs).write_parquet(tmp_path / "pairs.parquet")
    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.warehouse.dir", str(tmp_path))
        .getOrCreate()
    )
    try:
        spark.read.parquet(str(tmp_path / "pairs.parquet")).createOrReplaceTempView("pairs")
        columns = ", ".join(
            f"{sql.level(comparison, 'spark')} AS {comparison.name}" for comparison in COMPARISONS
        )
        found = [
            tuple(row) for row in spark.sql(f"SELECT {columns} FROM pairs ORDER BY pair_number").collect()
        ]
    finally:
        spark.stop()
    assert found == expected


@given(st.text("abc", max_size=9), st.text("abc", max_size=9), st.integers(1, 2))
def test_edits_are_counted_as_far_as_the_limit(one, other, limit):
    import numpy as np
    from rapidfuzz.distance import Levenshtein

    a, b = (np.frombuffer(text.encode(), dtype=np.uint8) for text in (one, other))
    distance = Levenshtein.distance(one, other)
    assert edits(a, 0, len(a), b, 0, len(b), limit, np.zeros(16, np.int32)) == min(distance, limit + 1)


def _side_by_side(pairs) -> pl.DataFrame:
    sides = [frame_of([pair[side] for pair in pairs]) for side in (0, 1)]
    renamed = [
        frame.rename({name: f"{name}_{mark}" for name in SCHEMA})
        for frame, mark in zip(sides, "lr", strict=True)
    ]
    return pl.concat(renamed, how="horizontal").with_row_index("pair_number")
