"""Small files that only their owner may read (keys, a witness's memory), written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from footprint.ledger.errors import KeyUnusable


def read_private(path: Path) -> bytes:
    """Return the file's content. KeyUnusable when it is absent or others may read it."""
    try:
        readable_by_others = path.stat().st_mode & 0o077
        content = path.read_bytes()
    except OSError as error:
        raise KeyUnusable(
            f"{path} cannot be read ({error.strerror}). Restore it, or say where it lies."
        ) from error
    if readable_by_others:
        raise KeyUnusable(f"{path} can be read by others. Run: chmod 600 {path}")
    return content


def create_private(path: Path, content: bytes) -> bytes:
    """Write `content` unless the file is there already; return what it holds. Of two that race, both get the winner's."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = _written_beside(path, content)
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
        _sync_directory(path.parent)
    return read_private(path)


def replace_private(path: Path, content: bytes) -> None:
    """Put `content` in the file's place in one step: a reader, or a crash, finds the old or the new, whole."""
    _written_beside(path, content).replace(path)
    _sync_directory(path.parent)


def _written_beside(path: Path, content: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp's mode is 0600
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
