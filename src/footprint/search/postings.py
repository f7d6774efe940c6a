"""From a key to the records that have it: sorted keys, and the records of each key together. Flat arrays, nothing else."""

# mypy: disable-error-code="no-any-return"
# One cell of an array is Any to the type checker.

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from footprint.comparison.compiling import compiled
from footprint.comparison.packing import Hashes

KEYS_A_BUCKET: Final = 8


class Postings(NamedTuple):
    """`records[starts[k] : starts[k + 1]]` are the records, in ascending order, of the key `keys[k]`.

    `buckets[b]` is the place of the first key whose highest `64 - shift` bits are b or more: keys are evenly spread.
    """

    keys: Hashes
    starts: npt.NDArray[np.uint32]
    records: npt.NDArray[np.int32]
    buckets: npt.NDArray[np.int64]


def gather(keys: Hashes, records: npt.NDArray[np.int32]) -> Postings:
    """Return the postings of parallel arrays of keys and records; the same pair said twice counts once."""
    table = pl.DataFrame({"key": keys, "record": records}).sort("key", "record")
    ordered, owners = table["key"].to_numpy(), table["record"].to_numpy()
    repeated = np.zeros(len(ordered), dtype=np.bool_)
    repeated[1:] = (ordered[1:] == ordered[:-1]) & (owners[1:] == owners[:-1])
    ordered, owners = ordered[~repeated], owners[~repeated]
    first = np.ones(len(ordered), dtype=np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    unique = ordered[first]
    starts = np.append(np.flatnonzero(first), len(ordered)).astype(np.uint32)
    bits = max(1, (len(unique) // KEYS_A_BUCKET).bit_length())
    edges = np.arange(1 << bits, dtype=np.uint64) << np.uint64(64 - bits)
    buckets = np.append(np.searchsorted(unique, edges), len(unique)).astype(np.int64)
    return Postings(unique, starts, owners.astype(np.int32), buckets)


@compiled
def block(postings: Postings, key: np.uint64) -> tuple[int, int]:
    """Return from where to where in `records` those of `key` stand; an empty range where nobody has it."""
    bits = 0
    while (1 << bits) < postings.buckets.shape[0] - 1:
        bits += 1
    bucket = np.int64(key >> np.uint64(64 - bits))
    low, high = postings.buckets[bucket], postings.buckets[bucket + 1]
    while low < high:
        middle = (low + high) // 2
        if postings.keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    if low < postings.keys.shape[0] and postings.keys[low] == key:
        return postings.starts[low], postings.starts[low + 1]
    return 0, 0
