"""The fast half of a search: from keys to people who may be meant, and from people to weights. Compiled; numbers only.

What the mask hides is passed over before it is counted or weighed: two worlds that differ only in hidden records give the
same numbers, in the same order.
"""

# mypy: disable-error-code="no-any-return"
# One cell of an array is Any to the type checker.

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from footprint.comparison import BY_NAME, COMPARISONS, UNKNOWN
from footprint.comparison.compiling import compiled
from footprint.comparison.kernel import (
    LISTS,
    WIDEST_BAND,
    Integers,
    Offsets,
    Rows,
    overlap,
    pair_levels,
    span,
)
from footprint.comparison.packing import Hashes
from footprint.comparison.program import FIXED, LISTED, Program
from footprint.search.postings import Postings, block
from footprint.search.weighing import AGE_FITS
from footprint.search.weights import WeightTables

Flags = npt.NDArray[np.uint8]
Bits = npt.NDArray[np.float64]
Levels = npt.NDArray[np.int8]
Places = npt.NDArray[np.int64]

# What the mask lets be known of a record.
HIDDEN, OPEN, VEILED = 0, 1, 2

CROWDED: Final = (
    400  # of a block with more visible records, only those that agree on a fact more are looked at
)
MOST_RECORDS: Final = 30_000  # looked at for one question; beyond, the question is too vague

_GIVEN, _FAMILY, _KIN = (LISTED.index(name) for name in ("given_codes", "family_codes", "given_kin"))
_POSTCODES: Final = LISTED.index("postcodes")
_YEAR, _MONTH, _DAY = (FIXED.index(name) for name in ("birth_year", "birth_month", "birth_day"))
_BIRTH: Final = [comparison.name for comparison in COMPARISONS].index("birth")
_AGE_DIFFERS: Final = BY_NAME["birth"].else_level
_VEILED_FACTS: Final = frozenset({"place", "contact", "setting", "relative", "birthplace", "occupation"})
VEILS: Final = np.array([comparison.name in _VEILED_FACTS for comparison in COMPARISONS])


class Asked(NamedTuple):
    """A question, packed: one row, its keys and their families, and the years of birth that an age allows ((0, 0): no age)."""

    row: Rows
    keys: Hashes
    families: Integers
    years: tuple[int, int]


class World(NamedTuple):
    """What is searched. `people` int64 [people + 1]: where each person's records begin; `marks` a hash of each record's key."""

    rows: Rows
    postings: Postings
    person_of: Integers
    people: Places
    marks: Hashes
    rarities: npt.NDArray[np.float32]


class Weighed(NamedTuple):
    """People and, beside each: weight in bits, level of every comparison over all visible records, and a mark to break ties."""

    people: Integers
    weights: Bits
    levels: Levels
    marks: Hashes


@compiled
def facts_said(asked: Asked) -> int:
    """Return how many of given name, family name, year, day or month, and postcode the question says."""
    starts, fixed = asked.row.starts, asked.row.fixed
    said = 0
    for column in (_GIVEN, _FAMILY, _POSTCODES):
        said += starts[column] < starts[column + 1]
    said += fixed[0, _YEAR] != 0 or asked.years[0] != 0
    said += fixed[0, _MONTH] != 0 or fixed[0, _DAY] != 0
    return said


@compiled
def _share(qs: Offsets, qv: Integers, asked: int, rs: Offsets, rv: Integers, j: int, said: int) -> bool:
    """Say whether the question's list in column `asked` and record j's in column `said` have a value in common."""
    (a0, a1), (b0, b1) = span(qs, asked), span(rs, j * LISTS + said)
    return overlap(qv, a0, a1, rv, b0, b1)


@compiled
def facts_shared(
    qf: Integers, qs: Offsets, qv: Integers, rf: Integers, rs: Offsets, rv: Integers, j: int,
    years: tuple[int, int], veiled: bool,
) -> int:  # fmt: skip
    """Return on how many of those facts a question and record j agree, roughly and cheaply; names in either order."""
    given = (
        _share(qs, qv, _GIVEN, rs, rv, j, _GIVEN)
        or _share(qs, qv, _KIN, rs, rv, j, _KIN)
        or _share(qs, qv, _GIVEN, rs, rv, j, _FAMILY)
    )
    family = _share(qs, qv, _FAMILY, rs, rv, j, _FAMILY) or _share(qs, qv, _FAMILY, rs, rv, j, _GIVEN)
    low, high = years if years[0] else (qf[0, _YEAR] - 1, qf[0, _YEAR] + 1)
    year = high > 1 and low <= rf[j, _YEAR] <= high
    part = (qf[0, _MONTH] != 0 and qf[0, _MONTH] == rf[j, _MONTH]) or (
        qf[0, _DAY] != 0 and qf[0, _DAY] == rf[j, _DAY]
    )
    place = not veiled and _share(qs, qv, _POSTCODES, rs, rv, j, _POSTCODES)
    shared = 0
    for fact in (given, family, year, part, place):
        shared += fact
    return shared


