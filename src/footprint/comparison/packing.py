"""Rows of comparable columns as flat arrays of numbers, each text once: what the kernel walks over and an index keeps.

A text's number is its place in the order of a 64-bit hash, so that finding it needs the sorted hashes and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from footprint.comparison.compiling import compiled
from footprint.comparison.kernel import Rows
from footprint.comparison.program import FIXED, LISTED
from footprint.records import Comparable
from footprint.records.columns import TEXTS

Hashes = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.uint32]

_FIXED_TEXTS: Final = tuple(name for name in FIXED if name in TEXTS)


class Pool(NamedTuple):
    """Every text once. Text 0 is the empty one; the others follow in the order of `hashes` (made with `salt`)."""

    hashes: Hashes
    salt: int
    texts: Bytes
    offsets: Offsets

    def text(self, number: int) -> str:
        """Return the text of this number."""
        return self.texts[self.offsets[number] : self.offsets[number + 1]].tobytes().decode()

    def numbers(self, hashes: Hashes) -> npt.NDArray[np.int32]:
        """Return the number of the text with each hash, or -1 where no row says it."""
        places = np.searchsorted(self.hashes, hashes)
        places[places == len(self.hashes)] = 0
        return np.where(self.hashes[places] == hashes, places, -1).astype(np.int32)


@compiled
def mixed(value: np.uint64) -> np.uint64:
    """Return `value` (uint64) with every bit depending on every other: the finaliser of MurmurHash3, in the public domain."""
    value = (value ^ (value >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    value = (value ^ (value >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return value ^ (value >> np.uint64(33))


@compiled
def text_hash(text: Bytes, salt: int) -> np.uint64:
    """Return the 64-bit hash of a text's bytes (FNV-1a, then mixed): the same in every process and version."""
    value = np.uint64(0xCBF29CE484222325) ^ np.uint64(salt)
    for letter in text:
        value = (value ^ np.uint64(letter)) * np.uint64(0x100000001B3)
    return mixed(value)


@compiled
def text_hashes(texts: Bytes, offsets: Offsets, salt: int) -> Hashes:
    """Return the hash of each text."""
    found = np.empty(offsets.shape[0] - 1, dtype=np.uint64)
    for number in range(found.shape[0]):
        found[number] = text_hash(texts[offsets[number] : offsets[number + 1]], salt)
    return found


def laid_out(texts: Sequence[str]) -> tuple[Bytes, Offsets]:
    """Return the texts one behind the other, and where each begins and the last ends; not to be written to."""
    joined = "".join(texts)
    lengths = map(len, texts) if joined.isascii() else (len(_bytes(text)) for text in texts)
    offsets = np.zeros(len(texts) + 1, dtype=np.uint32)
    np.cumsum(np.fromiter(lengths, dtype=np.uint32, count=len(texts)), out=offsets[1:])
    offsets.flags.writeable = False
    return np.frombuffer(_bytes(joined), dtype=np.uint8), offsets


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # what a terminal could not decode is still looked for


def pool_of(texts: Sequence[str]) -> tuple[Pool, list[str]]:
    """Return the pool of these different, non-empty texts, and the texts by their numbers, the empty one first."""
    laid, offsets = laid_out(texts)
    for salt in range(64):  # two texts with one hash are an accident of one build in millions: hash again
        hashes = text_hashes(laid, offsets, salt)
        order = np.argsort(hashes)
        ordered = hashes[order]
        if not (ordered[1:] == ordered[:-1]).any() and not (ordered[:1] == 0).any():
            numbered = ["", *(texts[place] for place in order.tolist())]
            return Pool(np.append(np.zeros(1, np.uint64), ordered), salt, *laid_out(numbered)), numbered
    raise AssertionError("Texts that are not different have no pool.")


