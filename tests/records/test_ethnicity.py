"""Ethnicity stays in the scheme it was said in, and what an officer saw never stands for what a person said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.records.ethnicity import SCHEMES, in_words, meaning, read_ethnicity, self_defined
from footprint.records.person import Ethnicity
from tests.records.any_text import TEXTS


@pytest.mark.parametrize(
    ("code", "scheme", "label", "group"),
    [
        ("apkn", "dfe", "Pakistani", "asian"),
        ("4", "ons-2021", "Pakistani", "asian"),
        ("A2", "police", "Pakistani", "asian"),
        ("J", "nhs", "Pakistani", "asian"),
        ("O1", "police", "Chinese", "asian"),
        ("WROM", "dfe", "Roma", "white"),
        ("18", "ons-2021", "Arab", "other"),
        ("NOBT", "dfe", "Not stated or not obtained", ""),
        ("ic4", "ic", "South Asian (seen by an officer)", "asian"),
    ],
)
def test_a_code_keeps_its_scheme_and_has_a_meaning(code, scheme, label, group):
    ethnicity = read_ethnicity(code, scheme).value
    assert (ethnicity.code, ethnicity.scheme) == (code.upper(), scheme)
    assert meaning(ethnicity) == (label, group)


def test_the_schemes_are_whole():
    assert {scheme: len(codes) for scheme, codes in SCHEMES.items()} == {
        "dfe": 20,
        "ons-2021": 19,
        "police": 17,
        "nhs": 17,
        "ic": 8,
    }


def test_what_an_officer_saw_is_marked_and_is_never_self_defined():
    said, seen = read_ethnicity("A2", "police").value, read_ethnicity("IC4", "ic").value
    assert seen.observed
    assert not said.observed
    assert self_defined([seen, said]) == (said,)
    assert self_defined([seen]) == ()


def test_a_code_of_no_scheme_is_refused_when_read_and_shown_as_it_is_when_held():
    assert read_ethnicity("IC1", "dfe") == (None, "This is not a code of the ethnicity scheme 'dfe'.")
    assert read_ethnicity("", "dfe") == (None, "")
    assert meaning(Ethnicity(code="local-7", scheme="local")) == ("local-7", "")


@given(TEXTS, st.sampled_from([*SCHEMES, "another"]))
def test_any_text_is_read(text, scheme):
    read_ethnicity(text, scheme)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A2", "Pakistani (A2)"),
        ("apkn", "Pakistani (APKN)"),
        ("IC4", "South Asian (seen by an officer) (IC4)"),
        ("Kashmiri", "Kashmiri"),
        ("19", "19"),
        ("A", "A"),
        ("", ""),
    ],
)
def test_a_code_that_nobody_writes_by_chance_is_read_with_its_label(text, said):
    assert in_words(text) == said
