"""How well linking does on a labelled table of people, however foreign. No label is read before the final measurement.

Precision and recall are of pairs within final clusters; every true pair counts, also those that were never compared.
"""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path
from typing import Final, Literal

import duckdb
import msgspec
import polars as pl

from footprint.linking import blocking, evidence, facts, frequencies, scoring, thresholds, training
from footprint.linking.agglomeration import agglomerate
from footprint.linking.joining import join
from footprint.linking.model import Model
from footprint.records.foreign import Foreign

Rule = Literal["evidence", "weight"]

# The mean weight between two groups at which they merge: more likely than not, with a bit to spare. Set once, unlabelled.
WEIGHT_THRESHOLD: Final = 1.0


class LinkingFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one evaluation. `possible_recall`: true pairs joined or at least possible; seconds by stage."""

    records: int
    true_pairs: int
    precision: float
    recall: float
    f1: float
    possible_recall: float
    blocking_recall: float
    threshold: float
    seconds: dict[str, float]
    peak_mb: float
    model: str
    rule: str


def evaluate_linking(
    foreign: Foreign, *, rule: Rule = "evidence", model: Model | None = None
) -> LinkingFigures:
    """Link a foreign table and measure the result against its labels.

    The model is trained on the table itself, without labels, unless one is given.
    """
    with tempfile.TemporaryDirectory(prefix="footprint-evaluate-") as scratch:
        return _evaluate(foreign, rule, model, Path(scratch))


def _evaluate(foreign: Foreign, rule: Rule, model: Model | None, scratch: Path) -> LinkingFigures:
    started = time.perf_counter()
    connection = duckdb.connect(str(scratch / "scratch.duckdb"))
    connection.execute("SET threads = 2")
    connection.execute("SET enable_progress_bar = false")
    keyed = foreign.frame.with_columns(
        key=pl.Series([f"{number:09}" for number in range(foreign.frame.height)])
    )
    connection.register("foreign_rows", keyed)
    facts.prepare(connection, "foreign_rows")
    blocking.block(connection)
    if model is None:
        model = training.train(
            connection, name="trained-here", trained_on=f"{foreign.frame.height} records, without labels"
        )
    trained = time.perf_counter()
    frequencies.count(connection)
    scoring.score(connection, model, floor=thresholds.FLOOR)
    if rule == "evidence":
        evidence.judge(connection, frozenset())
    scored = time.perf_counter()
    groups = _by_evidence(connection) if rule == "evidence" else _by_weight(connection)
    clustered = time.perf_counter()
    seconds = {"train": trained - started, "score": scored - trained, "cluster": clustered - scored}
    return _measure(connection, foreign, groups, model, rule, seconds)


def _by_weight(connection: duckdb.DuckDBPyConnection) -> list[list[int]]:
    pairs = connection.execute("SELECT l, r, weight FROM scored ORDER BY l, r").fetchall()
    return agglomerate(pairs, WEIGHT_THRESHOLD)


def _by_evidence(connection: duckdb.DuckDBPyConnection) -> list[list[int]]:
    return join(connection).clusters.groups()


def _pairs(sizes: pl.Series) -> int:
    return int((sizes.cast(pl.Int64) * (sizes.cast(pl.Int64) - 1) // 2).sum())


def _measure(
    connection: duckdb.DuckDBPyConnection,
    foreign: Foreign,
    groups: list[list[int]],
    model: Model,
    rule: str,
    seconds: dict[str, float],
) -> LinkingFigures:
    leader = list(range(foreign.frame.height))
    for group in groups:
        for number in group:
            leader[number] = group[0]
    truth = pl.DataFrame({"rid": range(len(leader)), "leader": leader, "label": foreign.labels},
                         schema={"rid": pl.Int32, "leader": pl.Int32, "label": pl.String})  # fmt: skip
    known = truth.filter(pl.col("label") != "")
    true_pairs = _pairs(known.group_by("label").len()["len"])
    claimed = _pairs(known.group_by("leader").len()["len"])
    right = _pairs(known.group_by("label", "leader").len()["len"])
    connection.register("truth", known)
    pairs_of = "SELECT count(*) FROM {0} p JOIN truth a ON a.rid = p.l JOIN truth b ON b.rid = p.r WHERE a.label = b.label"
    blocked = connection.execute(pairs_of.format("pairs")).fetchall()[0][0]
    unvetoed = "scored" if rule == "weight" else "judged"
    extra = connection.execute(
        pairs_of.format(unvetoed)
        + f" AND a.leader <> b.leader AND p.weight >= {thresholds.POSSIBLE}"
        + (" AND p.veto = ''" if rule == "evidence" else "")
    ).fetchall()[0][0]
    precision = right / claimed if claimed else 1.0
    recall = right / true_pairs if true_pairs else 1.0
    return LinkingFigures(
        records=len(leader),
        true_pairs=true_pairs,
        precision=round(precision, 6),
        recall=round(recall, 6),
        f1=round(2 * precision * recall / (precision + recall), 6) if precision + recall else 0.0,
        possible_recall=round((right + extra) / true_pairs, 6) if true_pairs else 1.0,
        blocking_recall=round(blocked / true_pairs, 6) if true_pairs else 1.0,
        threshold=WEIGHT_THRESHOLD if rule == "weight" else thresholds.POSSIBLE,
        seconds={stage: round(value, 2) for stage, value in seconds.items()},
        peak_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        model=model.label,
        rule=rule,
    )
