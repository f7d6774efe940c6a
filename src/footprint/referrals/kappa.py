"""How far two markers agree beyond chance: weighted kappa, with its interval.

Sources: J. Cohen, Psychological Bulletin 70 (1968) 213-220; the standard error is that of J. L. Fleiss, J. Cohen and
B. S. Everitt, Psychological Bulletin 72 (1969) 323-327, which replaced Cohen's own. Rows are one marker's marks, columns the
other's.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from math import sqrt
from types import MappingProxyType
from typing import Final, NamedTuple

from footprint.referrals.intervals import LEVEL, Interval, normal_quantile

Table = Sequence[Sequence[float]]
Weights = tuple[tuple[float, ...], ...]


class Agreement(NamedTuple):
    """How far two markers agree on `pairs` marks.

    `observed` is the weighted share of agreement, `expected` what chance alone would bring, both from 0 to 1. `kappa` is None
    where it cannot be said: nothing was marked, or chance alone brings agreement in full. `interval` is None there too, and
    where the large-sample error is nought, for complete agreement on a few marks is no certainty about the next.
    """

    pairs: int
    categories: int
    observed: float | None = None
    expected: float | None = None
    kappa: float | None = None
    error: float | None = None
    interval: Interval | None = None

    @property
    def is_few(self) -> bool:
        """Say whether there are fewer pairs than twice the square of the categories: then the interval is a rough one.

        A rule of thumb (D. V. Cicchetti, Applied Psychological Measurement 5 (1981) 101-104), known to us at second hand.
        """
        return self.pairs < 2 * self.categories**2


def _scaled(power: int) -> Callable[[int], Weights]:
    def weights(categories: int) -> Weights:
        far = max(categories - 1, 1) ** power
        span = range(categories)
        return tuple(tuple(1 - abs(row - column) ** power / far for column in span) for row in span)

    return weights


def identity(categories: int) -> Weights:
    """Return weights that know agreement and disagreement only: kappa without weights."""
    return tuple(tuple(float(row == column) for column in range(categories)) for row in range(categories))


#: How much agreement is left so many marks apart: in equal steps (Cicchetti-Allison), by squares (Fleiss-Cohen), or none.
WEIGHTS: Final[Mapping[str, Callable[[int], Weights]]] = MappingProxyType(
    {"linear": _scaled(1), "quadratic": _scaled(2), "none": identity}
)


def tally(pairs: Iterable[tuple[Hashable, Hashable]], scale: Sequence[Hashable]) -> list[list[int]]:
    """Return the table of pairs of marks, with rows and columns in the order of the scale.

    Raises ValueError for a mark that is not on the scale: to leave it out would flatter the markers.
    """
    place = {mark: number for number, mark in enumerate(scale)}
    table = [[0] * len(scale) for _ in scale]
    for pair in pairs:
        for mark in pair:
            if mark not in place:
                raise ValueError(f"'{mark}' is no mark of this scale.")
        table[place[pair[0]]][place[pair[1]]] += 1
    return table


def agreement(table: Table, weights: Weights | None = None, level: float = LEVEL) -> Agreement:
    """Return how far two markers agree, from the table of their pairs of marks; without weights by `linear` ones.

    Raises ValueError where table or weights are not square and of one size.
    """
    size = len(table)
    weights = WEIGHTS["linear"](size) if weights is None else weights
    if len(weights) != size or any(len(row) != size for row in (*table, *weights)):
        raise ValueError("The table of marks and the weights must be square, and of one size.")
    total = sum(map(sum, table))
    if total <= 0:
        return Agreement(0, size)
    shares = [[value / total for value in row] for row in table]
    ours = [sum(row) for row in shares]
    theirs = [sum(row[column] for row in shares) for column in range(size)]
    cells = [(row, column) for row in range(size) for column in range(size)]
    observed = sum(weights[row][column] * shares[row][column] for row, column in cells)
    expected = sum(weights[row][column] * ours[row] * theirs[column] for row, column in cells)
    said = Agreement(round(total), size, observed, expected)
    if 1 - expected < _NOUGHT:
        return said
    kappa = (observed - expected) / (1 - expected)
    error = _error(shares, weights, (ours, theirs), (kappa, expected), total)
    interval = None
    if error > _NOUGHT:
        reach = normal_quantile(level) * error
        interval = Interval(max(-1.0, kappa - reach), min(1.0, kappa + reach))
    return said._replace(kappa=kappa, error=error, interval=interval)


_NOUGHT: Final = 1e-12


def _error(
    shares: list[list[float]],
    weights: Weights,
    margins: tuple[list[float], list[float]],
    found: tuple[float, float],
    total: float,
) -> float:
    """The large-sample standard error of Fleiss, Cohen and Everitt (1969), for a kappa that need not be nought."""
    (ours, theirs), (kappa, expected) = margins, found
    size = range(len(shares))
    by_row = [sum(weights[row][column] * theirs[column] for column in size) for row in size]
    by_column = [sum(weights[row][column] * ours[row] for row in size) for column in size]
    spread = sum(
        shares[row][column] * (weights[row][column] - (by_row[row] + by_column[column]) * (1 - kappa)) ** 2
        for row in size
        for column in size
    )
    centre = kappa - expected * (1 - kappa)
    return sqrt(max(spread - centre**2, 0.0) / total) / (1 - expected)
