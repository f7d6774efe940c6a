"""Scenario 7 on the page. No fixed abode, a hostel, a travellers' site, a houseboat, and a block of sixty flats.

| clause                                                | where tested                                     | waits for |
| ----------------------------------------------------- | ------------------------------------------------ | --------- |
| a building of more than 25 people: the flat is needed | test_a_block_asks_for_the_flat                   | |
| building results are summarised, not listed           | the same, and test_a_hostel_is_listed_for_nobody | |
| "uncertain" where a flat is missing                   | test_a_block_asks_for_the_flat                   | |
| a person of no fixed abode is found by person search  | test_no_fixed_abode_is_found_by_name             | |
| mobile home without UPRN; houseboat                   | test_a_pitch_and_a_mooring_are_homes             | |
| old addresses are dated                               | test_who_moved_away_stands_there_with_the_day    | |
"""

import pytest

from tests.scenarios.test_blocks_sites_boats_and_no_fixed_abode import (
    BASIN,
    BLOCK,
    HOSTEL,
    NEW,
    OLD,
    SITE,
    told,
)


@pytest.fixture
def desk(begin, officer):
    """An officer with a phone, about to knock on a door."""
    begin(told)
    return officer("A call to the street")


def test_a_block_asks_for_the_flat(desk):
    # When an officer asks about a block of sixty flats
    desk.asks_about_the_address(BLOCK)

    # Then it is counted, nobody is listed, and the flat is asked for
    assert desk.heading == "Which flat?"
    assert "60 flats, 61 people. They are not listed: say which flat." in desk.reads()
    assert desk.homes() == {}

    # When the officer says which
    desk.asks_for_the_flat("7")

    # Then who lives in it is shown, and apart from them, as uncertain, who is known at the block without a flat
    assert desk.heading == "Who lives there"
    certain, uncertain = desk.homes().items()
    assert certain[0].startswith("Flat 7, Wolsey Court")
    assert [line.split(" Born")[0].lower() for line in certain[1]] == ["gwen archer"]
    assert [line.split(" Born")[0].lower() for line in uncertain[1]] == ["zoe dyer"]
    assert desk.reads().count("Not certain: the flat or the postcode is missing, or differs.") == 1


def test_a_hostel_is_listed_for_nobody(desk):
    desk.asks_about_the_address(HOSTEL)
    assert "More than 25 people are recorded there. Give the flat or room, or search by name." in desk.reads()
    assert desk.homes() == {}
    assert "son" not in desk.reads().lower().replace("person", "").replace("search by name", "")


@pytest.mark.parametrize(
    ("address", "who"),
    [
        (f"Pitch 4, {SITE}", {"nell connors", "paddy connors"}),
        (f"Pitch 5, {SITE}", {"nell connors"}),
        (f"Mooring 3, {BASIN}", {"jim fisher"}),
    ],
)
def test_a_pitch_and_a_mooring_are_homes(desk, address, who):
    desk.asks_about_the_address(address)
    (there,) = desk.homes().values()
    assert {line.split(" Born")[0].lower() for line in there} == who


def test_a_site_lists_nobody_and_asks_for_the_pitch(desk):
    desk.asks_about_the_address(SITE)
    assert desk.homes() == {}
    assert "This site has several pitches. Say which. 2 pitches, 3 people." in desk.reads()
    desk.asks_for_the_flat("5", "pitch")
    assert f"You asked: Pitch 5, {SITE}" in desk.reads()
    assert "1962" in str(desk.homes())
    assert "1990" not in str(desk.homes())


def test_no_fixed_abode_is_found_by_name(desk):
    # When the officer writes no fixed abode as an address, then the page says how to ask
    desk.asks_about_the_address("NFA")
    assert "No fixed abode is no place to search by. Search for the person by name." in desk.reads()

    # When the officer does so, then he is found; as two who may be one, because nothing but name and birthday agrees
    desk.asks_about("Kieran", "Doyle", "30/12/1984")
    assert desk.heading == "2 people fit equally well"
    assert set(desk.names()) == {"kieran doyle"}
    desk.opens("Kieran Doyle", "Police")
    assert "Nothing is joined." in desk.reads("May be the same person")


def test_who_moved_away_stands_there_with_the_day(desk):
    desk.asks_about_the_address(OLD)
    (there,) = desk.homes().values()
    assert [line.split(" Born")[0].lower() for line in there] == ["olu bello", "tara lane"]
    assert "until 1 March 2026; according to Police" in there[1]
    desk.asks_about_the_address(NEW)
    (there,) = desk.homes().values()
    assert "from 1 March 2026; according to Police" in there[0]
