# ruff: noqa: S608 - SQL is composed here of our own column names, and of a quoted path of our own making.
"""The run of linking within a publishing: what goes into it, and what comes back as whose record is whose."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import duckdb
import polars as pl

from footprint import snapshot
from footprint.linking.run import LinkSummary, link
from footprint.publishing.gathering import COMPARED
from footprint.publishing.task import FREQUENCIES, LINKS, Progress, Publishing
from footprint.publishing.veiling import sever


def link_records(
    task: Publishing, engine: duckdb.DuckDBPyConnection, into: Path, scratch: Path, progress: Progress
) -> LinkSummary:
    """Link the records that may be linked; make the table `person_of` (key, person)."""
    sever(engine, task.overlay)
    gone = sorted(
        key for (key,) in engine.execute("SELECT key FROM stated").fetchall() if task.overlay.erased(key)
    )
    engine.register("gone", pl.DataFrame({"key": gone}, schema={"key": pl.String}))
    comparables = scratch / "comparables.parquet"
    engine.execute(
        f"""COPY (
            SELECT {COMPARED}, first_reported FROM stated ANTI JOIN severed_records USING (key) ANTI JOIN gone USING (key)
            UNION ALL
            SELECT {COMPARED}, first_reported FROM severed_records ANTI JOIN gone USING (key)
                JOIN (SELECT key, first_reported FROM stated) USING (key)
        ) TO '{_quoted(comparables)}' (FORMAT parquet)"""
    )
    frozen = task.frequencies if task.frequencies.is_dir() else scratch / FREQUENCIES
    summary = link(
        [comparables],
        into,
        model=task.model,
        frozen=frozen,
        overlay=task.overlay,
        previous=_yesterday(task.root),
        unique_partners=task.unique_partners,
        threads=task.threads,
        memory=task.memory,
        progress=progress,
    )
    if frozen != task.frequencies:
        _keep(frozen, task.frequencies)
    comparables.unlink()
    engine.register(
        "gone_people",
        pl.DataFrame({"person": sorted(task.overlay.erased_people)}, schema={"person": pl.String}),
    )
    engine.execute(
        """CREATE TABLE person_of AS
        SELECT record AS key, person FROM read_parquet(?) ANTI JOIN gone_people USING (person)""",
        [str(into / "people.parquet")],
    )
    return summary


def _yesterday(root: Path) -> Path | None:
    if snapshot.current_id(root) is None:
        return None
    with snapshot.open_current(root) as current:
        return current.segment(LINKS)


def _keep(frozen: Path, kept: Path) -> None:
    """Freeze what was counted for good: copied beside its place first, so that half of it is never taken for the whole."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".", dir=kept.parent))
    shutil.copytree(frozen, beside, dirs_exist_ok=True)
    beside.rename(kept)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
