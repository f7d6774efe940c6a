"""Writing that survives a kill and a power cut: whole or not at all, and on the disk before anybody relies on it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` so that a reader finds the old file or the new one, never a part."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    with fresh.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file or a folder's entries are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def place_whole(folder: Path, target: Path, *, durable: bool = True) -> None:
    """Give a finished folder its name, its files being on the disk first unless nobody would miss them."""
    if durable:
        for path in folder.iterdir():
            sync(path)
        sync(folder)
    folder.rename(target)
    if durable:
        sync(target.parent)


def remove(folder: Path) -> None:
    """Remove a folder whose loss nobody may notice: renamed first, so that half of it is never taken for a whole."""
    if not folder.exists():
        return
    doomed = folder.with_name(f".removed-{folder.name}-{os.getpid()}")
    folder.rename(doomed)
    shutil.rmtree(doomed)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; it is the kernel's, so a process that is killed lets go of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def scratch(base: Path) -> Iterator[Path]:
    """Give a folder to work in, removed at the end; first remove those of processes that were killed.

    Each is locked for as long as its process lives: a folder whose lock is free has nobody.
    """
    base.mkdir(parents=True, exist_ok=True)
    for left in base.glob(".work-*"):
        with contextlib.suppress(FileNotFoundError, BlockingIOError), (left / "lock").open("a") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=".work-", dir=base))
    try:
        with (folder / "lock").open("a") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
