"""What has happened to people: where they have lived, school, numbers and phones, names they also use, deaths."""

from __future__ import annotations

import datetime as dt
from typing import Final

from footprint.sample.dice import Weighted
from footprint.sample.world.maker import Maker
from footprint.sample.world.names import communities
from footprint.sample.world.people import Alias, Household, Person, Stay
from footprint.sample.world.places import Dwelling
from footprint.sample.world.schools import BLOCKS_A_SPECIAL, catchment, school

STRAIN: Final = Weighted((0, 1, 2), (0.8, 0.15, 0.05))
STRAIN_OF_SHAPE: Final = {
    "single-parent": Weighted((0, 1, 2), (0.62, 0.25, 0.13)),
    "blended": Weighted((0, 1, 2), (0.66, 0.24, 0.10)),
    "kinship": Weighted((0, 1, 2), (0.35, 0.4, 0.25)),
    "foster": Weighted((1, 2), (0.5, 0.5)),
    "childrens-home": Weighted((1, 2), (0.0, 1.0)),
    "refuge": Weighted((1, 2), (0.3, 0.7)),
    "hostel": Weighted((0, 1, 2), (0.3, 0.4, 0.3)),
    "no-fixed-abode": Weighted((1, 2), (0.4, 0.6)),
    "elder": Weighted((0, 1), (0.95, 0.05)),
    "couple": Weighted((0, 1, 2), (0.88, 0.1, 0.02)),
}

AWAY: Final = (
    ("14", "Station Road", "Brackenfield", "UM4 1AB"), ("3", "Mill Lane", "Brackenfield", "UM4 7QT"),
    ("27", "Queensway", "Port Elland", "EM2 9HD"), ("61", "Harbour View", "Port Elland", "EM2 3LX"),
    ("8", "Chapel Row", "Ashcombe", "UM9 5RW"), ("112", "London Road", "Ashcombe", "UM9 2NE"),
)  # fmt: skip
"""Addresses outside the borough, in two places that do not exist either."""

SHORT_STAYS: Final = frozenset({"childrens-home", "hostel", "students"})
SHORT_STAY_DAYS: Final = 900
"""Where people come and go, each came alone, and not longer ago than this."""

MOVED_THIS_YEAR: Final = 0.11
MOVED_IN_FIVE_YEARS: Final = 0.34
CAME_FROM_AWAY: Final = 0.25
NO_NHS: Final = 0.012
SUPERSEDED_NHS: Final = 0.004
INDEPENDENT: Final = 0.045
AT_HOME: Final = 0.008
SPECIAL: Final = 0.014
OTHER_SCHOOL: Final = 0.09
FORMER_UPN: Final = 0.01
CHANGED_SCHOOL: Final = 0.3
BORN_ABROAD: Final = 0.3
"""Children of a community, for one adult, who came here and did not begin here."""

ALIAS: Final = (0.003, 0.02, 0.09)
MAIL_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz.")
DEATHS: Final = ((80, 0.14), (65, 0.035), (18, 0.004), (0, 0.0004))


def settle(maker: Maker, home: Household, door: Dwelling) -> None:
    """Fill in the lives of a household's people; `door` is theirs unless they are settled elsewhere."""
    home.strain = maker.dice.weighted(STRAIN_OF_SHAPE.get(home.shape, STRAIN))
    give_homes(maker, home, door)
    landline = maker.registry.landline() if maker.dice.chance(0.35) else ""
    for person in home.people:
        person.landline = landline
        give_numbers(maker, person)
        give_contacts(maker, person)
        mark(maker, home, person)
    give_schools(maker, home)


def give_homes(maker: Maker, home: Household, door: Dwelling) -> None:
    """Say since when they live where they live, and where they lived before."""
    moved, before = moved_in(maker), former_door(maker)
    for person in home.people:
        if "settled" in person.tags:
            person.tags.remove("settled")
            continue
        if home.shape in SHORT_STAYS or person.care == "foster":
            moved, before = maker.timeline.ago(maker.dice.between(20, SHORT_STAY_DAYS)), former_door(maker)
        here = person.stays.pop().dwelling if person.stays else door
        birth = person.birth or maker.timeline.end
        start = max(birth, moved)
        if birth < moved and maker.dice.chance(0.85):
            person.stays.append(Stay(before, max(birth, start - dt.timedelta(days=1500)), start))
        person.stays.append(Stay(here, start))


def moved_in(maker: Maker) -> dt.date:
    """Return the day on which a household moved in."""
    share = maker.dice.unit()
    if share < MOVED_THIS_YEAR:
        return maker.timeline.ago(maker.dice.below(365))
    if share < MOVED_THIS_YEAR + MOVED_IN_FIVE_YEARS:
        return maker.timeline.ago(365 + maker.dice.below(4 * 365))
    return maker.timeline.ago(5 * 365 + maker.dice.below(15 * 365))


