"""How well a real run did on a borough whose truth is known: what was joined, what could have been, and what was wrong.

The ceiling is what the evidence rule would join if every true pair were compared and nothing else were: the share of true
pairs that closure over their own evidence reaches. No run can join more without breaking the rule.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb
import msgspec
import polars as pl

from footprint.linking import evidence, facts
from footprint.linking.joining import join
from footprint.linking.scoring import both_sides, level_columns


class RunFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Shares are of all pairs of records of one person; `false_joins_of_children` counts joined pairs of two children."""

    records: int
    people: int
    true_pairs: int
    joined: float
    possible_or_joined: float
    ceiling: float
    joined_of_ceiling: float
    precision: float
    false_joins: int
    false_joins_of_children: int


def _pairs(frame: pl.DataFrame, by: str | Sequence[str]) -> int:
    sizes = frame.group_by(by).len()["len"].cast(pl.Int64)
    return int((sizes * (sizes - 1) // 2).sum())


def measure(
    run: Path, comparables: Sequence[Path], truth: pl.DataFrame, unique_partners: frozenset[str] = frozenset()
) -> RunFigures:
    """Return the figures of the run whose results lie in the directory `run`.

    `truth` has the columns key (record), human (whom it is about) and child (true where that human is under 18).
    Records that truth does not know are left out.
    """
    people = pl.read_parquet(run / "people.parquet").rename({"record": "key"}).join(truth, on="key")
    true_pairs = _pairs(people, "human")
    right = _pairs(people, ["human", "person"])
    claimed = _pairs(people, "person")
    children = people.filter(pl.col("child"))
    false_children = _pairs(children, "person") - _pairs(children, ["person", "human"])
    links = (
        pl.read_parquet(run / "links.parquet").filter(pl.col("verdict") == "possible").select("left", "right")
    )
    sides = people.select("key", "human", "person")
    shown = (
        links.join(sides, left_on="left", right_on="key")
        .join(sides, left_on="right", right_on="key", suffix="_right")
        .filter((pl.col("human") == pl.col("human_right")) & (pl.col("person") != pl.col("person_right")))
        .height
    )
    ceiling = _ceiling(comparables, truth, unique_partners)
    joined = right / max(1, true_pairs)
    return RunFigures(
        records=people.height,
        people=people["person"].n_unique(),
        true_pairs=true_pairs,
        joined=round(joined, 6),
        possible_or_joined=round((right + shown) / max(1, true_pairs), 6),
        ceiling=round(ceiling, 6),
        joined_of_ceiling=round(joined / ceiling, 6) if ceiling else 1.0,
        precision=round(right / max(1, claimed), 6),
        false_joins=claimed - right,
        false_joins_of_children=false_children,
    )


def _ceiling(comparables: Sequence[Path], truth: pl.DataFrame, unique_partners: frozenset[str]) -> float:
    with tempfile.TemporaryDirectory(prefix="footprint-ceiling-") as scratch:
        connection = duckdb.connect(str(Path(scratch) / "scratch.duckdb"))
        connection.execute("SET threads = 2")
        connection.execute("SET enable_progress_bar = false")
        files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in comparables)
        connection.execute(f"CREATE TEMP TABLE source AS SELECT * FROM read_parquet([{files}])")
        facts.prepare(connection, "source")
        connection.register("truth", truth)
        connection.execute(
            f"""CREATE TABLE scored AS SELECT l, r, 0.0 AS weight, {level_columns()} FROM (
                SELECT a.rid AS l, b.rid AS r, {both_sides()} FROM rows a JOIN truth x ON x.key = a.key
                JOIN truth y ON y.human = x.human JOIN rows b ON b.key = y.key WHERE a.rid < b.rid)"""
        )
        evidence.judge(connection, unique_partners)
        total = int(connection.execute("SELECT count(*) FROM judged").fetchall()[0][0])
        groups = join(connection, unique_partners=unique_partners).clusters.groups()
        connection.close()
    return sum(len(group) * (len(group) - 1) // 2 for group in groups) / max(1, total)
