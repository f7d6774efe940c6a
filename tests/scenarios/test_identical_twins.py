"""Scenario 2. Ibrahim and Ebrahim Hussain: one surname, birthday, home and sex, and one letter between them.

| clause                                             | where                                                    |
| -------------------------------------------------- | -------------------------------------------------------- |
| consecutive NHS numbers; never merged              | test_no_record_of_one_twin_is_ever_the_other's            |
| each twin's own records do meet                    | test_each_twin_has_his_own_footprint                     |
| the twin relationship is recorded                  | test_each_is_the_other's_twin, and not a possible double |
| one incident yields two entries, one a child       | test_one_incident_stands_in_both_footprints              |
| address search shows two children                  | test_the_home_has_two_children                           |
| a referral naming only "the twin" prompts which    | here as a search; the prompt waits for referrals         |
| Encompass notifies the school of each child        | waits for Operation Encompass                            |
"""

from itertools import product

import pytest

from tests.scenarios.world import World, facts, nhs, residents, upn

HOME = "47 Cavendish Road, WS2 7DG"
BORN = "2016-06-14"


def told(town):
    """A mother and her twins, as four partners hold them."""
    boy = {"born": BORN, "sex": "M", "home": HOME}
    # fmt: off
    town.police.knows("MOTHER", "Farah/Hussain", "1988-02-03", sex="F", home=HOME, mobile="07700 900111",
                      seen=[("2026-11-02", "DOMESTIC", "VICTIM")], related=[("MOTHER OF", "IBRAHIM"), ("MOTHER OF", "EBRAHIM")])
    town.police.knows("IBRAHIM", "Ibrahim/Hussain", **boy, seen=[("2026-11-02", "DOMESTIC", "CHILD PRESENT")])
    town.police.knows("EBRAHIM", "Ebrahim/Hussain", **boy, seen=[("2026-11-02", "DOMESTIC", "CHILD PRESENT")],
                      related=[("TWIN OF", "IBRAHIM")])
    town.social_care.knows("IBRAHIM", "Ibrahim/Hussain", **boy, nhs=nhs(101), upn=upn(101), plan=("2026-03-01", ""))
    town.social_care.knows("EBRAHIM", "Ebrahim/Hussain", **boy, nhs=nhs(102), upn=upn(102), plan=("2026-03-01", ""))
    town.acute.treated("IBRAHIM", "Ibrahim/Hussain", **boy, nhs=nhs(101), phone="07700 900111")
    town.acute.treated("EBRAHIM", "Ebrahim/Hussain", **boy, nhs=nhs(102), phone="07700 900111")
    town.school.enrols("IBRAHIM", "Ibrahim/Hussain", **boy, upn=upn(101), mother="Farah/Hussain", mobile="07700 900111")
    town.school.enrols("EBRAHIM", "Ebrahim/Hussain", **boy, upn=upn(102), mother="Farah/Hussain", mobile="07700 900111")
    # fmt: on
    town.morning("2026-11-20")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = World(tmp_path_factory.mktemp("twins"))
    told(town)
    return town


PARTNERS = (
    "police/person-id",
    "childrens-social-care/la-child-id",
    "acute-trust/patient-id",
    "school-9284001/admission-number",
)


def test_their_nhs_numbers_follow_each_other():
    assert int(nhs(102)) // 10 - int(nhs(101)) // 10 == 1


@pytest.mark.parametrize(("one", "other"), [*product(PARTNERS, PARTNERS)])
def test_no_record_of_one_twin_is_ever_the_others(town, one, other):
    assert town.person(f"{one}/IBRAHIM") != town.person(f"{other}/EBRAHIM")


@pytest.mark.parametrize("twin", ["IBRAHIM", "EBRAHIM"])
@pytest.mark.parametrize("partner", [partner for partner in PARTNERS if partner != "police/person-id"])
def test_each_twin_has_his_own_footprint(town, twin, partner):
    assert town.between(f"{partner}/{twin}", f"childrens-social-care/la-child-id/{twin}") == "joined"


@pytest.mark.parametrize("twin", ["IBRAHIM", "EBRAHIM"])
def test_what_police_hold_without_a_number_is_at_least_possible(town, twin):
    assert town.between(f"police/person-id/{twin}", f"childrens-social-care/la-child-id/{twin}") in (
        "joined",
        "possible",
    )


@pytest.mark.parametrize(("twin", "other"), [("IBRAHIM", "EBRAHIM"), ("EBRAHIM", "IBRAHIM")])
def test_each_is_the_others_twin_and_no_possible_double(town, twin, other):
    shown = town.show(f"police/person-id/{twin}")
    person = town.person(f"police/person-id/{other}")
    assert [one.kind for one in shown.relatives if one.person_id == person] == ["twin"]
    assert person not in {one.person_id for one in shown.possible}


@pytest.mark.parametrize("twin", ["IBRAHIM", "EBRAHIM"])
def test_one_incident_stands_in_both_footprints(town, twin):
    assert ("domestic-abuse-incident", "child present") in facts(town.show(f"police/person-id/{twin}"))


def test_the_home_has_two_children(town):
    names = [name.title() for name in residents(town.at(HOME))]
    assert {"Ibrahim Hussain", "Ebrahim Hussain"} <= set(names)
    people = {town.person(f"{partner}/{twin}") for partner in PARTNERS[1:] for twin in ("IBRAHIM", "EBRAHIM")}
    assert len(people) == 2


@pytest.mark.parametrize("asked", [{"given": "Ibrahim"}, {"given": "Ebrahim"}, {"given": "Ibraheem"}, {}])
def test_whoever_asks_for_one_is_shown_both(town, asked):
    answer = town.search(**asked, family="Hussain", born="14/6/2016", address=HOME)
    assert answer.outcome == "several"
    shown = {person.person_id for person in answer.people}
    assert {town.person(f"acute-trust/patient-id/{twin}") for twin in ("IBRAHIM", "EBRAHIM")} <= shown
