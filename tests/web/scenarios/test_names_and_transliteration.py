"""Scenario 4 on the page. One child under many spellings, a birthday that nobody knew, names of five traditions.

| clause                                                       | where tested                                     | waits for |
| ------------------------------------------------------------ | ------------------------------------------------ | --------- |
| Mohammad / Muhammed / Mohamed, order reversed by the school: |                                                  | |
| all spellings find the child as possible, not certain        | test_every_spelling_finds_the_child_as_possible  | |
| names are kept with source and use                           | test_names_stand_with_who_says_so                | |
| patronymic; -ski/-ska; three Somali names                    | test_names_of_other_traditions_find_their_bearer | |
| 1 January is weak evidence; later corrected                  | test_a_birthday_that_systems_write_joins_nobody  | |
| no link on a common name and the year | tests/scenarios/test_names_and_transliteration, without pages | |
"""

import pytest

from tests.scenarios.test_names_and_transliteration import told

BORN = "19/3/2014"


@pytest.fixture
def desk(begin, officer):
    """An officer with a phone, who was told names by word of mouth."""
    begin(told)
    return officer("A boy whose name was spelt on the telephone")


def test_every_spelling_finds_the_child_as_possible(desk):
    for given, family in (
        ("Mohammad", "Rehman"),
        ("Mohd", "Rahman"),
        ("Rehman", "Mohammed"),
        ("محمد", "رحمان"),
    ):
        # When an officer asks by a spelling
        desk.asks_about(given, family, BORN)

        # Then the child is there, and the page does not say that it is certain
        assert {"muhammed rehman", "mohammad rehman"} & set(desk.names()), given
        assert desk.heading != "One person matches"
        assert "does not make it certain" in desk.reads() or "fit equally well" in desk.reads()


def test_names_stand_with_who_says_so(desk):
    desk.asks_about("Mohammad", "Rehman", BORN)
    desk.opens("Muhammed Rehman")
    said = desk.reads("Who says what")
    assert "Mohammad Rehman Children's social care" in said
    assert "Muhammed Rehman Acute hospital trust" in said

    # The school has the order reversed and another spelling at once: possible, beside him, joined by nobody.
    beside = desk.reads("May be the same person")
    assert "Nothing is joined." in beside
    assert "Rehman Mohamed" in beside


@pytest.mark.parametrize(
    ("given", "family", "born", "bearer"),
    [
        ("Ольга", "Петрова", "11/10/1979", "petrova"),
        ("Jan", "Nowakowska", "7/7/2015", "nowakowski"),
        ("Hodan", "Warsame", "20/2/2013", "hodan"),
    ],
)
def test_names_of_other_traditions_find_their_bearer(desk, given, family, born, bearer):
    desk.asks_about(given, family, born)
    assert any(bearer in name or "петрова" in name for name in desk.names()), desk.names()


def test_a_birthday_that_systems_write_joins_nobody(desk):
    # Given two records of one name, one house, and the birthday that the Home Office writes; one since corrected
    desk.asks_about("Ahmad", "Ahmadzai", "1/1/2010")

    # Then two are shown, each with the birthday that its partner has
    beside = sorted(one.text for one in desk.people())
    assert len(beside) == 2
    assert any("Born 14 August 2009" in text for text in beside)
    assert any("1 January 2010" in text for text in beside)
