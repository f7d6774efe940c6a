"""The evidence rule and the vetoes in plain Python: slow, obvious, and written from the words of the rule.

Takes comparable records and looks at every pair. The product asks the same of millions of pairs in SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

from footprint.comparison import BY_NAME, reference
from footprint.records import Comparable
from footprint.records.codes import STRONG_SCHEMES
from footprint.records.given_names import given_families
from footprint.records.name_tables import HONOURS

GENERATION = 12
HOUSEHOLD, NAMES, PHONES = 20, 100, 12


def level(name: str, a: Comparable, b: Comparable) -> str:
    """Return the label of the level at which two records agree, "else", or "unknown"."""
    comparison = BY_NAME[name]
    found = reference.level(comparison, a, b)
    if found == -1:
        return "unknown"
    return comparison.levels[found].label if found < comparison.else_level else "else"


# ---------------------------------------------------------------- names


def kin(row: Comparable) -> set[str]:
    return set(given_families(row.given)) if row.given else set()


def seconds(row: Comparable) -> set[str]:
    return set(row.middle.split()) - HONOURS


def sexes_differ(a: Comparable, b: Comparable) -> bool:
    return bool(a.sex and b.sex and a.sex != b.sex)


def same_name(a: Comparable, b: Comparable) -> bool:
    if not a.given or not b.given:
        return False
    return a.given == b.given or bool(kin(a) & kin(b) and not sexes_differ(a, b))


def alike(a: Comparable, b: Comparable) -> bool:
    if not a.given or not b.given:
        return False
    if a.given == b.given or a.given in b.given_all or b.given in a.given_all:
        return True
    return bool(kin(a) & set(b.given_kin) or kin(b) & set(a.given_kin)) and not sexes_differ(a, b)


def edits(one: str, other: str) -> int:
    """Return Levenshtein's distance by the textbook's table."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        fresh = [place]
        for index, against in enumerate(other, 1):
            fresh.append(min(row[index] + 1, fresh[-1] + 1, row[index - 1] + (letter != against)))
        row = fresh
    return row[-1]


def slip(a: Comparable, b: Comparable) -> bool:
    if len(a.given) < 4 or len(b.given) < 4 or alike(a, b) or sexes_differ(a, b) or (kin(a) and kin(b)):
        return False
    distance = edits(a.given, b.given)
    return distance <= 1 or (distance == 2 and sorted(a.given) == sorted(b.given))


def unlike(a: Comparable, b: Comparable) -> bool:
    if not a.given or not b.given or alike(a, b) or slip(a, b):
        return False
    goes_by_second = a.given in seconds(b) or b.given in seconds(a)
    crossed = a.given in b.family_all or b.given in a.family_all
    initial = a.given[0] == b.given[0] and 1 in (len(a.given), len(b.given))
    return not (goes_by_second or crossed or initial)


def second_differs(a: Comparable, b: Comparable) -> bool:
    both = bool(seconds(a) and seconds(b))
    return both and not seconds(a) & seconds(b) and level("middle", a, b) == "else"


# ---------------------------------------------------------------- the records as a whole


class Pair(NamedTuple):
    """A pair of records in the company of all."""

    world: World
    a: Comparable
    b: Comparable


def once(method: Callable[[World, Comparable], Any]) -> Callable[[World, Comparable], Any]:
    """Remember what was found of a record, by its key: obvious need not be endless."""
    name = method.__name__

    def remembered(world: World, row: Comparable) -> Any:
        if (name, row.key) not in world.found:
            world.found[name, row.key] = method(world, row)
        return world.found[name, row.key]

    return remembered


