"""Who is close to somebody of a referral: their own home, or a relative whom they declared. A function of both, and of no table.

It is the footprint's rule, over what a form says: a home to the flat, a name with a birthday or with the year that an age gives.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Final

from footprint.records import Address, Name, PartialDate
from footprint.records.naming import parse_full_name
from footprint.records.reading_addresses import parse_address
from footprint.records.reading_dates import read_date
from footprint.referrals.holding import MASK
from footprint.referrals.referral import Adult, Child
from footprint.referrals.referral import Referral as Said
from footprint.watching import Connection, Known, Own, connection
from footprint.watching.connections import Called, called, home_of

LONGEST: Final = 200
_YEARS: Final = re.compile(r"\d{1,2}(?: years?(?: old)?)?")
_NOBODY: Final = called(())


def people_of(said: Said, sent: dt.date) -> tuple[Known, ...]:
    """Return everybody in a referral as they are compared; `sent` is the day from which an age is counted back."""
    place = Known(home_of(_addresses(said.place)), _NOBODY, ())
    children = (_known(one, (*_births(one.birthday), *_of_age(one.age, sent))) for one in said.children)
    adults = (_known(one, _births(one.birthday)) for one in said.adults)
    return (place, *children, *adults)


def how_close(mine: Own, people: Iterable[Known]) -> Connection:
    """Say how a user is close to somebody among these people; empty where nothing is known of it."""
    return next((found for one in people if (found := connection(mine, one))), "")


def mentions(people: Iterable[Known]) -> set[str]:
    """Return by what a referral is found among all: each home, and each name with a year of birth."""
    found: set[str] = set()
    for one in people:
        found |= one.home.places | {
            mark for born in one.births if born.year for mark in _named(one.called, born.year)
        }
    return {one[:LONGEST] for one in found}


def sought_by(mine: Own) -> set[str]:
    """Return the mentions by which referrals are found that a user may be close to. Only these need be compared."""
    found = set(mine.home.places)
    for one in mine.relatives:
        if one.born and one.born.year:
            found.update(_named(one.called, one.born.year))
    return {one[:LONGEST] for one in found}


def _named(names: Called, year: int) -> Iterator[str]:
    return (f"{given} {family} {year}" for given in names.given for family in names.families)


def _known(one: Child | Adult, births: tuple[PartialDate, ...]) -> Known:
    return Known(home_of(_addresses(one.address)), called(_names(one.name, *one.other_names)), births)


def _addresses(text: str) -> list[Address]:
    """What is held back is no home: whoever declares it must not learn that it stands there."""
    return [parse_address(text)] if text.strip() and MASK not in text else []


def _names(*texts: str) -> list[Name]:
    return [parse_full_name(text) for text in texts if text.strip() and MASK not in text]


def _births(text: str) -> tuple[PartialDate, ...]:
    born = read_date(text).value
    return (born,) if born is not None else ()


def _of_age(age: str, sent: dt.date) -> tuple[PartialDate, ...]:
    """The two years in which somebody of this age may be born; none where it is written in words."""
    said = age.strip().lower()
    if not _YEARS.fullmatch(said):
        return ()
    year = sent.year - int(said.split()[0])
    return tuple(PartialDate(year=one, accuracy="UUE") for one in (year, year - 1))
