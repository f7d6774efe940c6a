"""Folding: any script and any keyboard to plain words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from footprint.records.text import fold, letters, tidy, unique, words
from tests.records.any_text import TEXTS

FOLDED = [
    ("O'Brien", "obrien"),
    ("O’Brien", "obrien"),
    ("N`Diaye", "ndiaye"),
    ("Smith-Jones", "smith jones"),
    ("Smith – Jones", "smith jones"),
    ("  José   María ", "jose maria"),
    ("Jose\u0301", "jose"),
    ("Łukasz Żółć", "lukasz zolc"),
    ("Straße", "strasse"),
    ("İbrahim Yılmaz", "ibrahim yilmaz"),
    ("Юлия", "yuliya"),
    ("محمد", "mhmd"),
    ("ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "gurprit singh"),
    ("李明", "li ming"),
    ("やまだ", "yamada"),
    ("Ａｍｉｎａ", "amina"),
    ("Ami\u200bna\u202e", "amina"),
    ("Amina\x00", "amina"),
    ("Amina 😀", "amina"),
    ("Flat 3/12", "flat 3 12"),
    ("", ""),
    ("’", ""),
]


@pytest.mark.parametrize(("written", "folded"), FOLDED)
def test_a_text_folds_to_plain_words(written, folded):
    assert fold(written) == folded
    assert words(written) == folded.split()


@given(TEXTS)
def test_folding_gives_single_spaced_ascii_words_and_folds_to_itself(text):
    folded = fold(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?: [a-z0-9]+)*)?", folded)
    assert fold(folded) == folded


@given(TEXTS)
def test_folding_does_not_mind_what_tidying_takes_out(text):
    assert fold(tidy(text)) == fold(text)


@given(TEXTS)
def test_tidying_twice_changes_nothing_and_leaves_nothing_unprintable(text):
    tidied = tidy(text)
    assert tidy(tidied) == tidied
    assert tidied.replace("\N{NO-BREAK SPACE}", " ").isprintable() or not tidied.isascii()
    tidied.encode("utf-8")  # a lone surrogate would raise: what is kept can be written


def test_tidying_keeps_script_case_and_accents():
    assert tidy(" \u202eJosé\t  MARÍA\x07  محمد ") == "José MARÍA محمد"


def test_sorted_letters_are_equal_for_a_swap_of_neighbours():
    assert letters("brian") == letters("brain") != letters("bryan")
    assert letters("van der berg") == letters("vander berg")


def test_unique_keeps_the_first_of_equal_values_and_no_empty_one():
    assert unique(["b", "", "a", "b"]) == ["b", "a"]
    assert unique([""]) == []
