"""Random pairs of comparable rows that agree often enough to reach every level of every comparison."""

import random

from msgspec import structs

from footprint.records import Comparable
from footprint.records.text import letters

GIVEN = [
    *"amina amnia aminah ibrahim ebrahim jo j a john jon annemarie khan ali wood".split(),
    "ann marie",
    "",
]
FAMILY = [*"khan kahn ali smith smyth s o okonkwo ibrahim wood".split(), "khan ali", "okonkwo baptiste", ""]
KIN = {
    "ibrahim": "ibrahim",
    "ebrahim": "ibrahim",
    "john": "john",
    "jon": "john",
    "amina": "amina",
    "aminah": "amina",
}
PLACES = ["walsall", "wallsal", "bloxwich", "lahore", "", ""]


def _some(draw: random.Random, *values: str) -> list[str]:
    return draw.sample(values, draw.choice([0, 0, 1, 1, 2]))


def a_pair(draw: random.Random, number: int = 0) -> tuple[Comparable, Comparable]:
    """Return two rows; of every eighth pair the second has its names the wrong way round, as forms are filled in."""
    left, right = a_row(draw, 2 * number), a_row(draw, 2 * number + 1)
    if number % 8 or not (left.given and left.family):
        return left, right
    return left, structs.replace(
        right,
        given=left.family,
        family=left.given,
        given_letters=left.family_letters,
        family_letters=left.given_letters,
        given_all=left.family_all,
        family_all=left.given_all,
    )


def a_row(draw: random.Random, number: int = 0) -> Comparable:
    given, family = draw.choice(GIVEN), draw.choice(FAMILY)
    given_all = [name for name in dict.fromkeys([given, *_some(draw, *filter(None, GIVEN))]) if name]
    family_all = [name for name in dict.fromkeys([family, *family.split()]) if name]
    year, month, day = (
        draw.choice([0, 2014, 2015, 2015, 2016]),
        draw.choice([0, 1, 3, 4]),
        draw.choice([0, 1, 3, 4]),
    )
    whole = bool(year and month and day)
    return Comparable(
        key=f"p/n/{number}",
        partner="p",
        given=given,
        middle=draw.choice(["", "", "janine", "jannine", "j", "ibrahim"]),
        family=family,
        given_letters=letters(given),
        family_letters=letters(family),
        given_all=given_all,
        given_kin=sorted({KIN[name] for name in given_all if name in KIN}),
        given_codes=sorted({name[0] + name[-1] for name in given_all}),
        family_all=family_all,
        family_codes=sorted({name[0] + name[-1] for name in family_all}),
        birth=f"{year}-{month:02}-{day:02}" if whole else "",
        birth_year=year,
        birth_month=month,
        birth_day=day,
        placeholder_birth=(month, day) == (1, 1),
        sex=draw.choice(["", "F", "M"]),
        postcodes=_some(draw, "WS11AA", "WS11AB"),
        residences=_some(draw, "WS11AA|1|2", "WS11AA||2"),
        buildings=_some(draw, "WS11AA|2", "WS11AB|2"),
        uprns=_some(draw, "1000", "2000"),
        streets=_some(draw, "2|mill lane", "3|mill lane"),
        mobiles=_some(draw, "+447700900001", "+447700900002"),
        landlines=_some(draw, "+441922000001", "+441922000002"),
        emails=_some(draw, "a@example.org", "b@example.org"),
        identifiers=_some(draw, "nhs:9434765919", "upn:A123", "police/nominal:7"),
        settings=_some(draw, "school:3352001", "gp:M91001"),
        relatives=_some(draw, "parent:sana khan", "sibling:ali khan"),
        place_of_birth=draw.choice(PLACES),
        occupation=draw.choice(["", "baker", "teacher"]),
    )
