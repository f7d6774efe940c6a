"""The declared comparisons at the speed of the machine: walks the program over two packed rows. For live search.

Equal in every level to `reference` and to the SQL; a test compares them on random rows. Compiled by Numba on first use and kept
beside this file, or in the user's cache where that cannot be written.
"""

# mypy: disable-error-code="no-any-return, return-value"
# To the type checker one cell of an array is Any, and a 64-bit whole number no int.

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from footprint.comparison import program as ask
from footprint.comparison.compiling import compiled
from footprint.comparison.reference import SLIP_LENGTH

Integers = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.uint32]
Levels = npt.NDArray[np.int8]

EQUAL, SHARES, CROSSED, ONE_SLIP, NEAR, INITIAL = (
    ask.EQUAL,
    ask.SHARES,
    ask.CROSSED,
    ask.ONE_SLIP,
    ask.NEAR,
    ask.INITIAL,
)
SAME_NUMBER, NUMBERS_CROSSED, NUMBER_WITHIN = ask.SAME_NUMBER, ask.NUMBERS_CROSSED, ask.NUMBER_WITHIN
SOME_UNKNOWN, KNOWN_TEXT, KNOWN_LIST = ask.SOME_UNKNOWN, ask.KNOWN_TEXT, ask.KNOWN_LIST
SWAPPED, FLAG = ask.SWAPPED, ask.FLAG
LISTS: Final = len(ask.LISTED)
WIDEST_BAND: Final = 16


class Rows(NamedTuple):
    """Packed rows. A text is its number in the pool, 0 where not known; texts beyond the pool have numbers below 0.

    `fixed` int32 [rows, FIXED]; `starts` uint32 [rows * LISTED + 1] into `values` int32; `pool` uint8 with `offsets` uint32
    [texts + 1]; `extra` and `extra_offsets` hold the text of number -1, -2, ... (what a question says and no row does).
    """

    fixed: Integers
    starts: Offsets
    values: Integers
    pool: Bytes
    offsets: Offsets
    extra: Bytes
    extra_offsets: Offsets


@compiled
def edits(  # noqa: C901 (one table, walked once)
    a: Bytes, a0: int, a1: int, b: Bytes, b0: int, b1: int, limit: int, band: Integers
) -> int:
    """Return Levenshtein's distance between a[a0:a1] and b[b0:b1], or limit + 1 where it is more than `limit`.

    `band` is room for 2 * limit + 1 numbers.
    """
    while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
        a0 += 1
        b0 += 1
    while a1 > a0 and b1 > b0 and a[a1 - 1] == b[b1 - 1]:
        a1 -= 1
        b1 -= 1
    n, m, far = a1 - a0, b1 - b0, limit + 1
    if abs(n - m) > limit:
        return far
    if n == 0 or m == 0:
        return max(n, m)
    # Only the diagonals within `limit` can matter: band[d] is the cost at column i + d - limit of row i.
    width = 2 * limit + 1
    for d in range(width):
        band[d] = d - limit if 0 <= d - limit <= m else far
    for i in range(1, n + 1):
        best = far
        for d in range(width):
            j = i + d - limit
            if j < 0 or j > m:
                cost = far
            elif j == 0:
                cost = i
            else:
                cost = band[d] + (a[a0 + i - 1] != b[b0 + j - 1])
                if d + 1 < width:
                    cost = min(cost, band[d + 1] + 1)
                if d > 0:
                    cost = min(cost, band[d - 1] + 1)
            band[d] = min(cost, far)
            best = min(best, band[d])
        if best >= far:
            return far
    return band[m - n + limit]


@compiled
def span(offsets: Offsets, place: int) -> tuple[int, int]:
    """Return where item `place` begins and ends."""
    return np.int64(offsets[place]), np.int64(offsets[place + 1])


@compiled
def overlap(a: Integers, a0: int, a1: int, b: Integers, b0: int, b1: int) -> bool:
    """Say whether a[a0:a1] and b[b0:b1] have a number in common."""
    found = False
    for x in range(a0, a1):
        for y in range(b0, b1):
            found |= a[x] == b[y]
    return found


