"""An answer without those to whom its reader declared a connection: a line that says no more than that, whatever was asked."""

import json
from typing import NamedTuple

import pytest

from footprint.answer.addresses import search_address
from footprint.answer.declared import taken_out, without
from footprint.answer.footprint import footprint
from footprint.answer.searching import search_people
from footprint.records.reading_addresses import parse_address
from footprint.search import question_from
from tests.answer.town import ELSEWHERE, HOME, NOW, SMITHS, C, P, people_of

RECORDS = {name: f"{P}{name.upper()}" for name in ("Layla", "Sana", "Imran", "Amina", "Omar", "Darren", "Leo", "Junior")} | {
    "Zara": f"{C}ZARA"
}  # fmt: skip


def person_id(town, name):
    return people_of(town).by_record(RECORDS[name]).id


def is_one_of(town, *names):
    return {person_id(town, name) for name in names}.__contains__


def asked(town):
    """Answers of every kind, in every one of which Layla is."""
    people = people_of(town)
    question = question_from({"name": "Hussain", "address": f"{HOME}, WS1 1AA"})
    exact = question_from({"name": "Layla Hussain", "born": "27/3/2015"})
    return {
        "a search": search_people(people, town, question, NOW),
        "an exact search": search_people(people, town, exact, NOW),
        "her home": search_address(people, town, parse_address(f"{HOME}, WS1 1AA"), NOW),
        "her brother": footprint(people, person_id(town, "Omar"), NOW),
        "her mother": footprint(people, person_id(town, "Sana"), NOW),
    }


def lines(answer):
    """Every line about anybody in an answer, as dicts."""
    found, left = [], [json.loads(json.dumps(answer.as_json()))]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            found += [value] if "standing" in value and "person_id" in value else []
            left += value.values()
        elif isinstance(value, list):
            left += value
    return found


KINDS = ("a search", "an exact search", "her home", "her brother", "her mother")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_her_is_left_in_any_answer(town, kind):
    before = asked(town)[kind]
    assert "Layla" in json.dumps(before.as_json())
    left, met = taken_out(before, is_one_of(town, "Layla"))
    assert met == (person_id(town, "Layla"),)
    text = json.dumps(left.as_json())
    for word in ("Layla", "2015-03-27", "27 March 2015", RECORDS["Layla"]):
        assert word not in text, word


@pytest.mark.parametrize("kind", KINDS)
def test_her_line_stays_and_is_empty(town, kind):
    left, _ = taken_out(asked(town)[kind], is_one_of(town, "Layla"))
    (line,) = [one for one in lines(left) if one["standing"] == "declared"]
    assert {name for name, value in line.items() if value} <= {"standing", "person_id"}


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_in_which_nobody_is_taken_out_is_the_same_answer(town, kind):
    before = asked(town)[kind]
    assert taken_out(before, lambda _: False) == (before, ())


def test_the_others_stay_as_they_were(town):
    before = asked(town)["her home"]
    left, _ = taken_out(before, is_one_of(town, "Layla"))
    kept = [one for one in lines(left) if one["standing"] == "open"]
    assert kept == [one for one in lines(before) if one["person_id"] != person_id(town, "Layla")]


def test_a_whole_home_is_one_line_and_tells_not_how_many_live_there(town):
    left, met = taken_out(asked(town)["her home"], lambda _: True)
    (residence,) = left.residences
    ((line,),) = [household.residents for household in residence.now]
    assert (residence.before, line.standing, line.person_id, line.name) == ((), "declared", "", "")
    assert len(met) == 7
    assert left.people == ()


def test_relatives_taken_out_are_one_line_at_the_end(town):
    left, met = taken_out(asked(town)["her brother"], is_one_of(town, "Layla", "Imran", "Amina"))
    assert [one.standing for one in left.relatives][-2:] == ["open", "declared"]
    assert len([one for one in left.relatives if one.standing == "declared"]) == 1
    assert len(met) == 3


def test_a_namesake_is_not_warned_of_by_name(town):
    answer = search_address(people_of(town), town, parse_address(f"{SMITHS}, WS1 1AA"), NOW)
    left, _ = taken_out(answer, is_one_of(town, "Junior"))
    assert "John Smith, born 14 March 2009" in json.dumps(answer.as_json())
    assert "2009" not in json.dumps(left.as_json())


def test_a_footprint_inside_an_answer_is_gone(town):
    theirs = footprint(people_of(town), person_id(town, "Layla"), NOW)
    assert taken_out((1, theirs), is_one_of(town, "Layla")) == ((1, None), (person_id(town, "Layla"),))


class Page(NamedTuple):
    what: object
    title: str


def test_answers_in_tuples_lists_and_dicts_are_gone_through(town):
    answer = asked(town)["an exact search"]
    held = Page(answer, "A page"), [answer], {"her": answer}
    (page, listed, named), met = taken_out(held, is_one_of(town, "Layla"))
    assert page.title == "A page"
    for left in (page.what, *listed, named["her"]):
        assert [one.standing for one in left.people] == ["declared"]
    assert len(met) == 1


def test_who_is_hidden_leaves_no_line(town):
    left = without(asked(town)["her brother"], is_one_of(town, "Layla", "Imran"))
    assert [one.name for one in left.relatives if one.name] == [
        one.name
        for one in asked(town)["her brother"].relatives
        if one.name.split()[0] not in ("Layla", "Imran")
    ]
    assert "declared" not in json.dumps(left.as_json())


def test_a_newborn_is_not_told_through_a_mother_who_is_taken_out(town):
    people = people_of(town)
    zara = footprint(people, people.by_record(f"{C}BABY").id, NOW)
    left, _ = taken_out(zara, is_one_of(town, "Sana"))
    assert "Sana" not in json.dumps(left.as_json())


def test_nobody_else_at_another_home_is_touched(town):
    answer = search_address(people_of(town), town, parse_address(f"{ELSEWHERE}, WS1 1AA"), NOW)
    assert taken_out(answer, is_one_of(town, "Layla")) == (answer, ())
