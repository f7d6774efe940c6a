"""Finding entries again: whose they are, whom they concern, which case, which numbers, which receipt."""

import pytest

from footprint.ledger import outcome_of


@pytest.fixture
def busy_day(ledger, event):
    """Six entries: two look-ups by two people in two cases, a disclosure, and a publication."""
    first = event(actor="user-1", case="C-1")
    second = event(actor="user-2", case="C-2", partnership="next-borough")
    ledger.record_all(
        [
            first,
            outcome_of(first, 0, subjects=("P1",), shown=("P1", "P2")),
            second,
            outcome_of(second, 2, shown=("P2",), count=5),
            event(kind="disclosure", actor="user-1", case="C-1", subjects=("P1", "P1")),
            event(kind="change", action="publish", actor="operator", case=None),
        ]
    )
    return ledger


@pytest.mark.parametrize(
    ("filters", "sequences"),
    [
        ({}, [0, 1, 2, 3, 4, 5]),
        ({"actor": "user-1"}, [0, 1, 4]),
        ({"subject": "P1"}, [1, 4]),
        ({"subject": "P2"}, [1, 3]),
        ({"subject": "P2", "actor": "user-2"}, [3]),
        ({"subject": "nobody"}, []),
        ({"case": "C-2"}, [2, 3]),
        ({"partnership": "next-borough"}, [2, 3]),
        ({"kind": "change"}, [5]),
        ({"first": 2, "last": 4}, [2, 3, 4]),
        ({"first": 4, "limit": 1}, [4]),
        ({"case": "C-1' OR '1'='1"}, []),
    ],
)
def test_entries_are_found(busy_day, filters, sequences):
    assert [entry.leaf.sequence for entry in busy_day.entries(**filters)] == sequences


def test_counts_are_of_what_was_shown(busy_day):
    assert [entry.leaf.count for entry in busy_day.entries(kind="outcome")] == [2, 5]


def test_an_event_is_found_after_a_failure_that_left_doubt(busy_day):
    event_id = busy_day.entries()[4].leaf.event
    assert [entry.leaf.sequence for entry in busy_day.entries(event=event_id)] == [4]


def test_a_receipt_finds_its_entry_and_no_other(busy_day):
    number = busy_day.entries()[3].receipt_number
    assert busy_day.by_receipt(number).leaf.sequence == 3
    for false in (
        number.replace("3-", "2-"),
        number[:-1],
        number[:-1] + "?",
        "",
        "-",
        "x",
        "9" * 30 + "-AAAAAAAA",
        "99-AAAAAAAA",
        "²-AAAAAAAA",
    ):
        assert busy_day.by_receipt(false) is None
