"""Makes people for one block: draws names and birthdays, and gives out numbers. Households are put together elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from footprint.sample.dice import Dice, Weighted
from footprint.sample.timeline import Timeline
from footprint.sample.world.customs import Child, name_for
from footprint.sample.world.names import Names, communities
from footprint.sample.world.numbers import Registry
from footprint.sample.world.people import Household, Person, Stay
from footprint.sample.world.places import Dwelling, Gazetteer

TWIN_SHARE: Final = 0.016
"""Births that are of twins (England: about one in sixty-five maternities)."""

JUNIOR_SHARE: Final = 0.012
"""First sons who bear their father's whole name, in communities where that is done."""

JUNIOR_COMMUNITIES: Final = frozenset({"british", "irish", "traveller", "caribbean", "welsh"})
MIXED_SHARE: Final = 0.07
"""Couples from two communities."""

# Brothers' and sisters' names that are told apart by a letter or two: for some twins.
ALIKE: Final = {
    "M": (("Ibrahim", "Ebrahim"), ("Hassan", "Hussain"), ("Jayden", "Kayden"), ("Aidan", "Jaidan"), ("Samir", "Amir")),
    "F": (("Ellie", "Elsie"), ("Aisha", "Alisha"), ("Mia", "Maia"), ("Sana", "Saima"), ("Lily", "Millie"), ("Amina", "Amena")),
}  # fmt: skip


class Maker:
    """Makes the people of one block. `next_number` runs through the whole borough."""

    def __init__(
        self,
        names: Names,
        registry: Registry,
        gazetteer: Gazetteer,
        timeline: Timeline,
        dice: Dice,
        block: int,
        next_number: int,
    ) -> None:
        self.names = names
        self.registry = registry
        self.gazetteer = gazetteer
        self.timeline = timeline
        self.dice = dice
        self.block = block
        self.next_number = next_number

    def birthday(self, low: int, high: int) -> dt.date:
        """Return the birthday of somebody between `low` and `high` full years old on the last day."""
        oldest = self.timeline.ago(int((high + 1) * 365.25) - 1)
        return self.dice.day(oldest, self.timeline.ago(int(low * 365.25) + 1))

    def adult(self, community: str, sex: str, low: int, high: int, father: Person | None = None) -> Person:
        """Return an adult between two ages, named as the community names its own."""
        return self._named(community, sex, self.birthday(low, high), None, father)

    def _named(
        self,
        community: str,
        sex: str,
        birth: dt.date,
        mother: Person | None,
        father: Person | None,
        given: str = "",
    ) -> Person:
        given = given or self.names.given(community, sex, birth.year, self.dice)
        called = name_for(self.names, Child(community, sex, birth.year, given, mother, father), self.dice)
        self.next_number += 1
        return Person(
            number=self.next_number,
            given=called.given,
            middle=called.middle,
            family=called.family,
            known_as=called.known_as,
            sex=sex,
            community=community,
            birth=birth,
            mother=mother,
            father=father,
        )

    def children(
        self, births: Sequence[dt.date], mother: Person | None, father: Person | None, community: str
    ) -> list[Person]:
        """Return the children of two people, one for each birthday, and now and then a twin."""
        found: list[Person] = []
        for birth in births:
            sex = "M" if self.dice.chance(0.512) else "F"
            child = self._named(
                community, sex, birth, mother, father, self._given_apart(community, sex, birth, found)
            )
            child.tags.append("child")
            if (
                father
                and sex == "M"
                and not found
                and community in JUNIOR_COMMUNITIES
                and self.dice.chance(JUNIOR_SHARE)
            ):
                child.given, child.middle, child.family = father.given, father.middle, father.family
                child.tags.append("junior")
            found.append(child)
            if self.dice.chance(TWIN_SHARE):
                found.append(self._twin(child))
        return found

    def _given_apart(self, community: str, sex: str, birth: dt.date, siblings: Sequence[Person]) -> str:
        """Return a given name that no brother or sister has already."""
        taken = {name for person in siblings for name in (person.given, person.middle)}
        given = ""
        for _ in range(4):
            given = self.names.given(community, sex, birth.year, self.dice)
            if given not in taken:
                break
        return given

    def _twin(self, child: Person) -> Person:
        identical = self.dice.chance(0.35)
        sex = child.sex if identical or self.dice.chance(0.5) else ("F" if child.sex == "M" else "M")
        birth = child.birth or self.timeline.end
        given = self._given_apart(child.community, sex, birth, [child])
        if identical and self.dice.chance(0.3):
            child.given, given = self.dice.pick(ALIKE[sex])
            child.known_as = ""
        twin = self._named(child.community, sex, birth, child.mother, child.father, given)
        twin.family = child.family if sex == child.sex else twin.family
        twin.tags += ["child", "twin", *(["identical"] if identical else [])]
        child.tags += ["twin", *(["identical"] if identical else [])]
        child.twin, twin.twin = twin, child
        return twin

    def partner_for(self, person: Person, sex: str) -> Person:
        """Return a partner about as old, mostly of the same community."""
        community = person.community if not self.dice.chance(MIXED_SHARE) else self.dice.weighted(COMMUNITY)
        age = self.timeline.age(person.birth) if person.birth else 30
        partner = self.adult(community, sex, max(18, age - 3), max(19, age + 5))
        person.partner, partner.partner = partner, person
        return partner

    def births(self, mother: Person, youngest: int, count: int) -> list[dt.date]:
        """Return birthdays, eldest first, of a mother's `count` children of whom the youngest is about `youngest`."""
        age = self.timeline.age(mother.birth) if mother.birth else 30
        found: list[dt.date] = []
        years = youngest
        for _ in range(count):
            if not 17 <= age - years <= 45:
                break
            found.append(self.birthday(years, years))
            years += 1 + self.dice.between(1, 3)
        return found[::-1]

    def move_in(self, people: Sequence[Person], door: Dwelling) -> None:
        """Let people live behind a door: how long, and where before, `lives.py` says."""
        for person in people:
            person.stays.append(Stay(door, person.birth or self.timeline.end))


COMMUNITY: Final[Weighted[str]] = Weighted(
    communities().keys(), [float(entry["share"]) for entry in communities().values()]
)


def household(shape: str, community: str, block: int, people: Sequence[Person]) -> Household:
    return Household(shape, community, block, list(people))