@compiled
def _may_lead(flag: int, where: int) -> bool:
    """Say whether a key may lead to a record: not to a hidden one, nor by its address or telephone to a veiled one."""
    return flag == OPEN or (flag == VEILED and where == 0)


@compiled
def _once(found: Integers) -> Integers:
    """Return the numbers in ascending order, each once."""
    ordered = np.sort(found)
    count = 0
    for place in range(ordered.shape[0]):
        if place == 0 or ordered[place] != ordered[place - 1]:
            ordered[count] = ordered[place]
            count += 1
    return ordered[:count]


@compiled
def gather(asked: Asked, world: World, facts: Integers, flags: Flags) -> tuple[Integers, bool]:
    """Return the people, in ascending order, of whom a known record shares a key; and whether there were too many to look at."""
    qf, qs, qv, years = asked.row.fixed, asked.row.starts, asked.row.values, asked.years
    rf, rs, rv = world.rows.fixed, world.rows.starts, world.rows.values
    records, person_of, said = world.postings.records, world.person_of, facts_said(asked)
    found = np.empty(MOST_RECORDS, dtype=np.int32)
    count = 0
    for key in range(asked.keys.shape[0]):
        begin, end = block(world.postings, asked.keys[key])
        own, where = facts[asked.families[key], 0], facts[asked.families[key], 1]
        size = 0
        for place in range(begin, end):
            size += _may_lead(flags[records[place]], where)
        needed = min(own + 1, said) if size > CROWDED else 0
        for place in range(begin, end):
            j = records[place]
            if not _may_lead(flags[j], where):
                continue
            if needed and facts_shared(qf, qs, qv, rf, rs, rv, j, years, flags[j] == VEILED) < needed:
                continue
            if count == MOST_RECORDS:
                return _once(found[:count]), True
            found[count] = person_of[j]
            count += 1
    return _once(found[:count]), False


@compiled
def _overrule(found: Levels, asked: Asked, world: World, j: int, veiled: bool) -> None:
    """Mend the levels that a row alone cannot give: an age instead of a birthday, and what a veil hides."""
    if asked.years[0]:
        year = world.rows.fixed[j, _YEAR]
        fits = asked.years[0] <= year <= asked.years[1]
        found[_BIRTH] = UNKNOWN if year == 0 else AGE_FITS if fits else _AGE_DIFFERS
    if veiled:
        for c in range(found.shape[0]):
            if VEILS[c]:
                found[c] = UNKNOWN


@compiled
def weigh(
    asked: Asked, world: World, program: Program, tables: WeightTables, people: Integers, flags: Flags
) -> Weighed:
    """Return what speaks for each person: every fact at its strongest over all of the person's visible records."""
    comparisons = program.starts.shape[0]
    weights = np.zeros(people.shape[0])
    levels = np.full((people.shape[0], comparisons), np.int8(UNKNOWN), dtype=np.int8)
    marks = np.full(people.shape[0], np.uint64(0xFFFFFFFFFFFFFFFF), dtype=np.uint64)
    band, found = np.zeros(WIDEST_BAND, dtype=np.int32), np.zeros(comparisons, dtype=np.int8)
    best = np.empty(comparisons)
    for place in range(people.shape[0]):
        best[:] = 0.0
        for j in range(world.people[people[place]], world.people[people[place] + 1]):
            if flags[j] == HIDDEN:
                continue
            marks[place] = min(marks[place], world.marks[j])
            pair_levels(program.nodes, program.starts, asked.row, 0, world.rows, j, band, found)
            if asked.years[0] or flags[j] == VEILED:
                _overrule(found, asked, world, j, flags[j] == VEILED)
            for c in range(comparisons):
                if found[c] == UNKNOWN:
                    continue
                bits = tables.bits[c, found[c]]
                if tables.rarity[c, found[c]] >= 0:
                    bits += world.rarities[j, tables.rarity[c, found[c]]]
                if levels[place, c] == UNKNOWN or bits > best[c]:
                    best[c] = bits
                    levels[place, c] = found[c]
        weights[place] = best.sum()
    return Weighed(people, weights, levels, marks)
