"""Typed terms are read as people write them, or refused with a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.records import PartialDate, partial_date
from footprint.records.mask import Mask
from footprint.search import Age, NotUnderstood, ask, question_from
from footprint.search.outcome import missing
from footprint.search.question import TERMS, exchanged, readings, years_of
from tests.search.worlds import DAY, a_record, world

BORN = {
    "27/3/2015": partial_date(2015, 3, 27),
    "2015": partial_date(2015),
    "March 2015": partial_date(2015, 3),
    "about 7": Age(7, 1),
    "7": Age(7),
    "7 years old": Age(7),
    "~12": Age(12, 1),
    "6-8": Age(7, 1),
    "6 to 9": Age(8, 2),
    "8 months": Age(0, 1),
    "about 2015": Age(11, 1),
}


@pytest.mark.parametrize("text", BORN)
def test_a_birthday_or_an_age_is_read(text):
    question = question_from({"born": text}, latest=DAY)
    assert (question.birth or question.age) == BORN[text]


REFUSED = {
    "born": ["31/2/2015", "soon", "24/11/2026"],
    "nhs": ["943 476 5918"],
    "sex": ["?"],
    "family": ["*", "Sm%"],
    "name": ["A?ina Khan"],
    "shoe size": ["7"],
}


@pytest.mark.parametrize(
    ("term", "text"), [(term, text) for term, texts in REFUSED.items() for text in texts]
)
def test_what_cannot_be_read_is_refused_with_a_sentence(term, text):
    with pytest.raises(NotUnderstood) as refusal:
        question_from({term: text}, latest=DAY)
    assert refusal.value.term == term
    assert str(refusal.value).endswith(".")


@given(st.dictionaries(st.sampled_from(TERMS), st.text(max_size=20)))
def test_any_text_is_either_read_or_refused(terms):
    try:
        question = question_from(terms, latest=DAY)
    except NotUnderstood:
        return
    assert all(row.key for row in readings(question, ("police/nominal",)))
    need = missing(question)
    assert need is None or (need.sentence.endswith(".") and set(need.add) <= set(TERMS))


@pytest.mark.parametrize(
    ("age", "years"),
    [(Age(7), (2018, 2019)), (Age(7, 1), (2017, 2020)), (Age(0, 1), (2024, 2026))],
)
def test_an_age_allows_the_years_of_birth_of_those_who_may_have_it_on_the_day(age, years):
    question = question_from({}, latest=DAY)
    assert years_of(question, DAY) == (0, 0)
    from msgspec import structs

    assert years_of(structs.replace(question, age=age), DAY) == years
    assert years_of(structs.replace(question, age=age, birth=PartialDate(2015)), DAY) == (0, 0)


SUFFICIENT = {
    "family name and birthday": ({"family": "Khan", "born": "27/3/2015"}, True),
    "family name and postcode": ({"family": "Khan", "postcode": "WS1 1AA"}, True),
    "both names and a year": ({"given": "Amina", "family": "Khan", "born": "2015"}, True),
    "both names and an age": ({"given": "Amina", "family": "Khan", "born": "about 7"}, True),
    "a name in one line and a year": ({"name": "Amina Khan", "born": "2015"}, True),
    "all the name that somebody has, and an age": ({"name": "Samim", "born": "16"}, True),
    "all the name that somebody has": ({"name": "Samim"}, False),
    "a given name that is all the name somebody has, and an age": (
        {"given": "Samim", "one-name": "yes", "born": "16"},
        True,
    ),
    "the same in the other field, and a place": (
        {"family": "Samim", "one-name": "yes", "postcode": "WS1 1AA"},
        True,
    ),
    "the same and a birthday": ({"name": "Samim", "one-name": "yes", "born": "27/3/2010"}, True),
    "a given name alone that is all the name somebody has": ({"given": "Samim", "one-name": "yes"}, False),
    "a number": ({"nhs": "943 476 5919"}, True),
    "a telephone": ({"phone": "07700 900123"}, True),
    "a reference": ({"reference": "police/nominal/7"}, True),
    "family name alone": ({"family": "Khan"}, False),
    "both names alone": ({"given": "Amina", "family": "Khan"}, False),
    "family name and a year": ({"family": "Khan", "born": "2015"}, False),
    "family name and sex": ({"family": "Khan", "sex": "F"}, False),
    "given name and birthday": ({"given": "Amina", "born": "27/3/2015"}, False),
    "birthday and postcode": ({"born": "27/3/2015", "postcode": "WS1 1AA"}, False),
    "a blank family name": ({"family": "--", "born": "27/3/2015"}, False),
}


A_BIRTHDAY_OR_PLACE = (
    "Add one of these: the date of birth, the postcode, or the given name with a year of birth or an age."
)
ADD = {
    "a given name and an age": (
        {"given": "Samim", "born": "16"},
        "Add the family name, or say that the person has one name only.",
        {"family", "one-name"},
    ),
    "a family name and an age": (
        {"family": "Samim", "born": "16"},
        f"{A_BIRTHDAY_OR_PLACE} If the person has one name only, say so.",
        {"born", "postcode", "given", "one-name"},
    ),
    "all the name there is, and no more": (
        {"given": "Samim", "one-name": "yes"},
        "Add one of these: the date of birth, a year of birth or an age, the postcode.",
        {"born", "postcode"},
    ),
}


@pytest.mark.parametrize("case", ADD)
def test_who_said_too_little_is_told_what_to_add_and_does_not_go_in_a_circle(case):
    terms, sentence, add = ADD[case]
    need = missing(question_from(terms, latest=DAY))
    assert (need.sentence, set(need.add)) == (sentence, add)
    values = {
        "family": "Hussain",
        "one-name": "yes",
        "born": "27/3/2010",
        "postcode": "WS1 1AA",
        "given": "Abdul",
    }
    for term in add:
        assert missing(question_from(terms | {term: values[term]}, latest=DAY)) is None


def test_one_name_may_stand_in_either_place():
    rows = readings(question_from({"given": "Samim", "one-name": "yes", "born": "16"}, latest=DAY))
    assert rows == readings(question_from({"name": "Samim", "born": "16"}, latest=DAY))
    assert len(rows) == 2


@pytest.mark.parametrize("terms", [{}, {"given": "Ali", "family": "Khan"}, {"name": "Ali Khan"}])
def test_two_names_are_not_one(terms):
    with pytest.raises(NotUnderstood) as refusal:
        question_from(terms | {"one-name": "yes", "born": "16"}, latest=DAY)
    assert refusal.value.term == "one-name"


@pytest.mark.parametrize("case", SUFFICIENT)
def test_a_search_needs_more_than_a_name(case):
    terms, is_enough = SUFFICIENT[case]
    assert (missing(question_from(terms, latest=DAY)) is None) is is_enough


def test_a_name_in_one_line_is_read_in_both_orders():
    straight, reversed_ = readings(question_from({"name": "Khan Amina"}))
    assert (straight.given, straight.family) == ("khan", "amina")
    assert reversed_ == exchanged(straight)
    assert len(readings(question_from({"given": "Amina", "family": "Khan"}))) == 1


def test_bytes_that_are_no_text_are_looked_for_in_vain(tmp_path):
    index = world(tmp_path, [a_record("police/nominal/1", "Pat", "Person", "1990-02-03")])
    assert ask(index, question_from({"reference": "\udcff"}), Mask()).outcome == "none"


def test_a_reference_is_looked_for_under_every_scheme_that_may_be_known():
    (row,) = readings(question_from({"reference": "n 7"}), ("police/nominal", "school/upn"))
    assert {"police/nominal:N7", "school/upn:N7"} < set(row.identifiers)
    (row,) = readings(question_from({"reference": "police/nominal/7"}), ("school/upn",))
    assert row.identifiers == ["police/nominal:7"]
