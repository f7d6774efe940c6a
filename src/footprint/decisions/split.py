"""Taking a person apart at once, when records that a snapshot joined were since ruled apart.

The snapshot says which links hold a person together. A ruling takes away every link between its two sides; where others
still hold them together, the weakest link on the strongest path between them is cut. What stays together under every
ruling is one part. Because parts are what all rulings agree on, their order does not matter, and a further ruling can only
divide more, never put together again.
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
    known = set(records)
    rulings = [
        (sorted(known.intersection(one)), sorted(known.intersection(other)))
        for one, other in sorted(overlay.sides_apart)
    ]
    held = list(links)
    cuts = [_labels(records, _parted(records, held, *sides)) for sides in rulings if all(sides)]
    found: dict[tuple[str, ...], list[str]] = {}
    for record in records:
        found.setdefault(tuple(labels[record] for labels in cuts), []).append(record)
    if not cuts:
        return [list(records)] if records else []
    return list(found.values())


def _parted(
    records: Sequence[str], links: Iterable[Held], one: Sequence[str], other: Sequence[str]
) -> list[Held]:
    """The links that are left when one ruling is applied: none of them leads from one of its sides to the other."""
    sides = set(one), set(other)
    crossing = (sides, sides[::-1])
    forest = _strongest_forest(
        records,
        [
            link
            for link in links
            if not any(link.one in here and link.other in there for here, there in crossing)
        ],
    )
    for mine in one:
        for theirs in other:
            while way := _way(forest, mine, theirs):
                weakest = min(way, key=lambda link: (link.weight, link.one, link.other))
                forest = [link for link in forest if link != weakest]
    return forest


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
