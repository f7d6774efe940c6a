"""The search index: a directory of flat arrays, written once, opened into memory by any number of readers, never changed.

Knows records' comparable columns and whose person each is; nothing of what partners did, of pages or of policies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from footprint.comparison import COMPARISONS
from footprint.comparison.kernel import Integers, Rows
from footprint.comparison.packing import Hashes, Pool, laid_out, text_hashes
from footprint.comparison.program import FIXED, LISTED, Program, program_of
from footprint.records.mask import Mask
from footprint.search.kernel import HIDDEN, OPEN, VEILED, Flags, World
from footprint.search.keys import FAMILIES, place_key
from footprint.search.postings import Postings, block
from footprint.search.weights import NAMES, Weights, tables

FORMAT: Final = 1
ABOUT: Final = "index.json"
_MASKS_KEPT: Final = 8
ROWS: Final = ("fixed", "starts", "values", "texts", "offsets")
POSTINGS: Final = ("keys", "key_starts", "key_records", "buckets")
PEOPLE: Final = ("person_of", "people", "marks", "rarities")
MASKING: Final = ("scheme_of", "sorted_marks", "marked_records")
NAMED: Final = ("name_hashes", "name_rarities")
ARRAYS: Final = (*ROWS, "hashes", *POSTINGS, *PEOPLE, *MASKING, *NAMED)


class UnusableIndex(Exception):
    """The index cannot be searched; the message says why. Publishing again makes a new one."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What the arrays do not say: their format, the columns and families they were made for, and what agreement weighs.

    `day` is the day of the data (ISO); ages are reckoned on it. `schemes` are the kinds of records' keys ("PARTNER/SCHEME").
    """

    format: int
    columns: tuple[str, ...]
    families: tuple[str, ...]
    salt: int
    day: str
    records: int
    people: int
    schemes: tuple[str, ...]
    weights: Weights


_ABOUT: Final = msgspec.json.Decoder(About)


# What an index was made for, as text: the packed columns and the levels of agreement, and the families of keys.
SHAPE: Final = (
    (*FIXED, *LISTED, *(f"{one.name}: {level.label}" for one in COMPARISONS for level in one.levels)),
    tuple(" ".join(map(str, family)) for family in FAMILIES),
)


class _View(NamedTuple):
    """What one mask lets be known: a flag for each record, and the schemes of the keys of those that exist for the user."""

    flags: Flags
    schemes: tuple[str, ...]


class Index:
    """An open index. Reading it changes nothing but a small memory of masks, so threads may share one."""

    def __init__(self, about: About, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        self.about = about
        self.day = dt.date.fromisoformat(about.day)
        self.program: Program = program_of()
        self.tables = tables(about.weights)
        self.prior = about.weights.prior
        none, no_offsets = laid_out([])
        fixed, starts, values, texts, offsets = (arrays[name] for name in ROWS)
        self.pool = Pool(arrays["hashes"], about.salt, texts, offsets)  # type: ignore[arg-type]
        self.world = World(
            Rows(fixed, starts, values, texts, offsets, none, no_offsets),  # type: ignore[arg-type]
            Postings(*(arrays[name] for name in POSTINGS)),  # type: ignore[arg-type]
            *(arrays[name] for name in PEOPLE),  # type: ignore[arg-type]
        )
        self._scheme_of: Integers = arrays["scheme_of"]  # type: ignore[assignment]
        self._sorted_marks: Hashes = arrays["sorted_marks"]  # type: ignore[assignment]
        self._marked_records: Integers = arrays["marked_records"]  # type: ignore[assignment]
        self._name_hashes: Hashes = arrays["name_hashes"]  # type: ignore[assignment]
        self._name_rarities: npt.NDArray[np.float32] = arrays["name_rarities"]  # type: ignore[assignment]
        self._views: dict[Mask, _View] = {}

    @classmethod
    def open(cls, directory: Path) -> Index:
        """Map the index in `directory` into memory. Raises UnusableIndex where it is absent, torn or of another version."""
        try:
            about = _ABOUT.decode((directory / ABOUT).read_bytes())
            arrays = {name: _mapped(directory / f"{name}.npy") for name in ARRAYS}
        except (OSError, ValueError, msgspec.DecodeError) as error:
            raise UnusableIndex(
                f"The index in {directory} cannot be read: {error}. Publish again."
            ) from error
        if (about.format, about.columns, about.families) != (FORMAT, *SHAPE):
            raise UnusableIndex(
                f"The index in {directory} was made by another version of Footprint. Publish again."
            )
        return cls(about, arrays)

    def records_of(self, person: int) -> range:
        """Return the record numbers of a person."""
        return range(int(self.world.people[person]), int(self.world.people[person + 1]))

    def known(self, person: int, flags: Flags) -> list[int]:
        """Return the numbers of a person's records that the mask lets be known."""
        return [record for record in self.records_of(person) if flags[record] != HIDDEN]

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

    def rarity(self, column: str, text: str) -> float:
        """Return how many bits more than the average agreement on this given or family name weighs; 0 where not known."""
        sought = text_hashes(*laid_out([text]), 0)[0]
        place = int(np.searchsorted(self._name_hashes, sought))
        if place == len(self._name_hashes) or self._name_hashes[place] != sought:
            return 0.0
        return float(self._name_rarities[place, NAMES.index(column)])

    def flags(self, mask: Mask) -> Flags:
        """Return for every record what the mask lets be known of it: HIDDEN, OPEN or VEILED."""
        return self._view(mask).flags

    def schemes(self, mask: Mask) -> tuple[str, ...]:
        """Return the schemes ("PARTNER/SCHEME") of the keys of records that the mask lets be known."""
        return self._view(mask).schemes

    def _view(self, mask: Mask) -> _View:
        view = self._views.get(mask)
        if view is None:
            view = self._seen_through(mask)
            kept = list(self._views.items())[1 - _MASKS_KEPT :]
            self._views = dict(
                [*kept, (mask, view)]
            )  # put in place whole: another thread sees the old or the new
        return view

    def _seen_through(self, mask: Mask) -> _View:
        flags = np.full(self.about.records, OPEN, dtype=np.uint8)
        flags[self._numbers(mask.veiled_records)] = VEILED
        flags[[record for place in mask.veiled_places for record in self._records_at(place)]] = VEILED
        if mask.partners is not None:
            partners = [scheme.partition("/")[0] for scheme in self.about.schemes]
            seen = np.array([partner in mask.partners for partner in partners], dtype=np.bool_)
            flags[~seen[self._scheme_of]] = HIDDEN
        flags[self._numbers(mask.hidden_records)] = HIDDEN
        if mask.among is not None:
            flags[~self._reached(mask.among, flags)] = HIDDEN
        flags.flags.writeable = False
        schemes = np.unique(self._scheme_of[flags != HIDDEN])
        return _View(flags, tuple(self.about.schemes[scheme] for scheme in schemes))

    def _reached(self, among: frozenset[str], flags: Flags) -> npt.NDArray[np.bool_]:
        """Say for every record whether its person has one of the records `among` that is not hidden."""
        numbers = self._numbers(among)
        people = np.zeros(self.about.people, dtype=np.bool_)
        people[self.world.person_of[numbers[flags[numbers] != HIDDEN]]] = True
        reached: npt.NDArray[np.bool_] = people[self.world.person_of]
        return reached

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
