"""One run of linking: records, decisions and yesterday's people in; people, links and events out.

A run is a function of these, of the frozen model and of its frozen frequency tables. Nothing else, not the order of
arrival nor the number of threads, changes a result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb
import msgspec
import polars as pl

from footprint.comparison import COMPARISONS
from footprint.decisions.overlay import NOTHING_DECIDED, Overlay
from footprint.linking import blocking, evidence, facts, frequencies, identities, scoring, thresholds
from footprint.linking.clusters import Clusters, Edge, gather
from footprint.linking.model import Model
from footprint.linking.vetoes import Card, forbids_any
from footprint.records.codes import STRONG_SCHEMES

Progress = Callable[[str], None]


class LinkSummary(msgspec.Struct, frozen=True):
    """What a run did, in counts."""

    records: int
    people: int
    compared: int
    joined: int
    possible: int
    refused: int
    events: dict[str, int]


def _silent(_: str) -> None:
    """Say nothing: the default for a caller who does not follow progress."""


def link(
    comparables: Sequence[Path],
    into: Path,
    *,
    model: Model,
    frozen: Path,
    overlay: Overlay = NOTHING_DECIDED,
    previous: Path | None = None,
    unique_partners: frozenset[str] = frozenset(),
    hidden: frozenset[str] = frozenset(),
    threads: int = 2,
    memory: str = "2500MB",
    progress: Progress = _silent,
) -> LinkSummary:
    """Link records into people and write `people.parquet`, `links.parquet` and `events.parquet` in the directory `into`.

    `comparables` are Parquet files with the comparable columns and `first_reported`; `previous` the directory of
    yesterday's run; `frozen` that of the frequency tables, counted and frozen there when it is empty; `unique_partners` those that give each person one id; `hidden` the keys of records of hidden kinds.
    `people`: record, person. `links`: left, right, weight (bits), verdict (joined or possible), rule, why (sentences).
    `events`: kind, person, other. See `identities` for ids and `evidence` for the rules.
    """
    into.mkdir(parents=True, exist_ok=True)
    connection = _connect(into, threads, memory)
    try:
        _take(connection, comparables, overlay)
        count = facts.prepare(connection, "source")
        progress(f"{count:,} records made ready")
        _know_frequencies(connection, frozen)
        compared = blocking.block(connection)
        progress(f"{compared:,} pairs brought together")
        scoring.score(connection, model, floor=thresholds.FLOOR)
        connection.execute("DROP TABLE pairs")
        progress("pairs weighed")
        evidence.judge(connection, unique_partners)
        connection.execute("DROP TABLE scored")
        progress("evidence judged")
        clusters, refused = _gather(connection, overlay, previous, unique_partners, hidden)
        events = _write_people(connection, clusters, previous, into)
        joined, possible = _write_links(connection, overlay, into)
    finally:
        connection.close()
        _remove_scratch(into)
    people = pl.read_parquet(into / "people.parquet")["person"].n_unique() if count else 0
    return LinkSummary(count, people, compared, joined, possible, len(refused), events)


def _connect(into: Path, threads: int, memory: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(into / "scratch.duckdb"))
    connection.execute(f"SET threads = {threads}")
    connection.execute(f"SET memory_limit = '{memory}'")
    connection.execute(f"SET temp_directory = '{into / 'spill'}'")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET enable_progress_bar = false")
    return connection


def _know_frequencies(connection: duckdb.DuckDBPyConnection, frozen: Path) -> None:
    if any(frozen.glob("*.parquet")):
        frequencies.thaw(connection, frozen)
    else:
        frequencies.count(connection)
        frequencies.freeze(connection, frozen)


def _remove_scratch(into: Path) -> None:
    for path in into.glob("scratch.duckdb*"):
        path.unlink()


def _take(connection: duckdb.DuckDBPyConnection, comparables: Sequence[Path], overlay: Overlay) -> None:
    """Make the view `source`: the records without erased ones, and without a former identity's numbers on others."""
    files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in comparables)
    connection.register("erased", pl.DataFrame({"key": sorted(overlay.erased_records)}, schema={"key": pl.String}))
    owners = [(identifier, sorted(keys)) for identifier, keys in sorted(overlay.former_identifiers.items())]
    severed = pl.DataFrame(owners, schema={"identifier": pl.String, "owners": pl.List(pl.String)}, orient="row")
    connection.register("severed", severed)
    connection.execute(
        f"""CREATE TEMP TABLE source AS
        SELECT * REPLACE (list_filter(identifiers, lambda x: NOT coalesce(
            list_contains((SELECT list(identifier) FROM severed WHERE NOT list_contains(owners, key)), x), false)) AS identifiers)
        FROM read_parquet([{files}]) WHERE key NOT IN (SELECT key FROM erased)"""
        if owners
        else f"CREATE TEMP TABLE source AS SELECT * FROM read_parquet([{files}]) WHERE key NOT IN (SELECT key FROM erased)"
    )


