"""Scenario 3. Sana Khan's baby: known before birth, born early at the hospital, named, and given the father's surname.

| clause                                                     | where                                                    |
| ---------------------------------------------------------- | -------------------------------------------------------- |
| mother with an alias; expected day only; "Baby Khan"       | the first morning, `expected`                            |
| continuity from unborn to child, the mother link kept      | test_the_child_stays_one_person, test_the_mother_*       |
| accuracy of the birthday X -> A                            | test_the_birthday_is_expected_and_then_known             |
| no "two children"                                          | test_there_is_one_child                                  |
| ... and until it is known, each page points to the other   | test_before_the_council_knows_each_page_asks_to_look     |
| a stillbirth closes sensitively                            | test_a_child_that_died_* ; letters and subscriptions     |
|                                                            | wait for subscriptions                                   |
| a CP-IS-style flag                                         | waits for the connection to CP-IS                        |
"""

from typing import NamedTuple

import pytest

from tests.scenarios.world import World, facts, nhs, said

MOTHER = "childrens-social-care/la-child-id/SANA"
COUNCIL = "childrens-social-care/la-child-id/KHANBABY"
HOSPITAL = "acute-trust/patient-id/BABY"
LOST = "childrens-social-care/la-child-id/MOOREBABY"
HOME = "3 Bath Street, WS1 3BX"


class Day(NamedTuple):
    """What a user sees of the child on a day."""

    person: str
    birth: str
    names: set[str]
    mothers: list[str]
    facts: set[str]
    hospital: str
    perhaps: list[str]


def seen(town: World) -> Day:
    shown = town.show(COUNCIL)
    mothers = [
        town.show(MOTHER).name
        for one in shown.relatives
        if one.kind == "mother" and one.person_id == town.person(MOTHER)
    ]
    hospital = town.between(COUNCIL, HOSPITAL) if town.person(HOSPITAL) else "not born there yet"
    return Day(
        shown.person_id,
        shown.birth,
        said(shown, "name"),
        mothers,
        {code for code, _ in facts(shown)},
        hospital,
        [
            one.sentence
            for record in (COUNCIL, HOSPITAL)
            if town.person(record)
            for one in town.show(record).perhaps_baby
        ],
    )


_BABY = {"mother": "SANA", "plan": ("2026-09-01", ""), "home": HOME}


def expected(town):
    """The child is expected, and so is another one."""
    council = town.social_care.knows
    # fmt: off
    council("SANA", "Sana/Khan", "1996-08-30", sex="F", home=HOME, contacts=["2026-08-28"])
    town.police.knows("SANA", "Sana/Khan", "1996-08-30", sex="F", home=HOME, aliases=["Sana/Mahmood"],
                      seen=[("2026-08-27", "DOMESTIC", "VICTIM")])
    council("KHANBABY", "Unborn Baby/Khan", due="2026-12-20", **_BABY)
    council("MOOREBABY", "Unborn Baby/Moore", due="2026-12-01", home="9 Oak Walk, WS3 1AA", mother="MOORE",
            plan=("2026-09-01", ""))
    council("MOORE", "Ellie/Moore", "1999-01-20", sex="F", home="9 Oak Walk, WS3 1AA")
    # fmt: on
    town.morning("2026-11-16")


def born_at_the_hospital(town):
    """It is born early; the council does not know yet."""
    town.acute.treated("BABY", "Baby/Khan", "2026-11-16", sex="M", home=HOME, nhs=nhs(201), on=["2026-11-16"])
    town.morning("2026-11-17")


def known_to_the_council(town):
    """The council knows of it; and of the other one's death."""
    council = town.social_care.knows
    council("KHANBABY", "Baby/Khan", "2026-11-16", sex="M", nhs=nhs(201), **_BABY)
    council(
        "MOOREBABY",
        "Unborn Baby/Moore",
        due="2026-12-01",
        died="2026-11-17",
        plan=("2026-09-01", "2026-11-17"),
        mother="MOORE",
    )
    town.morning("2026-11-18")


def named(town):
    """The child has a name, and the father's surname."""
    town.social_care.knows("KHANBABY", "Yusuf/Malik", "2026-11-16", sex="M", nhs=nhs(201), **_BABY)
    town.morning("2026-11-19")


@pytest.fixture(scope="module")
def days(tmp_path_factory):
    """Four mornings: expected; born early at the hospital; known to the council; named."""
    town = World(tmp_path_factory.mktemp("unborn"))
    told = {}
    for morning in (expected, born_at_the_hospital, known_to_the_council, named):
        morning(town)
        told[morning.__name__.replace("_", " ")] = seen(town)
    told["town"] = town
    return told


MORNINGS = ("expected", "born at the hospital", "known to the council", "named")


@pytest.mark.parametrize("morning", MORNINGS)
def test_the_child_stays_one_person(days, morning):
    assert days[morning].person == days["expected"].person


@pytest.mark.parametrize("morning", MORNINGS)
def test_the_mother_and_the_plan_made_before_birth_stay(days, morning):
    assert days[morning].mothers == [days["town"].show(MOTHER).name]
    assert "cin-plan" in days[morning].facts


@pytest.mark.parametrize(
    ("morning", "birth"),
    [
        ("expected", "expected 20 December 2026"),
        ("known to the council", "16 November 2026"),
        ("named", "16 November 2026"),
    ],
)
def test_the_birthday_is_expected_and_then_known(days, morning, birth):
    assert days[morning].birth == birth


@pytest.mark.parametrize(
    ("morning", "hospital"),
    [
        ("expected", "not born there yet"),
        (
            "known to the council",
            "joined",
        ),  # the number, the surname and the birthday; the given name not yet known
        ("named", "joined"),  # the surname is the father's now: what was joined stays
    ],
)
def test_there_is_one_child(days, morning, hospital):
    assert days[morning].hospital == hospital


def test_before_the_council_knows_of_the_birth_nothing_is_claimed(days):
    assert days["born at the hospital"].hospital in ("possible", "apart")
    assert days["born at the hospital"].birth == "expected 20 December 2026"


def test_before_the_council_knows_each_page_asks_to_look(days):
    told = {morning: days[morning].perhaps for morning in MORNINGS}
    assert [bool(told[morning]) for morning in MORNINGS] == [False, True, False, False]
    newborn, expected = told["born at the hospital"]
    assert newborn.startswith("This may be the child that was born: Baby Khan, born 16 November 2026.")
    assert expected.startswith("This may be the expected child Unborn Baby Khan, expected 20 December 2026.")


def test_names_are_kept_with_who_says_so(days):
    assert {"Yusuf Malik", "Baby Khan"} <= days["named"].names
    by = {
        one.value: {who.partner for who in one.said_by}
        for field in days["town"].show(COUNCIL).stated
        if field.field == "name"
        for one in field.statements
    }
    assert by["Baby Khan"] == {"acute-trust"}


def test_the_mother_is_found_by_her_alias(days):
    answer = days["town"].search(given="Sana", family="Mahmood", born="30/8/1996")
    assert days["town"].person("police/person-id/SANA") in {person.person_id for person in answer.people}


def test_a_child_that_died_before_birth_is_told_as_such_and_nothing_is_open(days):
    shown = days["town"].show(LOST)
    assert said(shown, "death") == {"17 November 2026"}
    assert shown.death.startswith("This pregnancy ended in the loss of the baby on 17 November 2026")
    assert (shown.birth, shown.unborn) == ("", False)
    assert not [line for partner in shown.partners for line in partner.involvements if line.open]
    assert not shown.workers
