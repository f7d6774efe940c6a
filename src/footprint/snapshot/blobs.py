"""Many small pieces of bytes in one file, by number: written once in order, mapped into memory by any number of readers.

STEM.bin holds the pieces in a row; STEM.offsets.npy where each begins, and where the last ends.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np

from footprint.snapshot.arrays import BUFFER_BYTES, ArrayWriter, open_array

OFFSETS_AT_ONCE: Final = 8192


class BlobWriter:
    """Writes pieces one after the other, in bounded memory. Use in a `with` block; the files are whole after it."""

    def __init__(self, stem: Path) -> None:
        self._file: Final = _named(stem, ".bin").open("wb", buffering=BUFFER_BYTES)
        self._offsets: Final = ArrayWriter(_named(stem, ".offsets.npy"), np.uint64)
        self._pending = [0]
        self._end = 0
        self._count = 0

    def append(self, blob: bytes) -> int:
        """Add a piece, which may be empty; return its number, counted from 0."""
        self._file.write(blob)
        self._end += len(blob)
        self._pending.append(self._end)
        if len(self._pending) >= OFFSETS_AT_ONCE:
            self._write_offsets()
        self._count += 1
        return self._count - 1

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        self._write_offsets()
        self._offsets.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def _write_offsets(self) -> None:
        self._offsets.extend(np.array(self._pending, dtype=np.uint64))
        self._pending.clear()


def write_blobs(stem: Path, blobs: Iterable[bytes]) -> int:
    """Write the pieces, in their order, under STEM; return how many there are."""
    with BlobWriter(stem) as writer:
        for blob in blobs:
            writer.append(blob)
    return len(writer)


class Blobs:
    """The pieces that were written under a stem. Reading copies the piece asked for, and no more."""

    def __init__(self, stem: Path) -> None:
        self._offsets: Final = open_array(_named(stem, ".offsets.npy"))
        self._content: Final = _mapped(_named(stem, ".bin"))

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> bytes:
        """Return a piece. Raises IndexError where there is no such number: negative ones count nothing from the end."""
        if not 0 <= number < len(self):
            raise IndexError(f"There are {len(self)} pieces; number {number} is none of them.")
        return self._content[int(self._offsets[number]) : int(self._offsets[number + 1])]


def _named(stem: Path, ending: str) -> Path:
    return stem.with_name(stem.name + ending)


def _mapped(path: Path) -> mmap.mmap | bytes:
    if path.stat().st_size == 0:
        return b""  # the system maps no empty file
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
