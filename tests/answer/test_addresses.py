"""Who lives at an address: children first, everybody with an age, and two of one name never taken for one."""

import datetime as dt

import pytest

from footprint.answer import addresses
from footprint.answer.addresses import search_address
from footprint.answer.declared import taken_out
from footprint.answer.footprint import footprint
from footprint.answer.open_at_home import at_the_address, beside_a_child
from footprint.records.disclosure import EVERYTHING, Disclosure
from footprint.records.mask import Mask
from footprint.records.reading_addresses import parse_address
from footprint.records.window import Window
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


def test_another_postcode_is_no_answer_to_who_lives_there_and_lists_nobody_who_left_long_ago(town):
    asked = parse_address(f"{FROSTS}, WS9 9ZZ")
    answer = search_address(people_of(town), town, asked, NOW)
    assert answer.nearest == f"{FROSTS}, Walsall, WS1 1AA"
    assert search_address(people_of(town), town, parse_address(f"{FROSTS}, WS1 1AA"), NOW).nearest == ""
    (residence,) = answer.residences
    assert "Rob Frost" in {one.name for household in residence.now for one in household.residents}


def test_at_the_nearest_address_nobody_is_listed_who_left_before_the_window(town, monkeypatch):
    people = people_of(town, mask=Mask(hidden_records=frozenset({f"{P}NELL"})))

    def left(postcode):
        answer = search_address(people, town, parse_address(f"{FROSTS}, {postcode}"), NOW)
        return [one.name for home in answer.residences for house in home.before for one in house.residents]

    assert (left("WS1 1AA"), left("WS9 9ZZ")) == (["Nell Frost"], ["Nell Frost"])
    later = Window.on(dt.date(2028, 1, 1))
    monkeypatch.setattr(addresses.Window, "on", lambda day: later)
    assert (left("WS1 1AA"), left("WS9 9ZZ")) == (["Nell Frost"], [])


OPEN_AT_HIGH_STREET = ["Layla Hussain", "Omar Hussain"]


def test_on_a_childs_footprint_and_at_the_address_stands_who_else_is_open_to_a_worker(town):
    people = people_of(town)
    home = search_address(people, town, parse_address(f"{HOME}, WS1 1AA"), NOW)
    at_home = at_the_address(people, home, NOW, EVERYTHING).open_to
    assert [(one.name, [worker.contact.worker for worker in one.workers]) for one in at_home] == [
        (name, ["Sarah Jones"]) for name in OPEN_AT_HIGH_STREET
    ]
    ids = {one.name: one.person_id for household in home.residences[0].now for one in household.residents}
    zara = beside_a_child(people, footprint(people, ids["Zara Hussain"], NOW), NOW, EVERYTHING)
    assert sorted(one.name for one in zara.open_at_home) == OPEN_AT_HIGH_STREET
    without_layla, _ = taken_out(zara, lambda one: one == ids["Layla Hussain"])
    assert [one.name for one in without_layla.open_at_home] == ["Omar Hussain"]
    grown = footprint(people, ids["Sana Mirza"], NOW)
    assert beside_a_child(people, grown, NOW, EVERYTHING) == grown


def test_of_whom_the_reader_may_not_know_it_nothing_is_said_at_home_either(town):
    hidden = Disclosure()
    people = people_of(town)
    home = search_address(people, town, parse_address(f"{HOME}, WS1 1AA"), NOW)
    assert at_the_address(people, home, NOW, hidden) == home
