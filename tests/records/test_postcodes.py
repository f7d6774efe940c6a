"""Postcodes: the shapes that government publishes, and the slips of those who type them."""

from __future__ import annotations

import pytest
from hypothesis import given

from footprint.records.postcodes import check_postcode, find_postcode
from tests.records.any_text import TEXTS

GOOD = {
    "WS1 1AA": "WS1 1AA",
    "ws11aa": "WS1 1AA",
    " WS1  1AA ": "WS1 1AA",
    "WS1-1AA.": "WS1 1AA",
    "M1 1AE": "M1 1AE",
    "B33 8TH": "B33 8TH",
    "CR2 6XH": "CR2 6XH",
    "DN55 1PT": "DN55 1PT",
    "W1A 0AX": "W1A 0AX",
    "EC1A 1BB": "EC1A 1BB",
    "SW1W 0NY": "SW1W 0NY",
    "GIR 0AA": "GIR 0AA",
    "WS1 OAA": "WS1 0AA",
    "WS1 IAA": "WS1 1AA",
    "BFPO 58": "BFPO 58",
    "bfpo58": "BFPO 58",
    "BF1 0AX": "BF1 0AX",
}
BAD = ["WS1", "WS1 1A", "1WS 1AA", "WS1 1CA", "QS1 1AA", "WS111 1AA", "NFA", "Walsall"]


@pytest.mark.parametrize(("text", "normal"), GOOD.items())
def test_a_postcode_has_one_form(text, normal):
    assert check_postcode(text) == (normal, "")


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_postcode_is_given_back_with_a_reason(text):
    assert check_postcode(text).reason == "This is not a postcode. Write it like WS1 1AA."


def test_a_stand_in_postcode_places_nobody():
    assert check_postcode("zz993vz") == ("ZZ99 3VZ", "This is a stand-in for a place without a postcode.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 High St, Walsall WS1 1AA", ("WS1 1AA", "12 High St, Walsall")),
        ("12 High St WS11AA Walsall", ("WS1 1AA", "12 High St Walsall")),
        ("12 High St, Walsall", ("", "12 High St, Walsall")),
        ("BFPO 58", ("BFPO 58", "")),
        ("12 High St WS1 1AA, ref QA1 1CC", ("WS1 1AA", "12 High St , ref QA1 1CC")),
        ("no fixed abode zz99 3vz", ("ZZ99 3VZ", "no fixed abode")),
    ],
)
def test_a_postcode_is_found_in_a_line(text, found):
    assert find_postcode(text) == found


@given(TEXTS)
def test_any_text_is_read_and_a_good_postcode_reads_as_itself(text):
    checked = check_postcode(text)
    if not checked.reason:
        assert check_postcode(checked.value) == checked
    find_postcode(text)
