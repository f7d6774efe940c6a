"""One run of linking: records, decisions and yesterday's people in; people, links and events out.

A run is a function of these, of the frozen model and of its frozen frequency tables. Nothing else, not the order of
arrival nor the number of threads, changes a result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import msgspec
import polars as pl

from footprint.decisions.overlay import NOTHING_DECIDED, Overlay
from footprint.linking import blocking, evidence, facts, frequencies, scoring, thresholds
from footprint.linking.identities import History
from footprint.linking.joining import join
from footprint.linking.model import Model
from footprint.linking.writing import read_history, write_links, write_people

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
    """Link records into people and write what was found in the directory `into`.

    `comparables` are Parquet files with the comparable columns and `first_reported`; `previous` is the directory of
    yesterday's run; `frozen` that of the frequency tables, counted and frozen there when it is empty; `unique_partners`
    are those that give each person one id; `hidden` the keys of records of hidden kinds.

    Written: `people.parquet` (record, person); `links.parquet` (left, right, weight in bits, verdict joined or possible,
    rule, why as sentences); `events.parquet` (kind, person, other); `former.parquet`, for tomorrow. See `identities` for
    ids and `evidence` for the rules.
    """
    into.mkdir(parents=True, exist_ok=True)
    history = read_history(previous)
    connection = _connect(into, threads, memory)
    try:
        _take(connection, comparables, overlay, history)
        count = facts.prepare(connection, "source", hidden=hidden)
        connection.execute("DROP TABLE source")
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
        joined = join(connection, overlay, previous, unique_partners)
        people, events = write_people(connection, joined.clusters, history, into)
        links = write_links(connection, joined, overlay, into)
    finally:
        connection.close()
        _remove_scratch(into)
    return LinkSummary(
        count, people, compared, links.get("joined", 0), links.get("possible", 0), len(joined.refused), events
    )


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


def _take(
    connection: duckdb.DuckDBPyConnection, comparables: Sequence[Path], overlay: Overlay, history: History
) -> None:
    """Make the table `source`: all records but the erased ones, and no number of a former identity on anybody else's."""
    files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in comparables)
    connection.execute(f"CREATE TEMP TABLE source AS SELECT * FROM read_parquet([{files}])")
    if overlay.erased_records or overlay.erased_people or overlay.former_identifiers:
        keys = connection.execute("SELECT key FROM source").fetchall()
        gone = sorted(key for (key,) in keys if overlay.erased(key, history.before(key)))
        connection.register("gone", pl.DataFrame({"key": gone}, schema={"key": pl.String}))
        connection.execute("DELETE FROM source WHERE key IN (SELECT key FROM gone)")
        connection.unregister("gone")
    if overlay.former_identifiers:
        _sever(connection, overlay)


def _sever(connection: duckdb.DuckDBPyConnection, overlay: Overlay) -> None:
    """Take the numbers of former identities off the records that may not carry them."""
    numbers = pl.DataFrame({"number": sorted(overlay.former_identifiers)}, schema={"number": pl.String})
    connection.register("former_numbers", numbers)
    carriers = connection.execute(
        """SELECT key, identifiers, superseded FROM source SEMI JOIN (
            SELECT key FROM (SELECT key, unnest(identifiers) AS x FROM source)
            WHERE regexp_replace(x, '^[^:]*/', '') IN (SELECT number FROM former_numbers)) USING (key) ORDER BY key"""
    ).fetchall()
    kept = [
        (
            key,
            *(
                [x for x in said if not overlay.quarantined(key, _number(x))]
                for said in (identifiers, superseded)
            ),
        )
        for key, identifiers, superseded in carriers
    ]
    lists = pl.List(pl.String)
    schema = {"key": pl.String(), "identifiers": lists, "superseded": lists}
    connection.register("severed", pl.DataFrame(kept, schema=schema, orient="row"))
    connection.execute(
        """UPDATE source SET identifiers = severed.identifiers, superseded = severed.superseded
        FROM severed WHERE source.key = severed.key"""
    )
    connection.unregister("severed")
    connection.unregister("former_numbers")


def _number(identifier: str) -> str:
    """Return "nhs:9434765919" also of a partner's own reference, "acute-trust/nhs:9434765919"."""
    scheme, _, value = identifier.partition(":")
    return f"{scheme.rpartition('/')[2]}:{value}"
