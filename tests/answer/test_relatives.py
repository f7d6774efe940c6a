"""Household and family: both directions of a statement, one line a person, and never through what is protected."""

import msgspec
import pytest

from footprint.answer.footprint import footprint
from footprint.answer.relatives import MOST_AT_HOME, relatives
from footprint.decisions import Subject
from footprint.records import Address, Name, Relationship

CHILD = "childrens-social-care/la-child-id/1"
MOTHER = "childrens-social-care/la-child-id/2"
FATHER = "police/person-id/3"
LODGER = "police/person-id/4"
HOME = Address(number="14", street="High Street", postcode="WS1 1AA")
BEFORE = msgspec.structs.replace(HOME, end="2024-01-01")


@pytest.fixture
def family(made):
    return {
        "child": [
            made.entry(
                made.record(
                    CHILD, addresses=(HOME,), relationships=(Relationship(kind="mother", other=MOTHER),)
                )
            )
        ],
        "mother": [made.entry(made.record(MOTHER, given="Sana", birth=(1990, 5, 4), addresses=(HOME,)))],
        "father": [made.entry(made.record(FATHER, given="Imran", birth=(1988, 1, 2), addresses=(BEFORE,)))],
        "lodger": [
            made.entry(made.record(LODGER, given="Tom", family="Page", birth=(1970, 1, 2), addresses=(HOME,)))
        ],
    }


def listed(made, family, person, *rulings):
    people = made.people(made.content(family), *rulings)
    return {one.person_id or one.name: one for one in relatives(people, people.find(person))}


def test_kin_and_household_each_once_with_who_says_so(made, family):
    found = listed(made, family, "child")
    assert list(found) == ["mother", "lodger"]
    assert (found["mother"].kind, found["mother"].name, found["mother"].birth) == (
        "mother",
        "Sana Hussain",
        "4 May 1990",
    )
    assert (found["lodger"].kind, [said.partner for said in found["lodger"].said_by]) == (
        "household",
        ["police"],
    )


def test_a_statement_is_seen_from_the_other_side(made, family):
    assert listed(made, family, "mother")["child"].kind == "child"


def test_who_moved_out_is_not_of_the_household_and_sees_nobody_through_an_old_home(made, family):
    assert listed(made, family, "father") == {}


def test_a_relative_of_whom_no_record_is_held_is_a_name(made, family):
    said = Relationship(kind="father", name=Name(given="ALI", family="KHAN"))
    family["child"] = [made.entry(made.record(CHILD, relationships=(said,)))]
    (father,) = listed(made, family, "child").values()
    assert (father.name, father.person_id) == ("Ali Khan", "")


def test_a_name_that_another_partner_says_too_is_the_same_relative(made, family):
    school = "school-3351000/admission-number/9"
    said = Relationship(kind="mother", name=Name(given="SANA", family="Hussain"))
    family["child"].append(made.entry(made.record(school, relationships=(said,))))
    mother = listed(made, family, "child")["mother"]
    assert [one.partner for one in mother.said_by] == ["childrens-social-care", "school-3351000"]


def test_who_says_that_they_live_together_does_not_say_that_they_are_kin(made, family):
    other = "police/person-id/22"
    family["mother"].append(
        made.entry(made.record(other, given="Sana", birth=(1990, 5, 4), addresses=(HOME,)))
    )
    mother = listed(made, family, "child")["mother"]
    assert [one.partner for one in mother.said_by] == ["childrens-social-care"]


def test_a_relative_whose_record_was_erased_leaves_not_even_a_name(made, family):
    said = Relationship(kind="mother", other=MOTHER, name=Name(given="Sana", family="Hussain"))
    family["child"] = [made.entry(made.record(CHILD, relationships=(said,)))]
    assert listed(made, family, "child", made.ruling("erase", [MOTHER])) == {}


def test_a_relationship_that_ended_is_not_shown(made, family):
    said = Relationship(kind="mother", other=MOTHER, end="2020-01-01")
    family["child"] = [made.entry(made.record(CHILD, relationships=(said,)))]
    assert listed(made, family, "child") == {}
    assert listed(made, family, "mother").keys() == {"lodger"}


def test_a_protected_home_makes_no_household(made, family):
    assert listed(made, family, "lodger", made.ruling("shield", [Subject("address", "WS11AA||14")])) == {}


def test_a_protected_child_is_named_to_its_kin_without_who_says_so(made, family):
    found = listed(made, family, "mother", made.ruling("shield", [CHILD]))
    assert (found["child"].standing, found["child"].said_by) == ("protected", ())
    assert "child" not in listed(made, family, "lodger", made.ruling("shield", [CHILD]))


def test_a_hostel_is_no_household(made, family):
    for number in range(MOST_AT_HOME):
        key = f"police/person-id/x{number}"
        family[key] = [made.entry(made.record(key, addresses=(HOME,)))]
    assert listed(made, family, "child").keys() == {"mother"}


def remarks(made, family, person, *rulings):
    people = made.people(made.content(family), *rulings)
    found = footprint(people, person, made.now)
    return {one.person_id or one.name: one.remark for one in found.relatives}


@pytest.fixture
def two_parts(made, family):
    """The child of the family, whose record at the hospital lists the same home."""
    treated = made.record("acute-trust/patient-id/9", addresses=(HOME,))
    return family | {"child": [*family["child"], made.entry(treated)]}


def test_a_part_of_a_disputed_child_at_the_same_home_is_no_sibling_without_a_remark(made, two_parts):
    disputed = made.ruling("disputed", ["acute-trust/patient-id/9"], [CHILD])
    (part,) = [one for one in listed(made, two_parts, "child", disputed) if one.startswith("child.")]
    assert remarks(made, two_parts, "child", disputed)[part] == "May be this same child (disputed)"
    assert remarks(made, two_parts, part, disputed)["child"] == "May be this same child (disputed)"


def test_two_parts_of_one_disputed_child_are_not_two_children_of_the_mother(made, two_parts):
    disputed = made.ruling("disputed", ["acute-trust/patient-id/9"], [CHILD])
    found = remarks(made, two_parts, "mother", disputed)
    assert found.pop("lodger") == ""
    assert set(found.values()) == {"May be the same child as another here (disputed)"}
    assert len(found) == 2


def test_once_a_steward_ruled_that_they_differ_they_are_two(made, two_parts):
    different = made.ruling("different", ["acute-trust/patient-id/9"], [CHILD])
    assert set(remarks(made, two_parts, "child", different).values()) == {""}


def test_whoever_lives_where_a_partner_says_that_this_child_left_stands_last_and_is_told_apart(made, family):
    away = Address(number="9", street="Ash Close", postcode="WS2 2BB", start="2026-05-02")
    left = msgspec.structs.replace(HOME, end="2026-05-02", use="old")
    moved = made.record("police/person-id/8", addresses=(away, left))
    family["child"] = [*family["child"], made.entry(moved)]
    family["sister"] = [made.entry(made.record("police/person-id/7", given="Zara", addresses=(away,)))]
    found = listed(made, family, "child")
    assert [(name, one.is_of_old_home) for name, one in found.items()] == [
        ("mother", False),
        ("sister", False),
        ("lodger", True),
    ]
