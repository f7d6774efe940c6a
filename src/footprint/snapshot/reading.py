"""Opening snapshots: the current one, a certain one, and a reader that notices when the current one was swapped.

An open snapshot is held: it is not pruned, and what is mapped from it stays, until it is closed or forgotten.
"""

from __future__ import annotations

import fcntl
import os
import weakref
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from footprint.snapshot.errors import NothingPublished, SnapshotDamaged
from footprint.snapshot.files import MANIFEST, POINTER, SEGMENTS, is_id
from footprint.snapshot.manifest import check_whole
from footprint.snapshot.publication import parse_line


class Snapshot:
    """One snapshot, open. Immutable; any number of threads and processes may have it open."""

    def __init__(self, root: Path, snapshot_id: str) -> None:
        self.id = snapshot_id
        self.folder = root / snapshot_id
        self._hold = _hold(self.folder)
        self.manifest = check_whole(self.folder)

    @property
    def about(self) -> dict[str, Any]:
        return self.manifest.about

    def segment(self, name: str) -> Path:
        """Return the directory of a segment. SnapshotDamaged, naming those there are, when there is none of that name."""
        if name not in self.manifest.segments:
            there = ", ".join(self.manifest.segments) or "none"
            raise SnapshotDamaged(
                f"Snapshot {self.id} has no segment '{name}' (it has: {there}). Publish again."
            )
        return self.folder / SEGMENTS / name

    def close(self) -> None:
        """Let go of the snapshot, so that it may be pruned. What is already mapped from it stays readable."""
        self._hold.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()


class Reader:
    """Follows the current snapshot under a root; NothingPublished when there is none yet. Serves many threads.

    Refresh before each question (one look at a file's status), take `snapshot`, and work on that to the end: it does not
    change under the question. The one before is let go when nobody uses it any more.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._pointer, self._snapshot = _open_current(root)

    @property
    def snapshot(self) -> Snapshot:
        return self._snapshot

    def refresh(self) -> bool:
        """Open the current snapshot if another one was made current since; say whether one was."""
        pointer = self._pointer
        if pointer.is_still(self.root / POINTER):
            return False
        before = self._snapshot.id
        self._pointer, self._snapshot = _open_current(self.root)
        return self._snapshot.id != before


def open_current(root: Path) -> Snapshot:
    """Open the snapshot that is published. NothingPublished before the first."""
    return _open_current(root)[1]


def open_snapshot(root: Path, snapshot_id: str) -> Snapshot:
    """Open a certain snapshot, published or not. SnapshotDamaged when it is not there or not whole."""
    if not is_id(snapshot_id):
        raise SnapshotDamaged(
            f"'{snapshot_id}' is no snapshot's id. `list_snapshots` names those that are there."
        )
    return Snapshot(root, snapshot_id)


def list_snapshots(root: Path) -> list[str]:
    """Return the ids of the snapshots under a root, oldest first."""
    if not root.is_dir():
        return []
    return sorted(path.name for path in root.iterdir() if is_id(path.name) and (path / MANIFEST).is_file())


class _OpenFile:
    """A file that stays open until it is closed or forgotten. While it is, the system gives its number to no other."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDONLY)
        self.close = weakref.finalize(self, os.close, self.descriptor)

    def content(self) -> bytes:
        return os.pread(self.descriptor, os.fstat(self.descriptor).st_size, 0)

    def is_still(self, path: Path) -> bool:
        """Say whether this very file is the one that the path names now."""
        try:
            now = path.stat()
        except FileNotFoundError:
            return False
        return os.path.samestat(now, os.fstat(self.descriptor))


def _open_current(root: Path) -> tuple[_OpenFile, Snapshot]:
    """Return the pointer and the snapshot that it names. If that one was swapped and pruned in between, look again."""
    while True:
        try:
            pointer = _OpenFile(root / POINTER)
        except FileNotFoundError as error:
            raise NothingPublished(
                f"No snapshot is published in {root}. Write one and publish it."
            ) from error
        try:
            return pointer, Snapshot(root, parse_line(root, pointer.content()).current_id)
        except SnapshotDamaged:
            if pointer.is_still(root / POINTER):
                raise


def _hold(folder: Path) -> _OpenFile:
    """Keep a snapshot from being pruned. SnapshotDamaged when it is not there, or was taken away this moment."""
    try:
        held = _OpenFile(folder / MANIFEST)
    except OSError as error:
        raise SnapshotDamaged(
            f"Snapshot {folder.name} is not there. `list_snapshots` names those that are."
        ) from error
    fcntl.flock(held.descriptor, fcntl.LOCK_SH)
    if not held.is_still(folder / MANIFEST):
        raise SnapshotDamaged(f"Snapshot {folder.name} was pruned just now. Open another.")
    return held
