"""How often records agree: patterns of levels in a table of pairs, and tallies over all pairs there are.

A level that a sample hardly shows (two strangers with one telephone) is counted exactly from how often each value occurs.
"""

from __future__ import annotations

from typing import Final

import duckdb
import numpy as np
import numpy.typing as npt

from footprint.comparison import COMPARISONS
from footprint.comparison import predicates as p
from footprint.linking.scoring import both_sides, level_columns

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

SAMPLED_PAIRS: Final = 1_500_000
# Fewer sampled pairs than this say too little about how often strangers agree.
_SEEN_ENOUGH: Final = 100


def patterns(
    connection: duckdb.DuckDBPyConnection, pairs: str, rows: str = "rows"
) -> tuple[Integers, Floats]:
    """Return the distinct patterns of levels in a table of pairs (n x comparisons), and how often each occurs."""
    names = [f"g_{comparison.name}" for comparison in COMPARISONS]
    result = connection.execute(
        f"""SELECT {", ".join(names)}, count(*) AS n FROM (
            SELECT {level_columns()} FROM (
                SELECT {both_sides()} FROM {pairs} p JOIN {rows} a ON p.l = a.rid JOIN {rows} b ON p.r = b.rid))
        GROUP BY ALL ORDER BY ALL"""
    ).fetchnumpy()
    levels = np.stack([np.asarray(result[name], dtype=np.int64) for name in names], axis=1)
    return levels, np.asarray(result["n"], dtype=np.float64)


def _counted(connection: duckdb.DuckDBPyConnection, predicate: p.Predicate, rows: str) -> float | None:
    """Return the exact number of pairs that agree where a count of values gives it, else None."""
    if isinstance(predicate, p.Some):
        parts = [_counted(connection, part, rows) for part in predicate.parts]
        return None if None in parts else float(sum(part or 0.0 for part in parts))
    if isinstance(predicate, p.Equal):
        source = f"SELECT {predicate.column} AS v FROM {rows} WHERE {predicate.column} <> ''"
    elif isinstance(predicate, p.Shares):
        source = f"SELECT unnest({predicate.column}) AS v FROM {rows}"
    else:
        return None
    counted = connection.execute(
        f"SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM ({source}) GROUP BY v)"
    )
    return float(counted.fetchall()[0][0] or 0.0)


def all_pairs(connection: duckdb.DuckDBPyConnection, rows: str, seed: int) -> tuple[list[Floats], float]:
    """Return for each comparison how many of all pairs fall into each level (unknown left out), and the number of pairs."""
    count = int(connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])
    total = count * (count - 1) / 2
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE sampled AS
        SELECT l, r FROM (
            SELECT (hash(i, {seed}) % {count})::INTEGER AS l, (hash(i, {seed + 1}) % {count})::INTEGER AS r
            FROM range({SAMPLED_PAIRS}) t(i)) WHERE l <> r"""
    )
    levels, n = patterns(connection, "sampled", rows)
    scale = total / n.sum()
    tallies = []
    for index, comparison in enumerate(COMPARISONS):
        seen = np.array([n[levels[:, index] == level].sum() for level in range(comparison.else_level + 1)])
        tally = seen * scale
        for level, one in enumerate(comparison.levels):
            # A level that the sample hardly showed is counted exactly, less what stronger levels already hold.
            if (
                seen[level] < _SEEN_ENOUGH
                and (exact := _counted(connection, one.condition, rows)) is not None
            ):
                tally[level] = max(exact - tally[:level].sum(), tally[level])
        tallies.append(tally)
    return tallies, total
