"""How sure a share is: Wilson's interval for one proportion, and Newcombe's for the difference between two.

Wilson's score interval keeps its promise where numbers are small and shares near nought or all, which is where a team's month
lies. Sources: E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209-212; R. G. Newcombe, Statistics in
Medicine 17 (1998) 857-872 (method 3: one proportion) and 873-890 (method 10: a difference). Knows no criterion and no team.
"""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

LEVEL: Final = 0.95


class Interval(NamedTuple):
    """From where to where something lies at the level of confidence that was asked for, both ends included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Say whether `value` lies within."""
        return self.low <= value <= self.high


class Proportion(NamedTuple):
    """So many of so many. Of none at all there is no share: that is not known, and no nought."""

    number: int
    of: int

    @property
    def share(self) -> float | None:
        """Return the share, from 0 to 1; None where there is nothing to take a share of."""
        return self.number / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """Return Wilson's interval at 95%; None where there is nothing to take a share of."""
        return wilson(self.number, self.of) if self.of else None

    def plus(self, other: Proportion) -> Proportion:
        """Return both taken together."""
        return Proportion(self.number + other.number, self.of + other.of)


def normal_quantile(level: float) -> float:
    """Return how many standard errors reach to either side at a level of confidence between 0 and 1 (95%: 1.96)."""
    if not 0 < level < 1:
        raise ValueError(f"A level of confidence lies between 0 and 1, and {level} does not.")
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(count: int, of: int, level: float = LEVEL) -> Interval:
    """Return Wilson's score interval, without correction for continuity, for `count` of `of`.

    Raises ValueError where `of` is not 1 or more, or `count` does not lie from 0 to `of`.
    """
    if of < 1 or not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no proportion.")
    z = normal_quantile(level)
    share, spread = count / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / of + spread / (4 * of))
    # Where none or all are counted the end is exact, whatever the last bit of the sum says.
    return Interval(0.0 if count == 0 else middle - half, 1.0 if count == of else middle + half)


def difference(earlier: Proportion, later: Proportion, level: float = LEVEL) -> Interval:
    """Return Newcombe's interval for how far the later share lies above the earlier one (from -1 to 1).

    Where it holds 0 nobody can say that anything moved. Raises ValueError where either is a share of nothing.
    """
    before, after = wilson(*earlier, level), wilson(*later, level)
    was, became = earlier.number / earlier.of, later.number / later.of
    down = sqrt((became - after.low) ** 2 + (before.high - was) ** 2)
    up = sqrt((after.high - became) ** 2 + (was - before.low) ** 2)
    return Interval(became - was - down, became - was + up)
