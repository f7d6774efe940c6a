"""Writing a snapshot: in a directory that nobody reads, hashed and synced, and given its name in one step.

Killed at any moment, a writer leaves at most a draft, which the next one sweeps away. Nothing is published here.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from footprint.snapshot.errors import SnapshotError
from footprint.snapshot.files import (
    DRAFT_PREFIX,
    MANIFEST,
    SEGMENTS,
    WRITER_LOCK,
    locked,
    sweep,
    sync,
    write_synced,
)
from footprint.snapshot.manifest import FileFact, file_fact, make_manifest, write_manifest

SEGMENT_NAME: Final = re.compile(r"[a-z][a-z0-9_-]*")


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Draft:
    """A snapshot that is being written. `about` may grow until the end; `id` is empty until then."""

    def __init__(self, folder: Path, about: dict[str, Any]) -> None:
        self.folder = folder
        self.about = about
        self.id = ""

    def segment(self, name: str) -> Path:
        """Return the directory of a segment, made now if it is new, for its writer to fill with files as it likes."""
        if not SEGMENT_NAME.fullmatch(name):
            raise SnapshotError(f"'{name}' cannot name a segment: use small letters, digits, - and _.")
        folder = self.folder / SEGMENTS / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


@contextmanager
def writing(root: Path, about: dict[str, Any], now: Callable[[], dt.datetime] = utc_now) -> Iterator[Draft]:
    """Write one snapshot; after the block it stands under `draft.id`, whole and durable, not yet published.

    An error in the block leaves no trace. Raises AlreadyWriting when another process writes under this root.
    """
    root.mkdir(parents=True, exist_ok=True)
    with locked(
        root / WRITER_LOCK,
        otherwise=f"Another process is writing a snapshot in {root}. Wait for it, or end it.",
    ):
        sweep(root, DRAFT_PREFIX)
        folder = Path(tempfile.mkdtemp(prefix=DRAFT_PREFIX, dir=root))
        try:
            draft = Draft(folder, dict(about))
            (folder / SEGMENTS).mkdir()
            yield draft
            draft.id = _finish(root, draft, now())
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _finish(root: Path, draft: Draft, now: dt.datetime) -> str:
    """Hash and sync everything, write the manifest last, and give the directory its name."""
    segments = {
        folder.name: _facts(folder)
        for folder in sorted((draft.folder / SEGMENTS).iterdir())
        if folder.is_dir()
    }
    manifest = make_manifest(draft.about, segments, now)
    write_synced(draft.folder / MANIFEST, write_manifest(manifest))
    draft.folder.chmod(0o755)  # mkdtemp's is for its owner alone; the root decides who may read
    sync(draft.folder)
    final = root / manifest.id
    if not final.exists():  # the same content within the same second is the same snapshot
        draft.folder.rename(final)
    sync(root)
    return manifest.id


def _facts(segment: Path) -> dict[str, FileFact]:
    """Return every file of a segment with its size and hash; each is synced and may not be written again."""
    facts = {}
    for path in sorted(segment.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise SnapshotError(
                f"Segment {segment.name} holds {path.name}, which is no plain file. Write a copy of it."
            )
        if path.is_file():
            facts[path.relative_to(segment).as_posix()] = file_fact(path)
            path.chmod(path.stat().st_mode & ~0o222)
        sync(path)
    sync(segment)
    sync(segment.parent)
    return facts
