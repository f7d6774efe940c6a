"""Distinct byte strings in order, found by halving: a dictionary's keys without the dictionary's memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path

from footprint.snapshot.blobs import Blobs, BlobWriter


def write_strings(stem: Path, strings: Iterable[bytes]) -> int:
    """Write the strings, which must come in strictly rising order, in bounded memory; return how many there are.

    ValueError at the first that does not rise: sort, and drop doubles, before.
    """
    last: bytes | None = None
    with BlobWriter(stem) as writer:
        for string in strings:
            if last is not None and string <= last:
                raise ValueError(
                    f"String {len(writer)} of {stem.name} does not come after the one before it: sort first."
                )
            writer.append(string)
            last = string
    return len(writer)


class StringTable(Blobs):
    """The strings of `write_strings`: one by its number, as `Blobs`, and the number of one."""

    def find(self, key: bytes) -> int:
        """Return the number of `key`, or -1 when it is not in the table. Looks at about log2(length) strings."""
        at = bisect_left(self, key)
        return at if at < len(self) and self[at] == key else -1
