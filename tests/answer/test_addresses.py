"""Who lives at an address: children first, everybody with an age, and two of one name never taken for one."""

import pytest

from footprint.answer.addresses import search_address
from footprint.records.reading_addresses import parse_address
from tests.answer.town import ELSEWHERE, FROSTS, HOME, NOW, SMITHS, C, P, people_of
from tests.publishing.conftest import ruling


def households(content, address, *rulings):
    answer = search_address(people_of(content, *rulings), content, parse_address(f"{address}, WS1 1AA"), NOW)
    return [household.residents for residence in answer.residences for household in residence.now]


def test_children_come_first_the_eldest_first_and_the_unborn_last(town):
    (family,) = households(town, HOME)
    assert [(one.name, one.age, one.is_child, one.unborn) for one in family] == [
        ("Layla Hussain", "11", True, False),
        ("Omar Hussain", "8", True, False),
        ("Zara Hussain", "5", True, False),
        ("Unborn Baby Hussain", "", True, True),
        ("Amina Hussain", "71", False, False),
        ("Imran Hussain", "38", False, False),
        ("Sana Mirza", "36", False, False),
    ]
    assert family[3].birth == "expected 20 December 2026"


def test_a_household_with_a_child_comes_before_one_without(town):
    first, second = households(town, ELSEWHERE)
    assert ([one.name for one in first], [one.name for one in second]) == (["Leo Marsh"], ["Darren Poole"])


def test_a_father_and_a_son_of_one_name_are_both_marked_with_their_ages(town):
    ((son, father),) = households(town, SMITHS)
    assert (son.age, son.is_child, father.age, father.is_child) == ("17", True, "51", False)
    assert son.same_name == (
        "Of the same name here: John Smith, born 14 March 1975 (51). Make sure which of them is meant."
    )
    assert father.same_name == (
        "Of the same name here: John Smith, born 14 March 2009 (17). Make sure which of them is meant."
    )


def test_who_shares_no_name_is_not_marked(town):
    assert {one.same_name for family in households(town, HOME) for one in family} == {""}


@pytest.mark.parametrize("kind", ["shield", "erase"])
def test_a_namesake_who_may_not_be_shown_is_not_warned_of(town, kind):
    ((father,),) = households(town, SMITHS, ruling(kind, [f"{P}JUNIOR"]))
    assert father.same_name == ""


def test_a_shielded_unborn_child_is_not_there(town):
    (family,) = households(town, HOME, ruling("shield", [f"{C}BABY"]))
    assert not any(one.unborn for one in family)


def test_who_is_said_to_have_left_is_marked_with_who_holds_it_still_and_who_says_so_since_when(town):
    ((nell, rob),) = households(town, FROSTS)
    assert (nell.name, nell.old_home) == (
        "Nell Frost",
        "Police (data of 22 November 2026) still holds it; Childrens-Social-Care says left on 2 May 2026.",
    )
    assert (rob.name, rob.old_home) == ("Rob Frost", "")
