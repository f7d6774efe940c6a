"""One publishing: all accepted data, linked, veiled and indexed, as one snapshot that is swapped in whole.

A function of the generations, the rulings, the model and yesterday's people. Killed at any moment, it leaves the old
snapshot published; the new one becomes current in one step at the end.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import polars as pl

from footprint import snapshot
from footprint.decisions import Overlay
from footprint.feeds.generations import Generation, current_generations
from footprint.linking.run import LinkSummary
from footprint.publishing import segments
from footprint.publishing.errors import NothingReceived
from footprint.publishing.gathering import gather
from footprint.publishing.indexing import build_index
from footprint.publishing.linked import link_records
from footprint.publishing.protected_homes import keep, protected_homes
from footprint.publishing.relating import gather_kinships, gather_ties
from footprint.publishing.task import LINKS, Progress, Publishing
from footprint.publishing.veiling import published, veil
from footprint.records.published import FEEDS, INDEX, PEOPLE, RECORDS
from footprint.records.window import Window


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What was published: the snapshot's id, its window, and counts."""

    snapshot: str
    window: Window
    records: int
    people: int
    protected: int
    involvements: int
    linking: LinkSummary


def publish(
    task: Publishing,
    *,
    progress: Progress = lambda _: None,
    before_swap: Callable[[str], object] = lambda _: None,
) -> Published:
    """Write a snapshot of all generations that stand, and make it the current one.

    `before_swap` is called with the new snapshot's id and stops the swap by raising: no ledger, no change.
    Raises NothingReceived, and what the snapshot room and linking raise.
    """
    generations = current_generations(task.data)
    if not generations:
        raise NothingReceived(
            "There is nothing to publish. Receive a delivery first: footprint feeds receive FILE..."
        )
    window = Window.on(task.day or max(one.standing.as_of for one in generations))
    about = _about(task, generations, window)
    with (
        snapshot.writing(task.root, about) as draft,
        tempfile.TemporaryDirectory(dir=draft.folder) as scratch,
    ):
        engine = _engine(Path(scratch), task)
        try:
            result = _write(task, engine, draft, generations, window, Path(scratch), progress)
            homes = protected_homes(engine, task.overlay)
        finally:
            engine.close()
        draft.about["counts"] = {
            name: getattr(result, name) for name in ("records", "people", "protected", "involvements")
        }
        draft.about["linking"] = msgspec.to_builtins(result.linking)
    before_swap(draft.id)
    keep(task.data, homes)
    snapshot.publish(task.root, draft.id)
    return msgspec.structs.replace(result, snapshot=draft.id)


def _write(
    task: Publishing,
    engine: duckdb.DuckDBPyConnection,
    draft: snapshot.Draft,
    generations: Sequence[Generation],
    window: Window,
    scratch: Path,
    progress: Progress,
) -> Published:
    records = gather(engine, generations)
    progress(f"{records:,} records gathered")
    linking = link_records(task, engine, draft.segment(LINKS), scratch, progress)
    people, records = segments.number(engine)
    protected = veil(engine, task.overlay)
    published(engine)
    gather_ties(engine, draft.segment(LINKS) / "links.parquet")
    gather_kinships(engine)
    _hold(engine, task.overlay)
    segments.write_people(engine, draft.segment(PEOPLE))
    segments.write_records(engine, draft.segment(RECORDS), window)
    segments.write_feeds(draft.segment(FEEDS), list(task.feeds), window)
    progress(f"{people:,} people written")
    build_index(task, engine, draft.segment(INDEX), scratch, dt.date.fromisoformat(window.day))
    progress("index built")
    count = int(engine.execute("SELECT count(*) FROM involvement").fetchall()[0][0])
    return Published(
        snapshot="",
        window=window,
        records=records,
        people=people,
        protected=protected,
        involvements=count,
        linking=linking,
    )


def _engine(scratch: Path, task: Publishing) -> duckdb.DuckDBPyConnection:
    engine = duckdb.connect(str(scratch / "work.duckdb"))
    engine.execute(f"SET threads = {int(task.threads)}")
    engine.execute("SET memory_limit = ?", [task.memory])
    engine.execute("SET temp_directory = ?", [str(scratch / "spill")])
    engine.execute("SET enable_progress_bar = false")
    return engine


def _hold(engine: duckdb.DuckDBPyConnection, overlay: Overlay) -> None:
    """Make the table `held` (key) of records that are kept beyond their time."""
    listed = pl.DataFrame({"key": sorted(overlay.held_records)}, schema={"key": pl.String})
    people = pl.DataFrame({"person": sorted(overlay.held_people)}, schema={"person": pl.String})
    engine.register("held_records", listed)
    engine.register("held_people", people)
    engine.execute(
        """CREATE TABLE held AS SELECT key FROM numbered
        WHERE key IN (SELECT key FROM held_records) OR person IN (SELECT person FROM held_people)"""
    )


def erasures(overlay: Overlay) -> int:
    """Return how many erasures a snapshot made under these rulings is free of. They only grow: none is taken back."""
    return len(overlay.erased_records) + len(overlay.erased_people)


def _about(task: Publishing, generations: Sequence[Generation], window: Window) -> dict[str, Any]:
    """What the manifest says of a snapshot: which data, which model, which rulings, which window."""
    return {
        "inputs": [
            {
                "feed": one.standing.feed,
                "generation": one.standing.number,
                "as_of": one.standing.as_of.isoformat(),
                "content": one.standing.content,
            }
            for one in generations
        ],
        "model": task.model.label,
        "erased": erasures(task.overlay),
        "rulings": hashlib.sha256(msgspec.json.encode(task.overlay, order="deterministic")).hexdigest(),
        "window": msgspec.to_builtins(window),
    }
