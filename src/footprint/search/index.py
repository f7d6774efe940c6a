"""The search index: a directory of flat arrays, written once, opened into memory by any number of readers, never changed.

Knows records' comparable columns and whose person each is; nothing of what partners did, of pages or of policies.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from footprint.comparison.kernel import Integers, Rows
from footprint.comparison.packing import Hashes, Pool, laid_out, pack, text_hashes
from footprint.comparison.program import FIXED, LISTED, Program, compiled
from footprint.records.mask import Mask
from footprint.search.kernel import HIDDEN, OPEN, VEILED, Flags, World
from footprint.search.keys import BIRTH_COLUMNS, FAMILIES, RECIPES, all_keys, place_key
from footprint.search.postings import Postings, block, gather
from footprint.search.weights import MatchModel, Weights, rarities, tables, weights_of

FORMAT: Final = 1
ABOUT: Final = "index.json"
_MASKS_KEPT: Final = 8
_ROWS: Final = ("fixed", "starts", "values", "texts", "offsets")
_POSTINGS: Final = ("keys", "key_starts", "key_records", "buckets")
_PEOPLE: Final = ("person_of", "people", "marks", "rarities")
_MASKING: Final = ("partner_of", "sorted_marks", "marked_records")
_ARRAYS: Final = (*_ROWS, "hashes", *_POSTINGS, *_PEOPLE, *_MASKING)


class UnusableIndex(Exception):
    """The index cannot be searched; the message says why. Publishing again makes a new one."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What the arrays do not say: their format, the columns and families they were made for, and what agreement weighs.

    `day` is the day of the data (ISO); ages are reckoned on it. `references` are the schemes of the partners' own numbers
    ("PARTNER/SCHEME"), so that a number can be found without its scheme.
    """

    format: int
    columns: tuple[str, ...]
    families: tuple[str, ...]
    salt: int
    day: str
    records: int
    people: int
    partners: tuple[str, ...]
    references: tuple[str, ...]
    weights: Weights


_SHAPE: Final = ((*FIXED, *LISTED), tuple(family.name for family in FAMILIES))


def build(
    directory: Path,
    comparables: pl.DataFrame,
    persons: npt.NDArray[np.int32],
    *,
    model: MatchModel,
    frequencies: Mapping[str, pl.DataFrame],
    day: dt.date,
) -> None:
    """Write the index of `comparables` (columns of records.columns.SCHEMA) into `directory`, which is made.

    Row n is record number n; `persons[n]` is its person's number, ascending from 0 without gaps. `frequencies` has for a
    column the share of its values (see weights.rarities). Raises ValueError where the persons are not so numbered.
    """
    people = _ranges(persons, comparables.height)
    rows, pool = pack(comparables)
    marks = text_hashes(*laid_out(comparables["key"].to_list()), 0)
    order = np.argsort(marks, kind="stable")
    partners = comparables["partner"].unique().sort().to_list()
    partner_of = comparables["partner"].replace_strict(partners, range(len(partners)), return_dtype=pl.Int32)
    arrays = dict(zip(_ROWS, (rows.fixed, rows.starts, rows.values, pool.texts, pool.offsets), strict=True))
    arrays |= zip(_POSTINGS, gather(*all_keys(RECIPES, rows, BIRTH_COLUMNS)), strict=True)
    arrays |= zip(_PEOPLE, (persons.astype(np.int32), people, marks, rarities(comparables, model, frequencies)), strict=True)
    arrays |= zip(_MASKING, (partner_of.to_numpy(), marks[order], order.astype(np.int32)), strict=True)
    arrays["hashes"] = pool.hashes
    about = About(
        format=FORMAT,
        columns=_SHAPE[0],
        families=_SHAPE[1],
        salt=pool.salt,
        day=day.isoformat(),
        records=comparables.height,
        people=len(people) - 1,
        partners=tuple(partners),
        references=_references(comparables["key"]),
        weights=weights_of(model),
    )
    directory.mkdir(parents=True, exist_ok=True)
    for name in _ARRAYS:
        np.save(directory / f"{name}.npy", arrays[name])
    (directory / ABOUT).write_bytes(msgspec.json.format(msgspec.json.encode(about), indent=1))


def _ranges(persons: npt.NDArray[np.int32], records: int) -> npt.NDArray[np.int64]:
    steps = np.diff(persons)
    if len(persons) != records or (records and (persons[0] != 0 or not ((steps == 0) | (steps == 1)).all())):
        raise ValueError("Records must stand in the order of their persons, and persons be numbered from 0 without gaps.")
    return np.append(np.flatnonzero(np.append(True, steps == 1))[:records], records).astype(np.int64)


def _references(keys: pl.Series) -> tuple[str, ...]:
    schemes = keys.str.extract(r"^([^/]+/[^/]+)/").drop_nulls().unique().sort()
    return tuple(schemes.to_list())


class Index:
    """An open index. Reading it changes nothing but a small memory of masks, so threads may share one."""

    def __init__(self, about: About, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        self.about = about
        self.day = dt.date.fromisoformat(about.day)
        self.program: Program = compiled()
        self.tables = tables(about.weights)
        self.prior = about.weights.prior
        none, no_offsets = laid_out([])
        fixed, starts, values, texts, offsets = (arrays[name] for name in _ROWS)
        self.pool = Pool(arrays["hashes"], about.salt, texts, offsets)  # type: ignore[arg-type]
        self.world = World(
            Rows(fixed, starts, values, texts, offsets, none, no_offsets),  # type: ignore[arg-type]
            Postings(*(arrays[name] for name in _POSTINGS)),  # type: ignore[arg-type]
            *(arrays[name] for name in _PEOPLE),  # type: ignore[arg-type]
        )
        self._partner_of: Integers = arrays["partner_of"]  # type: ignore[assignment]
        self._sorted_marks: Hashes = arrays["sorted_marks"]  # type: ignore[assignment]
        self._marked_records: Integers = arrays["marked_records"]  # type: ignore[assignment]
        self._flags: OrderedDict[Mask, Flags] = OrderedDict()

    @classmethod
    def open(cls, directory: Path) -> Index:
        """Map the index in `directory` into memory. Raises UnusableIndex where it is absent, torn or of another version."""
        try:
            about = msgspec.json.decode((directory / ABOUT).read_bytes(), type=About)
            arrays = {name: _mapped(directory / f"{name}.npy") for name in _ARRAYS}
        except (OSError, ValueError, msgspec.DecodeError) as error:
            raise UnusableIndex(f"The index in {directory} cannot be read: {error}. Publish again.") from error
        if (about.format, about.columns, about.families) != (FORMAT, *_SHAPE):
            raise UnusableIndex(f"The index in {directory} was made by another version of Footprint. Publish again.")
        return cls(about, arrays)

    def records_of(self, person: int) -> range:
        """Return the record numbers of a person."""
        return range(int(self.world.people[person]), int(self.world.people[person + 1]))

    def texts(self, record: int, column: str) -> list[str]:
        """Return a record's values in a list column, such as its residences."""
        place = record * len(LISTED) + LISTED.index(column)
        begin, end = self.world.rows.starts[place], self.world.rows.starts[place + 1]
        return [self.pool.text(number) for number in self.world.rows.values[begin:end]]

    def at(self, column: str, value: str) -> Integers:
        """Return the records, hidden ones too, that have `value` in `column`: postcodes, streets or uprns."""
        number = int(self.pool.numbers(text_hashes(*laid_out([value]), self.pool.salt))[0])
        begin, end = block(self.world.postings, place_key(column, number)) if number > 0 else (0, 0)
        return self.world.postings.records[begin:end]

    def flags(self, mask: Mask) -> Flags:
        """Return for every record what the mask lets be known of it: HIDDEN, OPEN or VEILED."""
        if mask in self._flags:
            return self._flags[mask]
        flags = np.full(self.about.records, OPEN, dtype=np.uint8)
        flags[self._numbers(mask.veiled_records)] = VEILED
        flags[[record for place in mask.veiled_places for record in self._records_at(place)]] = VEILED
        if mask.partners is not None:
            seen = np.array([partner in mask.partners for partner in self.about.partners], dtype=np.bool_)
            flags[~seen[self._partner_of]] = HIDDEN
        flags[self._numbers(mask.hidden_records)] = HIDDEN
        flags.flags.writeable = False
        self._flags[mask] = flags
        while len(self._flags) > _MASKS_KEPT:
            self._flags.popitem(last=False)
        return flags

    def _numbers(self, keys: frozenset[str]) -> Integers:
        hashes = np.sort(text_hashes(*laid_out(sorted(keys)), 0))
        begins = np.searchsorted(self._sorted_marks, hashes, side="left")
        ends = np.searchsorted(self._sorted_marks, hashes, side="right")
        places = [place for begin, end in zip(begins, ends, strict=True) for place in range(begin, end)]
        return self._marked_records[np.array(places, dtype=np.int64)]

    def _records_at(self, place: str) -> list[int]:
        if place.startswith("uprn:"):
            return [int(record) for record in self.at("uprns", place.removeprefix("uprn:"))]
        postcode, _, _ = place.partition("|")
        return [
            int(record)
            for record in self.at("postcodes", postcode)
            if any(place in (one, whole_building(one)) for one in self.texts(int(record), "residences"))
        ]


def whole_building(residence: str) -> str:
    """Return the residence without its flat: "POSTCODE||number-or-building"."""
    postcode, _, rest = residence.partition("|")
    return f"{postcode}||{rest.partition('|')[2]}"


def _mapped(path: Path) -> npt.NDArray[np.generic]:
    """Map a file's array, read-only, as a plain array: the compiled functions know no other."""
    array = np.load(path, mmap_mode="r", allow_pickle=False)
    return np.ndarray.view(array, np.ndarray)
