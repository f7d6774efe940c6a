"""Removing old snapshots: never the current one, never the one to roll back to, never one that somebody has open."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import msgspec

from footprint.snapshot.errors import SnapshotError
from footprint.snapshot.files import GONE_PREFIX, MANIFEST, sweep, sync
from footprint.snapshot.publication import Line, changing, write_line
from footprint.snapshot.reading import list_snapshots


def prune(root: Path, keep: int) -> list[str]:
    """Remove all but the `keep` newest snapshots and those that must stay; return the ids of those removed.

    A snapshot that is removed leaves the line of publications first, so that nobody can roll back to it, and then its
    place by one rename: killed in between, this leaves whole snapshots and a remainder that the next run removes.
    """
    if keep < 1:
        raise SnapshotError("Keep at least one snapshot.")
    with changing(root) as line:
        sweep(root, GONE_PREFIX)
        spared = {line.publications[place].id for place in (line.place, line.place - 1) if place >= 0}
        old = [snapshot_id for snapshot_id in list_snapshots(root)[:-keep] if snapshot_id not in spared]
        shorter = _without(line, set(old))
        if shorter != line:
            write_line(root, shorter)
        removed = [snapshot_id for snapshot_id in old if _take_away(root, snapshot_id)]
        sync(root)
        sweep(root, GONE_PREFIX)
    return removed


def _without(line: Line, gone: set[str]) -> Line:
    """Return the line without these snapshots, none of which is current."""
    kept = [(place, one) for place, one in enumerate(line.publications) if one.id not in gone]
    before = sum(place < line.place for place, _ in kept)
    return msgspec.structs.replace(
        line, publications=tuple(one for _, one in kept), place=before if kept else -1
    )


def _take_away(root: Path, snapshot_id: str) -> bool:
    """Rename a snapshot out of sight unless somebody has it open."""
    descriptor = os.open(root / snapshot_id / MANIFEST, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        (root / snapshot_id).rename(root / f"{GONE_PREFIX}{snapshot_id}")
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
