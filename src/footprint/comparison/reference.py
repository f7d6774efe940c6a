"""What a predicate means, in plain Python: slow, obvious, and what every fast engine must agree with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rapidfuzz.distance import Levenshtein

from footprint.comparison import predicates as p
from footprint.comparison.declaration import COMPARISONS, UNKNOWN, Comparison
from footprint.records import Comparable

SLIP_LENGTH = 4


def _text(row: Comparable, column: str) -> str:
    return str(getattr(row, column))


def _distance(left: str, right: str) -> int:
    return Levenshtein.distance(left, right)


def _equal(q: p.Equal, left: Comparable, right: Comparable) -> bool:
    return _text(left, q.column) != "" and _text(left, q.column) == _text(right, q.column)


def _shares(q: p.Shares, left: Comparable, right: Comparable) -> bool:
    return not set(getattr(left, q.column)).isdisjoint(getattr(right, q.column))


def _crossed(q: p.Crossed, left: Comparable, right: Comparable) -> bool:
    return any(
        _text(one, q.text) != "" and _text(one, q.text) in getattr(other, q.listed)
        for one, other in ((left, right), (right, left))
    )


def _swapped(q: p.Swapped, left: Comparable, right: Comparable) -> bool:
    return all(
        _text(one, q.text) != "" and _text(one, q.text) in getattr(other, q.listed)
        for one, other in ((left, right), (right, left))
    )


def _one_slip(q: p.OneSlip, left: Comparable, right: Comparable) -> bool:
    a, b = _text(left, q.column), _text(right, q.column)
    if min(len(a), len(b)) < SLIP_LENGTH:
        return False
    distance = _distance(a, b)
    return distance <= 1 or (distance == 2 and _text(left, q.letters) == _text(right, q.letters))


def _near(q: p.Near, left: Comparable, right: Comparable) -> bool:
    a, b = _text(left, q.column), _text(right, q.column)
    return min(len(a), len(b)) >= q.length and _distance(a, b) <= q.distance


def _initial(q: p.Initial, left: Comparable, right: Comparable) -> bool:
    a, b = _text(left, q.column), _text(right, q.column)
    return bool(a and b) and min(len(a), len(b)) == 1 and a[0] == b[0]


def _same_number(q: p.SameNumber, left: Comparable, right: Comparable) -> bool:
    return getattr(left, q.column) != 0 and bool(getattr(left, q.column) == getattr(right, q.column))


def _numbers_crossed(q: p.NumbersCrossed, left: Comparable, right: Comparable) -> bool:
    a, b = getattr(left, q.first), getattr(left, q.second)
    c, d = getattr(right, q.first), getattr(right, q.second)
    return bool(a and b and a == d and b == c)


def _number_within(q: p.NumberWithin, left: Comparable, right: Comparable) -> bool:
    a, b = getattr(left, q.column), getattr(right, q.column)
    return bool(a and b and abs(a - b) <= q.distance)


def _some_unknown(q: p.SomeUnknown, left: Comparable, right: Comparable) -> bool:
    return bool(getattr(left, q.column) == 0 or getattr(right, q.column) == 0)


def _known(q: p.Known, left: Comparable, right: Comparable) -> bool:
    return bool(getattr(left, q.column)) and bool(getattr(right, q.column))


def _flag(q: p.Flag, left: Comparable, right: Comparable) -> bool:
    return bool(getattr(left, q.column)) or bool(getattr(right, q.column))


def _every(q: p.Every, left: Comparable, right: Comparable) -> bool:
    return all(holds(part, left, right) for part in q.parts)


def _some(q: p.Some, left: Comparable, right: Comparable) -> bool:
    return any(holds(part, left, right) for part in q.parts)


def _never(q: p.Never, left: Comparable, right: Comparable) -> bool:
    return not holds(q.part, left, right)


_MEANING: dict[type, Callable[[Any, Comparable, Comparable], bool]] = {
    p.Equal: _equal,
    p.Shares: _shares,
    p.Crossed: _crossed,
    p.Swapped: _swapped,
    p.OneSlip: _one_slip,
    p.Near: _near,
    p.Initial: _initial,
    p.SameNumber: _same_number,
    p.NumbersCrossed: _numbers_crossed,
    p.NumberWithin: _number_within,
    p.SomeUnknown: _some_unknown,
    p.Known: _known,
    p.Flag: _flag,
    p.Every: _every,
    p.Some: _some,
    p.Never: _never,
}


def holds(predicate: p.Predicate, left: Comparable, right: Comparable) -> bool:
    """Say whether `predicate` holds between two rows. Symmetric for every predicate."""
    return _MEANING[type(predicate)](predicate, left, right)


def level(comparison: Comparison, left: Comparable, right: Comparable) -> int:
    """Return the level at which two rows agree: an index into `levels`, `else_level`, or UNKNOWN."""
    if not holds(comparison.known, left, right):
        return UNKNOWN
    for index, one in enumerate(comparison.levels):
        if holds(one.condition, left, right):
            return index
    return comparison.else_level


def levels(left: Comparable, right: Comparable) -> dict[str, int]:
    """Return the level of every declared comparison between two rows, by name."""
    return {comparison.name: level(comparison, left, right) for comparison in COMPARISONS}
