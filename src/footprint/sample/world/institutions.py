"""Where many live behind one door, or none: flats, hostels, a refuge, homes, halls, a site, moorings, no fixed abode.

Every borough of four blocks (some four thousand people) has one of each; larger ones have them as often as `PLACES` says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from footprint.sample.world.households import family, single, single_parent
from footprint.sample.world.maker import COMMUNITY, Maker, household
from footprint.sample.world.people import Household, Stay
from footprint.sample.world.places import STEMS, Dwelling, Neighbourhood, communal

BOATS: Final = ("Kingfisher", "Heron", "Rosie May", "Lady Jane", "Otter", "Merlin", "Willow", "Dragonfly")


def childrens_home(maker: Maker, near: Neighbourhood) -> list[Household]:
    """Five children, strangers to each other, with no parent in the house."""
    door = communal(near, 2, "home", f"{STEMS[near.block * 7 % len(STEMS)]} Lodge")
    people = []
    for _ in range(5):
        community = maker.dice.weighted(COMMUNITY)
        child = maker.children([maker.birthday(10, 16)], None, None, community)[0]
        child.care = "home"
        people.append(child)
    maker.move_in(people, door)
    return [household("childrens-home", "british", near.block, people)]


def refuge(maker: Maker, near: Neighbourhood) -> list[Household]:
    """Mothers and children whose address must not be known. They lived in the borough, or in another, until lately."""
    door = communal(near, 3, "refuge", f"{STEMS[near.block * 11 % len(STEMS)]} House")
    found = []
    for place in range(5):
        home, *elsewhere = single_parent(maker, maker.dice.weighted(COMMUNITY))
        home.shape = "refuge"
        arrived = maker.timeline.ago(maker.dice.between(10, 200))
        for person in home.people:
            before = near.doors[-1 - place]
            if person.birth and person.birth < arrived:
                person.stays.append(Stay(before, max(person.birth, maker.timeline.ago(2000)), arrived))
            person.stays.append(Stay(door, max(person.birth or arrived, arrived)))
            person.protected = True
            person.tags.append("settled")
        found += [home, *elsewhere]
    return found


def hostel(maker: Maker, near: Neighbourhood) -> list[Household]:
    """Thirty single people who come and go."""
    door = communal(near, 4, "hostel", f"{STEMS[near.block * 5 % len(STEMS)]} Street Project")
    found = []
    for _ in range(30):
        home = single(maker, maker.dice.weighted(COMMUNITY))[0]
        home.shape = "hostel"
        maker.move_in(home.people, door)
        found.append(home)
    return found


def hall(maker: Maker, near: Neighbourhood) -> list[Household]:
    """Students in rooms of one building."""
    found = []
    for room in range(60):
        community = maker.dice.weighted(COMMUNITY)
        student = maker.adult(community, "M" if maker.dice.chance(0.5) else "F", 18, 23)
        building = communal(near, 5, "hall", "Boulton Hall")
        door = Dwelling(f"Room {room + 1}", *tuple_of(building)[1:])
        maker.move_in([student], door)
        found.append(household("students", community, near.block, [student]))
    return found


def travellers_site(maker: Maker, near: Neighbourhood) -> list[Household]:
    """Twelve pitches, which are on no map."""
    found = []
    for pitch in range(12):
        home = family(maker, "traveller")[0]
        home.shape = "travellers-site"
        site = communal(near, 6, "pitch", f"{near.streets[6].split()[0]} Lane Caravan Site", mapped=False)
        maker.move_in(home.people, Dwelling(f"Pitch {pitch + 1}", *tuple_of(site)[1:]))
        found.append(home)
    return found


def moorings(maker: Maker, near: Neighbourhood) -> list[Household]:
    """Boats on the canal, each with a name for an address."""
    found = []
    for boat in BOATS[:6]:
        home, *ashore = (single_parent if maker.dice.chance(0.5) else single)(maker, "british")
        home.shape = "moorings"
        mooring = communal(near, 7, "mooring", f"Narrowboat {boat}, Top Lock Moorings", mapped=False)
        maker.move_in(home.people, mooring)
        found += [home, *ashore]
    return found


def no_fixed_abode(maker: Maker, near: Neighbourhood) -> list[Household]:
    """People between sofas and streets: a last address, ended, and none since."""
    found = []
    for place in range(4):
        home = single(maker, maker.dice.weighted(COMMUNITY))[0]
        home.shape = "no-fixed-abode"
        if place % 2:
            person = home.people[0]
            left = maker.timeline.ago(maker.dice.between(60, 700))
            person.stays.append(Stay(near.doors[-10 - place], maker.timeline.ago(2500), left))
        home.people[0].tags += ["nfa", "settled"]
        found.append(home)
    return found


def tuple_of(door: Dwelling) -> tuple[str, str, str, str, str, str, str, str]:
    return (
        door.flat,
        door.building,
        door.number,
        door.street,
        door.town,
        door.postcode,
        door.uprn,
        door.kind,
    )


Place = Callable[[Maker, Neighbourhood], list[Household]]

PLACES: Final[dict[str, tuple[int, int, Place]]] = {
    # every so many blocks, beginning with this one
    "childrens-home": (14, 0, childrens_home),
    "refuge": (40, 1, refuge),
    "hostel": (24, 2, hostel),
    "students": (20, 3, hall),
    "travellers-site": (36, 0, travellers_site),
    "moorings": (36, 3, moorings),
    "no-fixed-abode": (3, 1, no_fixed_abode),
}
TOWER_EVERY: Final = (5, 1)
TOWER_FLATS: Final = 60


def placed(maker: Maker, near: Neighbourhood) -> list[Household]:
    """Return the households of the special places that stand in a block."""
    return [
        home
        for every, first, make in PLACES.values()
        if near.block % every == first
        for home in make(maker, near)
    ]
