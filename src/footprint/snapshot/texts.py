"""Texts by number and numbers by text, in files mapped into memory: ids of people, keys of records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from footprint.snapshot.blobs import Blobs, write_blobs


def write_texts(stem: Path, texts: Sequence[str]) -> int:
    """Write the texts, which all differ, under their places in the sequence; return how many there are."""
    encoded = [text.encode() for text in texts]
    write_blobs(stem, encoded)
    order = np.array(sorted(range(len(encoded)), key=encoded.__getitem__), dtype=np.int64)
    np.save(stem.with_name(f"{stem.name}.order.npy"), order)
    return len(encoded)


class Texts:
    """The texts that `write_texts` wrote."""

    def __init__(self, stem: Path) -> None:
        self._blobs = Blobs(stem)
        self._order: npt.NDArray[np.int64] = np.load(stem.with_name(f"{stem.name}.order.npy"), mmap_mode="r")

    def __len__(self) -> int:
        return len(self._blobs)

    def __getitem__(self, number: int) -> str:
        """Return a text. Raises IndexError where there is no such number."""
        return self._blobs[number].decode()

    def get(self, text: str) -> int | None:
        """Return a text's number, or None where it is not among them."""
        wanted = text.encode()
        low, high = 0, len(self._order)
        while low < high:
            middle = (low + high) // 2
            if self._blobs[int(self._order[middle])] < wanted:
                low = middle + 1
            else:
                high = middle
        if low < len(self._order) and self._blobs[int(self._order[low])] == wanted:
            return int(self._order[low])
        return None
