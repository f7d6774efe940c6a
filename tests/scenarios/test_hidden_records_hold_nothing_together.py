"""What a user may not know never holds two records together that it may know: they stand apart, as if it were not there.

The police hold Ada's NHS number and her home, social care only the number, the school only the home. All three are one
child; without the police nobody can tell. Who is shared nothing by the police must not learn from one line that they know her.
"""

import datetime as dt

import pytest

from footprint.answer.footprint import footprint
from footprint.answer.opened import OpenedSnapshot
from footprint.answer.people import People
from footprint.answer.searching import search_people
from footprint.records.mask import Mask
from footprint.search import question_from
from tests.scenarios.world import World, nhs, upn

HOME = "3 Elm Row, WS5 1AA"
BORN = "2016-03-03"
CARE, SCHOOL, POLICE = "childrens-social-care", "school-9284001", "police"
CARES, SCHOOLS = f"{CARE}/la-child-id/ADA", f"{SCHOOL}/admission-number/ADA"


def town(tmp_path, *, bridged):
    world = World(tmp_path)
    world.social_care.knows(
        "ADA", "Ada/Marsh", BORN, sex="F", home="9 Oak Row, WS5 9AA", nhs=nhs(301), plan=("2026-02-01", "")
    )
    world.school.enrols("ADA", "Ada/Marsh", BORN, sex="F", home=HOME, upn=upn(301))
    known = {"nhs": nhs(301), "home": HOME} if bridged else {"home": "1 Away Street, WS8 8AA"}
    name = "Ada/Marsh" if bridged else "Some/Body"
    world.police.knows(
        "ADA", name, BORN, sex="F", **known, seen=[("2026-10-01", "DOMESTIC", "CHILD PRESENT")]
    )
    world.morning("2026-11-20")
    return world


def seen_by(world, *partners):
    people, content = world.opened
    assert isinstance(content, OpenedSnapshot)
    return People(content, Mask(partners=frozenset(partners)), people.overlay), content


@pytest.fixture
def bridged(tmp_path):
    world = town(tmp_path / "with", bridged=True)
    assert world.person(CARES) == world.person(SCHOOLS) != "", (
        "the police hold the two together, or nothing is tried"
    )
    return world


def test_with_the_police_they_are_one_child(bridged):
    people, _ = seen_by(bridged, CARE, SCHOOL, POLICE)
    assert people.by_record(CARES).id == people.by_record(SCHOOLS).id


def test_without_the_police_they_are_two_and_each_has_a_footprint_of_its_own(bridged):
    people, _ = seen_by(bridged, CARE, SCHOOL)
    cares, schools = people.by_record(CARES), people.by_record(SCHOOLS)
    assert (cares.keys, schools.keys) == ((CARES,), (SCHOOLS,))
    assert cares.id != schools.id
    for one in (cares, schools):
        shown = footprint(people, one.id, bridged.now)
        assert sum(len(partner.records) for partner in shown.partners) == 1


def test_a_search_lists_them_as_where_the_police_know_nobody(bridged, tmp_path):
    def told(world):
        people, content = seen_by(world, CARE, SCHOOL)
        question = question_from(
            {"given": "Ada", "family": "Marsh", "born": BORN}, latest=dt.date(2026, 11, 20)
        )
        answer = search_people(people, content, question, world.now)
        return (
            answer.outcome,
            answer.sentence,
            sorted((one.name, one.birth, one.homes, one.records) for one in answer.people),
        )

    clear = told(town(tmp_path / "without", bridged=False))
    assert told(bridged) == clear
    assert len(clear[2]) == 2


def test_an_erased_record_holds_nothing_together_either(bridged):
    bridged.decide("erase", f"{POLICE}/person-id/ADA")
    assert bridged.person(CARES) != bridged.person(SCHOOLS)
