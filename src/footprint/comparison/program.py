"""The declared comparisons as a table of decisions that a kernel can walk: made from the declaration, never by hand.

Each row asks one small question about two packed rows and says where to go when the answer is yes and when it is no:
to another row, or to a level. `every`, `some` and `never` leave no trace but in where the arrows lead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from footprint.comparison import predicates as p
from footprint.comparison.declaration import COMPARISONS, UNKNOWN, Comparison
from footprint.records.columns import FLAGS, LISTS, NUMBERS, TEXTS

EQUAL, SHARES, CROSSED, ONE_SLIP, NEAR, INITIAL = range(6)
SAME_NUMBER, NUMBERS_CROSSED, NUMBER_WITHIN, SOME_UNKNOWN, KNOWN_TEXT, KNOWN_LIST, FLAG, SWAPPED = range(
    6, 14
)


def _used(predicate: p.Predicate) -> set[str]:
    if isinstance(predicate, p.Every | p.Some):
        return set().union(*map(_used, predicate.parts))
    if isinstance(predicate, p.Never):
        return _used(predicate.part)
    return {
        value for name in predicate.__struct_fields__ if isinstance(value := getattr(predicate, name), str)
    }


_USED: Final = set().union(
    *(
        _used(condition)
        for comparison in COMPARISONS
        for condition in (comparison.known, *(level.condition for level in comparison.levels))
    )
)
# Where each column that a comparison reads stands in a packed row: one number each, or one list each.
FIXED: Final = tuple(name for name in (*TEXTS, *NUMBERS, *FLAGS) if name in _USED)
LISTED: Final = tuple(name for name in LISTS if name in _USED)


def _fixed(*columns: str) -> tuple[int, ...]:
    return tuple(FIXED.index(column) for column in columns)


_LEAF: Final[dict[type, Callable[[Any], tuple[int, ...]]]] = {
    p.Equal: lambda q: (EQUAL, *_fixed(q.column)),
    p.Shares: lambda q: (SHARES, LISTED.index(q.column)),
    p.Crossed: lambda q: (CROSSED, *_fixed(q.text), LISTED.index(q.listed)),
    p.Swapped: lambda q: (SWAPPED, *_fixed(q.text), LISTED.index(q.listed)),
    p.OneSlip: lambda q: (ONE_SLIP, *_fixed(q.column, q.letters)),
    p.Near: lambda q: (NEAR, *_fixed(q.column), q.distance, q.length),
    p.Initial: lambda q: (INITIAL, *_fixed(q.column)),
    p.SameNumber: lambda q: (SAME_NUMBER, *_fixed(q.column)),
    p.NumbersCrossed: lambda q: (NUMBERS_CROSSED, *_fixed(q.first, q.second)),
    p.NumberWithin: lambda q: (NUMBER_WITHIN, *_fixed(q.column), q.distance),
    p.SomeUnknown: lambda q: (SOME_UNKNOWN, *_fixed(q.column)),
    p.Known: lambda q: (
        (KNOWN_LIST, LISTED.index(q.column)) if q.column in LISTED else (KNOWN_TEXT, *_fixed(q.column))
    ),
    p.Flag: lambda q: (FLAG, *_fixed(q.column)),
}


class Program(NamedTuple):
    """`nodes` int32 [n, 6]: question, three arguments, next row if yes, next row if no; -(level + 2) ends the walk.

    `starts` int32: the first row of each comparison, in declared order.
    """

    nodes: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]


def program_of(comparisons: Sequence[Comparison] = COMPARISONS) -> Program:
    """Return the program whose walk from a comparison's start ends at the level that `reference.level` gives."""
    nodes: list[tuple[int, ...]] = []

    def lead(predicate: p.Predicate, yes: int, no: int) -> int:
        """Return the row at which to start so that the walk comes to `yes` where the predicate holds, else to `no`."""
        if isinstance(predicate, p.Never):
            return lead(predicate.part, no, yes)
        if isinstance(predicate, p.Every):
            for part in reversed(predicate.parts):
                yes = lead(part, yes, no)
            return yes
        if isinstance(predicate, p.Some):
            for part in reversed(predicate.parts):
                no = lead(part, yes, no)
            return no
        question, *arguments = _LEAF[type(predicate)](predicate)
        nodes.append((question, *arguments, *(0,) * (3 - len(arguments)), yes, no))
        return len(nodes) - 1

    starts = []
    for comparison in comparisons:
        following = _end(comparison.else_level)
        for index in reversed(range(len(comparison.levels))):
            following = lead(comparison.levels[index].condition, _end(index), following)
        starts.append(lead(comparison.known, following, _end(UNKNOWN)))
    return Program(np.array(nodes, dtype=np.int32), np.array(starts, dtype=np.int32))


def _end(level: int) -> int:
    return -(level + 2)
