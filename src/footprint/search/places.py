"""One look-up of an address: which records name it, to the flat. Who lives there now and who did before is the answer's to say.

A block of flats is summarised and asks for the flat. A protected address is in no column, so it is found as little as one
that does not exist, with the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import permutations
from typing import Final, Literal, NamedTuple

import msgspec

from footprint.records import Address
from footprint.records.addressing import Place, part_of, read_place
from footprint.records.mask import Mask
from footprint.search.index import Index, whole_building
from footprint.search.kernel import OPEN, Flags

AddressOutcome = Literal["found", "flat-needed", "refine", "none"]

MOST_PEOPLE: Final = 25


class Dwelling(msgspec.Struct, frozen=True, kw_only=True):
    """One address and the records that name it, and whether it is surely the one.

    `residence` is its key, "POSTCODE|flat|number-or-building"; `also` those by which others know the same door, where a house
    has a number and a name.
    """

    residence: str
    records: tuple[int, ...]
    certain: bool = True
    also: tuple[str, ...] = ()


class AddressAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a look-up of an address found. `flats` and `people` are counts, given where dwellings are not listed.

    `part` is what one of the flats is called and what several are: a site for caravans has pitches.
    """

    outcome: AddressOutcome
    reason: str
    dwellings: tuple[Dwelling, ...] = ()
    flats: int = 0
    people: int = 0
    part: tuple[str, str] = ("flat", "flats")


class _Found(NamedTuple):
    """Records by the residence that they name; `also` has for a residence the other keys of the same door."""

    by_residence: dict[str, list[int]]
    also: dict[str, set[str]]

    def door(self, residence: str) -> str:
        """Return the key under which a residence is listed here."""
        return next((door for door, others in self.also.items() if residence in others), residence)

    def flats(self) -> set[str]:
        return {residence for residence in self.by_residence if _flat(residence)}

    def only(self, residences: Iterable[str]) -> _Found:
        kept = {one: self.by_residence[one] for one in sorted(residences) if one in self.by_residence}
        return _Found(kept, self.also)

    def people(self, index: Index) -> int:
        return len(
            {
                int(index.world.person_of[record])
                for records in self.by_residence.values()
                for record in records
            }
        )

    def dwellings(self, *, certain: bool = True) -> tuple[Dwelling, ...]:
        return tuple(
            Dwelling(
                residence=residence,
                records=tuple(records),
                certain=certain,
                also=tuple(sorted(self.also.get(residence, ()))),
            )
            for residence, records in sorted(self.by_residence.items())
        )


_NOBODY: Final = AddressAnswer(outcome="none", reason="Nobody is known at this address.")


def ask_address(index: Index, address: Address, mask: Mask) -> AddressAnswer:
    """Return which records name this address, as far as `mask` lets be known."""
    place = read_place(address)
    if place.no_fixed_abode:
        return _refine("No fixed abode is no place to search by. Search for the person by name.")
    if not (place.uprn or place.postcode or place.streets):
        return _refine("Give a house number or name and a postcode, or the street, or the UPRN.")
    flags = index.flags(mask)
    for look in (_by_uprn, _by_residence, _by_street, _by_postcode):
        if answer := look(index, place, flags):
            return answer
    return _NOBODY


def _refine(reason: str, people: int = 0) -> AddressAnswer:
    return AddressAnswer(outcome="refine", reason=reason, people=people)


def _by_uprn(index: Index, place: Place, flags: Flags) -> AddressAnswer | None:
    if not place.uprn:
        return None
    records = _open(index, "uprns", place.uprn, flags)
    return (
        _listed(index, _Found({f"uprn:{place.uprn}": records}, {}), "These records carry this UPRN.")
        if records
        else None
    )


def _by_residence(index: Index, place: Place, flags: Flags) -> AddressAnswer | None:
    if not (place.postcode and place.residences):
        return None
    building = _residences(
        index,
        _open(index, "postcodes", place.postcode, flags),
        lambda residence: residence in place.residences or whole_building(residence) in _buildings(place),
    )
    exact = building.only(building.door(residence) for residence in place.residences if _flat(residence))
    flatless = building.only(residence for residence in building.by_residence if not _flat(residence))
    if exact.by_residence:
        listed = exact.dwellings() + (flatless.dwellings(certain=False) if place.flat else ())
        return _listed(index, exact, "These people are recorded at this address, to the flat.", listed)
    if place.flat:
        reason = "Nobody is recorded in that flat. These are recorded in the building without a flat, so it is uncertain."
        return (
            _listed(index, flatless, reason, flatless.dwellings(certain=False))
            if flatless.by_residence
            else None
        )
    if len(building.flats()) > 1:
        return _flat_needed(index, building)
    return (
        _listed(index, building, "These people are recorded at this address.")
        if building.by_residence
        else None
    )


