"""Where somebody lives, to the flat, however the address was cut into columns or written in a line."""

from __future__ import annotations

import pytest
from hypothesis import given

from footprint.records.addressing import Place, part_of, read_place
from footprint.records.person import Address
from footprint.records.reading_addresses import parse_address
from footprint.records.text import fold
from tests.records.any_text import TEXTS

POSTCODE = "WS1 1AA"
ONE_HOME_EACH = {
    "flat 3 of number 12": [
        Address(flat="Flat 3", number="12", street="High Street"),
        Address(flat="3", number="12", street="High St."),
        Address(flat="FLAT NO 3", building="12", street="HIGH STREET"),
        Address(number="Flat 3, 12", street="High Street"),
        Address(street="Flat 3, 12 High Street"),
        Address(flat="Flat 03, 12", street="High Street"),
        "Flat 3, 12 High St",
        "Apartment 3, 12 High Street, Walsall",
        "3/12 High Street",
        "Flat 3 12 High Street",
        "3, 12 High Street",
    ],
    "flat a of number 12": [
        Address(number="12A", street="High Street"),
        Address(number="12 a", street="High Street"),
        Address(flat="A", number="12", street="High Street"),
        Address(flat="Flat A", number="12A", street="High Street"),
        Address(street="12a High Street"),
        "12A High Street",
        "Flat A, 12 High St",
    ],
    "number 12": [
        Address(number="12", street="High Street"),
        Address(number="012", street="High Street"),
        Address(building="12", street="High Street"),
        Address(street="12 High Street"),
        Address(number="No. 12", street="High Street"),
        "12 High Street",
        "12, High Street",
        "c/o Mrs Smith, 12 High Street",
        "12 High Street Walsall",
    ],
    "flat 2 of Rowan Court": [
        Address(flat="Flat 2", building="Rowan Court", street="Mill Lane"),
        Address(building="Flat 2 Rowan Court", street="Mill Lane"),
        Address(building="2 Rowan Court", street="Mill Lane"),
        Address(number="2", street="Rowan Court"),
        "Apt 2 Rowan Court, Mill Lane",
        "2 Rowan Court, Mill Lane, Walsall",
        "2 Rowan Ct",
        "Flat 2, Rowan Court, Mill Lane, Walsall, West Midlands",
    ],
    "Rose Cottage": [
        Address(building="Rose Cottage", street="Church Lane"),
        Address(number="Rose Cottage", street="Church Lane"),
        "Rose Cottage, Church Lane, Aldridge",
        "The Rose Cottage, Church Ln, Aldridge",
    ],
    "pitch 4 of a travellers' site": [
        Address(flat="Pitch 4", street="Willow Lane Site"),
        Address(flat="Plot 4", building="Willow Lane Site"),
        "Pitch 4, Willow Lane Site, Walsall",
        "Pitch 4, Willow Lane Site",
    ],
    "pitch 9 of a caravan park": [
        Address(flat="Pitch 9", building="Elm Road Caravan Park"),
        "Pitch 9, Elm Road Caravan Park",
    ],
    "a boat at its mooring": [
        Address(flat="Mooring 7", building="Kingfisher"),
        "Narrowboat Kingfisher, Mooring 7, Birchills Wharf",
    ],
    "first-floor flat of number 12": [
        Address(flat="First Floor Flat", number="12", street="High Street"),
        "1st floor flat, 12 High Street",
    ],
}
SAME_HOME = [pytest.param(home, id=name) for name, home in ONE_HOME_EACH.items()]


def place(written) -> Place:
    address = parse_address(written, postcode=POSTCODE) if isinstance(written, str) else written
    return read_place(
        Address(
            **{field: getattr(address, field) for field in address.__struct_fields__} | {"postcode": POSTCODE}
        )
    )


@pytest.mark.parametrize("home", SAME_HOME)
def test_every_way_of_writing_a_home_names_the_same_home(home):
    shared = set.intersection(*(set(place(written).residences) for written in home))
    assert shared, [place(written).residences for written in home]


def test_different_homes_share_no_residence():
    homes = [
        {key for written in home for key in place(written).residences} for home in ONE_HOME_EACH.values()
    ]
    for one in homes:
        assert sum(bool(one & other) for other in homes) == 1


def test_flats_of_one_house_share_the_building():
    assert place("Flat 3, 12 High Street").buildings == place("12 High Street").buildings == ("WS11AA|12",)
    assert place("2 Rowan Court").buildings == ("WS11AA|2", "WS11AA|rowan ct")


def test_a_flat_that_is_not_said_leaves_its_place_empty():
    assert place("12 High Street").residences == ("WS11AA||12",)


