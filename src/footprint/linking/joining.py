"""From judged pairs to people: which pairs hold, what keeps two groups apart, and what a steward's word changes.

Reads the tables that `facts` and `evidence` made (rows, judged), and yesterday's links; writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from footprint.decisions.overlay import NOTHING_DECIDED, Overlay
from footprint.linking import thresholds
from footprint.linking.clusters import Clusters, Edge, gather
from footprint.linking.given import GivenName
from footprint.linking.vetoes import Card, forbids, forbids_any, tied
from footprint.records.codes import STRONG_SCHEMES

Forbidden = Callable[[Sequence[int], Sequence[int]], str]


class Joined(NamedTuple):
    """What a run joined: the people, the pairs that hold them, and the pairs refused with the veto that refused each."""

    clusters: Clusters
    edges: list[Edge]
    refused: dict[tuple[int, int], str]


def join(
    connection: duckdb.DuckDBPyConnection,
    overlay: Overlay = NOTHING_DECIDED,
    previous: Path | None = None,
    unique_partners: frozenset[str] = frozenset(),
) -> Joined:
    """Return the people whom the judged pairs, yesterday's links and a steward's rulings make."""
    edges = [*_evident(connection), *_stayed(connection, previous), *_ruled(connection, overlay)]
    cards = _cards_of(connection, {number for edge in edges for number in (edge.left, edge.right)})
    hidden = {number for (number,) in connection.execute("SELECT rid FROM rows WHERE hidden").fetchall()}
    _tie(
        cards,
        [edge for edge in edges if edge.rule == "E4" and not hidden & {edge.left, edge.right}],
        unique_partners,
    )
    forbidden = _forbidden(cards, _apart(cards, overlay), unique_partners)
    leaves = frozenset(hidden & cards.keys())
    contradicted = _contradicted(edges, forbidden, leaves) if overlay.pairs_apart else {}
    held = [edge for edge in edges if (edge.left, edge.right) not in contradicted or edge.rule != "E4"]
    clusters, refused = gather(held, forbidden, leaves)
    return Joined(clusters, edges, refused | contradicted)


def _contradicted(
    edges: Sequence[Edge], forbidden: Forbidden, leaves: frozenset[int]
) -> dict[tuple[int, int], str]:
    """Return each *same* that would join people, as evidence makes them, of whom another ruling says that they are two.

    A seal or a *different* names the records of its day. What evidence adds to them since is kept apart as they are.
    """
    clusters, _ = gather([edge for edge in edges if edge.rule != "E4"], forbidden, leaves)
    groups = (
        (edge, clusters.members(edge.left), clusters.members(edge.right))
        for edge in edges
        if edge.rule == "E4"
    )
    return {(edge.left, edge.right): "different" for edge, a, b in groups if forbidden(a, b) == "different"}


def _evident(connection: duckdb.DuckDBPyConnection) -> Iterator[Edge]:
    for left, right, weight, rule in connection.execute(
        "SELECT l, r, weight, rule FROM judged WHERE rule <> '' AND veto = ''"
    ).fetchall():
        yield Edge(left, right, weight, rule)


def _stayed(connection: duckdb.DuckDBPyConnection, previous: Path | None) -> Iterator[Edge]:
    """Give the pairs that evidence joined yesterday and no longer does, and that nothing forbids today.

    What only a steward's *same* joined does not stay when that ruling is taken back.
    """
    if previous is None or not (previous / "links.parquet").exists():
        return
    links = str(previous / "links.parquet").replace("'", "''")
    for left, right, weight in connection.execute(
        f"""SELECT j.l, j.r, j.weight FROM judged j JOIN rows a ON a.rid = j.l JOIN rows b ON b.rid = j.r
        JOIN (SELECT "left", "right" FROM read_parquet('{links}') WHERE verdict = 'joined' AND rule <> 'E4') y
            ON y."left" = a.key AND y."right" = b.key
        WHERE j.rule = '' AND j.veto = '' AND j.stays AND j.weight >= {thresholds.STAY}"""
    ).fetchall():
        yield Edge(left, right, weight, "stayed")


def _ruled(connection: duckdb.DuckDBPyConnection, overlay: Overlay) -> Iterator[Edge]:
    numbers = numbers_of(connection, {key for pair in overlay.same for key in pair})
    for one, other in sorted(overlay.same):
        if one in numbers and other in numbers:
            left, right = sorted((numbers[one], numbers[other]))
            yield Edge(left, right, 0.0, "E4")


def numbers_of(connection: duckdb.DuckDBPyConnection, keys: Iterable[str]) -> dict[str, int]:
    """Return the numbers of the records with these keys; those that are not there are left out."""
    wanted = pl.DataFrame({"key": sorted(keys)}, schema={"key": pl.String})
    connection.register("keys_wanted", wanted)
    found = dict(connection.execute("SELECT key, rid FROM rows SEMI JOIN keys_wanted USING (key)").fetchall())
    connection.unregister("keys_wanted")
    return found


def _cards_of(connection: duckdb.DuckDBPyConnection, wanted: set[int]) -> dict[int, Card]:
    """Return what vetoes must know of the wanted records, by record number."""
    connection.register("numbers_wanted", pl.DataFrame({"rid": sorted(wanted)}, schema={"rid": pl.Int32}))
    rows = connection.execute(
        f"""SELECT rid, key, partner, birth, birth_year, placeholder_birth, homes,
            given, seconds, given_all, given_kin, own_kin, family_all, sex, {", ".join(STRONG_SCHEMES)}
        FROM rows SEMI JOIN numbers_wanted USING (rid)"""
    ).fetchall()
    connection.unregister("numbers_wanted")
    return {row[0]: _card(row[1:]) for row in rows}


def _card(row: tuple[Any, ...]) -> Card:
    (
        key,
        partner,
        birth,
        year,
        placeholder,
        homes,
        given,
        seconds,
        forms,
        kin,
        own_kin,
        family,
        sex,
        *numbers,
    ) = row
    return Card(
        key=key,
        partner=partner,
        birth=birth,
        birth_year=year,
        name=GivenName(given, tuple(seconds), tuple(forms), tuple(kin), tuple(own_kin), tuple(family), sex),
        homes=frozenset(homes),
        numbers={scheme: frozenset(live) for scheme, live in zip(STRONG_SCHEMES, numbers, strict=True)},
        births=frozenset({birth} if birth and not placeholder else ()),
    )


def _tie(cards: dict[int, Card], ruled: Iterable[Edge], unique_partners: frozenset[str]) -> None:
    """Give the records that a steward ruled one person each other's names and birthdays, in `cards`."""
    ties = Clusters()
    for edge in ruled:
        if forbids(cards[edge.left], cards[edge.right], unique_partners) in {"", "strangers"}:
            ties.merge(edge.left, edge.right)
    for group in ties.groups():
        cards.update(zip(group, tied([cards[number] for number in group]), strict=True))


def _apart(cards: dict[int, Card], overlay: Overlay) -> dict[int, set[int]]:
    """Return for each record number those from which rulings keep it apart."""
    apart: dict[int, set[int]] = {}
    if overlay.pairs_apart:
        numbers = {card.key: number for number, card in cards.items()}
        for one, other in overlay.pairs_apart:
            if one in numbers and other in numbers:
                apart.setdefault(numbers[one], set()).add(numbers[other])
                apart.setdefault(numbers[other], set()).add(numbers[one])
    return apart


def _forbidden(
    cards: dict[int, Card], apart: dict[int, set[int]], unique_partners: frozenset[str]
) -> Forbidden:
    def forbidden(left: Sequence[int], right: Sequence[int]) -> str:
        if apart and any(not apart.get(number, set()).isdisjoint(right) for number in left):
            return "different"
        return forbids_any((cards[a] for a in left), (cards[b] for b in right), unique_partners)

    return forbidden
