"""The weight of a pair is the sum of what its levels say, on DuckDB and on Spark alike."""

from __future__ import annotations

import importlib.util
import logging
import math
import os
import random
from itertools import combinations
from pathlib import Path

import duckdb
import polars as pl
import pytest

from footprint.comparison import COMPARISONS, KINDS, predicates, reference
from footprint.linking import facts, frequencies, model, scoring
from footprint.linking.model import Levels, Model
from footprint.records import Comparable
from footprint.records.columns import frame_of
from tests.linking.neighbours import neighbourhood
from tests.linking.said import BY_HAND

FLOOR = -60.0


def _with_others() -> Model:
    """Return the model made by hand with kinds of people who are no strangers."""
    comparisons = {
        comparison.name: Levels(
            BY_HAND.comparisons[comparison.name].m,
            BY_HAND.comparisons[comparison.name].u,
            {kind: tuple(sorted(BY_HAND.comparisons[comparison.name].u)) for kind in comparison.shared_by},
        )
        for comparison in COMPARISONS
    }
    return Model(
        name="others",
        trained_on="nothing",
        prior=1e-5,
        others={"housemates": 2e-5, "namesakes": 3e-5},
        comparisons=comparisons,
    )


MODELS = {"by hand": BY_HAND, "with others": _with_others(), "packaged": model.load()}


def slowly(weighed: Model, shares: dict[str, dict[str, float]], a: Comparable, b: Comparable) -> float:
    """Add up what every level says, rarity in place of u where the level says so, less what other kinds of people explain."""
    bits, kinds = weighed.prior_bits, {kind: weighed.other_prior_bits(kind) for kind in weighed.others}
    for comparison in COMPARISONS:
        level = reference.level(comparison, a, b)
        bits += weighed.bits(comparison.name, level)
        if 0 <= level < comparison.else_level and (column := comparison.levels[level].frequency):
            share = shares[column].get(getattr(a, column))
            chances = weighed.comparisons[comparison.name]
            if share is not None:
                bits += math.log2(chances.u[level] / max(share, scoring.RAREST))
        if level >= 0:
            for kind in kinds:
                kinds[kind] += weighed.other_bits(kind, comparison.name, level)
    return bits - math.log2(1 + sum(2.0**weight for weight in kinds.values()))


@pytest.fixture(scope="module")
def rows() -> list[Comparable]:
    found = [row for seed in range(3) for row in neighbourhood(seed, 30)]
    return sorted(found, key=lambda row: row.key)


@pytest.fixture(scope="module")
def prepared(rows) -> duckdb.DuckDBPyConnection:
    """All pairs of rows, and frequency tables that know all values but some."""
    connection = duckdb.connect()
    connection.register("said", frame_of(rows))
    facts.prepare(connection, "said")
    frequencies.count(connection)
    connection.execute("DELETE FROM tf_given WHERE given IN ('amina', 'sam')")
    connection.execute(
        "CREATE TABLE pairs AS SELECT a.rid AS l, b.rid AS r FROM rows a JOIN rows b ON a.rid < b.rid"
    )
    return connection


def shares_of(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, float]]:
    return {
        column: dict(connection.execute(f"SELECT {column}, tf_{column} FROM tf_{column}").fetchall())
        for column in frequencies.COLUMNS
    }


@pytest.mark.parametrize("name", MODELS)
def test_a_weight_is_the_sum_of_what_its_levels_say(rows, prepared, name):
    scoring.score(prepared, MODELS[name], floor=FLOOR)
    levels = ", ".join(f"g_{comparison.name}" for comparison in COMPARISONS)
    found = {
        (left, right): (weight, found)
        for left, right, weight, *found in prepared.execute(
            f"SELECT l, r, weight, {levels} FROM scored"
        ).fetchall()
    }
    shares, compared = shares_of(prepared), 0
    for left, right in combinations(range(len(rows)), 2):
        expected = slowly(MODELS[name], shares, rows[left], rows[right])
        if abs(expected - FLOOR) < 1e-6:
            continue
        assert ((left, right) in found) == (expected >= FLOOR)
        if (left, right) in found:
            weight, levels_found = found[left, right]
            assert weight == pytest.approx(expected, abs=1e-9)
            assert levels_found == list(reference.levels(rows[left], rows[right]).values())
            compared += 1
    assert compared > 1000