def test_a_house_with_a_name_and_a_number_has_a_key_for_each():
    assert place("The Hollies, 15 Mill Lane").residences == ("WS11AA||15", "WS11AA||hollies")


def test_streets_are_found_whatever_the_postcode():
    assert read_place(parse_address("12 Saint John's Road")).streets == ("12|st johns rd",)
    assert read_place(parse_address("12 St Johns Rd")).residences == ()


def test_a_range_of_numbers_stays_a_range():
    assert place("12-14 High Street").residences == ("WS11AA||12-14",)


@pytest.mark.parametrize(
    "written",
    [
        "NFA",
        "No fixed abode",
        "of no fixed abode, Walsall",
        "Homeless",
        "Sofa surfing",
        "",
        "Unknown",
        "PO Box 12, Walsall",
    ],
)
def test_nobody_is_found_at_no_fixed_abode_or_behind_a_box(written):
    found = read_place(parse_address(f"{written}, WS1 1AA"))
    assert (found.residences, found.buildings, found.streets) == ((), (), ())


@pytest.mark.parametrize(
    "address",
    [
        Address(no_fixed_abode=True, number="12", street="High Street", postcode=POSTCODE),
        Address(postcode="ZZ99 3VZ"),
        Address(street="NFA", postcode=POSTCODE),
    ],
)
def test_no_fixed_abode_gives_no_key_at_all(address):
    assert read_place(address) == Place(no_fixed_abode=True)


def test_a_uprn_is_compared_without_its_leading_zeros():
    assert read_place(Address(uprn="000010012345")).uprn == "10012345"
    assert read_place(Address(uprn="not known")).uprn == ""


def test_a_line_is_parted_in_the_words_in_which_it_was_written():
    address = parse_address(
        "Flat 3, Rowan House, 12 St. John's Rd, Bloxwich, Walsall, West Midlands, ws1 1aa", uprn=" 123 "
    )
    assert address == Address(
        flat="Flat 3",
        building="Rowan House",
        number="12",
        street="St. John's Rd",
        locality="Bloxwich, West Midlands",
        town="Walsall",
        postcode="WS1 1AA",
        uprn="123",
    )


def test_what_is_said_twice_is_kept_beside():
    address = parse_address("Flat 3, Flat 4, 12, 14 High Street North, Walsall")
    assert (address.flat, address.number, address.street) == ("Flat 3", "12", "High Street North")
    assert (address.locality, address.town) == ("Flat 4, 14", "Walsall")
    assert parse_address("14 High Street North Walsall").street == "High Street North"
    assert parse_address("14 Broadmead Walsall").street == "Broadmead Walsall"  # nobody can say where it ends
    assert parse_address("Rose Cottage, The Mill, Church Lane").locality == ""


def test_a_name_alone_is_a_town_and_a_building_before_a_town_a_building():
    assert parse_address("Walsall").town == "Walsall"
    assert parse_address("Rose Cottage, Walsall").building == "Rose Cottage"


def test_lines_of_a_form_are_read_like_one_line():
    assert parse_address(["Flat 3", "12 High Street", "Walsall", ""]) == parse_address(
        "Flat 3\n12 High Street\nWalsall"
    )


def test_a_postcode_given_apart_wins_and_is_kept_even_when_it_is_none():
    assert parse_address("12 High Street WS1 1AA", postcode="ws2 8er").postcode == "WS2 8ER"
    assert parse_address("12 High Street", postcode="WS2").postcode == "WS2"


@given(TEXTS, TEXTS)
def test_any_text_is_parted_and_none_of_its_words_is_lost(text, postcode):
    address = parse_address(text, postcode=postcode)
    said = fold(f"{address.text} {text if address.no_fixed_abode else ''}").replace(" ", "")
    for word in fold(text).split():
        assert word in said or word in fold(address.postcode).replace(" ", "")


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_any_fields_give_keys_of_the_agreed_shape(flat, number, building, street):
    found = read_place(Address(flat=flat, number=number, building=building, street=street, postcode=POSTCODE))
    for key in found.residences:
        postcode, _, home = key.split("|")
        assert postcode == "WS11AA"
        assert home
    assert all(key.count("|") == 1 for key in (*found.buildings, *found.streets))


@pytest.mark.parametrize(
    ("building", "part"),
    [
        ("12", "flat"), ("wolsey ct", "flat"), ("regents pk", "flat"), ("willow ln site", "pitch"),
        ("oak caravan pk", "pitch"), ("town marina", "mooring"), ("composite", "flat"), ("", "flat"),
    ],
)  # fmt: skip
def test_a_home_is_called_what_it_is(building, part):
    assert part_of(building)[0] == part
