"""Looking up an address: to the flat, a block summarised, the uncertain said to be uncertain."""

import pytest

from footprint.records import Address
from footprint.records.mask import Mask
from footprint.search import Index, ask_address
from tests.search.worlds import a_record, at, world

PITCH = Address(flat="Pitch 4", building="Willow Lane Site", postcode="WS5 5HD")
TOWER, ELM = "WS1 4DE", "WS1 1AA"


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Index:
    """Records 0 and 1 are at 12 Elm Road, 2 to 4 in three flats of a tower, 5 in it without a flat, 6 to 35 in a hostel."""
    homes = [
        at("12", "Elm Road", ELM),
        at("12", "Elm Road", ELM, uprn="1000"),
        at("40", "Tower Street", TOWER, flat="Flat 1"),
        at("40", "Tower Street", TOWER, flat="Flat 2"),
        at("40", "Tower Street", TOWER, flat="Flat 3"),
        at("40", "Tower Street", TOWER),
        *[at("1", "Hostel Lane", "WS2 2BB")] * 30,
        at("", "", "", no_fixed_abode=True),
        PITCH,
    ]
    people = [
        [a_record(f"police/nominal/{number}", "Pat", f"Person{number}", address=home)]
        for number, home in enumerate(homes)
    ]
    return world(tmp_path_factory.mktemp("places"), *people)


CASES = {
    # what is asked: (address, outcome, records surely there, records perhaps there)
    "a house": (at("12", "Elm Road", ELM), "found", [0, 1], []),
    "a house by its UPRN": (Address(uprn="1000"), "found", [1], []),
    "a flat, and whoever named the block without one": (at("40", "Tower Street", TOWER, flat="Flat 2"), "found", [3], [5]),
    "a flat that nobody named": (at("40", "Tower Street", TOWER, flat="Flat 9"), "found", [], [5]),
    "a block without its flat": (at("40", "Tower Street", TOWER), "flat-needed", [], []),
    "a hostel": (at("1", "Hostel Lane", "WS2 2BB"), "refine", [], []),
    "a pitch on a site without a UPRN": (PITCH, "found", [37], []),
    "a wrong postcode": (at("12", "Elm Road", "WS9 9ZZ"), "found", [], [0, 1]),
    "no postcode": (at("12", "Elm Road"), "found", [], [0, 1]),
    "a postcode alone, where few live": (Address(postcode="WS5 5HD"), "found", [37], []),
    "a postcode alone, where many live": (Address(postcode="WS2 2BB"), "refine", [], []),
    "no fixed abode": (Address(no_fixed_abode=True), "refine", [], []),
    "a street alone": (at("", "Elm Road"), "refine", [], []),
    "an address that nobody named": (at("99", "Nowhere Road", "WS9 9ZZ"), "none", [], []),
    "a UPRN that nobody named": (Address(uprn="4242"), "none", [], []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_who_is_recorded_there(index, case):
    address, outcome, surely, perhaps = CASES[case]
    answer = ask_address(index, address, Mask())
    there = {
        certain: [record for one in answer.dwellings if one.certain is certain for record in one.records]
        for certain in (True, False)
    }
    assert (answer.outcome, sorted(there[True]), sorted(there[False])) == (outcome, surely, perhaps)
    assert answer.reason


def test_a_block_is_summarised_in_counts(index):
    answer = ask_address(index, at("40", "Tower Street", TOWER), Mask())
    assert (answer.flats, answer.people, answer.dwellings) == (3, 4, ())


def test_one_household_of_a_block_is_not_asked_for_the_flat(tmp_path):
    home = at("40", "Tower Street", TOWER, flat="Flat 1")
    index = world(tmp_path, [a_record("police/nominal/1", "Pat", "Person", address=home)])
    answer = ask_address(index, at("40", "Tower Street", TOWER), Mask())
    assert (answer.outcome, answer.dwellings[0].residence) == ("found", "WS14DE|1|40")


def test_the_same_number_in_two_streets_of_one_name_asks_for_the_postcode(tmp_path):
    homes = [at("1", "Church Road", postcode) for postcode in (ELM, TOWER)]
    index = world(
        tmp_path,
        *[[a_record(f"police/nominal/{n}", "Pat", "Person", address=home)] for n, home in enumerate(homes)],
    )
    assert ask_address(index, at("1", "Church Road"), Mask()).outcome == "refine"


def test_hidden_people_do_not_make_a_place_crowded_or_a_block(index):
    hidden = frozenset(f"police/nominal/{number}" for number in (*range(7, 36), 3, 4))
    hostel = ask_address(index, at("1", "Hostel Lane", "WS2 2BB"), Mask(hidden_records=hidden))
    block = ask_address(index, at("40", "Tower Street", TOWER), Mask(hidden_records=hidden))
    assert [one.records for one in hostel.dwellings] == [(6,)]
    assert block.outcome == "found"


def test_a_house_with_a_number_and_a_name_is_one_door(tmp_path):
    number, name = {"number": "100", "street": "Mill Street"}, {"building": "Wolsey Court"}
    said = [{**number, **name}, number, name, {**number, **name}]
    flats = ["Flat 7", "Flat 7", "Flat 7", "Flat 8"]
    homes = [Address(flat=flat, postcode=ELM, **house) for flat, house in zip(flats, said, strict=True)]
    people = [
        [a_record(f"police/nominal/{place}", "Pat", "Person", address=home)]
        for place, home in enumerate(homes)
    ]
    index = world(tmp_path, *people)
    whole = Address(postcode=ELM, **number, **name)
    (door,) = ask_address(index, Address(flat="Flat 7", postcode=ELM, **number, **name), Mask()).dwellings
    assert (door.residence, door.also, door.records) == ("WS11AA|7|100", ("WS11AA|7|wolsey ct",), (0, 1, 2))
    assert ask_address(index, whole, Mask()).flats == 2
