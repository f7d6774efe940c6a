"""Learning the model from the records alone, without a single label.

Expectation-maximisation over *all* pairs of records, which are of several kinds: two records of one person, two people
of one household, two people of one name, and strangers. Brothers share a family name, a home and a telephone, namesakes
a community's names, and their pairs outnumber the true ones; a model that knows only matches and strangers learns the
household in place of the person. The pairs that blocking brings
together carry a chance of each kind; every other pair is taken for strangers, so that u is what all pairs show less what
the likely matches, housemates and namesakes among them show. Method: Winkler's EM for Fellegi and Sunter's model (1988), with
further classes and the full-population correction.
"""

from __future__ import annotations

import logging
from typing import Final

import duckdb
import numpy as np

from footprint.comparison import COMPARISONS, KINDS, UNKNOWN, Comparison, Kind
from footprint.linking.model import SMALLEST_M, SMALLEST_U, Levels, Model
from footprint.linking.tallies import SAMPLED_PAIRS, Floats, Integers, all_pairs, patterns

log = logging.getLogger(__name__)

MOST_TRAINING_PAIRS: Final = 3_000_000
ITERATIONS: Final = 100
ENOUGH: Final = 1e-4
# What a match looks like before any data has spoken: mostly the top levels, some of the middle, few of the last.
_START_TOP: Final = 0.75
_START_ELSE: Final = 0.05
# What the other kinds look like: in the facts that they share half like a match, in everything else like strangers.
_START_OTHERS: Final = 0.5
# Weight of that opinion beside the data, in pairs: it decides only where the data show next to nothing.
_OPINION_PAIRS: Final = 20.0
# Half a sampled pair: no level is taken to be rarer among strangers than the sample could have shown.
_RESOLUTION: Final = 0.5 / SAMPLED_PAIRS
# One blocked pair in so many is at first taken for a match, and as many for each other kind.
_FIRST_GUESS: Final = 20


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
    tallies, total = all_pairs(connection, rows, seed)
    blocked = int(connection.execute(f"SELECT count(*) FROM {pairs}").fetchall()[0][0])
    share = min(1.0, MOST_TRAINING_PAIRS / max(1, blocked))
    source = (
        pairs if share == 1.0 else f"(SELECT * FROM {pairs} WHERE hash(l, r) % 1000000 < {int(share * 1e6)})"
    )
    levels, counts = patterns(connection, source, rows)
    learner = _Learner(levels, counts / share, tallies, max(total, 1.0), blocked)
    for iteration in range(ITERATIONS):
        if learner.step() < ENOUGH:
            log.info("Training settled after %d rounds.", iteration + 1)
            break
    return learner.model(name, trained_on)


