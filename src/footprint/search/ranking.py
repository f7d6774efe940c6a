"""From a question's rows to people in order: the keys, the candidates, the weights. What the user reads is made elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from footprint.comparison.packing import pack_one
from footprint.records import Comparable
from footprint.search.index import Index
from footprint.search.kernel import Asked, Bits, Flags, Levels, Weighed, gather, weigh
from footprint.search.keys import FACTS, LAST_RESORT, Births, question_keys
from footprint.search.weighing import Reading, for_question

MOST_YEARS: Final = 12
FITS_WELL: Final = 8.0  # bits, prior included, from which on the last resort is not tried


class Ranked(NamedTuple):
    """People, best first: numbers, weights in bits (prior included) and the level of every comparison.

    `crowded`: more records were found than are looked at for one question.
    """

    people: list[int]
    weights: Bits
    levels: Levels
    crowded: bool


def rank(index: Index, rows: Sequence[Comparable], years: tuple[int, int], flags: Flags) -> Ranked:
    """Return everybody whom the question may mean, best first; equals in an order that no one can know.

    `rows` has one row, or for a name in a single line two: as it stands and turned round.
    """
    readings: tuple[Reading, ...] = ("only",) if len(rows) == 1 else ("straight", "turned")
    found = [_weighed(index, row, years, flags, reading) for row, reading in zip(rows, readings, strict=True)]
    weighed = _best_reading([one for one, _ in found])
    order = np.lexsort((weighed.marks, -weighed.weights))
    return Ranked(
        weighed.people[order].tolist(),
        weighed.weights[order] + index.prior,
        weighed.levels[order],
        any(crowded for _, crowded in found),
    )


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
    return found if found[0].weights.max(initial=-np.inf) + index.prior >= FITS_WELL else look(len(keys))


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


def _best_reading(found: Sequence[Weighed]) -> Weighed:
    """Return each person once, as the reading that fits best has them."""
    if len(found) == 1:
        return found[0]
    people, weights, levels, marks = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((-weights, people))
    first = order[np.unique(people[order], return_index=True)[1]]
    return Weighed(people[first], weights[first], levels[first], marks[first])
