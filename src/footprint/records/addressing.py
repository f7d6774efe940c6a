"""Places made comparable, down to the flat.

A house name does a number's work, "12A" and "Flat A, 12" are one home, and a site's pitch or a boat's mooring is a flat.
Knows nothing of gazetteers: two spellings meet only through the tables of words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from footprint.records.address_tables import (
    BLOCKS,
    BOATS,
    FLOORS,
    NO_FIXED_ABODE,
    NO_FIXED_ABODE_POSTCODE,
    NOTHING_KNOWN,
    SHORT_WORDS,
    UNITS,
)
from footprint.records.identifying import check
from footprint.records.person import Address
from footprint.records.postcodes import check_postcode
from footprint.records.text import fold, unique

_RANGE: Final = re.compile(r"(?<=\d)([a-z]?)\s*[-–]\s*(?=\d)", re.IGNORECASE)
_FLAT_SLASH: Final = re.compile(r"^\s*(\d+[a-z]?)\s*/\s*(\d+[a-z]?)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"0*(\d{1,5})([a-z]?)(?:to0*(\d{1,5})[a-z]?)?")
_UNIT_VALUE: Final = re.compile(r"0*(\d{1,4}[a-z]?|[a-z]\d{0,3})")
_LETTERED: Final = re.compile(r"(\d+)([a-z])")
_CARE_OF: Final = re.compile(r"^\s*(?:c/o|care of)\b", re.IGNORECASE)
_PO_BOX: Final = re.compile(r"\bp\.?\s?o\.?\s?box\b", re.IGNORECASE)


class Line(NamedTuple):
    """One line of an address, folded and parted; `rest` is what is neither flat nor number."""

    flat: str = ""
    number: str = ""
    rest: str = ""


class Place(NamedTuple):
    """An address as it is compared: everything folded, the postcode in capitals without its space.

    `residences`, `buildings` and `streets` are keys as `Comparable` describes them. All empty where nobody can be found:
    no fixed abode, a PO box, a postcode alone.
    """

    postcode: str = ""
    uprn: str = ""
    flat: str = ""
    residences: tuple[str, ...] = ()
    buildings: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    no_fixed_abode: bool = False


@lru_cache(maxsize=1 << 16)
def read_line(text: str) -> Line:
    """Part one line: "Flat 3, 12A High St" -> flat 3, number 12a, rest "high st"; "3/12 Mill Lane" -> flat 3, number 12."""
    spread = _FLAT_SLASH.sub(r"flat \1 \2", text)
    found = fold(_RANGE.sub(r"\1to", spread)).split()
    flat, found = _take_flat(found)
    number, found = _take_number(found)
    return Line(flat, number, short(found))


def short(found: list[str]) -> str:
    """Return folded words in the form by which streets and buildings are compared: "high street" -> "high st"."""
    return " ".join(SHORT_WORDS.get(word, word) for word in found)


def _take_flat(found: list[str]) -> tuple[str, list[str]]:
    """Take "flat 3", "apt no 2 b", "first floor flat" or "ground floor" from the front of the words."""
    floor = ""
    if len(found) > 1 and found[0] in FLOORS and found[1] in {"floor", "flr", "fl", "flat"}:
        floor, found = FLOORS[found[0]], found[2:]
    if not found or found[0] not in UNITS:
        return floor, found
    rest = found[1:]
    if len(rest) > 1 and rest[0] in {"no", "number"}:
        rest = rest[1:]
    if rest and (value := _UNIT_VALUE.fullmatch(rest[0])):
        return value[1], rest[1:]
    return floor, rest if floor else found


def _take_number(found: list[str]) -> tuple[str, list[str]]:
    """Take a house number from the front: 12, 12a, "12 a", "no 12", 12to14."""
    if len(found) > 1 and found[0] in {"no", "number"} and found[1][0].isdigit():
        found = found[1:]
    number = _NUMBER.fullmatch(found[0]) if found else None
    if not number:
        return "", found
    first, letter, last = number.groups()
    rest = found[1:]
    # "12 a" is 12A, but "12 e" before a street's name may be East.
    if (
        not (letter or last)
        and rest
        and re.fullmatch("[a-z]", rest[0])
        and (len(rest) == 1 or rest[0] not in "nsew")
    ):
        letter, rest = rest[0], rest[1:]
    return f"{first}{letter}" + (f"-{last}" if last else ""), rest


@lru_cache(maxsize=1 << 16)
def read_place(address: Address) -> Place:
    """Return the address as it is compared, wherever in its fields the parts were written."""
    said = (address.flat, address.building, address.number, address.street, address.locality, address.town)
    postcode = check_postcode(address.postcode)
    where = "" if postcode.reason else postcode.value.replace(" ", "")
    homeless = (
        address.no_fixed_abode
        or postcode.value.replace(" ", "") == NO_FIXED_ABODE_POSTCODE
        or any(fold(part) in NO_FIXED_ABODE for part in said if part)
    )
    uprn = check("uprn", address.uprn)
    if homeless or any(_PO_BOX.search(part) for part in said):
        return Place(postcode="" if homeless else where, no_fixed_abode=homeless)
    flat, homes, street = _parts(address)
    residences = [f"{where}|{flat}|{home}" for home in homes] if where else []
    buildings = [f"{where}|{home}" for home in homes] if where else []
    if where and not flat and homes and street.rpartition(" ")[2] in BLOCKS:
        # "2 Rowan Court" names a house in a street or a flat in a block: it is the same front door.
        residences.append(f"{where}|{homes[0]}|{street}")
        buildings.append(f"{where}|{street}")
    return Place(
        postcode=where,
        uprn="" if uprn.reason else uprn.value.lstrip("0"),
        flat=flat,
        residences=tuple(residences),
        buildings=tuple(buildings),
        streets=tuple(f"{home}|{street}" for home in homes) if street else (),
    )


def _parts(address: Address) -> tuple[str, list[str], str]:
    """Return the flat, what stands for the house (number, then name), and the street, all in comparable form."""
    flat_line, number_line, building_line, street_line = (
        read_line(_known(part)) for part in (address.flat, address.number, address.building, address.street)
    )
    flat = _flat_value(address.flat, flat_line)
    number = number_line.number or ("" if not flat_line.flat else flat_line.number)
    building = _building(building_line.rest or number_line.rest)
    flat = flat or number_line.flat or building_line.flat or street_line.flat
    number, flat = _place_numbers(number, flat, building_line.number, bool(building))
    if street_line.number and not number:
        number = street_line.number
    if not flat and (lettered := _LETTERED.fullmatch(number)):
        number, flat = lettered.groups()
    elif flat and flat == number[-1:] and flat.isalpha():
        number = number[:-1]  # "Flat A, 12A" says the letter twice
    homes = unique([number, building])
    if flat and not homes and street_line.rest:
        return flat, [street_line.rest], ""  # "Pitch 4, Willow Lane Site": the site is the building
    return flat, homes, street_line.rest


def _place_numbers(number: str, flat: str, in_building: str, named: bool) -> tuple[str, str]:
    """Say what a number written in the building's field is: the house number, or with a name behind it the flat."""
    if not in_building:
        return number, flat
    if named and not flat:
        return number, in_building
    return number or in_building, flat


def _known(text: str) -> str:
    return "" if fold(text) in NOTHING_KNOWN or _CARE_OF.match(text) else text


def _flat_value(text: str, line: Line) -> str:
    """Return the flat from its own field, where the word "flat" may be missing: "3", "3B", "B", "First floor"."""
    return line.flat or line.number or line.rest or fold(text)


def _building(folded: str) -> str:
    found = folded.split()
    if len(found) > 1 and found[0] in BOATS:
        found = found[1:]
    return " ".join(word for word in found if word != "the")
