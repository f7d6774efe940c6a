"""The words of the house as values: keys, names in one line, dates in part."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.records import Address, Name, PartialDate, Record, RecordKey, partial_date

KEY_PART = st.text(st.characters(exclude_characters="/", exclude_categories=("Cs",)), min_size=1)


@given(KEY_PART, KEY_PART, st.text(min_size=1))
def test_a_key_is_read_back_from_its_text(partner, scheme, identifier):
    key = RecordKey(partner, scheme, identifier)
    assert RecordKey.parse(str(key)) == key


@pytest.mark.parametrize(
    "text", ["", "police", "police/person-id", "police//12", "/person-id/12", "police/person-id/"]
)
def test_a_text_that_is_no_key_is_refused_with_the_shape_of_one(text):
    with pytest.raises(ValueError, match="Write it as PARTNER/SCHEME/ID"):
        RecordKey.parse(text)


def test_a_name_reads_in_the_order_in_which_it_was_given():
    assert Name(given="Amina", family="Khan").text == "Amina Khan"
    assert Name(given="Amina", family="Khan", full="KHAN, Amina").text == "KHAN, Amina"


def test_an_address_reads_in_one_line_and_no_fixed_abode_says_so():
    assert (
        Address(flat="Flat 3", number="12", street="High St", postcode="WS1 1AA").text
        == "Flat 3, 12 High St, WS1 1AA"
    )
    assert Address(no_fixed_abode=True).text == "No fixed abode"
    assert Address().text == ""


@pytest.mark.parametrize(
    ("date", "iso", "whole"),
    [
        (PartialDate.of(dt.date(2015, 3, 27)), "2015-03-27", dt.date(2015, 3, 27)),
        (partial_date(2015, 3), "2015-03", None),
        (partial_date(2015), "2015", None),
        (partial_date(None, 3, 27), "--03-27", None),
        (partial_date(None, 3), "", None),
        (PartialDate(2015, 2, 31), "2015-02-31", None),
    ],
)
def test_a_date_says_as_much_as_is_known(date, iso, whole):
    assert (date.iso, date.whole) == (iso, whole)


@pytest.mark.parametrize(
    ("date", "placeholder"),
    [
        (partial_date(2010, 1, 1), True),
        (partial_date(1900, 5, 6), True),
        (partial_date(2010, 1), False),
        (partial_date(2010, 1, 2), False),
        (partial_date(None, 1, 1), True),
    ],
)
def test_the_first_of_january_and_the_year_1900_stand_for_an_unknown_birthday(date, placeholder):
    assert date.placeholder is placeholder


def test_accuracy_is_said_day_first_and_unknown_parts_are_marked():
    assert partial_date(2015, 3, quality="E").accuracy == "UEE"
    assert partial_date(2027, 1, 9, quality="X").expected
    assert not partial_date(2015).expected


def test_a_child_is_unborn_until_it_has_a_birthday():
    key = RecordKey("police", "person-id", "1")
    due = partial_date(2027, 1, 9, quality="X")
    assert Record(key=key, expected=due).unborn
    assert not Record(key=key, expected=due, birth=due).unborn
    assert not Record(key=key).unborn