def _flat_needed(index: Index, found: _Found) -> AddressAnswer:
    flats = found.flats()
    part = part_of(_house(min(flats)))
    what = "This building" if part[0] in ("flat", "room") else "This site"
    return AddressAnswer(
        outcome="flat-needed",
        reason=f"{what} has several {part[1]}. Say which.",
        flats=len(flats),
        people=found.people(index),
        part=part,
    )


def _by_street(index: Index, place: Place, flags: Flags) -> AddressAnswer | None:
    """Look by number and street, for an address without a postcode or with a wrong one."""
    records = [record for street in place.streets for record in _open(index, "streets", street, flags)]
    homes = {street.partition("|")[0] for street in place.streets}
    found = _residences(index, records, lambda residence: residence.rpartition("|")[2] in homes)
    if not found.by_residence:
        return None
    if len({whole_building(residence) for residence in found.by_residence}) > 1:
        return _refine("Several houses have this number and street. Give the postcode.")
    if len(found.flats()) > 1 and not place.flat:
        return _flat_needed(index, found)
    if place.flat:
        found = found.only(
            residence for residence in found.by_residence if _flat(residence) in ("", place.flat)
        )
    reason = "The number and street agree; the postcode was not said or differs, so it is uncertain."
    return _listed(index, found, reason, found.dwellings(certain=False)) if found.by_residence else None


def _by_postcode(index: Index, place: Place, flags: Flags) -> AddressAnswer | None:
    if not place.postcode or place.residences or place.streets:
        return None
    records = _open(index, "postcodes", place.postcode, flags)
    found = _residences(index, records, lambda residence: residence.startswith(f"{place.postcode}|"))
    return (
        _listed(index, found, "These people are recorded at this postcode.") if found.by_residence else None
    )


def _listed(
    index: Index, found: _Found, reason: str, dwellings: tuple[Dwelling, ...] | None = None
) -> AddressAnswer:
    """Return the dwellings, or only how many people there are where that is too many to list."""
    people = found.people(index)
    if people > MOST_PEOPLE:
        return _refine(
            f"More than {MOST_PEOPLE} people are recorded there. Give the flat or room, or search by name.",
            people,
        )
    return AddressAnswer(
        outcome="found", reason=reason, dwellings=found.dwellings() if dwellings is None else dwellings
    )


def _open(index: Index, column: str, value: str, flags: Flags) -> list[int]:
    return [int(record) for record in index.at(column, value) if flags[record] == OPEN]


def _residences(index: Index, records: Iterable[int], wanted: Callable[[str], bool]) -> _Found:
    said = {
        record: [residence for residence in index.texts(record, "residences") if wanted(residence)]
        for record in sorted(set(records))
    }
    numbers = _numbers_of_names(said.values())
    by_residence: defaultdict[str, list[int]] = defaultdict(list)
    also: defaultdict[str, set[str]] = defaultdict(set)
    for record, residences in said.items():
        doors = {residence: _by_number(residence, numbers) for residence in residences}
        for residence, door in doors.items():
            if residence != door:
                also[door].add(residence)
        for door in dict.fromkeys(doors.values()):
            by_residence[door].append(record)
    return _Found(dict(by_residence), dict(also))


def _numbers_of_names(said: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return for a building known by name the key by which the same records know it by number, where there is but one."""
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for residences in said:
        for name, number in permutations(residences, 2):
            same_door = name.split("|")[:2] == number.split("|")[:2]
            if same_door and _house(number)[:1].isdigit() and not _house(name)[:1].isdigit():
                numbers[whole_building(name)].add(whole_building(number))
    return {name: next(iter(found)) for name, found in numbers.items() if len(found) == 1}


def _by_number(residence: str, numbers: dict[str, str]) -> str:
    number = numbers.get(whole_building(residence))
    return f"{residence.rpartition('|')[0]}|{_house(number)}" if number else residence


def _buildings(place: Place) -> set[str]:
    return {whole_building(residence) for residence in place.residences}


def _flat(residence: str) -> str:
    return residence.split("|")[1]


def _house(residence: str) -> str:
    return residence.split("|")[2]
