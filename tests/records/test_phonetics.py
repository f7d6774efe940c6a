"""Names that are heard alike have one code; names that are heard apart have not."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given

from footprint.records.phonetics import CODE_LENGTH, phonetic_code
from footprint.records.text import fold
from tests.records.any_text import TEXTS

HEARD_ALIKE = [
    "mohammed muhammad mohamed muhammed mohamad muhamed",
    "yusuf yousaf yousef youssouf yussuf",
    "chaudhry choudhury chowdhury chaudhary",
    "hussain hossein husain hosain",
    "ayesha aisha aysha aishah",
    "zainab zaynab sainab",
    "qasim kasim khasim",
    "jaswinder jasvinder",
    "omar umar",
    "ibrahim ebrahim",
    "szymon shimon simon",
    "kowalski kovalski",
    "yelena elena jelena",
    "catherine katherine kathryn",
    "geoffrey jeffrey",
    "shaun shawn sean",
    "thompson tomson",
    "campbell cambell",
    "macdonald mcdonald",
    "wright right",
    "smith smyth",
    "rebecca rebekah",
    "philip filip",
    "xavier savier",
    "bridget brijet",
    "djamal jamal",
]
HEARD_APART = [
    "khan begum",
    "ali khan",
    "smith jones",
    "mohammed ahmed",
    "amina sana",
    "jack harry",
    "omar imran",
    "singh kaur",
]


@pytest.mark.parametrize("names", HEARD_ALIKE)
def test_names_heard_alike_have_one_code(names):
    assert len({phonetic_code(name) for name in names.split()}) == 1


@pytest.mark.parametrize("names", HEARD_APART)
def test_names_heard_apart_have_different_codes(names):
    for one, other in combinations(names.split(), 2):
        assert phonetic_code(one) != phonetic_code(other)


@given(TEXTS)
def test_a_code_is_short_lower_case_ascii_and_empty_only_without_letters(text):
    folded = fold(text)
    code = phonetic_code(folded)
    assert re.fullmatch(rf"[a-z]{{0,{CODE_LENGTH}}}", code)
    assert bool(code) == any(character.isalpha() for character in folded)
