"""By which keys a record is found. Each family of keys survives another kind of error; together they miss few people.

One compiled function makes the keys of records and of questions, so the two cannot drift apart. A key is 64 bits.
"""

# mypy: disable-error-code="no-any-return"
# One cell of an array is Any to the type checker.

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from footprint.comparison.compiling import compiled
from footprint.comparison.kernel import LISTS, Integers, Rows, span
from footprint.comparison.packing import Hashes, mixed, text_hash
from footprint.comparison.program import FIXED, LISTED

Births = npt.NDArray[np.int32]

YEAR, MONTH, DAY = 1, 2, 4
BIRTHDAY: Final = YEAR | MONTH | DAY
_NONE, _FIXED_TEXT, MOST_KEYS = -1, 100, 1024


class Family(NamedTuple):
    """One family of keys: a value of `first`, with one of `second` where named, with parts of the birthday.

    `letters` takes so many first letters of each, 0 the whole; `either_order` makes one key of a pair and of the pair
    exchanged. `facts` counts how many of (given name, family name, year, day or month, postcode) two rows share that share
    such a key. `where` marks what a veiled record is not found by, `last_resort` what is tried where nothing else fits well.
    """

    name: str
    survives: str
    facts: int
    first: str = ""
    second: str = ""
    birth: int = 0
    letters: tuple[int, int] = (0, 0)
    either_order: bool = False
    where: bool = False
    last_resort: bool = False


FAMILIES: Final = (
    Family("identifier", "everything but the number", 0, "identifiers"),
    Family("mobile", "everything but the number", 0, "mobiles", where=True),
    Family("e-mail", "everything but the address", 0, "emails", where=True),
    Family("landline", "everything but the number", 0, "landlines", where=True),
    Family("birthday", "any name and address", 2, birth=BIRTHDAY),
    Family("both names", "any birthday, any address, names that sound alike or changed places", 2,
           "given_codes", "family_codes", either_order=True),
    Family("starts of names", "wrong endings of both names, any birthday", 1,
           "given_all", "family_all", letters=(3, 3), either_order=True),
    Family("kin and family name", "a nickname, any birthday", 2, "given_kin", "family_codes"),
    Family("family name, year", "a wrong day, month or given name", 2, "family_codes", birth=YEAR),
    Family("given name, year", "a changed family name and wrong day or month", 2, "given_codes", birth=YEAR),
    Family("kin, year", "a nickname and a changed family name", 2, "given_kin", birth=YEAR),
    Family("family name, day", "a wrong year or given name", 2, "family_codes", birth=MONTH | DAY),
    Family("given name, day", "a wrong year and a changed family name", 2, "given_codes", birth=MONTH | DAY),
    Family("postcode", "any name and birthday", 1, "postcodes", where=True),
    Family("street", "a wrong postcode, any name and birthday", 1, "streets", where=True),
    Family("uprn", "an address written in another way", 1, "uprns", where=True),
    Family("birthplace, family name", "any birthday", 1, "place_of_birth", "family_codes", where=True),
    Family("family name, initial", "a given name that is hardly to be read, any birthday", 1,
           "family_codes", "given_all", letters=(0, 1), last_resort=True),
    Family("given name, initial", "a family name that is hardly to be read, any birthday", 1,
           "given_codes", "family_all", letters=(0, 1), last_resort=True),
)  # fmt: skip
LAST_RESORT: Final = min(number for number, family in enumerate(FAMILIES) if family.last_resort)
_EXCHANGED: Final = {"given_codes": "family_codes", "family_codes": "given_codes"}


def _column(name: str) -> int:
    if not name:
        return _NONE
    return LISTED.index(name) if name in LISTED else _FIXED_TEXT + FIXED.index(name)


def _recipes(exchanged: bool = False) -> Integers:
    """Return the families as numbers: number, first, second, parts of the birthday, letters of each, either order."""
    chosen = [
        (
            number,
            _column(_EXCHANGED[family.first] if exchanged else family.first),
            _column(family.second),
            family.birth,
            *family.letters,
            family.either_order,
        )
        for number, family in enumerate(FAMILIES)
        if not exchanged or (family.birth and family.first in _EXCHANGED)
    ]
    recipes = np.array(chosen, dtype=np.int32)
    recipes.flags.writeable = False
    return recipes


RECIPES: Final = _recipes()
# A question's given name under the family name's families and the reverse: names that changed places.
RECIPES_EXCHANGED: Final = _recipes(exchanged=True)
FACTS: Final = np.array([(family.facts, family.where) for family in FAMILIES], dtype=np.int32)
_PLACEHOLDER: Final = FIXED.index("placeholder_birth")


@compiled
def _value(rows: Rows, number: int, letters: int) -> np.uint64:
    """Return what a text puts into a key, or 0 where no row says that text."""
    if letters:
        begin, end = span(rows.offsets, number) if number >= 0 else span(rows.extra_offsets, -number - 1)
        if end - begin < letters:
            return np.uint64(0)
        return text_hash((rows.pool if number >= 0 else rows.extra)[begin : begin + letters], 0)
    return np.uint64(number) if number > 0 else np.uint64(0)