def _gather(
    connection: duckdb.DuckDBPyConnection,
    overlay: Overlay,
    previous: Path | None,
    unique_partners: frozenset[str],
    hidden: frozenset[str],
) -> tuple[Clusters, dict[tuple[int, int], str]]:
    edges = list(_edges(connection, overlay, previous))
    cards = cards_of(connection, {number for edge in edges for number in (edge.left, edge.right)})
    apart = _apart(cards, overlay)

    def forbidden(left: Sequence[int], right: Sequence[int]) -> str:
        if apart and any((min(a, b), max(a, b)) in apart for a in left for b in right):
            return "different"
        return forbids_any((cards[a] for a in left), (cards[b] for b in right), unique_partners)

    leaves = frozenset(number for number, card in cards.items() if card.key in hidden)
    clusters, refused = gather(edges, forbidden, leaves)
    rules = [(edge.left, edge.right, edge.rule) for edge in edges if clusters.find(edge.left) == clusters.find(edge.right)]
    _table(connection, "held", rules, {"l": pl.Int32, "r": pl.Int32, "held_by": pl.String})
    members = [(number, group[0]) for group in clusters.groups() for number in group]
    _table(connection, "grouped", members, {"rid": pl.Int32, "leader": pl.Int32})
    return clusters, refused


def _table(connection: duckdb.DuckDBPyConnection, name: str, rows: list[tuple[object, ...]], schema: dict[str, type[pl.DataType]]) -> None:  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    connection.register(f"{name}_frame", frame)
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {name}_frame")
    connection.unregister(f"{name}_frame")


def _edges(connection: duckdb.DuckDBPyConnection, overlay: Overlay, previous: Path | None) -> Iterator[Edge]:
    """Give the pairs that evidence joins today, those that stay joined from yesterday, and a steward's *same*."""
    for left, right, weight, rule in connection.execute(
        "SELECT l, r, weight, rule FROM judged WHERE rule <> '' AND veto = ''"
    ).fetchall():
        yield Edge(left, right, weight, rule)
    if previous is not None and (previous / "links.parquet").exists():
        stayed = connection.execute(
            f"""SELECT j.l, j.r, j.weight FROM judged j JOIN rows a ON a.rid = j.l JOIN rows b ON b.rid = j.r
            JOIN (SELECT "left", "right" FROM read_parquet('{previous / "links.parquet"}') WHERE verdict = 'joined') y
                ON y."left" = a.key AND y."right" = b.key
            WHERE j.rule = '' AND j.veto = '' AND j.weight >= {thresholds.STAY}"""
        ).fetchall()
        for left, right, weight in stayed:
            yield Edge(left, right, weight, "stayed")
    if overlay.same:
        numbers = dict(connection.execute("SELECT key, rid FROM rows").fetchall())
        for one, other in sorted(overlay.same):
            if one in numbers and other in numbers:
                left, right = sorted((numbers[one], numbers[other]))
                yield Edge(left, right, 0.0, "E4")


def cards_of(connection: duckdb.DuckDBPyConnection, wanted: set[int]) -> dict[int, Card]:
    """Return what vetoes must know of the wanted records, by record number."""
    _table(connection, "wanted", [(number,) for number in sorted(wanted)], {"rid": pl.Int32})
    rows = connection.execute(
        f"""SELECT rid, key, partner, birth, birth_year, given, list_distinct(given_all || given_kin), homes,
            {", ".join(STRONG_SCHEMES)} FROM rows JOIN wanted USING (rid)"""
    ).fetchall()
    return {
        row[0]: Card(
            row[1], row[2], row[3], row[4], row[5], frozenset(row[6]), frozenset(row[7]),
            {scheme: frozenset(row[8 + index]) for index, scheme in enumerate(STRONG_SCHEMES)},
        )
        for row in rows
    }  # fmt: skip


def _apart(cards: dict[int, Card], overlay: Overlay) -> frozenset[tuple[int, int]]:
    """Return the pairs of record numbers that rulings keep apart (lower number first)."""
    if not overlay.pairs_apart:
        return frozenset()
    numbers = {card.key: number for number, card in cards.items()}
    pairs = ((numbers[one], numbers[other]) for one, other in overlay.pairs_apart if one in numbers and other in numbers)
    return frozenset((min(pair), max(pair)) for pair in pairs)


