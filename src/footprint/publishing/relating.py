"""The tables of links and kinships that a snapshot shows, made from a run of linking and the records as veiled."""

from __future__ import annotations

from pathlib import Path

import duckdb


def gather_ties(engine: duckdb.DuckDBPyConnection, links: Path) -> int:
    """Make the table `tie` of the links between records that are published; return how many there are."""
    engine.execute(
        """CREATE TABLE tie AS
        SELECT "left" AS one, "right" AS other, verdict, weight, rule, why FROM read_parquet(?)
        WHERE "left" IN (SELECT key FROM numbered) AND "right" IN (SELECT key FROM numbered)""",
        [str(links)],
    )
    return int(engine.execute("SELECT count(*) FROM tie").fetchall()[0][0])


def gather_kinships(engine: duckdb.DuckDBPyConnection) -> int:
    """Make the table `kinship`: for a record, which other record names it as its relative, and as what.

    Needs `published` (record, key, body). Returns how many there are.
    """
    engine.execute(
        """CREATE TABLE kinship AS
        SELECT said.other AS record, key AS other, said.kind AS kind, coalesce(said.start, '') AS start,
            coalesce(said."end", '') AS "end"
        FROM (
            SELECT key, unnest(from_json(body -> '$.relationships',
                '[{"kind": "VARCHAR", "other": "VARCHAR", "start": "VARCHAR", "end": "VARCHAR"}]')) AS said
            FROM published WHERE contains(body, '"relationships":[') AND contains(body, '"other":"'))
        WHERE said.other IN (SELECT key FROM numbered)"""
    )
    return int(engine.execute("SELECT count(*) FROM kinship").fetchall()[0][0])