class World:
    """All records of a run, and what can only be known of all of them."""

    def __init__(self, rows: Sequence[Comparable], unique_partners: frozenset[str] = frozenset()) -> None:
        self.rows = rows
        self.unique_partners = unique_partners
        self.found: dict[tuple[str, str], Any] = {}

    @cached_property
    def replaced(self) -> set[str]:
        return {number for row in self.rows for number in row.superseded}

    @cached_property
    def blocks(self) -> set[tuple[str, str]]:
        """Postcode and door of every building in which somebody names a flat."""
        parted = (residence.split("|") for row in self.rows for residence in row.residences)
        return {(postcode, door) for postcode, flat, door in parted if flat}

    def live(self, row: Comparable, scheme: str) -> set[str]:
        return {x for x in row.identifiers if x.startswith(f"{scheme}:")} - self.replaced

    def is_whole_building(self, uprn: str) -> bool:
        flats = {
            row.residences[0].split("|")[1]
            for row in self.rows
            if row.uprns == [uprn] and len(row.residences) == 1
        }
        return len(flats - {""}) > 1

    @once
    def doors(self, row: Comparable) -> set[str]:
        """Return where a record says somebody lives, to the flat."""
        found = set()
        for residence in row.residences:
            postcode, flat, door = residence.split("|")
            if flat or (postcode, door) not in self.blocks:
                found.add(residence)
        return found | {f"uprn:{uprn}" for uprn in row.uprns if not self.is_whole_building(uprn)}

    @once
    def homes(self, row: Comparable) -> set[str]:
        return {door for door in self.doors(row) if not self.is_institution(door)}

    def is_institution(self, door: str) -> bool:
        there = [row for row in self.rows if door in self.doors(row)]
        births = {row.birth for row in there} - {""}
        return len(births) > HOUSEHOLD or len({(row.given, row.family) for row in there}) > NAMES

    @once
    def reach(self, row: Comparable) -> set[str]:
        """Return the personal telephones and addresses that are not an office's."""
        said = {*row.mobiles, *row.emails}
        return {
            one
            for one in said
            if len({r.birth for r in self.rows if one in r.mobiles or one in r.emails} - {""}) <= PHONES
        }

    def is_on_two_generations(self, number: str) -> bool:
        years = [row.birth_year for row in self.rows if number in row.identifiers and row.birth_year]
        return bool(years) and max(years) - min(years) >= GENERATION

    def numbers_differ(self, a: Comparable, b: Comparable) -> bool:
        return any(
            self.live(a, scheme) and self.live(b, scheme) and not self.live(a, scheme) & self.live(b, scheme)
            for scheme in STRONG_SCHEMES
        )

    def beside(self, row: Comparable) -> list[tuple[Comparable, Comparable]]:
        """Return all pairs of named records of this record's birthday at one of its homes."""
        found = []
        for home in self.homes(row) if row.birth and row.given else ():
            there = [r for r in self.rows if r.birth == row.birth and r.given and home in self.homes(r)]
            found += combinations(there, 2)
        return found

    @once
    def somebody_else(self, row: Comparable) -> bool:
        return any(unlike(a, b) for a, b in self.beside(row))

    @once
    def twins(self, row: Comparable) -> bool:
        return any(
            not unlike(a, b) and a.given != b.given and (a.partner == b.partner or self.numbers_differ(a, b))
            for a, b in self.beside(row)
        )

    @once
    def namesakes(self, row: Comparable) -> bool:
        return any(not unlike(a, b) and second_differs(a, b) for a, b in self.beside(row))


# ---------------------------------------------------------------- the rule


def number_in_common(pair: Pair) -> tuple[bool, bool]:
    """Return whether the two share a number or an issued id, and whether it may be somebody else's."""
    shared = set(pair.a.identifiers) & set(pair.b.identifiers)
    numbers = {x for x in shared if x.split(":")[0] in STRONG_SCHEMES}
    issued = {
        x for x in shared if x.split("/")[0] in (pair.a.partner, pair.b.partner) and "/" in x.split(":")[0]
    }
    doubtful = bool(numbers) and not issued and all(map(pair.world.is_on_two_generations, numbers))
    return bool(numbers or issued), doubtful


def any_of(pair: Pair, question: Callable[[Comparable], bool]) -> bool:
    return question(pair.a) or question(pair.b)


