"""Scenario 7. No fixed abode, hostels, a travellers' site, a houseboat, and a block of sixty flats.

| clause                                                    | where                                                     |
| --------------------------------------------------------- | --------------------------------------------------------- |
| a building of more than 25 people: the flat is needed     | test_a_block_*, test_a_hostel_*                           |
| building results are summarised, not listed               | the same                                                  |
| a person of no fixed abode is found by person search      | test_no_fixed_abode_*                                     |
| mobile home without UPRN; houseboat                       | test_a_pitch_or_a_mooring_is_a_home                       |
| old addresses are dated                                   | test_who_moved_away_stands_there_with_days                |
| "uncertain" where the flat is missing                     | test_a_missing_flat_is_uncertain                          |
"""

import pytest

from tests.scenarios.world import World, residents

BLOCK = "Wolsey Court, 100 Mill Street, WS2 8BB"
HOSTEL = "St Jude House, 2 Station Road, WS2 9JZ"
SITE = "Willow Lane Site, WS3 2XY"
BASIN = "Canal Basin, WS2 8LB"
OLD, NEW = "11 Hatherton Road, WS1 1XS", "12 Hatherton Road, WS1 1XS"
GIVEN = (
    "Ada Ben Cora Dan Elsa Finn Gwen Hugo Iris Joel Kate Luca Mina Noel Opal Paul Rosa Seth Tess Yann".split()
)
FAMILY = "Archer Baker Cooper".split()


def told(town):
    """Homes that are no house in a street, and who is in them."""
    seen = {"seen": [("2026-08-08", "OTHER", "INVOLVED")]}
    for number in range(60):
        name = f"{GIVEN[number % 20]}/{FAMILY[number // 20]}"
        born = f"{1950 + number}-02-{1 + number % 28:02}"
        town.police.knows(
            f"FLAT{number}",
            name,
            born,
            home=f"Flat {number + 1}, {BLOCK}",
            uprn=str(10070000100 + number),
            **seen,
        )
        if number < 30:
            town.police.knows(f"ROOM{number}", f"{name}son", born, home=HOSTEL, **seen)
    # fmt: off
    town.acute.treated("NOFLAT", "Zoe/Dyer", "1999-09-09", sex="F", home=BLOCK)
    town.police.knows("NFA", "Kieran/Doyle", "1984-12-30", sex="M", home="NFA", **seen)
    town.acute.treated("NFA", "Kieran/Doyle", "1984-12-30", sex="M")
    town.police.knows("PITCH4", "Nell/Connors", "1990-03-03", sex="F", home=f"Pitch 4, {SITE}", **seen)
    town.police.knows("PITCH5", "Nell/Connors", "1962-10-10", sex="F", home=f"Pitch 5, {SITE}", **seen)
    town.social_care.knows("PITCH4", "Paddy/Connors", "2018-04-04", sex="M", home=f"Pitch 4, {SITE}")
    town.police.knows("BOAT", "Jim/Fisher", "1971-07-01", sex="M", home=f"Mooring 3, {BASIN}", **seen)
    town.police.knows("MOVED", "Tara/Lane", "1993-01-17", sex="F", home=NEW, before=OLD, moved="2026-03-01", **seen)
    town.acute.treated("STAYS", "Olu/Bello", "1995-05-15", sex="M", home=OLD)
    # fmt: on
    town.morning("2026-11-20")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = World(tmp_path_factory.mktemp("places"))
    told(town)
    return town


def test_a_block_of_flats_is_summarised_and_asks_for_the_flat(town):
    answer = town.at(BLOCK)
    assert answer.outcome == "flat-needed"
    assert (answer.flats, answer.residents) == (60, 61)
    assert answer.residences == ()


@pytest.mark.parametrize(
    "address", ["Flat 7, " + BLOCK, "Flat 7, 100 Mill Street, WS2 8BB", "7 Wolsey Court, WS2 8BB"]
)
def test_a_flat_is_answered_to_the_flat(town, address):
    answer = town.at(address)
    assert answer.outcome == "found"
    certain = [place for place in answer.residences if place.certain]
    assert [one.name for place in certain for group in place.now for one in group.residents] == [
        "Gwen ARCHER"
    ]


def test_a_missing_flat_is_uncertain(town):
    answer = town.at("Flat 7, " + BLOCK)
    uncertain = [
        one.name
        for place in answer.residences
        if not place.certain
        for group in place.now
        for one in group.residents
    ]
    assert uncertain == ["Zoe Dyer"]


def test_a_hostel_of_thirty_people_is_counted_and_not_listed(town):
    answer = town.at(HOSTEL)
    assert answer.outcome == "refine"
    assert answer.residents == 30
    assert answer.residences == ()


def test_people_of_a_hostel_are_nobodys_household(town):
    assert not [one for one in town.show("police/person-id/ROOM3").relatives if one.kind == "household"]


def test_no_fixed_abode_is_found_by_name_and_said_as_it_is(town):
    answer = town.search(given="Kieran", family="Doyle", born="30/12/1984")
    assert town.person("police/person-id/NFA") in {person.person_id for person in answer.people}
    assert town.between("police/person-id/NFA", "acute-trust/patient-id/NFA") == "possible"


def test_no_fixed_abode_is_no_place_to_search_by(town):
    assert town.at("NFA").outcome == "refine"


@pytest.mark.parametrize(
    ("address", "names"),
    [
        (f"Pitch 4, {SITE}", {"Nell CONNORS", "Paddy Connors"}),
        (f"Pitch 5, {SITE}", {"Nell CONNORS"}),
        (f"Mooring 3, {BASIN}", {"Jim FISHER"}),
    ],
)
def test_a_pitch_or_a_mooring_is_a_home(town, address, names):
    answer = town.at(address)
    assert answer.outcome == "found"
    assert set(residents(answer)) == names


def test_a_grandmother_on_the_next_pitch_is_another_woman(town):
    assert town.between("police/person-id/PITCH4", "police/person-id/PITCH5") == "apart"


def test_a_site_asks_for_the_pitch(town):
    assert town.at(SITE).outcome == "flat-needed"


def test_who_moved_away_stands_there_with_days(town):
    (place,) = town.at(OLD).residences
    assert list(residents(town.at(OLD))) == ["Olu Bello"]
    (gone,) = [one for group in place.before for one in group.residents]
    assert (gone.name, gone.end) == ("Tara LANE", "2026-03-01")
    (here,) = [one for place in town.at(NEW).residences for group in place.now for one in group.residents]
    assert (here.name, here.start) == ("Tara LANE", "2026-03-01")


def test_one_neighbour_is_not_in_the_others_household(town):
    assert not town.show("police/person-id/MOVED").relatives