class _Learner:
    """The state of the expectation-maximisation: the chances of each comparison's levels for a match (m), for strangers
    (u) and for others."""

    def __init__(
        self, levels: Integers, counts: Floats, tallies: list[Floats], total: float, blocked: int
    ) -> None:
        self.levels, self.counts, self.tallies, self.total = levels, counts, tallies, total
        self.u = [np.maximum(tally, 1.0) / max(tally.sum(), 1.0) for tally in tallies]
        self.m = [_like_a_match(comparison) for comparison in COMPARISONS]
        self.others = {
            kind: [
                _START_OTHERS * (m + u) if kind in comparison.shared_by else u
                for comparison, m, u in zip(COMPARISONS, self.m, self.u, strict=True)
            ]
            for kind in KINDS
        }
        self.opinion = [one * _OPINION_PAIRS for one in self.m]
        self.opinions = {
            kind: [one * _OPINION_PAIRS for one in chances] for kind, chances in self.others.items()
        }
        self.shown = [np.zeros_like(one) for one in self.m]
        self.prior = max(1e-12, min(0.2, blocked / _FIRST_GUESS / total))
        self.priors = dict.fromkeys(KINDS, self.prior)

    def _odds(self, chances: list[Floats]) -> Floats:
        """Return for each pattern the likelihood under `chances` against strangers."""
        logs = np.zeros(len(self.levels))
        for index, comparison in enumerate(COMPARISONS):
            weights = np.log(chances[index] / self.u[index])
            weights[silent(comparison)] = 0.0
            seen = self.levels[:, index] != UNKNOWN
            logs[seen] += weights[self.levels[seen, index]]
        return np.exp(np.clip(logs, -200, 200))

    def _hits(self, index: int, share: Floats) -> Floats:
        column = self.levels[:, index] + 1
        size = COMPARISONS[index].else_level + 2
        return np.asarray(np.bincount(column, weights=share, minlength=size)[1:], dtype=np.float64)

    def step(self) -> float:
        """Take one step; return the largest change of a match's chance."""
        match = self.prior * self._odds(self.m)
        kinds = {kind: self.priors[kind] * self._odds(self.others[kind]) for kind in KINDS}
        whole = match + sum(kinds.values()) + (1 - self.prior - sum(self.priors.values()))
        matched = match / whole * self.counts
        of_kind = {kind: odds / whole * self.counts for kind, odds in kinds.items()}
        change = 0.0
        for index in range(len(COMPARISONS)):
            hits = self._hits(index, matched)
            fresh = _share(hits + self.opinion[index], SMALLEST_M)
            change = max(change, float(np.abs(fresh - self.m[index]).max()))
            self.m[index], self.shown[index] = fresh, hits
            self._learn_others(
                index, hits, {kind: self._hits(index, share) for kind, share in of_kind.items()}
            )
        self.prior = float(np.clip(matched.sum() / self.total, 1e-12, 0.2))
        self.priors = {
            kind: float(np.clip(share.sum() / self.total, 1e-12, 0.2)) for kind, share in of_kind.items()
        }
        return change

    def _learn_others(self, index: int, hits: Floats, others: dict[Kind, Floats]) -> None:
        tally = self.tallies[index]
        rest = np.maximum(tally - hits - sum(others.values()), tally * 1e-3)
        self.u[index] = _share(rest + self.total * _RESOLUTION, SMALLEST_U)
        for kind in KINDS:
            shares = kind in COMPARISONS[index].shared_by
            seen = others[kind] + self.opinions[kind][index]
            self.others[kind][index] = _share(seen, SMALLEST_M) if shares else self.u[index]

    def model(self, name: str, trained_on: str) -> Model:
        """Return what was learned; a level that the data never showed weighs nothing."""
        comparisons = {}
        for index, comparison in enumerate(COMPARISONS):
            m, u = np.array(self.m[index]), np.array(self.u[index])
            unseen = [level for level in range(comparison.else_level + 1) if self.shown[index][level] < 1.0]
            quiet = [*silent(comparison), *unseen]
            u[quiet] = m[quiet]
            others = {kind: np.array(self.others[kind][index]) for kind in comparison.shared_by}
            for chances in others.values():
                chances[quiet] = u[quiet]
            comparisons[comparison.name] = Levels(
                _rounded(m), _rounded(u), {kind: _rounded(chances) for kind, chances in others.items()}
            )
        return Model(
            name=name,
            trained_on=trained_on,
            prior=float(f"{self.prior:.6g}"),
            others={kind: float(f"{prior:.6g}") for kind, prior in self.priors.items()},
            comparisons=comparisons,
        )


def silent(comparison: Comparison) -> list[int]:
    """Return the levels that weigh nothing: facts counted elsewhere, and the end of what can only speak for a match."""
    levels = [index for index, level in enumerate(comparison.levels) if level.counted_in]
    return [*levels, comparison.else_level] if comparison.positive_only else levels


def _like_a_match(comparison: Comparison) -> Floats:
    if comparison.else_level == 1:
        return np.array([1 - _START_ELSE, _START_ELSE])
    middle = (1 - _START_TOP - _START_ELSE) / (comparison.else_level - 1)
    return np.array([_START_TOP, *[middle] * (comparison.else_level - 1), _START_ELSE])


def _share(tally: Floats, least: float) -> Floats:
    share: Floats = np.maximum(tally / max(tally.sum(), 1.0), least)
    return share


def _rounded(chances: Floats) -> tuple[float, ...]:
    return tuple(float(f"{chance:.6g}") for chance in chances)
