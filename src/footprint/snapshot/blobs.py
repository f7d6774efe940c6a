"""Many small pieces of bytes in one file, by number: written once in order, mapped into memory by any number of readers."""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt


def write_blobs(stem: Path, blobs: Iterable[bytes]) -> int:
    """Write the pieces, in their order, to STEM.bin and where each begins to STEM.offsets.npy; return how many there are."""
    ends = [0]
    with _named(stem, ".bin").open("wb") as stream:
        for blob in blobs:
            stream.write(blob)
            ends.append(ends[-1] + len(blob))
    np.save(_named(stem, ".offsets.npy"), np.array(ends, dtype=np.int64))
    return len(ends) - 1


class Blobs:
    """The pieces that `write_blobs` wrote. Reading copies the piece asked for, and no more."""

    def __init__(self, stem: Path) -> None:
        self._offsets: npt.NDArray[np.int64] = np.load(_named(stem, ".offsets.npy"), mmap_mode="r")
        path = _named(stem, ".bin")
        with path.open("rb") as stream:
            # An empty file cannot be mapped.
            self._content = (
                mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""
            )

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> bytes:
        """Return a piece. Raises IndexError where there is no such number: negative ones count nothing from the end."""
        if not 0 <= number < len(self):
            raise IndexError(f"There are {len(self)} pieces; number {number} is none of them.")
        return self._content[int(self._offsets[number]) : int(self._offsets[number + 1])]


def _named(stem: Path, ending: str) -> Path:
    return stem.with_name(stem.name + ending)