def test_the_floor_keeps_what_is_at_least_that_likely(prepared):
    scoring.score(prepared, BY_HAND, floor=0.0, into="likely")
    scoring.score(prepared, BY_HAND, floor=FLOOR)
    kept = prepared.execute("SELECT l, r, weight FROM likely ORDER BY l, r").fetchall()
    assert (
        kept == prepared.execute("SELECT l, r, weight FROM scored WHERE weight >= 0 ORDER BY l, r").fetchall()
    )
    assert 0 < len(kept) < prepared.execute("SELECT count(*) FROM scored").fetchall()[0][0]


@pytest.mark.filterwarnings("ignore")
def test_splink_finds_nothing_wrong_with_the_settings_made_for_it(prepared, caplog):
    """The product leaves this check out of every run, because it takes as long as linking a school."""
    from splink import DuckDBAPI, Linker

    with caplog.at_level(logging.WARNING, logger="splink"):
        Linker(
            DuckDBAPI(connection=prepared).register("rows"),
            scoring.settings(_with_others()),
            validate_settings=True,
        )
    assert [record.message for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_every_column_that_is_compared_is_carried_to_the_comparison():
    def columns(predicate: object) -> set[str]:
        if isinstance(predicate, predicates.Every | predicates.Some):
            return {column for part in predicate.parts for column in columns(part)}
        if isinstance(predicate, predicates.Never):
            return columns(predicate.part)
        values = (getattr(predicate, field) for field in predicate.__struct_fields__)
        return {value for value in values if isinstance(value, str)}

    asked = {
        column
        for comparison in COMPARISONS
        for predicate in (comparison.known, *(level.condition for level in comparison.levels))
        for column in columns(predicate)
    }
    assert asked <= set(scoring.COLUMNS)
    assert {kind for comparison in COMPARISONS for kind in comparison.shared_by} == set(KINDS)


@pytest.mark.filterwarnings("ignore")
def test_spark_weighs_as_duckdb_does(prepared, rows, java_home: Path, tmp_path: Path, monkeypatch) -> None:
    """A partnership that has outgrown one machine gets the same weights from the same model."""
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed. Install it with: pip install -r requirements/spark.txt")
    from pyspark.sql import SparkSession
    from splink import DuckDBAPI, SparkAPI
    from splink.internals.spark.jar_location import similarity_jar_location

    monkeypatch.setitem(os.environ, "JAVA_HOME", str(java_home))
    monkeypatch.setitem(os.environ, "SPARK_LOCAL_IP", "127.0.0.1")
    pairs = random.Random(1).sample(list(combinations(range(len(rows)), 2)), 2000)
    blocked = pl.DataFrame(
        [(0, *pair) for pair in pairs],
        schema={"match_key": pl.Int32, "join_key_l": pl.Int32, "join_key_r": pl.Int32},
        orient="row",
    )
    prepared.register("blocked_frame", blocked)
    prepared.execute("CREATE OR REPLACE TABLE some_pairs AS FROM blocked_frame")
    tables = ["rows", "some_pairs", *(f"tf_{column}" for column in frequencies.COLUMNS)]
    for table in tables:
        prepared.execute(f"COPY {table} TO '{tmp_path / table}.parquet' (FORMAT parquet)")
    weighed = scoring.weigh(
        DuckDBAPI(connection=prepared), BY_HAND, "duckdb", floor=FLOOR, blocked="some_pairs"
    )
    query = f"SELECT rid_l, rid_r, match_weight FROM {weighed.physical_name}"
    expected = {(left, right): weight for left, right, weight in prepared.execute(query).fetchall()}
    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.warehouse.dir", str(tmp_path / "warehouse"))
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.jars", similarity_jar_location())
        .getOrCreate()
    )
    try:
        spark.sparkContext.setCheckpointDir(str(tmp_path / "checkpoints"))
        for table in tables:
            spark.read.parquet(f"{tmp_path / table}.parquet").createOrReplaceTempView(table)
        database = SparkAPI(
            spark_session=spark, break_lineage_method="persist", num_partitions_on_repartition=1
        )
        found = (
            scoring.weigh(database, BY_HAND, "spark", floor=FLOOR, blocked="some_pairs")
            .as_spark_dataframe()
            .collect()
        )
    finally:
        spark.stop()
    assert {(row["rid_l"], row["rid_r"]) for row in found} == expected.keys()
    for row in found:
        assert row["match_weight"] == pytest.approx(expected[row["rid_l"], row["rid_r"]], abs=1e-9)
    assert len(found) == len(pairs)
