"""Removing old snapshots: never the current one, never the one to roll back to, never one that somebody has open."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from footprint.snapshot.errors import SnapshotError
from footprint.snapshot.files import GONE_PREFIX, MANIFEST, sweep, sync
from footprint.snapshot.manifest import Manifest, read_manifest
from footprint.snapshot.publication import Line, changing, write_line
from footprint.snapshot.reading import list_snapshots


def prune(
    root: Path,
    keep: int,
    *,
    outdated: Callable[[Manifest], bool] | None = None,
    before_removing: Callable[[list[str]], object] | None = None,
) -> list[str]:
    """Remove all but the `keep` newest snapshots and those that must stay; return the ids of those removed.

    One that is `outdated` goes however new it is, unless it must stay. `before_removing` is called with the ids of those that
    will go and stops it by raising: no ledger, no change.

    A snapshot that is removed leaves the line of publications first, so that nobody can roll back to it, and then its
    place by one rename: killed in between, this leaves whole snapshots and a remainder that the next run removes.
    """
    if keep < 1:
        raise SnapshotError("Keep at least one snapshot.")
    with changing(root) as line:
        sweep(root, GONE_PREFIX)
        spared = {line.publications[place].id for place in (line.place, line.place - 1) if place >= 0}
        there = list_snapshots(root)
        # No manifest is read and no lock tried before there is a reason: whoever is killed here again and again would come no
        # further, since each time there is one snapshot more to look at.
        surplus = set(there[:-keep])
        if outdated:
            surplus |= {one for one in there if outdated(read_manifest(root / one))}
        loose = old = [one for one in there if one in surplus - spared]
        if before_removing and (loose := [one for one in old if not _is_open(root, one)]):
            before_removing(loose)
        shorter = _without(line, set(old))
        if shorter != line:
            write_line(root, shorter)
        removed = [snapshot_id for snapshot_id in loose if _take_away(root, snapshot_id)]
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


def _is_open(root: Path, snapshot_id: str) -> bool:
    with _held_alone(root, snapshot_id) as alone:
        return not alone


def _take_away(root: Path, snapshot_id: str) -> bool:
    """Rename a snapshot out of sight unless somebody has it open."""
    with _held_alone(root, snapshot_id) as alone:
        if alone:
            (root / snapshot_id).rename(root / f"{GONE_PREFIX}{snapshot_id}")
        return alone


@contextmanager
def _held_alone(root: Path, snapshot_id: str) -> Iterator[bool]:
    """Say whether nobody has a snapshot open, and let nobody open it meanwhile."""
    descriptor = os.open(root / snapshot_id / MANIFEST, os.O_RDONLY)
    try:
        yield _lock(descriptor)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
