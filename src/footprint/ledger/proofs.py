"""Making proofs: which complete subtrees of the log each step of a proof is put together from.

Only complete subtrees are ever stored, as they never change again; what a proof needs at the growing edge is folded
from a few of them. These functions plan; `store` fetches. Source: RFC 6962 §2.1.1 and §2.1.2.
"""

from __future__ import annotations

from typing import NamedTuple


class Tile(NamedTuple):
    """A complete subtree: `level` 0 is a leaf; `ordinal` counts the subtrees of that level from the left."""

    level: int
    ordinal: int

    @property
    def position(self) -> int:
        """Return its place among all nodes, in order: leaves at 0, 2, 4 ..., every parent between its children."""
        return ((2 * self.ordinal + 1) << self.level) - 1


def tiles(start: int, end: int) -> list[Tile]:
    """Return the complete subtrees that tile the leaves start to end (excluded), largest first.

    `start` must be where RFC 6962 splits a tree: a multiple of the largest power of two that fits.
    """
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append(Tile(level, start >> level))
        start += 1 << level
    return found


def inclusion_plan(index: int, size: int) -> list[list[Tile]]:
    """Return, for each step of the proof that leaf `index` is in the tree of `size`, the subtrees to fold."""
    start, end, steps = 0, size, []
    while end - start > 1:
        split = _split(start, end)
        if index < split:
            steps.append(tiles(split, end))
            end = split
        else:
            steps.append(tiles(start, split))
            start = split
    return steps[::-1]


def consistency_plan(old: int, new: int) -> list[list[Tile]]:
    """Return, for each step of the proof that the tree of `new` adds to the tree of `old`, the subtrees to fold."""
    if old in (0, new):
        return []
    start, end, steps = 0, new, []
    while old != end:
        split = _split(start, end)
        if old <= split:
            steps.append(tiles(split, end))
            end = split
        else:
            steps.append(tiles(start, split))
            start = split
    if start:
        steps.append(tiles(start, end))
    return steps[::-1]


def _split(start: int, end: int) -> int:
    """Return where a tree of two leaves or more splits: after the largest power of two below its size."""
    return start + (1 << ((end - start - 1).bit_length() - 1))
