"""Days, ages and contacts as people write them."""

import datetime as dt

import pytest

from footprint.answer import words
from footprint.records import DutyContact, PartialDate

DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        (PartialDate(2015, 11, 23), "11"),
        (PartialDate(2015, 11, 24), "10"),
        (PartialDate(2024, 11, 23), "2"),
        (PartialDate(2024, 11, 24), "23 months"),
        (PartialDate(2026, 10, 23), "1 month"),
        (PartialDate(2026, 11, 23), "under a day"),
        (PartialDate(2026, 11, 22), "1 day"),
        (PartialDate(2026, 11, 10), "13 days"),
        (PartialDate(2026, 11, 9), "2 weeks"),
        (PartialDate(2026, 10, 24), "4 weeks"),
        (PartialDate(2015, 3, None, "UAA"), "about 11"),
        (PartialDate(2015, 1, 1, "EEA"), "about 11"),
        (PartialDate(None, 3, 27, "AAU"), ""),
        (PartialDate(2027, 1, 1), ""),
        (PartialDate(2026, 12, 1), ""),
    ],
)
def test_an_age(birth, age):
    assert words.age(birth, DAY) == age


@pytest.mark.parametrize(
    ("birth", "expected", "text"),
    [
        (PartialDate(2015, 3, 27), None, "27 March 2015"),
        (PartialDate(2015, 3, None, "UAA"), None, "March 2015"),
        (PartialDate(2015, None, None, "UUE"), None, "2015 (estimated)"),
        (None, PartialDate(2027, 3, 3, "XXX"), "expected 3 March 2027"),
        (None, None, ""),
    ],
)
def test_a_birthday(birth, expected, text):
    assert words.birth(birth, expected) == text


@pytest.mark.parametrize(
    ("contact", "text"),
    [
        (
            DutyContact(worker="DC Marsh", team="CID", phone="101", hours="always"),
            "DC Marsh, CID, 101 (always)",
        ),
        (DutyContact(team="CID", fallback="inspector"), "CID; otherwise inspector"),
        (DutyContact(fallback="inspector"), "inspector"),
        (DutyContact(hours="always"), ""),
    ],
)
def test_whom_to_ring(contact, text):
    assert words.contact(contact) == text
