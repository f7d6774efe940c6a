"""Names in fields and in one line, with everything that people write beside a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.records.naming import parse_full_name, read_name
from footprint.records.person import Name
from footprint.records.text import fold
from tests.records.any_text import TEXTS

ONE_LINE = [
    # as written, given, middle, family
    ("Amina Khan", "amina", "", "khan"),
    ("KHAN, Amina", "amina", "", "khan"),
    ("KHAN, Mrs Amina Bibi", "amina", "bibi", "khan"),
    ("KHAN Amina", "amina", "", "khan"),
    ("amina bibi khan", "amina", "bibi", "khan"),
    ("Mr John van der Berg Jr", "john", "", "van der berg"),
    ("Smith, Jr", "smith", "", ""),
    ("Dr. Sarah O'Neill-Jones", "sarah", "", "oneill jones"),
    ("Ahmed bin Salim Al Harthi", "ahmed", "", "bin salim al harthi"),
    ("Maria del Carmen Gómez", "maria", "del carmen", "gomez"),
    ("Jonathan Smith aka Jack Brown", "jonathan", "", "smith"),
    ("Madonna", "madonna", "", ""),
    ("李明", "ming", "", "li"),
    ("", "", "", ""),
    (",", "", "", ""),
]
NO_NAME_YET = [
    # given, family as written; family and mother read. Never a given name
    ("Baby", "Khan", "khan", ""),
    ("BABY BOY", "Khan", "khan", ""),
    ("Baby Khan", "", "khan", ""),
    ("Baby Khan", "Khan", "khan", ""),
    ("Baby of Sana Khan", "Khan", "khan", "sana khan"),
    ("B/O Sana Khan", "Khan", "khan", "sana khan"),
    ("Baby girl of Sana Khan", "", "", "sana khan"),
    ("Unborn", "Khan", "khan", ""),
    ("Unborn baby", "Khan", "khan", ""),
    ("Unborn Khan", "", "khan", ""),
    ("Twin 1", "Khan", "khan", ""),
    ("Twin Two", "Khan", "khan", ""),
    ("Male infant", "Khan", "khan", ""),
    ("Unknown", "Khan", "khan", ""),
    ("Not known", "NOT KNOWN", "", ""),
    ("N/K", "Khan", "khan", ""),
    ("Test", "Patient", "patient", ""),
    ("FNU", "LNU", "", ""),
    ("?", "?", "", ""),
]
REAL_AFTER_ALL = [
    ("Baby Amina", "Khan", "amina"),
    ("Junior", "Francis", "junior"),
    ("Major", "Singh", "major"),
    ("Given", "Moyo", "given"),
    ("Miss", "Smith", "miss"),
    ("I", "Smith", "i"),
    ("Master Tom", "Smith", "tom"),
]
ASIDES = [
    ("Jonathan (known as Jack)", "Smith", {"jonathan", "jack"}, {"smith"}),
    ('Jonathan "Jack"', "Smith", {"jonathan", "jack"}, {"smith"}),
    ("Jonathan aka Jack", "Smith", {"jonathan", "jack"}, {"smith"}),
    ("Jonathan [Jack; Jonno]", "Smith", {"jonathan", "jack", "jonno"}, {"smith"}),
    ("Sarah", "Smith (née Jones)", {"sarah"}, {"smith", "jones"}),
    ("Sarah", "Smith formerly Jones", {"sarah"}, {"smith", "jones"}),
    ("Sarah (deceased)", "Smith", {"sarah"}, {"smith"}),
    ("Sarah (", "Smith", {"sarah"}, {"smith"}),
]


@pytest.mark.parametrize(("line", "first", "middle", "family"), ONE_LINE)
def test_a_name_in_one_line_is_parted(line, first, middle, family):
    reading = read_name(Name(full=line))
    assert (reading.given, reading.middle, reading.family) == (first, middle, family)


@pytest.mark.parametrize(("first", "last", "family", "mother"), NO_NAME_YET)
def test_a_placeholder_is_no_name(first, last, family, mother):
    reading = read_name(Name(given=first, family=last))
    assert (reading.given, reading.given_forms) == ("", ())
    assert (reading.family, reading.child_of) == (family, mother)
    assert reading.placeholder == bool(fold(first))


@pytest.mark.parametrize(("first", "last", "name"), REAL_AFTER_ALL)
def test_what_looks_like_a_placeholder_or_title_may_be_the_name(first, last, name):
    reading = read_name(Name(given=first, family=last))
    assert (reading.given, reading.family) == (name, fold(last))
    assert not reading.placeholder


@pytest.mark.parametrize(("first", "last", "given_forms", "families"), ASIDES)
def test_another_name_written_beside_is_another_form(first, last, given_forms, families):
    reading = read_name(Name(given=first, family=last))
    assert set(reading.given_forms) == given_forms
    assert set(reading.family_forms) == families
    assert reading.given == min(given_forms, key=first.lower().find)


def test_senior_and_junior_lose_only_the_word():
    senior, junior = read_name(Name(full="John Smith Snr")), read_name(Name(given="John", family="Smith Jr"))
    assert senior == junior == read_name(Name(given="John", family="Smith"))
    assert read_name(Name(given="John Jr", family="Smith")) == senior


def test_brothers_who_share_a_name_of_honour_are_called_by_the_other():
    ibrahim = read_name(Name(given="Muhammad", middle="Ibrahim", family="Khan"))
    assert ibrahim.given == "ibrahim"
    assert ibrahim.middle == "muhammad"
    assert set(ibrahim.given_forms) == {"ibrahim", "muhammad"}
    assert read_name(Name(given="Muhammad Yusuf", family="Khan")).given == "yusuf"
    assert read_name(Name(given="Muhammad", middle="J", family="Khan")).given == "muhammad"
    assert read_name(Name(given="Syeda", middle="Bibi")).given == "syeda"


def test_a_weak_family_name_in_the_middle_counts_as_a_family_name_too():
    reading = read_name(Name(given="Amandeep", middle="Kaur", family="Sandhu"))
    assert reading.family == "sandhu"
    assert reading.family_forms == ("sandhu", "kaur")


def test_the_line_itself_is_kept():
    assert parse_full_name("KHAN,  Amina (known as Mina)").full == "KHAN, Amina (known as Mina)"
    assert parse_full_name("Amina Khan", use="alias").use == "alias"


def test_fields_win_over_the_line():
    assert read_name(Name(given="Amina", full="Somebody Else")).given == "amina"


@given(TEXTS)
def test_any_line_is_read_and_kept(text):
    name = parse_full_name(text)
    assert fold(name.full) == fold(text)
    reading = read_name(Name(full=text))
    assert not reading.given or reading.given in reading.given_forms
    assert " ".join(reading.family_forms[:1]) == reading.family or not reading.family


@given(TEXTS, TEXTS, TEXTS)
def test_any_fields_are_read_to_folded_words_and_reading_the_reading_invents_nothing(first, middle, last):
    reading = read_name(Name(given=first, middle=middle, family=last))
    for part in (reading.given, reading.middle, reading.family, *reading.given_forms, *reading.family_forms):
        assert part == fold(part)
    assert (reading.given == "") <= (reading.given_forms == () or "" not in reading.given_forms)


@given(
    st.sampled_from(["Amina", "Łukasz", "Abdul Rahman"]),
    st.sampled_from(["Khan", "Smith-Jones", "van der Berg", "O'Neill"]),
)
def test_fields_a_comma_and_a_line_say_the_same(first, last):
    in_fields = read_name(Name(given=first, family=last))
    assert read_name(Name(full=f"{last}, {first}")) == in_fields
    if " " not in first:
        assert read_name(Name(full=f"{first} {last}")) == in_fields
