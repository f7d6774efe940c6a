"""Rule 5: whoever asks by the very words of a protected place is answered as where nobody is known."""

import re

import pytest

from footprint.sharing.roles import ROLES
from footprint.web.accounts.models import DeclaredAddress
from tests.scenarios.test_protection_canary import REFUGE, SHIELDED, UNKNOWN
from tests.web.cases.conftest import SCHOOL, Desk
from tests.web.protection.hidden import PEOPLE, settled
from tests.web.protection.test_own_household import plain as alike

ASKED = {
    "to the flat": (REFUGE, UNKNOWN),
    "without a postcode": ("17 Zephyrquill Lane", "17 Candlewick Lane"),
    "by its name": ("Obsidianwick House, WS7 9QJ", "Marbleford House, WS7 1AB"),
    "its postcode alone": ("WS7 9QJ", "WS7 1AB"),
    "by its UPRN": ("10099887766", "10099880000"),
    "a shielded home": (SHIELDED, "Marbleford Lodge, 23 Candlewick Row, WS7 1AB"),
    "a shielded home's postcode": ("WS7 8ZD", "WS7 1AB"),
}  # fmt: skip
NAMES = {
    "nobody": {},
    "the mother": PEOPLE[0],
    "the child": PEOPLE[1],
    "the witness": PEOPLE[2],
    "a stranger": PEOPLE[5],
}


@pytest.fixture
def desks(site_on_sqlite, published):
    """Everybody who may ask, at a desk of their own."""
    site = site_on_sqlite
    with settled(site, published) as town:
        yield [
            Desk(site, site.user(role, SCHOOL if role == "school-lead" else "", name="Sam Alder"), town)
            for role in ROLES
            if {"ask", "ask-own-pupils"} & ROLES[role].rights
        ]


def test_a_search_by_a_protected_address_is_as_one_where_nobody_is_known(desks):
    """Byte for byte, receipts and times aside, whoever asks and however: to the flat, by name, by postcode, with whose name."""
    different = []
    for desk in desks:
        desk.opens(purpose="early-help" if "early-help" in desk.user.username else "front-door")
        for how, pair in ASKED.items():
            one, other = (alike(desk.asks("address", place=place), place, *_parts(place)) for place in pair)
            different += [(desk.user.username, how)] if one != other else []
            for whom, named in NAMES.items():
                typed = dict(zip(("given", "family", "born"), named, strict=False))
                one, other = (
                    alike(desk.asks("person", **typed, place=place), place, *_parts(place)) for place in pair
                )
                different += [(desk.user.username, how, whom)] if one != other else []
    assert different == []


@pytest.mark.parametrize("phone", ["07700 900801", "07700 900802"])
def test_nobody_is_found_by_a_number_that_would_lead_there(desks, phone):
    for desk in desks:
        desk.opens(purpose="early-help" if "early-help" in desk.user.username else "front-door")
        one, other = (alike(desk.asks("person", phone=number), number) for number in (phone, "07700 900899"))
        assert one == other


def test_a_family_asked_for_at_a_refuge_is_answered_as_at_an_empty_home(desks):
    from tests.web.cases.conftest import family_typed

    for desk in desks:
        desk.opens(purpose="early-help" if "early-help" in desk.user.username else "front-door")
        one, other = (
            alike(desk.asks("family", **family_typed(PEOPLE[:2], home)), home) for home in (REFUGE, UNKNOWN)
        )
        assert one == other


def test_declaring_either_as_ones_own_makes_no_difference_to_what_is_found(desks):
    for desk in desks:
        pages = []
        for home in (REFUGE, UNKNOWN):
            DeclaredAddress.objects.filter(user=desk.user).delete()
            text, _, postcode = home.rpartition(", ")
            DeclaredAddress.objects.create(user=desk.user, text=text, postcode=postcode)
            desk.opens(purpose="early-help" if "early-help" in desk.user.username else "front-door")
            asked = [
                desk.asks("person", given=given, family=family, born=born)
                for given, family, born in PEOPLE[:3]
            ]
            pages.append([alike(answer, home) for answer in asked])
        assert pages[0] == pages[1]


def _parts(place):
    """How a page may write what was typed: as it stands, and its pieces."""
    return [piece.strip() for piece in re.split(",", place)]
