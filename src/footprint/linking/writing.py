"""Writing what a run found: people with their ids, links with their reasons, and what became of yesterday's people.

Rulings have the last word here: what a steward ruled different or sealed is not even possible, what is disputed is
possible and no more, whatever its weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from footprint.comparison import COMPARISONS
from footprint.decisions.overlay import Overlay
from footprint.linking import identities, thresholds
from footprint.linking.clusters import Clusters
from footprint.linking.evidence import VETOES
from footprint.linking.identities import History
from footprint.linking.joining import Joined, numbers_of

RULED_SAME: Final = "a steward ruled that they are the same"
DOUBTED: Final = "somebody doubts that they are one person"
#: Why a steward's *same* did not join: the vetoes that speak of a pair, and those that speak of a chain of records.
REFUSALS: Final = {veto.name: veto.sentence for veto in VETOES} | {
    "different": "another ruling keeps records of theirs apart",
    "strangers": "names or birthdays that no one person has",
}


def _table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    rows: Sequence[tuple[object, ...]],
    schema: dict[str, pl.DataType],
) -> None:
    connection.register(f"{name}_frame", pl.DataFrame(rows, schema=schema, orient="row"))
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {name}_frame")
    connection.unregister(f"{name}_frame")


def write_people(
    connection: duckdb.DuckDBPyConnection, clusters: Clusters, history: History, into: Path
) -> tuple[int, dict[str, int]]:
    """Write `people.parquet`, `events.parquet` and `former.parquet`; return how many people there are, and events by kind."""
    rows = connection.execute("SELECT rid, key, first_reported, hidden FROM rows ORDER BY rid").fetchall()
    hidden = frozenset(key for _, key, _, is_hidden in rows if is_hidden)
    groups: dict[int, list[str]] = {}
    for number, key, _, _ in rows:
        groups.setdefault(clusters.find(number), []).append(key)
    age = {key: str(first or "9999") for _, key, first, _ in rows}
    ids, events = identities.assign(list(groups.values()), history, age, hidden)
    people = [(key, person) for group, person in zip(groups.values(), ids, strict=True) for key in group]
    _write(into / "people.parquet", people, ("record", "person"))
    _write(
        into / "events.parquet",
        [(event.kind, event.person, event.other) for event in events],
        ("kind", "person", "other"),
    )
    _write(into / "former.parquet", history.after(people), ("mark", "person"))
    return len(groups), dict(Counter(event.kind for event in events))


def _write(path: Path, rows: Sequence[tuple[str, ...]], columns: Iterable[str]) -> None:
    pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row").write_parquet(path)


def read_history(previous: Path | None) -> History:
    """Return what the run in the directory `previous` left; nothing where there was none."""
    if previous is None or not (previous / "people.parquet").exists():
        return History()
    people = dict(pl.read_parquet(previous / "people.parquet").select("record", "person").iter_rows())
    left = previous / "former.parquet"
    former = list(pl.read_parquet(left).select("mark", "person").iter_rows()) if left.exists() else []
    return History(
        people, {mark: person for mark, person in former if mark}, frozenset(person for _, person in former)
    )


def write_links(
    connection: duckdb.DuckDBPyConnection, joined: Joined, overlay: Overlay, into: Path
) -> dict[str, int]:
    """Write `links.parquet`; return how many links there are of each verdict."""
    clusters = joined.clusters
    members = [(number, group[0]) for group in clusters.groups() for number in group]
    _table(connection, "grouped", members, {"rid": pl.Int32(), "leader": pl.Int32()})
    held = [
        (e.left, e.right, e.rule) for e in joined.edges if clusters.find(e.left) == clusters.find(e.right)
    ]
    _table(connection, "held", held, {"l": pl.Int32(), "r": pl.Int32(), "held_by": pl.String()})
    _table(
        connection,
        "asked",
        _asked(connection, joined, overlay),
        {"l": pl.Int32(), "r": pl.Int32(), "said": pl.String()},
    )
    _table(
        connection,
        "barred",
        _barred(connection, clusters, overlay),
        {"one": pl.Int32(), "two": pl.Int32(), "sealed": pl.Boolean()},
    )
    _judge_links(connection)
    _choose_possible(connection)
    target = str(into / "links.parquet").replace("'", "''")
    connection.execute(
        f"""COPY (SELECT a.key AS "left", b.key AS "right", round(weight, 4) AS weight, verdict, rule, why FROM (
            SELECT l, r, weight, 'joined' AS verdict, rule, why FROM linked WHERE held
            UNION ALL SELECT l, r, weight, 'possible', '', why FROM chosen) v
        JOIN rows a ON a.rid = v.l JOIN rows b ON b.rid = v.r ORDER BY a.key, b.key) TO '{target}' (FORMAT parquet)"""
    )
    tally = f"SELECT verdict, count(*) FROM read_parquet('{target}') GROUP BY verdict"
    return dict(connection.execute(tally).fetchall())


def _asked(
    connection: duckdb.DuckDBPyConnection, joined: Joined, overlay: Overlay
) -> list[tuple[int, int, str]]:
    """Return the pairs that are possible because somebody said so: disputed ones, and a *same* that a veto refused."""
    numbers = numbers_of(connection, {key for pair in overlay.disputed_pairs for key in pair})
    pairs = {
        (min(numbers[one], numbers[other]), max(numbers[one], numbers[other])): DOUBTED
        for one, other in overlay.disputed_pairs
        if one in numbers and other in numbers
    }
    ruled = {(edge.left, edge.right) for edge in joined.edges if edge.rule == "E4"}
    for pair, veto in joined.refused.items():
        if pair in ruled:
            pairs.setdefault(pair, f"{RULED_SAME}, but: {REFUSALS[veto]}")
    return sorted((left, right, said) for (left, right), said in pairs.items())


def _barred(
    connection: duckdb.DuckDBPyConnection, clusters: Clusters, overlay: Overlay
) -> list[tuple[int, int, bool]]:
    """Return the pairs of people (by their first record, both ways round) that may not even be possible, and if by a seal."""
    pairs = overlay.different | overlay.sealed_pairs
    numbers = numbers_of(connection, {key for pair in pairs for key in pair})
    barred: dict[tuple[int, int], bool] = {}
    for one, other in pairs:
        if one in numbers and other in numbers:
            a, b = (min(clusters.members(numbers[key])) for key in (one, other))
            for pair in ((a, b), (b, a)):
                barred[pair] = barred.get(pair, False) or (one, other) in overlay.sealed_pairs
    return sorted((a, b, sealed) for (a, b), sealed in barred.items())


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


def _judge_links(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `linked`: every pair that was judged, held or asked for, with its rule, its reasons, and the two people in it."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE linked AS
        SELECT p.l, p.r, coalesce(p.weight, 0.0) AS weight, coalesce(h.held_by, p.rule, '') AS rule,
            CASE WHEN h.held_by = 'E4' THEN ['{RULED_SAME}'] WHEN said IS NOT NULL THEN [said] ELSE [] END
                || coalesce(p.why, []) AS why,
            coalesce(p.veto, '') AS veto, h.held_by IS NOT NULL AS held, said IS NOT NULL AS asked,
            coalesce(x.leader, p.l) AS one, coalesce(y.leader, p.r) AS two, a.hidden OR b.hidden AS hidden
        FROM (
            SELECT l, r, weight, rule, veto, {_why()} AS why FROM judged
            UNION ALL BY NAME
            SELECT l, r FROM (SELECT l, r FROM held UNION SELECT l, r FROM asked) ANTI JOIN judged USING (l, r)) p
        LEFT JOIN held h USING (l, r) LEFT JOIN asked USING (l, r)
        LEFT JOIN grouped x ON x.rid = p.l LEFT JOIN grouped y ON y.rid = p.r
        JOIN rows a ON a.rid = p.l JOIN rows b ON b.rid = p.r
        WHERE h.held_by IS NOT NULL OR said IS NOT NULL OR (veto = '' AND weight >= {thresholds.POSSIBLE})"""
    )


