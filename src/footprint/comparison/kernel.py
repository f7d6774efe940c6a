"""The declared comparisons at the speed of the machine: walks the program over two packed rows. For live search.

Equal in every level to `reference` and to the SQL; a test compares them on random rows. Compiled by Numba on first use and kept
beside this file, or in the user's cache where that cannot be written.
"""

# mypy: disable-error-code="no-any-return"
# One cell of an array is Any to the type checker.

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from footprint.comparison import program as ask
from footprint.comparison.reference import SLIP_LENGTH

Integers = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.uint32]

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
SWAPPED = ask.SWAPPED
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


@njit(cache=True)
def edits(a: Bytes, b: Bytes, limit: int, band: Integers) -> int:  # noqa: C901
    """Return Levenshtein's distance between the byte strings a and b, or limit + 1 where it is more than `limit`."""
    a0, a1, b0, b1 = 0, a.shape[0], 0, b.shape[0]
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


@njit(cache=True)
def text_of(rows: Rows, number: int) -> Bytes:
    if number >= 0:
        return rows.pool[rows.offsets[number] : rows.offsets[number + 1]]
    return rows.extra[rows.extra_offsets[-number - 1] : rows.extra_offsets[-number]]


@njit(cache=True)
def _shares(left: Rows, i: int, right: Rows, j: int, column: int) -> bool:
    a, b = i * LISTS + column, j * LISTS + column
    for x in range(left.starts[a], left.starts[a + 1]):
        for y in range(right.starts[b], right.starts[b + 1]):
            if left.values[x] == right.values[y]:
                return True
    return False


@njit(cache=True)
def _stands_in(number: int, rows: Rows, i: int, column: int) -> bool:
    place = i * LISTS + column
    found = False
    for x in range(rows.starts[place], rows.starts[place + 1]):
        found |= rows.values[x] == number
    return found and number != 0


@njit(cache=True)
def _spelling(
    question: int, a: Bytes, b: Bytes, alike: bool, distance: int, length: int, band: Integers
) -> bool:
    shorter = min(a.shape[0], b.shape[0])
    if question == INITIAL:
        return shorter == 1 and a[0] == b[0]
    if question == NEAR:
        return shorter >= length and edits(a, b, distance, band) <= distance
    if shorter < SLIP_LENGTH:
        return False
    return edits(a, b, 2 if alike else 1, band) <= (2 if alike else 1)


@njit(cache=True)
def _holds(node: Integers, left: Rows, i: int, right: Rows, j: int, band: Integers) -> bool:  # noqa: C901
    question, a, b, c = node[0], node[1], node[2], node[3]
    if question == SHARES:
        return _shares(left, i, right, j, a)
    if question == KNOWN_LIST:
        x, y = i * LISTS + a, j * LISTS + a
        return left.starts[x] < left.starts[x + 1] and right.starts[y] < right.starts[y + 1]
    x, y = left.fixed[i, a], right.fixed[j, a]
    if question in (EQUAL, SAME_NUMBER):
        return x != 0 and x == y
    if question == CROSSED:
        return _stands_in(x, right, j, b) or _stands_in(y, left, i, b)
    if question == SWAPPED:
        return _stands_in(x, right, j, b) and _stands_in(y, left, i, b)
    if question == SOME_UNKNOWN:
        return x == 0 or y == 0
    if question == KNOWN_TEXT:
        return x != 0 and y != 0
    if question == NUMBER_WITHIN:
        return x != 0 and y != 0 and abs(x - y) <= b
    if question == NUMBERS_CROSSED:
        return x != 0 and y != 0 and x == right.fixed[j, b] and y == left.fixed[i, b]
    if question in (ONE_SLIP, NEAR, INITIAL):
        if x == 0 or y == 0:
            return False
        alike = question == ONE_SLIP and left.fixed[i, b] == right.fixed[j, b]
        return _spelling(question, text_of(left, x), text_of(right, y), alike, b, c, band)
    return x != 0 or y != 0  # FLAG


@njit(cache=True)
def level(nodes: Integers, start: int, left: Rows, i: int, right: Rows, j: int, band: Integers) -> int:
    """Return the level at which row i of `left` and row j of `right` agree, by the program that begins at `start`."""
    node = start
    while node >= 0:
        node = nodes[node, 4] if _holds(nodes[node], left, i, right, j, band) else nodes[node, 5]
    return -node - 2


def levels(program: ask.Program, left: Rows, i: int, right: Rows, j: int) -> list[int]:
    """Return the level of every comparison of the program between two rows. For tests and for showing one pair."""
    band = np.zeros(WIDEST_BAND, dtype=np.int32)
    return [int(level(program.nodes, start, left, i, right, j, band)) for start in program.starts]
