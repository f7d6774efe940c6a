"""The digests by which a person, a name or a place is recognised on the list of those who are watched over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from footprint.records import PartialDate
from footprint.watching import Known
from footprint.watching.connections import Called
from footprint.web.protection.digests import digest


def of_person(person_id: str) -> str:
    """Return the digest of a person's id; a part that was split off is still the same."""
    return digest("person", person_id.partition(".")[0])


def of_place(place: str) -> str:
    """Return the digest of a place as shields name it."""
    return digest("place", place)


def of_street(street: str) -> str:
    """Return the digest of a street or a postcode."""
    return digest("street", street)


def of_names(called: Called) -> set[str]:
    """Return the digests of every form of a name, nicknames and spellings of its family included."""
    return {digest("name", name) for name in _names(called)}


def of_named(called: Called, births: Iterable[PartialDate]) -> set[str]:
    """Return the digests of every form of a name with each whole birthday."""
    days = [born.iso for born in births if born.whole]
    return {digest("named", f"{name} {day}") for name in _names(called) for day in days}


def of_all(person_id: str, person: Known) -> set[str]:
    """Return every digest by which a list may know a person, as the user who looks may see them."""
    places = {of_place(place) for one in person.home.places for place in (one, *whole_building(one))}
    names = of_names(person.called) | of_named(person.called, person.births)
    return {of_person(person_id)} | places | names


def whole_building(place: str) -> tuple[str, ...]:
    """Return the place without its flat: who is listed by a building's address lives in any flat of it."""
    postcode, bar, rest = place.partition("|")
    return (f"{postcode}||{rest.partition('|')[2]}",) if bar else ()


def _names(called: Called) -> Iterator[str]:
    return (f"{given} {family}" for given in called.given for family in called.families)