def pack(frame: pl.DataFrame) -> tuple[Rows, Pool]:
    """Return the rows of `frame` (columns of records.columns.SCHEMA) packed, in their order, and the pool of their texts."""
    said = [frame[name] for name in _FIXED_TEXTS] + [frame[name].explode() for name in LISTED]
    unique = pl.concat([column.alias("text").unique() for column in said]).unique().drop_nulls()
    pool, texts = pool_of(unique.filter(unique != "").to_list())
    numbers = _Numbering(texts)
    fixed = np.empty((frame.height, len(FIXED)), dtype=np.int32)
    for place, name in enumerate(FIXED):
        fixed[:, place] = numbers.of(frame[name]) if name in TEXTS else frame[name].cast(pl.Int32).to_numpy()
    starts, values = _lists(frame, numbers)
    return bound(fixed, starts, values, pool), pool


class _Numbering:
    """From texts to their numbers, many at a time."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._table = pl.DataFrame({"text": texts, "number": np.arange(len(texts), dtype=np.int32)})

    def of(self, column: pl.Series) -> npt.NDArray[np.int32]:
        joined = (
            column.alias("text").to_frame().join(self._table, on="text", how="left", maintain_order="left")
        )
        return joined["number"].fill_null(0).to_numpy()


def _lists(frame: pl.DataFrame, numbers: _Numbering) -> tuple[Offsets, npt.NDArray[np.int32]]:
    """Return all lists of all rows, a row's lists together in the order of LISTED."""
    lengths = np.stack([frame[name].list.len().fill_null(0).to_numpy() for name in LISTED], axis=1).astype(
        np.int64
    )
    starts = np.zeros(lengths.size + 1, dtype=np.int64)
    np.cumsum(lengths.ravel(), out=starts[1:])
    values = np.empty(starts[-1], dtype=np.int32)
    begins = starts[:-1].reshape(lengths.shape)
    for place, name in enumerate(LISTED):
        count = lengths[:, place]
        found = numbers.of(frame[name].filter(frame[name].list.len() > 0).explode())
        within = np.arange(len(found)) - np.repeat(np.cumsum(count) - count, count)
        values[np.repeat(begins[:, place], count) + within] = found
    return starts.astype(np.uint32), values


def bound(fixed: npt.NDArray[np.int32], starts: Offsets, values: npt.NDArray[np.int32], pool: Pool) -> Rows:
    """Return packed arrays as the rows of a pool. Arrays are made read-only: one kind of array, one compiled kernel."""
    none, no_offsets = laid_out([])
    rows = Rows(fixed, starts, values, pool.texts, pool.offsets, none, no_offsets)
    for array in rows:
        array.flags.writeable = False
    return rows


def pack_one(row: Comparable, pool: Pool) -> Rows:
    """Return one row packed over `pool`; texts that no row of the pool says get numbers below 0."""
    lists = [getattr(row, name) for name in LISTED]
    singles = [getattr(row, name) for name in _FIXED_TEXTS]
    texts = [text for listed in (singles, *lists) for text in listed]
    numbers = pool.numbers(text_hashes(*laid_out(texts), pool.salt))
    numbers[[not text for text in texts]] = 0
    unknown = {text: -place for place, text in enumerate(dict.fromkeys(_unknown(texts, numbers)), start=1)}
    settled = [unknown.get(text, number) for text, number in zip(texts, numbers.tolist(), strict=True)]
    by_column = dict(zip(_FIXED_TEXTS, settled, strict=False))
    fixed = np.array(
        [[by_column[name] if name in TEXTS else getattr(row, name) for name in FIXED]], dtype=np.int32
    )
    starts = np.fromiter(accumulate(map(len, lists), initial=0), dtype=np.uint32)
    packed = bound(fixed, starts, np.array(settled[len(singles) :], dtype=np.int32), pool)
    extra, extra_offsets = laid_out(list(unknown))
    return packed._replace(extra=extra, extra_offsets=extra_offsets)


def _unknown(texts: Sequence[str], numbers: npt.NDArray[np.int32]) -> list[str]:
    return [text for text, number in zip(texts, numbers.tolist(), strict=True) if number < 0]
