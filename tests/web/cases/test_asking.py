"""Asking: what cannot be read is said at its field, what is too little is asked for, and nothing that was typed is lost."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from footprint.web.design.words import moment
from tests.web.cases.conftest import family_typed, said
from tests.web.cases.town import FLAT, NHS

EMMA = {"given": "Emma", "family": "Arnold", "born": "1987-12-05"}


def error_of(answer, field):
    found = re.search(rf'id="{field}-error".*?</p>', answer.content.decode(), re.DOTALL)
    text = re.sub(r"<[^>]+>|^.*?>", "", found.group()) if found else ""
    return text.strip().removeprefix("Error: ")


def test_the_four_fields_that_are_mostly_known_stand_in_front(desk):
    page = desk.get(f"{desk.opens()}ask/person/").content.decode()
    front, _, behind = page.partition("<details")
    assert re.findall(r'<input[^>]* id="id_(\w+)"', front) == ["given", "family", "born", "place"]
    assert set(re.findall(r' id="id_(\w+)"', behind)) >= {
        *("one_name", "middle", "sex", "nhs", "upn", "phone", "email", "reference")
    }


@pytest.mark.parametrize("kind", ["person", "family", "address"])
def test_no_browser_fills_in_or_keeps_a_name(desk, kind):
    page = desk.get(f"{desk.opens()}ask/{kind}/").content.decode()
    fields = re.findall(r'<input(?=[^>]*type="text")[^>]*>', page)
    assert fields
    assert all('autocomplete="off"' in field for field in fields)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"born": "32/13/2015"}, "id_born", "not one of twelve"),
        ({"born": "tomorrow-ish"}, "id_born", "not a date"),
        ({"born": "5/12/2030"}, "id_born", ""),
        ({"nhs": "123"}, "id_nhs", ""),
        ({"upn": "ABC"}, "id_upn", ""),
        ({"given": "Em*"}, "id_given", "without \\*"),
        ({"one_name": "on"}, "id_one_name", "one name only"),
        ({"given": "x" * 201}, "id_given", "at most 200"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_nothing_is_lost(desk, site, typed, field, sentence):
    answer = desk.asks(**(EMMA | typed))
    assert re.search(sentence, error_of(answer, field))
    assert error_of(answer, field)
    assert f'href="#{field}"' in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()
    for value in (EMMA | typed).values():
        assert value in answer.content.decode()
    assert site.entries(action="search") == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "id_family"),
        ({"given": "Emma"}, "id_family"),
        ({"family": "Arnold"}, "id_born"),
        ({"given": "Emma", "family": "Arnold"}, "id_born"),
    ],
)
def test_what_is_too_little_comes_back_with_what_to_add(desk, typed, field):
    answer = desk.asks(**typed)
    assert error_of(answer, field).startswith("Add ")
    assert all(value in answer.content.decode() for value in typed.values())


def test_what_stands_behind_is_open_when_something_in_it_must_be_seen(desk):
    def is_open(answer):
        return '<details class="govuk-details" open' in answer.content.decode()

    assert not is_open(desk.get(f"{desk.opens()}ask/person/"))
    assert is_open(desk.asks(**EMMA, nhs="123"))
    assert is_open(desk.asks(family="Arnold", phone="01632 960001", nhs="1"))


@pytest.mark.parametrize(
    "typed",
    [
        {"family": "Arnold", "born": "5/12/1987"},
        {"family": "Arnold", "place": "WS1 4PG"},
        {"given": "Emma", "family": "Arnold", "born": "about 38"},
        {"given": "Emma", "family": "Arnold", "born": "1987"},
    ],
)
def test_little_may_be_enough(desk, typed):
    assert "emma arnold" in said(desk.asks(**typed)).lower()


def test_a_number_alone_is_enough(desk):
    assert "One person matches" in said(desk.asks(nhs=NHS["JACOB"]))


def test_a_question_is_corrected_from_its_answer_and_nothing_typed_is_lost(desk):
    answer = desk.asks(given="Emma", family="Arnhold", born="5/12/1987", place=FLAT, sex="F", nhs=NHS["ISLA"])
    (again,) = re.findall(r'href="([^"]*\?again=[^"]*)"', answer.content.decode())
    form = desk.get(again).content.decode()
    for value in ("Emma", "Arnhold", "5/12/1987", FLAT, NHS["ISLA"]):
        assert f'value="{value}"' in form
    assert re.search(r'value="F"\s+checked', form)


def test_a_question_of_another_case_is_not_corrected_in_this_one(desk):
    answer = desk.leads_to(**EMMA)
    handle = answer.rstrip("/").rpartition("/")[2]
    desk.opens()
    assert desk.get(f"{desk.case}ask/person/?again={handle}").status_code == 404
    assert desk.get(f"{desk.case}look-ups/{handle}/").status_code == 404


def test_an_address_needs_an_address(desk):
    answer = desk.asks("address", place=" ", flat="3")
    assert "Write the address" in error_of(answer, "id_place")
    assert 'value="3"' in answer.content.decode()


def test_the_form_says_until_when_it_must_be_sent_and_the_session_lasts_as_long(desk):
    page = desk.get(f"{desk.opens()}ask/person/")
    until = re.search(r"If you send nothing by (.+? at \d\d:\d\d), you are signed out", said(page))[1]
    # The last use is written down once a minute.
    assert until in {moment(timezone.now() + dt.timedelta(minutes=minutes)) for minutes in (28, 29, 30)}


# ---- a family


def rows(answer):
    return len(re.findall(r'id="id_p\d+-given"', answer.content.decode()))


def test_a_family_begins_with_three_rows_and_grows_to_twelve_keeping_what_was_typed(desk):
    form = desk.get(f"{desk.opens()}ask/family/")
    assert rows(form) == 3
    people = [("Emma", "Arnold", "1987-12-05"), ("Liam", "Spenley", "nonsense")]
    for expected in range(4, 13):
        grown = people + [("", "", "")] * (expected - 1 - len(people))
        form = desk.client.post(f"{desk.case}ask/family/", family_typed(grown, FLAT, add="one"))
        assert rows(form) == expected
    page = form.content.decode()
    assert "Add another person" not in page
    assert "There is a problem" not in page
    for value in (*people[0], *people[1], FLAT):
        assert f'value="{value}"' in page
    grown = [*people, *[("", "", "")] * 10]
    assert rows(desk.client.post(f"{desk.case}ask/family/", family_typed(grown, add="one"))) == 12


def test_nobody_at_all_is_not_a_family(desk):
    answer = desk.asks("family", **family_typed([], FLAT))
    assert "Write at least one person" in error_of(answer, "id_p1-family")


def test_what_is_wrong_in_a_family_is_said_at_its_row(desk):
    people = [("Emma", "Arnold", "1987-12-05"), ("", "", ""), ("Liam", "Spenley", "32/13/1987")]
    answer = desk.asks("family", **family_typed(people))
    assert error_of(answer, "id_p3-born").startswith("Person 3: ")
    assert error_of(answer, "id_p1-born") == ""
    assert 'href="#id_p3-born"' in answer.content.decode()


def test_one_of_whom_too_little_is_known_keeps_nobody_from_asking_about_the_others(desk):
    people = [("Emma", "Arnold", "1987-12-05"), ("Nobody", "Known", "")]
    answer = desk.asks("family", **family_typed(people))
    assert answer.status_code == 200
    assert "Whom you asked for" in said(answer)
    assert "Add one of these: the date of birth, a year of birth or an age, the postcode." in said(answer)


def test_a_family_name_left_empty_is_that_of_the_person_above(desk):
    people = [("Emma", "Arnold", "1987-12-05"), ("Jacob", "", "2013-09-25"), ("James", "", "2013-09-25")]
    answer = desk.asks("family", **family_typed(people, FLAT))
    page = said(answer)
    assert "Jacob Arnold (family name of the person above), born 25 September 2013" in page
    assert "James Arnold (family name of the person above), born 25 September 2013" in page


def test_who_has_one_name_only_has_not_the_name_above(desk):
    people = [("Emma", "Arnold", "1987-12-05"), ("Jacob", "", "2013-09-25")]
    answer = desk.asks("family", **family_typed(people, FLAT, **{"p2-one_name": "on"}))
    assert "Jacob, born 25 September 2013" in said(answer)


def test_a_family_is_corrected_from_its_answer(desk):
    people = [("Emma", "Arnold", "1987-12-05"), ("Jacob", "", "2013-09-25")]
    answer = desk.asks("family", **family_typed(people, FLAT))
    (again,) = re.findall(r'href="([^"]*ask/family/\?again=[^"]*)"', answer.content.decode())
    form = desk.get(again).content.decode()
    assert rows(desk.get(again)) == 3
    for value in ("Emma", "Arnold", "Jacob", "2013-09-25", FLAT):
        assert f'value="{value}"' in form