def _write_people(
    connection: duckdb.DuckDBPyConnection, clusters: Clusters, previous: Path | None, into: Path
) -> dict[str, int]:
    rows = connection.execute(
        "SELECT key, coalesce(leader, rid) AS leader, first_reported FROM rows LEFT JOIN grouped USING (rid) ORDER BY rid"
    ).fetchall()
    groups: dict[int, list[str]] = {}
    for key, leader, _ in rows:
        groups.setdefault(leader, []).append(key)
    age = {key: str(first or "9999") for key, _, first in rows}
    yesterday: dict[str, str] = {}
    if previous is not None and (previous / "people.parquet").exists():
        yesterday = dict(pl.read_parquet(previous / "people.parquet").select("record", "person").iter_rows())
    ordered = list(groups.values())
    ids, events = identities.assign(ordered, yesterday, age)
    pairs = [(key, person) for group, person in zip(ordered, ids, strict=True) for key in group]
    schema = {"record": pl.String, "person": pl.String}
    pl.DataFrame(pairs, schema=schema, orient="row").write_parquet(into / "people.parquet")
    happened = [(event.kind, event.person, event.other) for event in events]
    columns = {"kind": pl.String, "person": pl.String, "other": pl.String}
    pl.DataFrame(happened, schema=columns, orient="row").write_parquet(into / "events.parquet")
    counts: dict[str, int] = {}
    for event in events:
        counts[event.kind] = counts.get(event.kind, 0) + 1
    return counts


def _why() -> str:
    """Return SQL that lists in words on what two records agree and differ, in the declared order."""
    cases = []
    for comparison in COMPARISONS:
        words = {index: level.words for index, level in enumerate(comparison.levels)}
        if not comparison.positive_only:
            words[comparison.else_level] = comparison.otherwise
        whens = " ".join(f"WHEN {index} THEN '{text}'" for index, text in words.items())
        cases.append(f"CASE g_{comparison.name} {whens} END")
    return f"list_filter([{', '.join(cases)}], lambda x: x IS NOT NULL)"


def _write_links(connection: duckdb.DuckDBPyConnection, overlay: Overlay, into: Path) -> tuple[int, int]:
    apart = sorted((one, other) for one, other in overlay.different | overlay.sealed_pairs)
    _table(connection, "apart", list(apart), {"one": pl.String, "other": pl.String})
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE linked AS
        SELECT j.l, j.r, j.weight, coalesce(h.held_by, j.rule) AS rule, {_why()} AS why,
            coalesce(x.leader, j.l) AS one, coalesce(y.leader, j.r) AS two, h.held_by IS NOT NULL AS held, j.veto
        FROM judged j LEFT JOIN held h USING (l, r)
        LEFT JOIN grouped x ON x.rid = j.l LEFT JOIN grouped y ON y.rid = j.r
        UNION ALL BY NAME
        SELECT h.l, h.r, 0.0 AS weight, h.held_by AS rule, ['a steward ruled that they are the same'] AS why,
            0 AS one, 0 AS two, true AS held, '' AS veto
        FROM held h ANTI JOIN judged USING (l, r)"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE verdicts AS
        SELECT l, r, weight, 'joined' AS verdict, rule, why FROM linked WHERE held
        UNION ALL
        SELECT l, r, weight, 'possible', '', why FROM linked
        WHERE NOT held AND one <> two AND veto = '' AND weight >= {thresholds.POSSIBLE}
        QUALIFY row_number() OVER (PARTITION BY l ORDER BY weight DESC, r) <= {thresholds.MOST_POSSIBLE}
            AND row_number() OVER (PARTITION BY r ORDER BY weight DESC, l) <= {thresholds.MOST_POSSIBLE}"""
    )
    connection.execute(
        f"""COPY (SELECT a.key AS "left", b.key AS "right", round(v.weight, 4) AS weight, v.verdict, v.rule, v.why
        FROM verdicts v JOIN rows a ON a.rid = v.l JOIN rows b ON b.rid = v.r
        WHERE NOT EXISTS (SELECT 1 FROM apart x WHERE x.one = least(a.key, b.key) AND x.other = greatest(a.key, b.key))
        ORDER BY a.key, b.key) TO '{into / "links.parquet"}' (FORMAT parquet)"""
    )
    tally = dict(
        connection.execute(
            f"SELECT verdict, count(*) FROM read_parquet('{into / 'links.parquet'}') GROUP BY verdict"
        ).fetchall()
    )
    return int(tally.get("joined", 0)), int(tally.get("possible", 0))
