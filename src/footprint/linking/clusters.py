"""From joined pairs to people: the closure of the evidence, in an order that depends on nothing but the evidence.

The strongest pair goes first. A merge that any veto forbids does not happen, and the pair stays possible. Records of a
hidden kind come last and attach as leaves: each to one person, never bridging two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

# E4 is a steward's word; then checked numbers; then what was joined yesterday; then homes; then votes.
RULE_ORDER: Final = {"E4": 0, "E1": 1, "stayed": 2, "E2": 3, "E3": 4}


class Edge(msgspec.Struct, frozen=True):
    """A pair of records (by number) that evidence joins: rule and weight in bits."""

    left: int
    right: int
    weight: float
    rule: str


class Clusters:
    """Records gathered into people; grows by merges only."""

    def __init__(self) -> None:
        self._root: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}

    def find(self, record: int) -> int:
        """Return the representative of the record's person."""
        root = record
        while (parent := self._root.get(root, root)) != root:
            root = parent
        while (parent := self._root.get(record, record)) != root:
            self._root[record] = root
            record = parent
        return root

    def members(self, record: int) -> list[int]:
        """Return every record of the person to whom `record` belongs."""
        root = self.find(record)
        return self._members.get(root, [root])

    def merge(self, one: int, other: int) -> None:
        """Make one person of two."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return
        if len(self.members(a)) < len(self.members(b)) or (
            len(self.members(a)) == len(self.members(b)) and b < a
        ):
            a, b = b, a
        self._members[a] = self.members(a) + self.members(b)
        self._members.pop(b, None)
        self._root[b] = a

    def groups(self) -> list[list[int]]:
        """Return the people of two records or more, each sorted, in the order of their first record."""
        return sorted(sorted(members) for members in self._members.values())


def gather(
    edges: Iterable[Edge],
    forbidden: Callable[[Sequence[int], Sequence[int]], str],
    hidden: frozenset[int] = frozenset(),
) -> tuple[Clusters, dict[tuple[int, int], str]]:
    """Return the people that `edges` make, and for each pair refused the veto that refused it.

    `forbidden(left, right)` returns the veto between two groups of records, or an empty string. E4 overrides no veto:
    the steward's own *different*, a seal and a number are stronger than a *same* that closure would stretch.
    """
    ordered = sorted(edges, key=lambda e: (RULE_ORDER[e.rule], -round(e.weight, 6), e.left, e.right))
    clusters = Clusters()
    refused: dict[tuple[int, int], str] = {}
    leaves: set[int] = set()
    for edge in sorted(ordered, key=lambda e: e.left in hidden or e.right in hidden):
        leaf = {edge.left, edge.right} & hidden
        if leaf & leaves or len(leaf) == 2:
            continue
        a, b = clusters.find(edge.left), clusters.find(edge.right)
        if a == b:
            continue
        # What hangs on a person already says nothing about what else may.
        left, right = ([n for n in clusters.members(root) if n not in leaves] for root in (a, b))
        veto = forbidden(left, right)
        if veto:
            refused[(edge.left, edge.right)] = veto
            continue
        clusters.merge(a, b)
        leaves |= leaf
    return clusters, refused
