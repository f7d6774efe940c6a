"""Scenario 5. John Smith, 51, and John Smith, 17, at one address; and an incident that says only "John Smith, there".

| clause                                                  | where                                                       |
| ------------------------------------------------------- | ----------------------------------------------------------- |
| ambiguous, held for a human                             | test_the_incident_is_nobodys_and_possibly_eithers           |
| no adult's offence is counted for the child             | test_no_offence_of_a_man_stands_in_the_boys_footprint       |
| address search shows both with their ages               | test_the_home_shows_both_with_their_ages               |
| a search that cannot tell them apart says so            | test_a_search_by_name_and_home_claims_neither               |
| a referral asks which of them is meant                  | waits for referrals                                         |
"""

import pytest

from tests.scenarios.world import World, facts, upn

HOME = "31 Broadway North, WS1 2QA"
SENIOR, JUNIOR, SAID_ONLY = (f"police/person-id/{number}" for number in ("SENIOR", "JUNIOR", "SAID"))
PUPIL = "school-9284001/admission-number/JUNIOR"
PATIENT = "acute-trust/patient-id/SENIOR"


def told(town):
    """A father and a son of one name, and an incident that names nobody else."""
    # fmt: off
    town.police.knows("SENIOR", "John/Smith", "1975-03-14", sex="M", home=HOME, mobile="07700 900222",
                      seen=[("2026-04-04", "VIOLENCE", "SUSPECT"), ("2026-07-19", "VIOLENCE", "SUSPECT")],
                      related=[("FATHER OF", "JUNIOR")])
    town.police.knows("JUNIOR", "John/Smith", "2009-03-14", sex="M", home=HOME, seen=[("2026-04-04", "VIOLENCE", "WITNESS")])
    town.police.knows("SAID", "John/Smith", home=HOME, seen=[("2026-11-10", "VIOLENCE", "SUSPECT")])
    town.school.enrols("JUNIOR", "John/Smith", "2009-03-14", sex="M", home=HOME, upn=upn(501), mobile="07700 900222")
    town.acute.treated("SENIOR", "John/Smith", "1975-03-14", sex="M", home=HOME, phone="07700 900222")
    # fmt: on
    town.morning("2026-11-20")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = World(tmp_path_factory.mktemp("smiths"))
    told(town)
    return town


@pytest.mark.parametrize(
    ("one", "other", "seen"),
    [
        (JUNIOR, PUPIL, "joined"),
        (SENIOR, PATIENT, "joined"),
        (SAID_ONLY, JUNIOR, "possible"),
        (SAID_ONLY, SENIOR, "possible"),
        (SAID_ONLY, PUPIL, "possible"),
        (SAID_ONLY, PATIENT, "possible"),
    ],
)
def test_the_incident_is_nobodys_and_possibly_eithers(town, one, other, seen):
    assert town.between(one, other) == seen


@pytest.mark.parametrize("record", [JUNIOR, PUPIL])
@pytest.mark.parametrize("mans", [SENIOR, PATIENT])
def test_father_and_son_are_two(town, record, mans):
    assert town.person(record) != town.person(mans)
    assert town.between(record, mans) == "apart"


def test_no_offence_of_a_man_stands_in_the_boys_footprint(town):
    assert facts(town.show(PUPIL)) == {("incident", "witness"), ("on-roll", "the person concerned")}
    assert ("incident", "suspect") in facts(town.show(SENIOR))
    assert facts(town.show(SAID_ONLY)) == {("incident", "suspect")}


def test_the_home_shows_both_with_their_ages(town):
    households = [one for place in town.at(HOME).residences for one in place.now]
    told = {
        (resident.person_id, resident.birth, resident.age)
        for household in households
        for resident in household.residents
    }
    assert told == {
        (town.person(SENIOR), "14 March 1975", "51"),
        (town.person(JUNIOR), "14 March 2009", "17"),
        (town.person(SAID_ONLY), "", ""),
    }


@pytest.mark.parametrize("asked", [{}, {"sex": "M"}])
def test_a_search_by_name_and_home_claims_neither(town, asked):
    answer = town.search(given="John", family="Smith", address=HOME, **asked)
    assert answer.outcome == "several"
    assert {town.person(SENIOR), town.person(JUNIOR)} <= {person.person_id for person in answer.people}


@pytest.mark.parametrize(
    ("born", "record"), [("14/3/2009", PUPIL), ("14/3/1975", SENIOR), ("about 17", PUPIL)]
)
def test_a_birthday_or_an_age_tells_them_apart(town, born, record):
    answer = town.search(given="John", family="Smith", born=born, address=HOME)
    assert answer.people[0].person_id == town.person(record)
