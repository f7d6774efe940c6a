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
    PARTS_OF,
    SHORT_WORDS,
    STREET_TYPES,
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
    if "/" in text:
        text = _FLAT_SLASH.sub(r"flat \1 \2", text)
    found = fold(_RANGE.sub(r"\1to", text)).split()
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
    postcode = check_postcode(address.postcode)
    where = "" if postcode.reason else postcode.value.replace(" ", "")
    said = [_read_field(part) for part in (address.flat, address.number, address.building, address.street)]
    if (
        address.no_fixed_abode
        or any(line is _NOWHERE for line in (*said, _read_field(address.locality), _read_field(address.town)))
        or postcode.value.replace(" ", "") == NO_FIXED_ABODE_POSTCODE
    ):
        return Place(no_fixed_abode=True)
    if any(line is _BOX for line in said):
        return Place(postcode=where)
    flat, homes, street = _home(*said)
    residences = [f"{where}|{flat}|{home}" for home in homes] if where else []
    buildings = [f"{where}|{home}" for home in homes] if where else []
    if where and not flat and homes and _closes(street, BLOCKS):
        # "2 Rowan Court" names a house in a street or a flat in a block: it is the same front door.
        residences.append(f"{where}|{homes[0]}|{street}")
        buildings.append(f"{where}|{street}")
    uprn = check("uprn", address.uprn)
    return Place(
        postcode=where,
        uprn="" if uprn.reason else uprn.value.lstrip("0"),
        flat=flat,
        residences=tuple(residences),
        buildings=tuple(buildings),
        streets=tuple([f"{home}|{street}" for home in homes]) if street else (),
    )


# Marks of fields that say that there is no home, or none behind this address.
_NOTHING: Final = Line()
_NOWHERE: Final = Line(rest="no fixed abode")
_BOX: Final = Line(rest="po box")


@lru_cache(maxsize=1 << 16)
def _read_field(text: str) -> Line:
    """Return a field of an address as a line, or one of the marks above; "not known" and "c/o Mrs Smith" say nothing."""
    folded = fold(text)
    if not folded or folded in NOTHING_KNOWN or _CARE_OF.match(text):
        return _NOTHING
    if folded in NO_FIXED_ABODE:
        return _NOWHERE
    return _BOX if _PO_BOX.search(text) else read_line(text)


def _home(in_flat: Line, in_number: Line, in_building: Line, in_street: Line) -> tuple[str, list[str], str]:
    """Return the flat, what stands for the house (number, then name), and the street, all in comparable form."""
    # In its own field a flat needs no word: "3", "3B", "B", "Rear".
    flat = in_flat.flat or in_flat.number or in_flat.rest
    number = in_number.number or (in_flat.number if in_flat.flat else "")
    building = _building(in_building.rest or in_number.rest or (in_flat.rest if in_flat.flat else ""))
    flat = flat or in_number.flat or in_building.flat or in_street.flat
    number, flat = _place_numbers(number, flat, in_building.number, bool(building))
    number = number or in_street.number
    if not flat and (lettered := _LETTERED.fullmatch(number)):
        number, flat = lettered.groups()
    elif flat and flat == number[-1:] and flat.isalpha():
        number = number[:-1]  # "Flat A, 12A" says the letter twice
    homes = unique([number, building])
    if (
        flat
        and not homes
        and in_street.rest
        and (_closes(in_street.rest, BLOCKS) or not _closes(in_street.rest, STREET_TYPES))
    ):
        return flat, [in_street.rest], ""  # "Pitch 4, Willow Lane Site": the site is the building
    return flat, homes, in_street.rest


def part_of(building: str) -> tuple[str, str]:
    """Return what one home and what several are called in a building, or on a site, of this comparable name or number."""
    return next(
        (called for closing, called in PARTS_OF.items() if f" {building}".endswith(f" {closing}")),
        ("flat", "flats"),
    )


def _closes(name: str, closing: frozenset[str]) -> bool:
    return name.rpartition(" ")[2] in closing


def _place_numbers(number: str, flat: str, in_building: str, named: bool) -> tuple[str, str]:
    """Say what a number written in the building's field is: the house number, or with a name behind it the flat."""
    if not in_building:
        return number, flat
    if named and not flat:
        return number, in_building
    return number or in_building, flat


def _building(folded: str) -> str:
    found = folded.split()
    if len(found) > 1 and found[0] in BOATS:
        found = found[1:]
    return " ".join(word for word in found if word != "the")
