"""How names are given and pass on, community by community: a table of customs, each two small functions.

A custom says what an adult is called whose parents are not in the borough, and what a child of two people is called.
Sources: general knowledge of naming practice, as in guides for registrars and for the police (2006 onwards).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from footprint.sample.dice import Dice
from footprint.sample.world.names import Names, communities
from footprint.sample.world.people import Person


class Called(NamedTuple):
    """A whole name; `known_as` is what everybody says, where it is not the first of the given names."""

    given: str
    middle: str = ""
    family: str = ""
    known_as: str = ""


class Child(NamedTuple):
    """Who is to be named: sex, year of birth, community, the given name drawn, and the parents as far as known."""

    community: str
    sex: str
    year: int
    given: str
    mother: Person | None
    father: Person | None

    @property
    def family(self) -> str:
        """The father's family name, or the mother's where there is no father in the house."""
        parent = self.father or self.mother
        return parent.family if parent else ""


Custom = Callable[[Names, Child, Dice], Called]


def plain(names: Names, child: Child, dice: Dice) -> Called:
    middle = names.given(child.community, child.sex, child.year, dice) if dice.chance(0.35) else ""
    return Called(
        child.given,
        middle if middle != child.given else "",
        child.family or names.family(child.community, dice),
    )


def british(names: Names, child: Child, dice: Dice) -> Called:
    """A middle name for most; both parents' family names for a few whose parents have not married."""
    middle = names.given("british", child.sex, child.year - 25, dice) if dice.chance(0.75) else ""
    family = child.family or names.family("british", dice)
    mother = child.mother.family if child.mother else family
    if mother and mother != family and "-" not in mother + family and dice.chance(0.12):
        family = f"{mother}-{family}"
    elif mother != family and dice.chance(0.35):
        family = mother
    return Called(child.given, middle if middle != child.given else "", family)


def irish(names: Names, child: Child, dice: Dice) -> Called:
    middle = dice.pick(
        ("Mary", "Bridget", "Ann", "Teresa")
        if child.sex == "F"
        else ("Patrick", "Joseph", "Anthony", "Michael")
    )
    return Called(
        child.given, middle if dice.chance(0.5) else "", child.family or names.family(child.community, dice)
    )


def sikh(names: Names, child: Child, dice: Dice) -> Called:
    """Singh or Kaur for a middle name before the clan's, or for the only family name."""
    second = "Singh" if child.sex == "M" else "Kaur"
    family = child.family
    if not family:
        family = second if dice.chance(0.3) else names.family("punjabi", dice)
    if family in {"Singh", "Kaur"}:
        return Called(child.given, "", second)
    return Called(child.given, second if dice.chance(0.85) else "", family)


def south_asian_muslim(names: Names, child: Child, dice: Dice) -> Called:
    """Mohammed before the name that is used, for many men; Begum, Bibi ... in place of a family name, for many women."""
    family = child.family or names.family(child.community, dice)
    if child.sex == "F":
        if dice.chance(0.55 if child.year < 1985 else 0.15):
            return Called(child.given, "", names.second(child.community, dice))
        return Called(child.given, "", family)
    if child.given not in {"Mohammed", "Muhammad", "Abdul", "Md"} and dice.chance(0.3):
        return Called(dice.pick(("Mohammed", "Muhammad", "Mohammad")), child.given, family, child.given)
    if child.given in {"Abdul", "Md", "Shah"}:
        return Called(child.given, names.given(child.community, "M", child.year, dice), family)
    middle = names.given(child.community, "M", child.year, dice) if dice.chance(0.2) else ""
    return Called(child.given, middle if middle != child.given else "", family)


def slavic(names: Names, child: Child, dice: Dice) -> Called:
    called = plain(names, child, dice)
    return called._replace(family=gendered(called.family, child.sex))


def gendered(family: str, sex: str) -> str:
    """Return a Polish family name with the ending of a man or a woman: Kowalski, Kowalska."""
    if sex == "F" and family.endswith(("ski", "cki", "dzki")):
        return family[:-1] + "a"
    if sex == "M" and family.endswith(("ska", "cka", "dzka")):
        return family[:-1] + "i"
    return family


def fathers(names: Names, child: Child, dice: Dice) -> Called:
    """Three names in a row: one's own, the father's, the grandfather's. There is no family name."""
    father, grandfather = (child.father.given, child.father.middle) if child.father else ("", "")
    if not father:
        father, grandfather = (names.given(child.community, "M", child.year - 30, dice) for _ in range(2))
    return Called(child.given, father, grandfather)


def arabic(names: Names, child: Child, dice: Dice) -> Called:
    father = child.father.given if child.father else names.given("arabic", "M", child.year - 30, dice)
    return Called(
        child.given, father if dice.chance(0.6) else "", child.family or names.family("arabic", dice)
    )


def one_name(names: Names, child: Child, dice: Dice) -> Called:
    """One name and no other, for four in ten; a family name taken for the passport, for the rest."""
    if not child.family and (child.mother or child.father or dice.chance(0.4)):
        return Called(child.given)
    return Called(child.given, "", child.family or names.family("afghan", dice))


def chinese(names: Names, child: Child, dice: Dice) -> Called:
    known_as = names.english(child.sex, dice) if dice.chance(0.5) else ""
    return Called(child.given, "", child.family or names.family("chinese", dice), known_as)


def vietnamese(names: Names, child: Child, dice: Dice) -> Called:
    return Called(
        child.given, "Van" if child.sex == "M" else "Thi", child.family or names.family("vietnamese", dice)
    )


def two_families(names: Names, child: Child, dice: Dice) -> Called:
    """Two family names: the last of the mother's and the last of the father's."""
    parts = [
        parent.family.rsplit(" ", 1)[-1] if parent and parent.family else names.family("portuguese", dice)
        for parent in (child.mother, child.father)
    ]
    return Called(child.given, "", " ".join(parts))


def patronymic(names: Names, child: Child, dice: Dice) -> Called:
    """A middle name made from the father's name."""
    father = child.father.given if child.father else names.given("ukrainian", "M", child.year - 30, dice)
    stem = father[:-1] if father.endswith(("y", "a", "o")) else father
    ending = "ovych" if child.sex == "M" else "ivna"
    return Called(child.given, stem + ending, child.family or names.family("ukrainian", dice))


CUSTOMS: Final[dict[str, Custom]] = {
    "plain": plain,
    "british": british,
    "irish": irish,
    "sikh": sikh,
    "south-asian-muslim": south_asian_muslim,
    "slavic": slavic,
    "fathers": fathers,
    "arabic": arabic,
    "one-name": one_name,
    "chinese": chinese,
    "vietnamese": vietnamese,
    "two-families": two_families,
    "patronymic": patronymic,
}


def name_for(names: Names, child: Child, dice: Dice) -> Called:
    """Return what a person is called by the custom of the community."""
    return CUSTOMS[communities()[child.community]["custom"]](names, child, dice)


def married_name(community: str, wife: Person, husband: Person, dice: Dice) -> str:
    """Return the family name of a wife after the wedding: his, hers, or both."""
    entry = communities()[community]
    if not husband.family or not dice.chance(entry["married"]):
        return wife.family
    if community == "british" and dice.chance(0.05):
        return f"{wife.family}-{husband.family}"
    if entry["custom"] == "sikh" and husband.family == "Singh":
        return wife.family
    return gendered(husband.family, "F") if entry["custom"] == "slavic" else husband.family
