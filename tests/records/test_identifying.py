"""Numbers: their normal forms, their check digits, and why one is kept but not compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.records.codes import IDENTIFIER_SCHEMES
from footprint.records.identifying import CHECKS, check
from tests.records.any_text import TEXTS

GOOD = [
    ("nhs", "943 476 5919", "9434765919"),
    ("nhs", "943-476-5919", "9434765919"),
    ("nhs", "\u202a9434765919\u202c", "9434765919"),
    ("upn", "B801200005001", "B801200005001"),
    ("upn", "b801 2000 05001", "B801200005001"),
    ("former-upn", "B801200005001", "B801200005001"),
    ("pnc", "2003/0062845E", "2003/0062845E"),
    ("pnc", "03/62845E", "2003/0062845E"),
    ("pnc", "20030062845E", "2003/0062845E"),
    ("cro", "SF05/482703J", "SF05/482703J"),
    ("cro", "265416/21G", "265416/21G"),
    ("national-insurance", "ab 12 34 56 c", "AB123456"),
    ("la-child-id", "la-0042", "LA0042"),
    ("urn", "104214", "104214"),
    ("laestab", "335/2001", "3352001"),
    ("laestab", "335 2001", "3352001"),
    ("ods", "m91001", "M91001"),
    ("uprn", "000012345678", "000012345678"),
    ("uprn", "+100012345678", "100012345678"),
    ("uprn", "100012345678.0", "100012345678"),
    ("usrn", "12345678", "12345678"),
    ("police/person-id", " p 00 12 ", "P0012"),
]
KEPT_BUT_NOT_COMPARED = [
    ("nhs", "9434765918", "check digit"),
    ("nhs", "943476591", "ten figures"),
    ("nhs", "0000000000", "filler"),
    ("nhs", "9999999999", "filler"),
    ("nhs", "unknown", "ten figures"),
    ("upn", "A801200005001", "check letter"),
    ("upn", "B80120000500", "thirteen"),
    ("upn", "B8012000O5001", "a letter and twelve figures"),
    ("pnc", "2003/0062845F", "check letter"),
    ("pnc", "unknown", "reads YYYY"),
    ("cro", "265416/21H", "check letter"),
    ("cro", "12", "reads NNNNNN"),
    ("uln", "1234567890", "check digit"),
    ("uln", "12345", "ten figures"),
    ("national-insurance", "QQ123456C", "two letters"),
    ("la-child-id", "X" * 21, "twenty"),
    ("urn", "1042", "6 figures"),
    ("laestab", "3350000000", "7 figures"),
    ("ods", "M9", "three to ten"),
    ("uprn", "1234567890123", "twelve figures"),
    ("uprn", "0", "filler"),
    ("uprn", "99999999", "filler"),
    ("nhs", "", "Nothing"),
]


@pytest.mark.parametrize(("scheme", "text", "normal"), GOOD)
def test_a_good_number_has_one_form(scheme, text, normal):
    assert check(scheme, text) == (normal, "")


@pytest.mark.parametrize(("scheme", "text", "reason"), KEPT_BUT_NOT_COMPARED)
def test_a_number_that_fails_is_given_back_with_a_sentence(scheme, text, reason):
    checked = check(scheme, text)
    assert reason in checked.reason
    assert checked.reason.endswith(".")
    assert checked.value == "".join(
        character for character in text.upper() if character.isalnum() or character == "/"
    )


def test_a_temporary_upn_is_well_formed_and_proves_nothing():
    stem = "80120000500"
    letters = [f"{first}{stem}A" for first in "ABCDEFGHJKLMNPQRTUVWXYZ"]
    reasons = [check("upn", number).reason for number in letters]
    assert sum("temporary UPN" in reason for reason in reasons) == 1
    assert sum("check letter" in reason for reason in reasons) == len(letters) - 1


def test_a_upn_of_a_council_that_is_newer_than_the_list_is_good():
    stem = "839200005001"  # Bournemouth, Christchurch and Poole, made in 2019
    assert [check("upn", f"{first}{stem}").reason for first in "ABCDEFGHJKLMNPQRTUVWXYZ"].count("") == 1


def test_a_mistyped_figure_of_an_nhs_number_is_always_noticed():
    good = "9434765919"
    for place in range(10):
        for figure in "0123456789":
            wrong = good[:place] + figure + good[place + 1 :]
            assert bool(check("nhs", wrong).reason) == (wrong != good)


def test_a_good_uln_checks_as_the_learning_records_service_says():
    assert [check("uln", f"102645759{figure}").reason for figure in range(10)].count("") == 1
    total = sum(int(figure) * weight for figure, weight in zip("102645759", range(10, 1, -1), strict=True))
    assert check("uln", f"102645759{10 - total % 11}") == (f"102645759{10 - total % 11}", "")


def test_every_scheme_that_records_name_has_a_check():
    assert set(IDENTIFIER_SCHEMES) <= set(CHECKS)


@given(st.sampled_from([*CHECKS, "police/person-id", "anything"]), TEXTS)
def test_any_text_is_checked_and_a_good_number_checks_as_itself(scheme, text):
    checked = check(scheme, text)
    if not checked.reason:
        assert checked.value
        assert check(scheme, checked.value) == checked