@compiled
def _span(rows: Rows, i: int, column: int) -> tuple[int, int]:
    """Return how often to take a value of the column, as a range of places; one place for none and for a single text."""
    if column < 0 or column >= _FIXED_TEXT:
        return 0, 1
    return span(rows.starts, i * LISTS + column)


@compiled
def _number(rows: Rows, i: int, column: int, place: int) -> int:
    if column >= _FIXED_TEXT:
        return rows.fixed[i, column - _FIXED_TEXT]
    return rows.values[place]


@compiled
def _key(base: np.uint64, x: np.uint64, y: np.uint64) -> np.uint64:
    return mixed(mixed(base + x) + y)


@compiled
def row_keys(
    recipes: Integers, rows: Rows, i: int, birth: tuple[int, int, int], keys: Hashes, families: Integers
) -> int:
    """Write the keys of row i into `keys` and their families beside them; return how many, at most MOST_KEYS.

    `birth` is the year, month and day to use, 0 where unknown. A birthday that systems write makes no key with a day in it.
    """
    count = 0
    for recipe in recipes:
        family, first, second, parts = recipe[0], recipe[1], recipe[2], recipe[3]
        base = mixed(np.uint64(family + 1))
        usable = not (parts & DAY and rows.fixed[i, _PLACEHOLDER] != 0)
        for part in range(3):
            if parts >> part & 1:
                usable = usable and birth[part] != 0
                base = mixed(base + np.uint64(birth[part]))
        if not usable:
            continue
        a0, a1 = _span(rows, i, first)
        b0, b1 = _span(rows, i, second)
        for a in range(a0, a1):
            for b in range(b0, b1):
                x = np.uint64(1) if first < 0 else _value(rows, _number(rows, i, first, a), recipe[4])
                y = np.uint64(1) if second < 0 else _value(rows, _number(rows, i, second, b), recipe[5])
                if x == 0 or y == 0 or count == min(MOST_KEYS, keys.shape[0]):
                    continue
                if recipe[6] and x > y:
                    x, y = y, x
                keys[count] = _key(base, x, y)
                families[count] = family
                count += 1
    return count


@compiled
def all_keys(recipes: Integers, rows: Rows, columns: tuple[int, int, int]) -> tuple[Hashes, Integers]:
    """Return the keys of all rows and, beside each, its row; `columns` are the places of year, month and day."""
    year, month, day = columns
    families = np.empty(MOST_KEYS, dtype=np.int32)
    keys, owners = np.empty(MOST_KEYS, dtype=np.uint64), np.empty(MOST_KEYS, dtype=np.int32)
    end = 0
    for i in range(rows.fixed.shape[0]):
        if end + MOST_KEYS > keys.shape[0]:  # room for half as many again
            keys = np.concatenate((keys, np.empty(keys.shape[0] // 2 + MOST_KEYS, dtype=np.uint64)))
            owners = np.concatenate((owners, np.empty(owners.shape[0] // 2 + MOST_KEYS, dtype=np.int32)))
        birth = (rows.fixed[i, year], rows.fixed[i, month], rows.fixed[i, day])
        count = row_keys(recipes, rows, i, birth, keys[end:], families)
        owners[end : end + count] = i
        end += count
    return keys[:end].copy(), owners[:end].copy()


BIRTH_COLUMNS: Final = (FIXED.index("birth_year"), FIXED.index("birth_month"), FIXED.index("birth_day"))


@compiled
def _question_keys(
    recipes: Integers, exchanged: Integers, row: Rows, births: Births
) -> tuple[Hashes, Integers]:
    room = MOST_KEYS * (births.shape[0] + 1)
    keys, families = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.int32)
    count = 0
    for place in range(births.shape[0]):
        birth = (births[place, 0], births[place, 1], births[place, 2])
        count += row_keys(recipes, row, 0, birth, keys[count:], families[count:])
        count += row_keys(exchanged, row, 0, birth, keys[count:], families[count:])
    return keys[:count], families[:count]


def question_keys(row: Rows, births: Births) -> tuple[Hashes, Integers]:
    """Return the keys under which a question's row is looked for, each once, and their families in the order of FAMILIES.

    `births` int32 [n, 3]: the birthdays to try, as year, month and day; 0 where unknown.
    """
    keys, families = _question_keys(RECIPES, RECIPES_EXCHANGED, row, births)
    _, first = np.unique(keys, return_index=True)
    order = first[np.argsort(families[first], kind="stable")]
    return keys[order], families[order]


@compiled
def _single_key(family: int, number: int) -> np.uint64:
    return _key(mixed(np.uint64(family + 1)), np.uint64(number), np.uint64(1))


def place_key(column: str, number: int) -> np.uint64:
    """Return the key under which a text of this number stands in the family that has `column` alone."""
    family = next(
        place for place, one in enumerate(FAMILIES) if one.first == column and not (one.second or one.birth)
    )
    return np.uint64(_single_key(family, number))
