"""Scenario 9. Chloe Bennett was adopted on 1 June 2026 and is Grace Harding. Her two identities never meet.

| clause                                                           | where                                              |
| ---------------------------------------------------------------- | -------------------------------------------------- |
| a feed re-sends the old NHS number; import of it is quarantined  | test_the_old_number_*                              |
| birth family's worker searches A, the adoptive school searches B | test_whoever_asks_for_one_*                        |
| not by matching, merge, address history, sibling or import       | test_nothing_of_*_stands_in_*, test_a_steward_*    |
| B's footprint starts at the severance                            | test_her_footprint_starts_at_the_severance         |
| A shows "closed - restricted" at most                            | test_the_former_identity_is_closed                 |
| only a designated gatekeeper may see the seal                    | waits for users' roles                             |
| a photo                                                          | none is ever held                                  |
"""

import json

import pytest

from tests.scenarios.world import CASE, HUB, World, nhs, residents, upn

COUNCIL, POLICE, TRUST, SCHOOL = (
    "childrens-social-care/la-child-id/", "police/person-id/", "acute-trust/patient-id/", "school-9284001/admission-number/",
)  # fmt: skip
CHLOE = [COUNCIL + "CHLOE", POLICE + "CHLOE", TRUST + "CHLOE"]
GRACE = [COUNCIL + "GRACE", SCHOOL + "GRACE"]
OLD_HOME, NEW_HOME = "5 Oak Street, WS3 1AB", "40 Park Lane, WS1 4PL"
#: What would tell of one identity in an answer about the other.
OF_CHLOE = [
    "Chloe",
    "Bennett",
    "Tyler",
    "Kelly",
    nhs(901),
    upn(901),
    "Oak Street",
    "WS3 1AB",
    "07700 900333",
    "CHLOE",
]
OF_GRACE = ["Grace", "Harding", "Helen", nhs(902), upn(902), "Park Lane", "WS1 4PL", "GRACE"]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = World(tmp_path_factory.mktemp("adoption"))
    born = {"born": "2018-05-05", "sex": "F"}
    # fmt: off
    town.social_care.knows("KELLY", "Kelly/Bennett", "1995-02-02", sex="F", home=OLD_HOME, contacts=["2026-01-10"])
    town.social_care.knows("CHLOE", "Chloe/Bennett", **born, home=OLD_HOME, nhs=nhs(901), upn=upn(901), mother="KELLY",
                           protection=("2024-10-01", "2026-02-01"))
    town.police.knows("KELLY", "Kelly/Bennett", "1995-02-02", sex="F", home=OLD_HOME, mobile="07700 900333",
                      seen=[("2026-01-09", "DOMESTIC", "VICTIM")], related=[("MOTHER OF", "CHLOE"), ("MOTHER OF", "TYLER")])
    town.police.knows("CHLOE", "Chloe/Bennett", **born, home=OLD_HOME, seen=[("2026-01-09", "DOMESTIC", "CHILD PRESENT")])
    town.police.knows("TYLER", "Tyler/Bennett", "2015-03-03", sex="M", home=OLD_HOME,
                      seen=[("2026-01-09", "DOMESTIC", "CHILD PRESENT")], related=[("SIBLING OF", "CHLOE")])
    town.acute.treated("CHLOE", "Chloe/Bennett", **born, home=OLD_HOME, nhs=nhs(901), phone="07700 900333", on=["2026-01-12"])
    town.social_care.knows("HELEN", "Helen/Harding", "1984-09-09", sex="F", home=NEW_HOME, contacts=["2026-03-01"])
    town.social_care.knows("GRACE", "Grace/Harding", **born, home=NEW_HOME, nhs=nhs(902), upn=upn(902), mother="HELEN",
                           before=OLD_HOME, moved="2026-03-15", contacts=["2026-03-20", "2026-07-10"])
    town.school.enrols("GRACE", "Grace/Harding", **born, home=NEW_HOME, upn=upn(902), former_surname="Bennett",
                       since="2026-09-02")
    # fmt: on
    town.morning("2026-11-16")
    sides = [
        *(word for record in CHLOE for word in ("--former", record)),
        *(word for record in GRACE for word in ("--new", record)),
    ]
    town.decide("seal", *sides, "--since", "2026-06-01", reason="Adoption order.")
    # Who knew both once says that they are one: it must not count. And the trust treats Grace under the old number, which
    # its system still finds, once as a patient of its own and once under no id but that number.
    town.decide("same", "--one", CHLOE[0], "--other", GRACE[0])
    town.acute.treated("GRACE", "Grace/Harding", **born, home=NEW_HOME, nhs=nhs(901), on=["2026-11-16"])
    town.acute.treated("", "Grace/Harding", **born, home=NEW_HOME, nhs=nhs(901), on=["2026-11-17"])
    town.morning("2026-11-17")
    return town


def told(answer) -> str:
    """Return everything that an answer says, as text."""
    return json.dumps(answer.as_json(), ensure_ascii=False)


@pytest.mark.parametrize("record", GRACE)
@pytest.mark.parametrize("word", OF_CHLOE)
def test_nothing_of_the_former_identity_stands_in_the_new_ones_footprint(town, record, word):
    assert word not in told(town.show(record))


