"""Taking a person apart at once, when records that a snapshot joined were since ruled apart.

The snapshot says which links hold a person together. For each pair ruled apart the weakest link on the strongest path
between the two is cut; what stays together under every such cut is one part. Because parts are what all cuts agree on,
the order of rulings does not matter, and a further ruling can only divide more, never put together again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from footprint.decisions.overlay import Overlay


class Held(NamedTuple):
    """A link that holds two records together, and its weight in bits."""

    one: str
    other: str
    weight: float


def parts(records: Sequence[str], links: Iterable[Held], overlay: Overlay) -> list[list[str]]:
    """Return the records of one person in as many parts as the rulings demand. Erased records count here like others.

    Parts, and the records in them, stand in the order of `records`; the first part holds the first record.
    """
    apart = _apart_among(records, overlay)
    if not apart:
        return [list(records)] if records else []
    strongest = _strongest_forest(records, links)
    cuts = [_labels(records, _cut(strongest, one, other)) for one, other in apart]
    found: dict[tuple[str, ...], list[str]] = {}
    for record in records:
        found.setdefault(tuple(labels[record] for labels in cuts), []).append(record)
    return list(found.values())


def _apart_among(records: Sequence[str], overlay: Overlay) -> list[tuple[str, str]]:
    if not overlay.pairs_apart:
        return []
    return [
        (one, other)
        for i, one in enumerate(records)
        for other in records[i + 1 :]
        if overlay.apart(one, other)
    ]


def _strongest_forest(records: Sequence[str], links: Iterable[Held]) -> list[Held]:
    """The links that hold each group together most strongly, none superfluous (Kruskal); strongest first."""
    known = set(records)
    root = {record: record for record in records}
    forest = []
    for link in sorted(links, key=lambda link: (-link.weight, link.one, link.other)):
        if link.one in known and link.other in known:
            one, other = _root(root, link.one), _root(root, link.other)
            if one != other:
                root[other] = one
                forest.append(link)
    return forest


def _cut(forest: list[Held], one: str, other: str) -> list[Held]:
    """The forest without the weakest link on the way from one record to the other."""
    way = _way(forest, one, other)
    if not way:
        return forest
    weakest = min(way, key=lambda link: (link.weight, link.one, link.other))
    return [link for link in forest if link != weakest]


def _way(forest: list[Held], one: str, other: str) -> list[Held]:
    """The links on the only way from one record to another; empty where there is none."""
    neighbours: dict[str, list[tuple[str, Held]]] = {}
    for link in forest:
        neighbours.setdefault(link.one, []).append((link.other, link))
        neighbours.setdefault(link.other, []).append((link.one, link))
    walks: list[tuple[str, list[Held]]] = [(one, [])]
    seen = {one}
    for place, way in walks:
        if place == other:
            return way
        for neighbour, link in neighbours.get(place, []):
            if neighbour not in seen:
                seen.add(neighbour)
                walks.append((neighbour, [*way, link]))
    return []


def _labels(records: Sequence[str], links: Iterable[Held]) -> dict[str, str]:
    """For each record a name of the group in which these links hold it."""
    root = {record: record for record in records}
    for link in links:
        root[_root(root, link.other)] = _root(root, link.one)
    return {record: _root(root, record) for record in records}


def _root(root: dict[str, str], record: str) -> str:
    while root[record] != record:
        root[record] = root[root[record]]
        record = root[record]
    return record