def former_door(maker: Maker) -> Dwelling:
    """Return a door where somebody else is likely to live now, a block or two away, or one outside the borough."""
    if maker.dice.chance(CAME_FROM_AWAY):
        number, street, town, postcode = maker.dice.pick(AWAY)
        return Dwelling("", "", str(int(number) + maker.dice.below(40)), street, town, postcode)
    near = maker.gazetteer.neighbourhood(max(0, maker.block - maker.dice.below(4)))
    return near.doors[maker.dice.below(len(near.doors) * 2 // 3)]


def give_numbers(maker: Maker, person: Person) -> None:
    """Give an NHS number (twins' are one apart) and, now and then, an older one that it replaced."""
    if person.birth is None or person.nhs:
        return
    if person.twin is not None:
        person.nhs, person.twin.nhs = maker.registry.nhs_pair()
    elif not maker.dice.chance(NO_NHS):
        person.nhs = maker.registry.nhs()
    if person.nhs and maker.dice.chance(SUPERSEDED_NHS):
        person.old_nhs = maker.registry.nhs()


def give_contacts(maker: Maker, person: Person) -> None:
    age = maker.timeline.age(person.birth) if person.birth else -1
    if age >= 16 or (age >= 11 and maker.dice.chance(0.75)):
        person.mobile = maker.registry.mobile() if maker.dice.chance(0.96) else ""
    if age >= 18 and maker.dice.chance(0.6):
        name = "".join(filter(MAIL_LETTERS.__contains__, f"{person.given}.{person.family}".lower())).strip(
            "."
        )
        person.email = f"{name or 'post'}{person.number % 9973}@example.org"
    person.gp = f"Y9{maker.block // 4 * 3 + maker.dice.below(3):04}"


def mark(maker: Maker, home: Household, person: Person) -> None:
    """Say whether they have died, use another name, or have a birthday that an official invented."""
    if person.birth is None:
        return
    age = maker.timeline.age(person.birth)
    if maker.dice.chance(next(share for low, share in DEATHS if age >= low)):
        person.death = max(person.birth, maker.timeline.ago(1 + maker.dice.below(1095)))
    if age >= 16 and maker.dice.chance(ALIAS[home.strain]):
        person.aliases.append(alias(maker, person, person.birth))
    share = float(communities()[person.community]["january"]) * (1.0 if age >= 18 else BORN_ABROAD)
    if age >= 5 and maker.dice.chance(share):
        person.recorded_birth = dt.date(person.birth.year, 1, 1)


def alias(maker: Maker, person: Person, birth: dt.date) -> Alias:
    """Return a name that somebody also gives: a middle or new given name, at times another family name and birthday."""
    if maker.dice.chance(0.4):
        birth = birth.replace(year=birth.year + maker.dice.pick((-2, -1, 1, 2)), day=min(birth.day, 28))
    given = person.middle or maker.names.given(person.community, person.sex, birth.year, maker.dice)
    family = person.family if maker.dice.chance(0.5) else maker.names.family(person.community, maker.dice)
    return Alias(given, family, birth)


def give_schools(maker: Maker, home: Household) -> None:
    """Send the children to school: mostly the catchment's, mostly brothers and sisters to the same one."""
    kind = maker.dice.unit()
    shift = 1 if maker.dice.chance(0.2) else 0
    for person in home.people:
        if person.birth is None or person.death is not None:
            continue
        year = maker.timeline.year_group(person.birth)
        if not 0 <= year <= 11 or (kind < AT_HOME and person.care == ""):
            continue
        give_school(maker, person, year, independent=AT_HOME <= kind < AT_HOME + INDEPENDENT, shift=shift)


def give_school(maker: Maker, person: Person, year: int, *, independent: bool, shift: int) -> None:
    own_shift = 1 - shift if maker.dice.chance(OTHER_SCHOOL) else shift
    entered = maker.timeline.school_year.year - (year if year <= 6 else year - 7)
    if maker.dice.chance(SPECIAL):
        person.school = school("special", maker.block // BLOCKS_A_SPECIAL)
    elif independent:
        person.school = school("independent", maker.block // BLOCKS_A_SPECIAL)
    else:
        person.school = catchment(maker.block, year, own_shift)
    first = catchment(maker.block, 0, own_shift)
    if maker.dice.chance(FORMER_UPN):
        person.former_upn = maker.registry.upn(first.laestab, maker.timeline.school_year.year - year)
    person.upn = maker.registry.upn(first.laestab, maker.timeline.school_year.year - year)
    arrived = person.stays[-1].start if person.stays else entered_on(entered)
    if (
        arrived > entered_on(entered)
        and arrived > maker.timeline.ago(400)
        and maker.dice.chance(CHANGED_SCHOOL)
    ):
        person.left_school = (catchment(maker.block, year, own_shift + 1), arrived)


def entered_on(year: int) -> dt.date:
    return dt.date(year, 9, 2)
