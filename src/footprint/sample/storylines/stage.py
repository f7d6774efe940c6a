"""The stage on which storylines are set: makes named people with fixed lives, in doors kept free for them.

Nobody of a storyline is left to chance: each partner says of them what their `pieces` say, and no other partner knows them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import msgspec

from footprint.sample.timeline import Timeline
from footprint.sample.world.maker import Maker, household
from footprint.sample.world.people import Fact, Household, Person, Piece, Stay
from footprint.sample.world.places import Dwelling, Neighbourhood
from footprint.sample.world.schools import catchment

POLICE, COUNCIL, SCHOOL, HOSPITAL = "police", "social-care", "schools", "acute"
YEAR: Final = 365.25


class Search(msgspec.Struct, frozen=True):
    """A search worth making: its title, why, the arguments of `footprint search`, and what one should see."""

    title: str
    why: str
    arguments: list[str]
    expect: str


class Story(msgspec.Struct):
    """One storyline as told: its households, who in it must never be joined, and perhaps a search."""

    key: str
    title: str
    tells: str
    households: list[Household]
    never: list[tuple[Person, Person, str]] = []
    search: Search | None = None


class Stage:
    """Makes the people and places of storylines, in the first block."""

    def __init__(self, maker: Maker, near: Neighbourhood) -> None:
        self.maker = maker
        self.timeline: Timeline = maker.timeline
        self.near = near
        self._doors = iter([door for door in near.doors[::-1] if door.kind == "house" and not door.building])

    def door(self) -> Dwelling:
        """Return a house of the first block in which nobody else lives."""
        return next(self._doors)

    def born(self, years: float, days: int = 0) -> dt.date:
        """Return the birthday of somebody so many years and days old; never a first of January by chance."""
        day = self.timeline.ago(int(years * YEAR) + days)
        return day + dt.timedelta(days=12) if day.month == 1 and day.day == 1 else day

    def person(
        self,
        name: str,
        sex: str,
        birth: dt.date,
        *,
        community: str = "british",
        mother: Person | None = None,
        father: Person | None = None,
        **more: Any,
    ) -> Person:
        """Return a person called "given family" or "given middle family"; a dash stands for no family name."""
        given, *middle, family = name.split()
        person = Person(
            number=self._next_number(),
            given=given.replace("_", " "),
            middle=" ".join(middle),
            family=family.replace("_", " ") if family != "-" else "",
            sex=sex,
            community=community,
            birth=birth,
            mother=mother,
            father=father,
            pieces={},
            tags=["story"],
        )
        for field, value in more.items():
            setattr(person, field, value)
        self._equip(person, birth)
        return person

    def _next_number(self) -> int:
        self.maker.next_number += 1
        return self.maker.next_number

    def _equip(self, person: Person, birth: dt.date) -> None:
        """Give numbers, a phone for adults, and a school to a child of school age."""
        person.gp = "Y90001"
        age = self.timeline.age(birth)
        person.nhs = person.nhs or self.maker.registry.nhs()
        if age >= 16:
            person.mobile = self.maker.registry.mobile()
        if age < 18:
            person.tags.append("child")
        year = self.timeline.year_group(birth)
        if 0 <= year <= 11:
            person.school = catchment(self.near.block, year)
            entry = catchment(self.near.block, 0)
            person.upn = self.maker.registry.upn(entry.laestab, self.timeline.school_year.year - year)

    def home(
        self,
        shape: str,
        people: list[Person],
        door: Dwelling | None,
        *,
        since: int = 1500,
        before: Dwelling | None = None,
    ) -> Household:
        """Return a household behind a door, since so many days; `before` is where its people lived until then."""
        moved = self.timeline.ago(since)
        for person in people:
            birth = person.birth or self.timeline.end
            if before is not None and birth < moved:
                person.stays.append(
                    Stay(before, max(birth, self.timeline.ago(since + 1500)), None if door is None else moved)
                )
            if door is not None:
                person.stays.append(Stay(door, max(birth, moved)))
        return household(shape, people[0].community, self.near.block, people)


def says(person: Person, partner: str, *facts: Fact, **values: Any) -> None:
    """Let a partner hold a piece of somebody: what happened, and what it has differently from the truth."""
    pieces = person.pieces if person.pieces is not None else {}
    pieces[partner] = Piece(facts, values)
    person.pieces = pieces


def couple(one: Person, other: Person) -> None:
    one.partner, other.partner = other, one


def address_of(door: Dwelling) -> str:
    """Return an address as somebody types it into one field."""
    return f"{door.number} {door.street}, {door.postcode}"
