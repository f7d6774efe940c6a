"""Names and locks in a snapshot root, and writing that survives a crash: synced, then shown by one rename."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from footprint.snapshot.errors import AlreadyWriting

POINTER: Final = "current"
MANIFEST: Final = "manifest.json"
SEGMENTS: Final = "segments"
DRAFT_PREFIX: Final = ".draft-"
GONE_PREFIX: Final = ".gone-"
WRITER_LOCK: Final = ".writer.lock"  # held as long as a snapshot is being written: minutes
POINTER_LOCK: Final = ".pointer.lock"  # held for a swap: milliseconds, so a rollback never waits for a writer

ID_PATTERN: Final = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")


def is_id(name: str) -> bool:
    """Say whether a name is a snapshot's, and so can be no path to anywhere else."""
    return ID_PATTERN.fullmatch(name) is not None


def sync(path: Path) -> None:
    """Bring a file, or a directory's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_synced(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    sync(path)


def replace_synced(path: Path, content: bytes) -> None:
    """Put `content` in place of the file in one step. Call under a lock: the name of the new one is always the same."""
    new = path.with_name(f".{path.name}.new")
    write_synced(new, content)
    new.replace(path)
    sync(path.parent)


@contextmanager
def locked(path: Path, *, otherwise: str | None = None) -> Iterator[None]:
    """Hold a lock file; the system lets go of it when the process dies.

    Waits for who holds it; with a sentence `otherwise`, raises AlreadyWriting with it instead.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (fcntl.LOCK_NB if otherwise else 0))
        except BlockingIOError as error:
            raise AlreadyWriting(otherwise) from error
        yield
    finally:
        os.close(descriptor)


def sweep(root: Path, prefix: str) -> None:
    """Remove what a process that was killed left under this prefix. Call under the lock that its writer holds."""
    for leftover in root.glob(f"{prefix}*"):
        shutil.rmtree(leftover)
