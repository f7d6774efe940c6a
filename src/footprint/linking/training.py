"""Learning the model from the records alone, without a single label.

Expectation-maximisation over *all* pairs of records: the pairs that blocking brings together carry a chance of being one
person; every other pair is taken for two people. So u is what all pairs show less what the likely matches among them
show, and a field whose agreement is rare (a telephone) gets its u from exact counts and not from a sample that never saw
it agree. Method: Winkler's EM for Fellegi and Sunter's model (1988), with the full-population correction.
"""

from __future__ import annotations

import logging
from typing import Final

import duckdb
import numpy as np
import numpy.typing as npt

from footprint.comparison import COMPARISONS, UNKNOWN, Comparison
from footprint.comparison import predicates as p
from footprint.linking.scoring import both_sides, level_columns
from footprint.linking.model import SMALLEST_M, SMALLEST_U, Levels, Model

log = logging.getLogger(__name__)
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

SAMPLED_PAIRS: Final = 1_500_000
MOST_TRAINING_PAIRS: Final = 3_000_000
ITERATIONS: Final = 60
ENOUGH: Final = 1e-4
# What a match looks like before any data has spoken: mostly the top levels, some of the middle, few of the last.
_START_ELSE: Final = 0.06
_START_TOP: Final = 0.7
# Weight of that opinion beside the data, in pairs: it decides only where the data show next to nothing.
_OPINION_PAIRS: Final = 20.0
# Half a sampled pair: no level is taken to be rarer among strangers than the sample could have shown.
_RESOLUTION: Final = 0.5 / SAMPLED_PAIRS


def patterns(connection: duckdb.DuckDBPyConnection, pairs: str, rows: str = "rows") -> tuple[Integers, Floats]:
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
    counted = connection.execute(f"SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM ({source}) GROUP BY v)")
    return float(counted.fetchall()[0][0] or 0.0)


def _all_pairs(connection: duckdb.DuckDBPyConnection, rows: str, seed: int) -> tuple[list[Floats], float]:
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
        tally = np.array([n[levels[:, index] == level].sum() * scale for level in range(comparison.else_level + 1)])
        for level, one in enumerate(comparison.levels):
            exact = _counted(connection, one.condition, rows)
            if exact is not None:
                above = tally[:level].sum() if not isinstance(one.condition, p.Equal) else 0.0
                tally[level] = max(exact - above, exact * 0.01)
        tallies.append(tally)
    return tallies, total


def _start(comparison: Comparison) -> Floats:
    if comparison.else_level == 1:
        return np.array([1 - _START_ELSE, _START_ELSE])
    middle = (1 - _START_TOP - _START_ELSE) / (comparison.else_level - 1)
    return np.array([_START_TOP, *[middle] * (comparison.else_level - 1), _START_ELSE])


def _silent(comparison: Comparison) -> list[int]:
    """Return the levels that weigh nothing: facts counted elsewhere, and the end of what can only speak for a match."""
    levels = [index for index, level in enumerate(comparison.levels) if level.counted_in]
    return [*levels, comparison.else_level] if comparison.positive_only else levels


def _ratios(levels: Integers, m: list[Floats], u: list[Floats]) -> Floats:
    bits = np.zeros(len(levels))
    for index, comparison in enumerate(COMPARISONS):
        weights = np.log(m[index] / u[index])
        weights[_silent(comparison)] = 0.0
        seen = levels[:, index] != UNKNOWN
        bits[seen] += weights[levels[seen, index]]
    return bits


def train(
    connection: duckdb.DuckDBPyConnection,
    *,
    name: str,
    trained_on: str,
    rows: str = "rows",
    pairs: str = "pairs",
    seed: int = 20261123,
) -> Model:
    """Return the model that the records themselves suggest.

    `rows` has `rid` from 0 without gaps and the comparable columns, `pairs` the blocked pairs (l, r). No label is read.
    """
    tallies, total = _all_pairs(connection, rows, seed)
    blocked = int(connection.execute(f"SELECT count(*) FROM {pairs}").fetchall()[0][0])
    share = min(1.0, MOST_TRAINING_PAIRS / max(1, blocked))
    source = pairs if share == 1.0 else f"(SELECT * FROM {pairs} WHERE hash(l, r) % 1000000 < {int(share * 1e6)})"
    levels, n = patterns(connection, source, rows)
    n = n / share
    m = [_start(comparison) for comparison in COMPARISONS]
    opinion = [one * _OPINION_PAIRS for one in m]
    u = [np.maximum(tally, 1.0) / max(tally.sum(), 1.0) for tally in tallies]
    shown = [np.zeros_like(one) for one in m]
    prior = min(0.5, first_guess(blocked, total))
    for iteration in range(ITERATIONS):
        odds = prior / (1 - prior) * np.exp(np.clip(_ratios(levels, m, u), -200, 200))
        chance = odds / (1 + odds)
        matched = chance * n
        change = 0.0
        for index, comparison in enumerate(COMPARISONS):
            hits = np.array([matched[levels[:, index] == level].sum() for level in range(comparison.else_level + 1)])
            fresh = (hits + opinion[index]) / (hits + opinion[index]).sum()
            fresh = np.maximum(fresh, SMALLEST_M)
            shown[index] = hits
            change = max(change, float(np.abs(fresh - m[index]).max()))
            m[index] = fresh
            rest = np.maximum(tallies[index] - hits, tallies[index] * 1e-3) + total * _RESOLUTION
            u[index] = np.maximum(rest / max(rest.sum(), 1.0), SMALLEST_U)
        prior = float(np.clip(matched.sum() / total, 1e-12, 0.5))
        if change < ENOUGH:
            log.info("Training settled after %d rounds.", iteration + 1)
            break
    for index, comparison in enumerate(COMPARISONS):
        unseen = [level for level in range(comparison.else_level + 1) if shown[index][level] < 1.0]
        quiet = [*_silent(comparison), *unseen]
        u[index][quiet] = m[index][quiet]
    chances = {
        comparison.name: Levels(tuple(round(float(v), 10) for v in m[index]), tuple(float(f"{v:.6g}") for v in u[index]))
        for index, comparison in enumerate(COMPARISONS)
    }
    return Model(name=name, trained_on=trained_on, prior=float(f"{prior:.6g}"), comparisons=chances)


def first_guess(blocked: int, total: float) -> float:
    """Return a first guess of the chance that a random pair is one person's: one blocked pair in twenty."""
    return max(1e-12, blocked / 20 / max(total, 1.0))