@pytest.mark.parametrize("record", CHLOE)
@pytest.mark.parametrize("word", OF_GRACE)
def test_nothing_of_the_new_identity_stands_in_the_former_ones_footprint(town, record, word):
    assert word not in told(town.show(record))


@pytest.mark.parametrize("record", CHLOE)
def test_the_former_identity_is_closed(town, record):
    shown = town.show(record)
    assert shown.standing == "restricted"
    assert shown.sentence.startswith("Closed and restricted.")
    assert shown.ring.phone == HUB
    assert not shown.stated
    assert not shown.relatives
    assert not shown.possible
    assert not [line for partner in shown.partners for line in partner.involvements]


def test_her_footprint_starts_at_the_severance(town):
    lines = [line for partner in town.show(GRACE[0]).partners for line in partner.involvements]
    assert {(line.code, line.first) for line in lines} == {
        ("contact", "2026-07-10"),  # and not that of 20 March, when she was in both
        ("on-roll", "2026-09-02"),
        ("ae-attendance", "2026-11-16"),
    }


@pytest.mark.parametrize("former", CHLOE)
@pytest.mark.parametrize("new", GRACE)
def test_a_steward_who_rules_them_the_same_changes_nothing(town, former, new):
    assert town.between(former, new) == "apart"
    assert town.between(new, former) == "apart"


@pytest.mark.parametrize(
    ("asked", "may_be"),
    [
        ({"given": "Chloe", "family": "Bennett", "born": "5/5/2018"}, CHLOE),
        ({"nhs": nhs(901)}, CHLOE),
        ({"reference": "CHLOE"}, CHLOE),
        ({"given": "Chloe", "family": "Bennett", "born": "5/5/2018", "address": NEW_HOME}, CHLOE),
        ({"given": "Grace", "family": "Harding", "born": "5/5/2018"}, GRACE),
        ({"nhs": nhs(902)}, GRACE),
        ({"upn": upn(902)}, GRACE),
        ({"given": "Grace", "family": "Bennett", "born": "5/5/2018"}, [*CHLOE, *GRACE]),
    ],
    ids=lambda value: " / ".join(value.values()) if isinstance(value, dict) else "",
)  # fmt: skip
def test_whoever_asks_for_one_learns_nothing_of_the_other(town, asked, may_be):
    answer = town.search(**asked)
    everybody = {town.person(record): record for record in (*CHLOE, *GRACE)}
    known = {everybody[person.person_id] for person in answer.people if person.person_id in everybody}
    assert known
    assert known <= {everybody[town.person(record)] for record in may_be}
    for person in answer.people:
        if person.standing == "restricted":
            assert (person.homes, person.partners, person.records) == ((), (), ())


def test_the_old_pupil_number_names_a_school_and_finds_nobody(town):
    assert town.search(upn=upn(901)).people == ()


def test_a_search_for_the_old_number_with_the_new_name_finds_neither_as_the_other(town):
    for person in town.search(nhs=nhs(901), given="Grace", family="Harding").people:
        told_of = json.dumps(person.as_json())
        assert not (
            "Grace" in told_of and ("Chloe" in told_of or person.verdicts["identifier"].agreement == "agrees")
        )


def test_the_old_number_sent_again_on_her_new_record_is_quarantined(town):
    assert town.between(TRUST + "GRACE", CHLOE[0]) == "apart"
    assert nhs(901) not in told(town.show(TRUST + "GRACE"))


def test_the_old_number_sent_as_a_record_of_its_own_is_not_to_be_seen(town):
    assert town.person(f"acute-trust/nhs/{nhs(901)}") == ""


@pytest.mark.parametrize("record", [POLICE + "TYLER", POLICE + "KELLY", COUNCIL + "KELLY"])
@pytest.mark.parametrize("word", OF_GRACE)
def test_her_birth_family_does_not_lead_to_her(town, record, word):
    assert word not in told(town.show(record))


def test_addresses_lead_to_neither(town):
    assert "Chloe Bennett" not in {
        name.title() for when in ("now", "before") for name in residents(town.at(OLD_HOME), when)
    }
    assert "Grace Harding" not in {
        name.title() for when in ("now", "before") for name in residents(town.at(OLD_HOME), when)
    }
    assert "Grace Harding" in set(residents(town.at(NEW_HOME)))


@pytest.mark.parametrize("name", ["Chloe Bennett", "Grace Harding"])
def test_the_command_says_no_more_than_that(town, name):
    ran = town.command("search", "--name", name, "--dob", "5/5/2018", *CASE, "--json")
    other = OF_GRACE if name.startswith("Chloe") else OF_CHLOE
    shown = [person for person in ran.json["people"] if person["name"] == name]
    assert shown
    assert not [word for word in other if word in json.dumps(shown)]


def test_a_rollback_behind_the_seal_does_not_break_it(town):
    """The snapshot of the first day was made before the seal, and is only opened through it."""
    assert town.command("rollback").code == 0
    try:
        assert not [word for word in OF_CHLOE if word in told(town.show(GRACE[0]))]
        assert not [word for word in OF_GRACE if word in told(town.show(CHLOE[0]))]
        assert town.show(CHLOE[0]).standing == "restricted"
    finally:
        town.publish()