@compiled
def _stands_in(number: int, values: Integers, begin: int, end: int) -> bool:
    found = False
    for place in range(begin, end):
        found |= values[place] == number
    return found and number != 0


@compiled
def _numbers_hold(question: int, x: int, y: int, argument: int) -> bool:
    """Answer a question about one number of each row; a text is its number."""
    if question == SOME_UNKNOWN:
        return x == 0 or y == 0
    if question == FLAG:
        return x != 0 or y != 0
    if x == 0 or y == 0:
        return False
    if question == NUMBER_WITHIN:
        return abs(x - y) <= argument
    return question == KNOWN_TEXT or x == y


@compiled
def _texts_hold(
    question: int, a: Bytes, a0: int, a1: int, b: Bytes, b0: int, b1: int,
    alike: bool, distance: int, length: int, band: Integers,
) -> bool:  # fmt: skip
    """Answer a question about the spelling of two known texts."""
    shorter = min(a1 - a0, b1 - b0)
    if question == INITIAL:
        return shorter == 1 and a[a0] == b[b0]
    if question == ONE_SLIP:
        length, distance = SLIP_LENGTH, 2 if alike else 1
    return shorter >= length and edits(a, a0, a1, b, b0, b1, distance, band) <= distance


@compiled
def pair_levels(
    nodes: Integers, starts: Integers, left: Rows, i: int, right: Rows, j: int, band: Integers, found: Levels
) -> None:
    """Write into `found` the level at which row i of `left` and row j of `right` agree, for every comparison."""
    lf, ls, lv, le, leo = left.fixed, left.starts, left.values, left.extra, left.extra_offsets
    rf, rs, rv, pool, offsets = right.fixed, right.starts, right.values, right.pool, right.offsets
    for comparison in range(starts.shape[0]):
        node = starts[comparison]
        while node >= 0:
            question, a, b = nodes[node, 0], nodes[node, 1], nodes[node, 2]
            if question in (SHARES, KNOWN_LIST):
                (x0, x1), (y0, y1) = span(ls, i * LISTS + a), span(rs, j * LISTS + a)
                holds = x0 < x1 and y0 < y1
                if question == SHARES and holds:
                    holds = overlap(lv, x0, x1, rv, y0, y1)
            else:
                x, y = lf[i, a], rf[j, a]
                if question in (CROSSED, SWAPPED):
                    (x0, x1), (y0, y1) = span(ls, i * LISTS + b), span(rs, j * LISTS + b)
                    one, other = _stands_in(x, rv, y0, y1), _stands_in(y, lv, x0, x1)
                    holds = (one or other) if question == CROSSED else (one and other)
                elif question == NUMBERS_CROSSED:
                    holds = x != 0 and y != 0 and x == rf[j, b] and y == lf[i, b]
                elif question not in (ONE_SLIP, NEAR, INITIAL):
                    holds = _numbers_hold(question, x, y, b)
                elif x == 0 or y == 0:
                    holds = False
                else:
                    alike = question == ONE_SLIP and lf[i, b] == rf[j, b]
                    y0, y1 = span(offsets, y)
                    if x > 0:
                        x0, x1 = span(offsets, x)
                        holds = _texts_hold(
                            question, pool, x0, x1, pool, y0, y1, alike, b, nodes[node, 3], band
                        )
                    else:
                        x0, x1 = span(leo, -x - 1)
                        holds = _texts_hold(
                            question, le, x0, x1, pool, y0, y1, alike, b, nodes[node, 3], band
                        )
            node = nodes[node, 4] if holds else nodes[node, 5]
        found[comparison] = -node - 2


def levels(program: ask.Program, left: Rows, i: int, right: Rows, j: int) -> list[int]:
    """Return the level of every comparison of the program between two rows. For tests and for showing one pair."""
    band, found = np.zeros(WIDEST_BAND, dtype=np.int32), np.zeros(len(program.starts), dtype=np.int8)
    pair_levels(program.nodes, program.starts, left, i, right, j, band, found)
    return [int(level) for level in found]
