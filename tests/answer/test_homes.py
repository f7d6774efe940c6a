"""Where a person lives, as partners say it: the last move first, and of every other door who still holds it."""

import pytest

from footprint.answer.homes import homes
from footprint.answer.statements import Source, stated
from footprint.records import Address, Record, RecordKey

DAY, SINCE = "2026-11-22", "2025-11-22"
OLD = {"number": "12", "street": "Elm Road", "postcode": "WS1 1AA"}
NEW = {"number": "9", "street": "Ash Close", "postcode": "WS2 2BB"}


def says(partner, *addresses, on=DAY):
    key = RecordKey(partner.lower().replace(" ", "-"), "id", "1")
    return Source(
        Record(key=key, names=(), addresses=tuple(Address(**one) for one in addresses)), partner, on
    )


def told(*sources):
    return [(one.address.partition(",")[0], one.state, one.says) for one in homes(sources, DAY, SINCE)]


def test_a_home_that_another_says_was_left_stands_after_the_current_one_with_who_says_what_and_when():
    hospital = says("Hospital", OLD, on="2026-03-03")
    care = says("Social care", OLD | {"use": "old", "end": "2026-05-02"}, NEW | {"start": "2026-05-02"})
    school = says("School", NEW)
    assert told(hospital, school, care) == [
        (
            "9 Ash Close",
            "lives",
            "Since 2 May 2026, says Social care; School (data of 22 November 2026) gives no date of moving in.",
        ),
        (
            "12 Elm Road",
            "held",
            "Hospital (data of 3 March 2026) still holds it; Social care says left on 2 May 2026.",
        ),
    ]


def test_a_move_of_this_year_stands_before_what_more_partners_say_without_a_date():
    found = told(says("Police", OLD), says("School", OLD), says("Care", NEW | {"start": "2026-05-02"}))
    assert [address for address, _, _ in found] == ["9 Ash Close", "12 Elm Road"]


def test_a_move_of_long_ago_does_not():
    found = told(says("Police", OLD), says("School", OLD), says("Care", NEW | {"start": "2019-05-02"}))
    assert [address for address, _, _ in found] == ["12 Elm Road", "9 Ash Close"]
    assert found[0][2] == "Police and School (data of 22 November 2026) give no date of moving in."


def test_somebody_who_came_back_lives_there():
    found = told(says("Police", OLD | {"end": "2020-05-02"}), says("Care", OLD | {"start": "2026-01-05"}))
    assert found == [("12 Elm Road", "lives", "Since 5 January 2026, says Care.")]


@pytest.mark.parametrize(("end", "shown"), [("2026-05-02", 1), ("2024-05-02", 0)])
def test_a_home_that_all_who_name_it_say_was_left_is_told_for_twelve_months(end, shown):
    found = told(says("Police", OLD | {"use": "old", "end": end}))
    assert found == [("12 Elm Road", "left", "Police says left on 2 May 2026.")] * shown


def test_what_is_no_home_is_not_among_them():
    assert told(says("Police", OLD | {"use": "work"}), says("Care", OLD | {"use": "billing"})) == []


def test_nowhere_fixed_is_said():
    ((address, state, _),) = told(says("Police", {"no_fixed_abode": True}))
    assert (address, state) == ("No fixed abode", "lives")


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ([OLD], [NEW], True),
        ([OLD], [OLD], False),
        ([OLD | {"end": "2026-05-02"}], [NEW], False),
        ([OLD, NEW], [NEW], False),
        ([OLD], [OLD | {"flat": "Flat B"}], False),
        ([OLD | {"flat": "Flat A"}], [OLD | {"flat": "Flat B"}], True),
    ],
)
def test_partners_disagree_where_their_current_homes_have_none_in_common(one, other, conflict):
    found = stated([says("Police", *one), says("Care", *other)])
    assert [field.conflict for field in found if field.field == "home"] == [conflict]
