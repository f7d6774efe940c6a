"""Seeded chance: the only source of randomness in the room.

Every block of the borough has its own dice, made from (seed, purpose, block), so a block comes out the same whichever
blocks were made before it. Numbers are drawn from numpy in batches, because one draw at a time is slow there.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, cycle, repeat
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")
BATCH = 4096


class Weighted(Generic[T]):
    """Values with weights, ready to be drawn from many times."""

    def __init__(self, values: Iterable[T], weights: Iterable[float]) -> None:
        self.values = tuple(values)
        sums = list(accumulate(weights))
        if len(sums) != len(self.values) or not sums or sums[-1] <= 0:
            raise ValueError("Give each value a weight, and at least one weight above nought.")
        self.bounds = [part / sums[-1] for part in sums]
        self.bounds[-1] = 1.0

    @classmethod
    def of(cls, table: dict[T, float]) -> Weighted[T]:
        return cls(table, table.values())


class Dice:
    """A stream of numbers in [0, 1), and what can be asked of it. Each question takes one number."""

    __slots__ = ("unit",)

    def __init__(self, numbers: Iterator[float]) -> None:
        self.unit = numbers.__next__

    @classmethod
    def seeded(cls, *seed: int) -> Dice:
        """Return endless dice for a seed: the borough's seed, the purpose and the block."""
        rng = np.random.default_rng(seed)
        return cls(chain.from_iterable(rng.random(BATCH).tolist() for _ in repeat(None)))

    def tape(self, length: int) -> list[float]:
        """Draw `length` numbers to be played, perhaps more than once, by `Dice.playing`."""
        unit = self.unit
        return [unit() for _ in range(length)]

    @classmethod
    def playing(cls, tape: list[float]) -> Dice:
        """Return dice that say what `tape` says, over and over."""
        return cls(cycle(tape))

    def chance(self, share: float) -> bool:
        return self.unit() < share

    def below(self, count: int) -> int:
        """Return a whole number from 0 to count - 1."""
        return int(self.unit() * count)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self.unit() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        return values[int(self.unit() * len(values))]

    def weighted(self, values: Weighted[T]) -> T:
        return values.values[bisect_right(values.bounds, self.unit())]

    def count(self, mean: float) -> int:
        """Return how often something that happens `mean` times on average happened, at most 24 times.

        Geometric, because what happens to people clusters: most have none and a few have many.
        """
        stays = mean / (1 + mean)
        found = 0
        while found < 24 and self.unit() < stays:
            found += 1
        return found

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """Return a day from first to last, both included; first where the two are the wrong way round."""
        return first + dt.timedelta(days=int(self.unit() * max(1, (last - first).days + 1)))
