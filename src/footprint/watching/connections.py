"""Who is close to a user: of a home that they declared, a declared relative, a neighbour, a namesake.

Everything here is a function of what the user may see of a person and of what they declared about themselves. So whoever
declares an address that is not theirs learns nothing from being refused that the answer would not have told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from footprint.records import Address, Name, PartialDate, Record
from footprint.records.addressing import read_place
from footprint.records.given_names import given_families
from footprint.records.naming import parse_full_name, read_name
from footprint.records.reading_addresses import parse_address
from footprint.records.reading_dates import read_date

#: own-home: the same home to the flat, now or before; relative: a declared name and birthday; else nothing.
Connection = Literal["", "own-home", "relative"]

_HOMES: Final = frozenset({"home", "temp", "old"})
# A name that somebody no longer uses is shown to nobody, so nobody is told that they share it.
_HIDDEN_USES: Final = frozenset({"old"})


class Called(NamedTuple):
    """Every form of a name, folded: given ones with the families of nicknames to which they belong, and family names."""

    given: frozenset[str]
    families: frozenset[str]

    def is_like(self, other: Called) -> bool:
        """Say whether both may be one name: a given and a family name in common."""
        return not self.given.isdisjoint(other.given) and not self.families.isdisjoint(other.families)


class Home(NamedTuple):
    """Homes as they are compared: to the flat, and by street or postcode."""

    places: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()


class Known(NamedTuple):
    """What a user may see of one person, as far as it is compared here."""

    home: Home
    called: Called
    births: tuple[PartialDate, ...]


class Relative(NamedTuple):
    """Somebody whom a user declared: a name, and a birthday or a part of one where it was said."""

    called: Called
    born: PartialDate | None


class Own(NamedTuple):
    """What a user declared about themselves: homes, relatives, and their own name."""

    home: Home
    relatives: tuple[Relative, ...]
    called: Called


def known(records: Iterable[Record]) -> Known:
    """Return a person as compared, from records of which everything that may not be shown was taken away."""
    listed = list(records)
    names = [name for one in listed for name in one.names if name.use not in _HIDDEN_USES]
    births = [one.birth for one in listed if one.birth and not one.birth.expected]
    homes = [home for one in listed for home in one.addresses if home.use in _HOMES]
    return Known(home_of(homes), called(names), tuple(dict.fromkeys(births)))


def own(name: str, homes: Iterable[tuple[str, str]], relatives: Iterable[tuple[str, str]]) -> Own:
    """Return what a user declared: homes as (lines, postcode), relatives as (name, birthday), each as they wrote it."""
    places = [parse_address(text, postcode=postcode) for text, postcode in homes]
    return Own(home_of(places), tuple(relative(*one) for one in relatives), called([parse_full_name(name)]))


def relative(name: str, born: str) -> Relative:
    """Return a declared relative. A birthday that cannot be read is one that was not said."""
    return Relative(called([parse_full_name(name)]), read_date(born).value)


def connection(mine: Own, person: Known) -> Connection:
    """Say why a person is not this user's to look up; empty where nothing is known against it."""
    if not mine.home.places.isdisjoint(person.home.places):
        return "own-home"
    if any(
        one.born and one.called.is_like(person.called) and _is_born(one.born, person)
        for one in mine.relatives
    ):
        return "relative"
    return ""


def is_relative_by_name(mine: Own, person: Known) -> bool:
    """Say whether somebody of this name was declared without a birthday: no reason to refuse, and one to look."""
    return any(one.born is None and one.called.is_like(person.called) for one in mine.relatives)


def home_of(addresses: Iterable[Address]) -> Home:
    """Return addresses as homes are compared. Somebody without a fixed abode shares no home with anybody."""
    places: set[str] = set()
    streets: set[str] = set()
    for address in addresses:
        place = read_place(address)
        places.update(place.residences, (f"uprn:{place.uprn}",) if place.uprn else ())
        if place.postcode:
            streets.add(place.postcode)
            # One street has several postcodes, which share all but their last two letters.
            streets.update(f"{place.postcode[:-2]}|{street.partition('|')[2]}" for street in place.streets)
    return Home(frozenset(places), frozenset(streets))


def called(names: Iterable[Name]) -> Called:
    """Return the forms of names, with the families of nicknames and spellings of the given ones."""
    given: set[str] = set()
    families: set[str] = set()
    for name in names:
        reading = read_name(name)
        given.update(reading.given_forms, *(_family_marks(form) for form in reading.given_forms))
        families.update(reading.family_forms)
    return Called(frozenset(given), frozenset(families))


def _family_marks(form: str) -> Iterable[str]:
    return (f"family:{family}" for family in given_families(form))


def _is_born(born: PartialDate, person: Known) -> bool:
    return any(_may_be_one(born, birth) for birth in person.births)


def _may_be_one(one: PartialDate, other: PartialDate) -> bool:
    """Whether two birthdays may be one: the same year, and no other part that both know and differ in."""
    if one.year is None or one.year != other.year:
        return False
    if one.placeholder or other.placeholder:
        return True
    pairs = ((one.month, other.month), (one.day, other.day))
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)