def _choose_possible(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `chosen`: the pairs shown as possible.

    Never between people whom a ruling keeps apart; and nobody is possible to both of an adopted child's identities, or the
    two would stand side by side. A pair with a record of a hidden kind takes nobody's place.
    """
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE candidates AS
        SELECT l, r, weight, why, one, two, hidden, asked FROM linked
        ANTI JOIN barred USING (one, two)
        WHERE NOT held AND one <> two"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE chosen AS
        WITH beside AS (SELECT one AS a, two AS b FROM candidates UNION SELECT two, one FROM candidates),
        between AS (
            SELECT x.a AS one, x.b AS two FROM beside x JOIN barred ON barred.one = x.b AND barred.sealed
            JOIN beside y ON y.a = x.a AND y.b = barred.two),
        kept AS (
            SELECT * FROM candidates ANTI JOIN between USING (one, two)
            ANTI JOIN (SELECT two AS one, one AS two FROM between) USING (one, two)),
        ranked AS (
            SELECT l, r, row_number() OVER (PARTITION BY rid, hidden ORDER BY weight DESC, other) AS place
            FROM (SELECT l, r, l AS rid, r AS other, weight, hidden FROM kept WHERE NOT asked
                UNION ALL SELECT l, r, r, l, weight, hidden FROM kept WHERE NOT asked))
        SELECT l, r, weight, why FROM kept WHERE asked
        UNION ALL
        SELECT l, r, weight, why FROM kept
        SEMI JOIN (SELECT l, r FROM ranked WHERE place <= {thresholds.MOST_POSSIBLE}) USING (l, r) WHERE NOT asked"""
    )
