"""Households of every ordinary shape: a table of shapes, their share, and the function that makes one.

Shares follow the 2021 census for a West Midlands borough, rounded by hand. Places where many live together, and people
with no home, are in `institutions.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from footprint.sample.dice import Weighted
from footprint.sample.world.customs import married_name
from footprint.sample.world.maker import COMMUNITY, Maker, household
from footprint.sample.world.names import communities
from footprint.sample.world.people import Former, Household, Person

LARGE_FAMILIES: Final = frozenset(
    {"pakistani", "bangladeshi", "somali", "traveller", "roma", "arabic", "afghan"}
)
CHILDREN: Final = {
    False: Weighted((1, 2, 3, 4), (0.42, 0.40, 0.13, 0.05)),
    True: Weighted((1, 2, 3, 4, 5, 6), (0.2, 0.27, 0.25, 0.16, 0.08, 0.04)),
}
UNBORN_SHARE: Final = 0.035
"""Households with a woman of child-bearing age and small children where another child is expected."""


def wed(maker: Maker, wife: Person, husband: Person) -> None:
    """Change the wife's name as the community does, and remember when."""
    name = married_name(wife.community, wife, husband, maker.dice)
    if name != wife.family:
        age = maker.timeline.age(wife.birth) if wife.birth else 30
        until = maker.timeline.ago(30 + maker.dice.below(max(365, (age - 19) * 365)))
        wife.former.append(Former(wife.family, until))
        wife.family = name


def couple_of(maker: Maker, community: str, low: int, high: int, *, married: float) -> tuple[Person, Person]:
    """Return a woman and a man who live together; one couple in eighty is of two women or two men."""
    wife = maker.adult(community, "F", low, high)
    same = maker.dice.chance(0.0125)
    husband = maker.partner_for(wife, "F" if same else "M")
    if maker.dice.chance(married):
        wed(maker, wife, husband)
    return wife, husband


def family_size(maker: Maker, community: str) -> int:
    return maker.dice.weighted(CHILDREN[community in LARGE_FAMILIES])


def with_unborn(maker: Maker, mother: Person, father: Person | None, children: list[Person]) -> list[Person]:
    """Return the children, perhaps with one expected: due in three weeks to seven months."""
    if mother.birth and 17 <= maker.timeline.age(mother.birth) <= 41 and maker.dice.chance(UNBORN_SHARE):
        due = maker.timeline.end + maker.timeline.end.resolution * maker.dice.between(20, 210)
        child = maker.children([due], mother, father, mother.community)[0]
        child.birth, child.expected, child.sex, child.twin = None, due, "", None
        child.given, child.middle, child.known_as, child.family = "", "", "", mother.family
        child.tags = ["child", "unborn"]
        return [*children, child]
    return children


def single(maker: Maker, community: str) -> list[Household]:
    sex = "M" if maker.dice.chance(0.58) else "F"
    return [household("single", community, maker.block, [maker.adult(community, sex, 20, 64)])]


def elder(maker: Maker, community: str) -> list[Household]:
    sex = "F" if maker.dice.chance(0.64) else "M"
    person = maker.adult(community, sex, 65, 94)
    if sex == "F" and communities()[community]["married"] > 0.5:
        person.former.append(Former(maker.names.family(community, maker.dice), maker.timeline.ago(40 * 365)))
    return [household("elder", community, maker.block, [person])]


def couple(maker: Maker, community: str) -> list[Household]:
    low, high = maker.dice.pick(((21, 34), (45, 64), (55, 79), (60, 84)))
    return [household("couple", community, maker.block, couple_of(maker, community, low, high, married=0.75))]


def family(maker: Maker, community: str) -> list[Household]:
    mother, father = couple_of(maker, community, 22, 49, married=0.7)
    births = maker.births(mother, maker.dice.below(17), family_size(maker, community))
    children = maker.children(births, mother, father, community)
    return [
        household(
            "family", community, maker.block, [mother, father, *with_unborn(maker, mother, father, children)]
        )
    ]


def single_parent(maker: Maker, community: str) -> list[Household]:
    """A parent with children; for two in five the other parent lives a few streets away."""
    father_has = maker.dice.chance(0.1)
    mother = maker.adult(community, "F", 19, 48)
    father = maker.partner_for(mother, "M")
    births = maker.births(mother, maker.dice.below(16), family_size(maker, community))
    children = maker.children(births, mother, father, community)
    here, there = (father, mother) if father_has else (mother, father)
    if not father_has:
        children = with_unborn(maker, mother, None, children)
    mother.partner = father.partner = None
    found = [household("single-parent", community, maker.block, [here, *children])]
    if maker.dice.chance(0.4):
        found[0].relatives.append((here, "former-partner", there))
        found.append(household("single", community, maker.block, [there]))
    else:
        for child in children:
            child.father, child.mother = (child.father, None) if father_has else (None, child.mother)
    return found


