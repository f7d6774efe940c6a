"""From a question's rows to people in order: the keys, the candidates, the weights. What the user reads is made elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from footprint.comparison import BY_NAME
from footprint.comparison.packing import pack_one
from footprint.records import Comparable
from footprint.search.index import Index
from footprint.search.kernel import Asked, Bits, Flags, Levels, Weighed, gather, weigh
from footprint.search.keys import FACTS, LAST_RESORT, Births, question_keys
from footprint.search.question import exchanged
from footprint.search.verdicts import NAMES
from footprint.search.weighing import Reading, for_question

Marked = npt.NDArray[np.bool_]

MOST_YEARS: Final = 12


def _levels(name: str, *labels: str) -> Marked:
    """Return for every level of a comparison, and last for UNKNOWN (-1), whether it is one of these."""
    return np.array([*(level.label in labels for level in BY_NAME[name].levels), False, False])


# The levels at which a name agrees or is spelt otherwise.
_ALIKE: Final = (
    (NAMES.index("given"), _levels("given", "exact", "alias", "kin", "slip", "sound")),
    (NAMES.index("family"), _levels("family", "exact", "part", "slip", "sound")),
)
_NO_KEYS: Final = np.zeros(0, dtype=np.uint64)
_NO_FAMILIES: Final = np.zeros(0, dtype=np.int32)
FITS_WELL: Final = 8.0  # bits, prior included, from which on the last resort is not tried


class Ranked(NamedTuple):
    """People, best first: numbers, weights in bits (prior included) and the level of every comparison.

    `crowded`: more records were found than are looked at for one question. `exchanged` marks those who fit best with the two
    names that were asked in each other's place.
    """

    people: list[int]
    weights: Bits
    levels: Levels
    crowded: bool
    exchanged: Marked


def rank(index: Index, rows: Sequence[Comparable], years: tuple[int, int], flags: Flags) -> Ranked:
    """Return everybody whom the question may mean, best first; equals in an order that no one can know.

    `rows` has one row, or for a name in a single line two: as it stands and turned round.
    """
    readings: tuple[Reading, ...] = ("only",) if len(rows) == 1 else ("straight", "turned")
    found = [_weighed(index, row, years, flags, reading) for row, reading in zip(rows, readings, strict=True)]
    weighings = [weighed for weighed, _ in found]
    if len(rows) == 1 and rows[0].given and rows[0].family:
        turned = _exchanged(index, rows[0], years, flags, weighings[0])
        weighings += [turned] if len(turned.people) else []
    weighed, reading = _best_reading(weighings)
    order = np.lexsort((weighed.marks, -weighed.weights))
    return Ranked(
        weighed.people[order].tolist(),
        weighed.weights[order] + index.prior,
        weighed.levels[order],
        any(crowded for _, crowded in found),
        (reading[order] > 0) & (len(rows) == 1),
    )


def _exchanged(
    index: Index, row: Comparable, years: tuple[int, int], flags: Flags, found: Weighed
) -> Weighed:
    """Weigh again, with the two names in each other's place, those found with whom neither name agrees as it was asked.

    Kept are those with whom then both do, or are spelt alike: that one stands in the other's place says nothing.
    """
    given, family = _alike(found)
    people = found.people[~(given | family)]
    if not len(people):
        return _only(found, np.zeros_like(given))
    turned = exchanged(row)
    asked = Asked(pack_one(turned, index.pool), _NO_KEYS, _NO_FAMILIES, years)
    tables = for_question(index.tables, turned, years, index.rarity, "exchanged")
    weighed = weigh(asked, index.world, index.program, tables, people, flags)
    given, family = _alike(weighed)
    return _only(weighed, given & family)


def _alike(found: Weighed) -> list[Marked]:
    """For given and family name, with whom of those found it agrees or is spelt alike."""
    return [alike[found.levels[:, column]] for column, alike in _ALIKE]


def _only(found: Weighed, kept: Marked) -> Weighed:
    return Weighed(found.people[kept], found.weights[kept], found.levels[kept], found.marks[kept])


def _weighed(
    index: Index, row: Comparable, years: tuple[int, int], flags: Flags, reading: Reading
) -> tuple[Weighed, bool]:
    packed = pack_one(row, index.pool)
    keys, families = question_keys(packed, _births(row, years))
    tables = for_question(index.tables, row, years, index.rarity, reading)
    usual = int(np.searchsorted(families, LAST_RESORT))

    def look(count: int) -> tuple[Weighed, bool]:
        asked = Asked(packed, keys[:count], families[:count], years)
        people, crowded = gather(asked, index.world, FACTS, flags)
        return weigh(asked, index.world, index.program, tables, people, flags), crowded

    found = look(usual)
    return found if _fits_well(found[0], index) else look(len(keys))


def _fits_well(found: Weighed, index: Index) -> bool:
    return bool(found.weights.max(initial=-np.inf) + index.prior >= FITS_WELL)


def _births(row: Comparable, years: tuple[int, int]) -> Births:
    """Return the birthdays under whose keys to look: as said, day and month changed places, and every year of an age."""
    said = (row.birth_year, row.birth_month, row.birth_day)
    births = [said]
    year, month, day = said
    if year and 0 < day <= 12 and month and day != month:
        births.append((year, day, month))
    if years[0]:
        births += [(one, 0, 0) for one in range(years[0], min(years[1], years[0] + MOST_YEARS) + 1)]
    return np.array(births, dtype=np.int32)


def _best_reading(found: Sequence[Weighed]) -> tuple[Weighed, npt.NDArray[np.int64]]:
    """Return each person once, as the reading that fits best has them, and which that is."""
    readings = np.repeat(np.arange(len(found)), [len(one.people) for one in found])
    if len(found) == 1:
        return found[0], readings
    people, weights, levels, marks = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((readings, -weights, people))
    first = order[np.unique(people[order], return_index=True)[1]]
    return Weighed(people[first], weights[first], levels[first], marks[first]), readings[first]
