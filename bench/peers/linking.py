"""Splink links a labelled table, measured as `footprint evaluate linking` measures: `python -m bench.peers.linking NAME FILE`.

The same measure of pairs within final clusters, every true pair counted, no label read before the end.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
from splink import DuckDBAPI

from bench.peers.models import JOIN_AT, MODELS

THREADS = 2


def link(name: str, file: Path, label: str) -> dict[str, Any]:
    """Return precision, recall and F1 of Splink on the table, and the seconds of each stage."""
    peer = MODELS[name]
    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}")
    source = "read_csv(?, all_varchar = true)" if file.suffix == ".csv" else "read_parquet(?)"
    connection.execute(f"CREATE TABLE people AS SELECT {peer.select} FROM {source}", [str(file)])
    unlabelled = f"CREATE TABLE unlabelled AS SELECT * EXCLUDE ({label}) FROM people"
    connection.execute(unlabelled)
    started = time.perf_counter()
    table = DuckDBAPI(connection=connection).register("unlabelled")
    linker = peer.train(table)
    trained = time.perf_counter()
    pairs = linker.inference.predict(threshold_match_probability=JOIN_AT)
    scored = time.perf_counter()
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, JOIN_AT)
    connection.execute(
        f"""CREATE TABLE found AS SELECT c.cluster_id, p.{label} AS label
        FROM {clusters.physical_name} c JOIN people p USING ({peer.unique_id})"""
    )
    clustered = time.perf_counter()
    seconds = {"train": trained - started, "score": scored - trained, "cluster": clustered - scored}
    return {**_measure(connection), "seconds": {stage: round(value, 2) for stage, value in seconds.items()}}


def _measure(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    def pairs(by: str) -> int:
        counted = (
            f"SELECT coalesce(sum(n * (n - 1) // 2), 0) FROM (SELECT count(*) AS n FROM found GROUP BY {by})"
        )
        return int(connection.execute(counted).fetchall()[0][0])

    true, claimed, right = pairs("label"), pairs("cluster_id"), pairs("label, cluster_id")
    precision, recall = right / max(1, claimed), right / max(1, true)
    return {
        "records": int(connection.execute("SELECT count(*) FROM found").fetchall()[0][0]),
        "true_pairs": true,
        "precision": round(precision, 6),
        "recall": round(recall, 6),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 6),
        "threshold": JOIN_AT,
    }


if __name__ == "__main__":
    _, which, path, truth = sys.argv
    json.dump(link(which, Path(path), truth), sys.stdout)