def three_generations(maker: Maker, community: str) -> list[Household]:
    """Grandparents, their son and his wife, and the children."""
    grandmother, grandfather = couple_of(maker, community, 58, 76, married=0.9)
    age = maker.timeline.age(grandmother.birth) if grandmother.birth else 65
    father = maker.adult(community, "M", max(26, age - 36), max(27, age - 24), grandfather)
    father.mother, father.father = grandmother, grandfather
    mother = maker.partner_for(father, "F")
    wed(maker, mother, father)
    births = maker.births(mother, maker.dice.below(15), family_size(maker, community))
    children = maker.children(births, mother, father, community)
    elders = [grandmother, grandfather]
    if maker.dice.chance(0.4):  # he has died, or never came
        elders, grandmother.partner, father.father = [grandmother], None, None
    return [household("three-generations", community, maker.block, [*elders, father, mother, *children])]


def blended(maker: Maker, community: str) -> list[Household]:
    """A mother, her children by an earlier partner, her new partner, and often a child of both."""
    mother = maker.adult(community, "F", 27, 46)
    earlier = maker.partner_for(mother, "M")
    births = maker.births(mother, maker.dice.between(5, 14), family_size(maker, community))
    older = maker.children(births, mother, earlier, community)
    partner = maker.partner_for(mother, "M")
    earlier.partner = None
    if maker.dice.chance(0.45):
        wed(maker, mother, partner)
    joint = maker.children(maker.births(mother, maker.dice.below(5), 1), mother, partner, community)
    found = [household("blended", community, maker.block, [mother, partner, *older, *joint])]
    found[0].relatives += [(child, "step-parent", partner) for child in older]
    if maker.dice.chance(0.35):
        found[0].relatives.append((mother, "former-partner", earlier))
        found.append(household("single", community, maker.block, [earlier]))
    else:
        for child in older:
            child.father = None
    return found


def grown_children(maker: Maker, community: str) -> list[Household]:
    """Parents whose grown-up children have not moved out."""
    mother, father = couple_of(maker, community, 45, 62, married=0.85)
    children = maker.children(maker.births(mother, maker.dice.between(18, 24), 2), mother, father, community)
    for child in children:
        child.tags.remove("child")
    return [household("grown-children", community, maker.block, [mother, father, *children])]


def kinship(maker: Maker, community: str) -> list[Household]:
    """Grandparents who bring up their daughter's children."""
    grandmother, grandfather = couple_of(maker, community, 50, 66, married=0.85)
    age = maker.timeline.age(grandmother.birth) if grandmother.birth else 58
    mother = maker.adult(community, "F", max(20, age - 36), max(21, age - 19), grandfather)
    children = maker.children(maker.births(mother, maker.dice.below(12), 2), mother, None, community)
    for child in children:
        child.care, child.mother = "kinship", None
    home = household("kinship", community, maker.block, [grandmother, grandfather, *children])
    home.relatives += [(child, "grandparent", grandmother) for child in children]
    return [home]


def foster(maker: Maker, community: str) -> list[Household]:
    """Carers, often a child of their own, and one to three children placed with them."""
    mother, father = couple_of(maker, community, 36, 60, married=0.85)
    people = [
        mother,
        father,
        *maker.children(maker.births(mother, maker.dice.between(6, 15), 1), mother, father, community),
    ]
    theirs = maker.dice.weighted(COMMUNITY)
    parent = maker.adult(theirs, "F", 24, 44)
    placed = maker.children(
        maker.births(parent, maker.dice.between(1, 13), maker.dice.between(1, 3)), parent, None, theirs
    )
    home = household("foster", community, maker.block, [*people, *placed])
    for child in placed:
        child.care, child.mother = "foster", None
        home.relatives.append((child, "foster-parent", mother))
    return [home]


def sharers(maker: Maker, community: str) -> list[Household]:
    """Three to six adults, strangers or nearly, who share a house."""
    people = [
        maker.adult(maker.dice.weighted(COMMUNITY), "M" if maker.dice.chance(0.6) else "F", 19, 38)
        for _ in range(maker.dice.between(3, 6))
    ]
    return [household("sharers", community, maker.block, people)]


Shape = Callable[[Maker, str], list[Household]]
SHAPES: Final[dict[str, tuple[float, Shape]]] = {
    "single": (14.0, single),
    "elder": (12.0, elder),
    "couple": (25.0, couple),
    "family": (23.5, family),
    "single-parent": (9.5, single_parent),
    "three-generations": (3.6, three_generations),
    "blended": (3.6, blended),
    "grown-children": (7.0, grown_children),
    "kinship": (0.5, kinship),
    "foster": (0.25, foster),
    "sharers": (0.9, sharers),
}
SHAPE: Final = Weighted(SHAPES.keys(), [share for share, _ in SHAPES.values()])