def names_agree(pair: Pair) -> bool:
    a, b = pair.a, pair.b
    if level("given", a, b) == "crossed" and level("family", a, b) == "crossed":
        return True
    given = alike(a, b) or (slip(a, b) and level("birth", a, b) == "exact")
    return given and level("family", a, b) in ("exact", "part", "slip")


def e1(pair: Pair) -> bool:
    a, b = pair.a, pair.b
    number, doubtful = number_in_common(pair)
    twins, namesakes = any_of(pair, pair.world.twins), any_of(pair, pair.world.namesakes)
    if not number:
        return False
    if level("given", a, b) == "unknown":  # a newborn, called Baby
        company = any_of(pair, pair.world.somebody_else) or twins or namesakes
        agrees = level("family", a, b) in ("exact", "part") and level("birth", a, b) == "exact"
        return agrees and not company and not doubtful
    one_name = level("family", a, b) == "unknown" and a.given == b.given and a.birth == b.birth != ""
    near = a.birth == b.birth != "" or level("birth", a, b) in ("one-off", "swapped", "partial")
    if not near or not (names_agree(pair) or one_name):
        return False
    if (twins or doubtful) and a.given != b.given:
        return False
    return not (second_differs(a, b) and (namesakes or doubtful))


def e2(pair: Pair) -> bool:
    a, b, world = pair.a, pair.b, pair.world
    crossed = level("given", a, b) == "crossed" and level("family", a, b) == "crossed"
    return (
        bool(world.homes(a) & world.homes(b))
        and level("birth", a, b) == "exact"
        and (crossed or (same_name(a, b) and level("family", a, b) == "exact"))
        and not second_differs(a, b)
        and (a.given == b.given or not (a.given and b.given) or edits(a.given, b.given) > 2)
        and not any_of(pair, world.somebody_else)
        and not any_of(pair, world.twins)
        and not any_of(pair, world.namesakes)
    )


def votes(pair: Pair) -> int:
    a, b, world = pair.a, pair.b, pair.world
    return sum(
        [
            bool(world.homes(a) & world.homes(b)),
            bool(world.reach(a) & world.reach(b)),
            bool(set(a.settings) & set(b.settings)),
            bool(set(a.relatives) & set(b.relatives)),
        ]
    )


def not_the_twin(pair: Pair) -> bool:
    a, b, world = pair.a, pair.b, pair.world
    company = any_of(pair, world.somebody_else) or any_of(pair, world.twins)
    same = a.given == b.given != ""
    return (not company or same) and (not any_of(pair, world.namesakes) or (same and a.middle == b.middle))


def e3(pair: Pair) -> bool:
    a, b = pair.a, pair.b
    birth = level("birth", a, b)
    off = birth in ("one-off", "swapped") or (birth == "partial" and a.birth_month == b.birth_month != 0)
    near = birth == "exact" or (off and same_name(a, b))
    return names_agree(pair) and near and votes(pair) >= 2 and not second_differs(a, b) and not_the_twin(pair)


def rule(pair: Pair) -> str:
    """Return the first rule that joins a pair, or an empty string."""
    return next((name for name, holds in (("E1", e1), ("E2", e2), ("E3", e3)) if holds(pair)), "")


def veto(pair: Pair) -> str:
    """Return the first veto that keeps a pair apart, or an empty string."""
    a, b, world = pair.a, pair.b, pair.world
    if world.numbers_differ(a, b):
        return "numbers"
    if a.birth == b.birth != "" and world.homes(a) & world.homes(b) and unlike(a, b):
        return "sibling"
    if a.partner == b.partner and a.partner in world.unique_partners:
        return "one id"
    if a.birth_year and b.birth_year and abs(a.birth_year - b.birth_year) >= GENERATION:
        return "generation"
    return ""


def stays(pair: Pair) -> bool:
    """Say whether a pair that was joined yesterday may stay so."""
    a, b = pair.a, pair.b
    return not (unlike(a, b) or second_differs(a, b) or level("birth", a, b) == "else") and not_the_twin(pair)
