"""Cases that the field knows beside its fifteen scenarios, as far as they concern records, matching and asking.

| case                                             | where                                                         |
| ------------------------------------------------ | ------------------------------------------------------------- |
| trans child with a prior name                    | test_a_prior_name_is_searched_by_and_never_shown              |
| deceased child and sibling                       | test_a_child_who_died_*                                       |
| 'Baby' placeholder                               | test_two_babies_without_names_are_two_children                |
| superseded NHS number                            | PAIRS "a superseded NHS number"                               |
| temporary UPN                                    | PAIRS "two temporary UPNs"                                    |
| unaccompanied child, two birthdays both official | PAIRS and test_two_official_birthdays_*                       |
| a feed with day and month swapped for one day    | test_a_morning_of_swapped_days_moves_nobody                   |
| merged GP practices                              | test_a_merged_practice_*                                       |
| a mother's number typed on her baby              | PAIRS "a mother's number on her baby's record"                |
| Senior and Junior, cousins, sisters              | PAIRS                                                         |
| private fostering; a forced marriage's contacts  | wait for codes and contact instructions that no feed brings   |
| consent, objection, two councils, press, staff   | wait for referrals, cases and users                           |
| a partner leaving; clocks over BST               | wait for agreements; tested in feeds                          |
"""

import json

import pytest

from tests.scenarios.world import CASE, World, facts, found, nhs, residents, said, upn

COUNCIL, POLICE, TRUST, SCHOOL = (
    "childrens-social-care/la-child-id/", "police/person-id/", "acute-trust/patient-id/", "school-9284001/admission-number/",
)  # fmt: skip
SEEN = {"seen": [("2026-10-10", "OTHER", "INVOLVED")]}


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = World(tmp_path_factory.mktemp("cases"))
    police, council, trust, school = (
        town.police.knows,
        town.social_care.knows,
        town.acute.treated,
        town.school.enrols,
    )
    # fmt: off
    # A boy who goes by Aidan Marsden; the school's system keeps the surname that he had before.
    council("AIDAN", "Aidan/Marsden", "2010-02-11", sex="M", nhs=nhs(601), upn=upn(601), home="8 Lichfield Street, WS1 1TJ")
    school("AIDAN", "Aidan/Marsden", "2010-02-11", sex="M", upn=upn(601), former_surname="Holloway",
           home="8 Lichfield Street, WS1 1TJ")
    # A girl who died, and her brother.
    council("LILY", "Lily/Frost", "2017-03-03", died="2026-09-01", sex="F", nhs=nhs(602), home="17 Selborne Street, WS1 2JN",
            mother="GAIL", plan=("2026-05-01", "2026-09-01"))
    council("JACK", "Jack/Frost", "2014-06-06", sex="M", nhs=nhs(603), home="17 Selborne Street, WS1 2JN", mother="GAIL",
            plan=("2026-05-01", ""))
    council("GAIL", "Gail/Frost", "1990-01-20", sex="F", home="17 Selborne Street, WS1 2JN")
    # Two babies born in one hospital on one day, neither named yet; of one surname, of two mothers.
    trust("BABY1", "Baby/Begum", "2026-11-15", sex="F", nhs=nhs(604), home="1 Dale Street, WS1 4AN", on=["2026-11-15"])
    trust("BABY2", "Baby Girl/Begum", "2026-11-15", sex="F", nhs=nhs(605), home="66 Glebe Street, WS1 3NX", on=["2026-11-15"])
    # A number replaced by another; numbers that schools made up until the real one comes.
    council("TARIQ", "Tariq/Aslam", "2012-12-12", sex="M", nhs=nhs(606), nhs_before=nhs(607), home="4 Sandwell Street, WS1 3DT")
    trust("TARIQ", "Tariq/Aslam", "2012-12-12", sex="M", nhs=nhs(607), home="90 Old Birchills, WS2 8QH")
    council("ZOFIA", "Zofia/Wilk", "2016-08-08", sex="F", upn=upn(608, temporary=True), home="23 Prince Street, WS2 9JD")
    school("ZOFIA", "Zofia/Wilk", "2016-08-08", sex="F", upn=upn(609, temporary=True), home="23 Prince Street, WS2 9JD")
    # An unaccompanied boy: the Home Office's birthday, and the council's assessment. One number, two birthdays.
    council("KABIR", "Kabir/Stanekzai", "2009-06-15", sex="M", nhs=nhs(610), home="101 Sutton Road, WS1 2PE")
    trust("KABIR", "Kabir/Stanekzai", "2009-06-17", sex="M", nhs=nhs(610), home="101 Sutton Road, WS1 2PE")
    police("KABIR", "Kabir/Stanekzai", "2006-01-01", sex="M", home="101 Sutton Road, WS1 2PE", **SEEN)
    # A mother's number typed on her baby's record.
    council("NOOR", "Noor/Rafiq", "1994-04-04", sex="F", nhs=nhs(611), home="30 Milton Street, WS1 4JS", contacts=["2026-06-06"])
    trust("NOORBABY", "Baby/Rafiq", "2026-11-10", sex="M", nhs=nhs(611), home="30 Milton Street, WS1 4JS", on=["2026-11-10"])
    # Cousins of one name and nearly one birthday; sisters one letter apart; a married name at a new address.
    council("YUSRA1", "Yusra/Mirza", "2015-05-05", sex="F", nhs=nhs(612), home="12 Weston Street, WS1 4EW")
    council("YUSRA2", "Yusra/Mirza", "2015-05-06", sex="F", nhs=nhs(614), home="14 Weston Street, WS1 4EW")
    council("AMINA", "Amina/Shah", "2013-03-03", sex="F", home="2 Emery Street, WS1 3AJ")
    school("AMIRA", "Amira/Shah", "2013-03-03", sex="F", home="2 Emery Street, WS1 3AJ", upn=upn(615))
    police("GEMMA", "Gemma/Hughes", "1989-11-11", sex="F", home="5 Bott Lane, WS1 2JJ", mobile="07700 900617", **SEEN)
    trust("GEMMA", "Gemma/Pritchard", "1989-11-11", sex="F", home="81 Brace Street, WS1 3PS", phone="07700 900617")
    # Day and month: one child whom two partners know by number or by home.
    trust("ROMA", "Roma/Lakatos", "2014-07-03", sex="F", nhs=nhs(616), home="9 Camden Street, WS1 4HF", gp="Y91001")
    council("ROMA", "Roma/Lakatos", "2014-07-03", sex="F", nhs=nhs(616), home="9 Camden Street, WS1 4HF")
    trust("IGNAC", "Ignac/Lakatos", "2011-02-19", sex="M", home="9 Camden Street, WS1 4HF", gp="Y91001")
    council("IGNAC", "Ignac/Lakatos", "2011-02-19", sex="M", home="9 Camden Street, WS1 4HF")
    # fmt: on
    town.morning("2026-11-17")
    return town


PAIRS = {
    # case: (one record, the other, how a user sees them)
    "a superseded NHS number on the trust's record, after a move": (
        COUNCIL + "TARIQ",
        TRUST + "TARIQ",
        "joined",
    ),
    "two temporary UPNs, one name, birthday and home": (COUNCIL + "ZOFIA", SCHOOL + "ZOFIA", "joined"),
    "one number, birthdays one part apart": (COUNCIL + "KABIR", TRUST + "KABIR", "joined"),
    "no number, a birthday that systems write, one house": (COUNCIL + "KABIR", POLICE + "KABIR", "possible"),
    "a mother's number on her baby's record": (COUNCIL + "NOOR", TRUST + "NOORBABY", "apart"),
    "two babies without names": (TRUST + "BABY1", TRUST + "BABY2", "apart"),
    "cousins, one name, a day apart, two numbers": (COUNCIL + "YUSRA1", COUNCIL + "YUSRA2", "apart"),
    "sisters one letter apart, one birthday and home": (COUNCIL + "AMINA", SCHOOL + "AMIRA", "apart"),
    "a married name at a new address, one mobile": (POLICE + "GEMMA", TRUST + "GEMMA", "possible"),
    "a child who died and the brother": (COUNCIL + "LILY", COUNCIL + "JACK", "apart"),
    "one number at two partners": (TRUST + "ROMA", COUNCIL + "ROMA", "joined"),
    "one name, birthday and home at two partners": (TRUST + "IGNAC", COUNCIL + "IGNAC", "joined"),
}


@pytest.mark.parametrize("case", PAIRS)
def test_two_records(town, case):
    one, other, seen = PAIRS[case]
    assert town.between(one, other) == seen
    assert town.between(other, one) == seen


def test_a_prior_name_is_searched_by_and_never_shown(town):
    answer = town.search(given="Aidan", family="Holloway", born="11/2/2010")
    assert found(answer, SCHOOL + "AIDAN")
    ran = [
        town.command("search", "--given", "Aidan", "--family", "Holloway", "--dob", "11/2/2010", *CASE).out,
        town.command(
            "search", "--given", "Aidan", "--family", "Holloway", "--dob", "11/2/2010", *CASE, "--json"
        ).out,
        town.command("show", town.person(SCHOOL + "AIDAN"), *CASE).out,
        town.command("show", town.person(SCHOOL + "AIDAN"), *CASE, "--json").out,
        town.command("search", "--address", "8 Lichfield Street, WS1 1TJ", *CASE, "--json").out,
    ]
    assert all("Aidan" in text for text in ran)
    assert not any("Holloway" in text for text in ran)


def test_a_child_who_died_is_told_as_such_and_the_brother_is_not(town):
    lily, jack = town.show(COUNCIL + "LILY"), town.show(COUNCIL + "JACK")
    assert said(lily, "death") == {"1 September 2026"}
    assert said(jack, "death") == set()
    assert not lily.workers
    assert [worker.contact.worker for worker in jack.workers] == ["Rosa Bright"]


def test_two_official_birthdays_are_shown_as_a_conflict_with_who_says_so(town):
    (birth,) = [field for field in town.show(COUNCIL + "KABIR").stated if field.field == "birth"]
    assert birth.conflict
    assert {(one.value, who.partner) for one in birth.statements for who in one.said_by} == {
        ("15 June 2009", "childrens-social-care"),
        ("17 June 2009", "acute-trust"),
    }


def test_two_babies_without_names_are_two_children(town):
    answer = town.search(family="Begum", born="15/11/2026")
    assert {town.person(TRUST + "BABY1"), town.person(TRUST + "BABY2")} <= {
        person.person_id for person in answer.people
    }
    assert answer.outcome in ("several", "possible")


def test_the_home_of_sisters_has_two_girls(town):
    assert set(residents(town.at("2 Emery Street, WS1 3AJ"))) == {"Amina Shah", "Amira Shah"}


KNOWN = [TRUST + "ROMA", COUNCIL + "ROMA", TRUST + "IGNAC", COUNCIL + "IGNAC"]


@pytest.fixture(scope="module")
def next_mornings(town):
    """A morning on which the trust writes days as YYYY-DD-MM; and one on which that is mended, and two practices merge."""
    told = [{record: town.person(record) for record in KNOWN}]
    home = {"home": "9 Camden Street, WS1 4HF"}
    for day, roma, ignac, practice in (
        ("2026-11-18", "2014-03-07", "2011-19-02", "Y91001"),
        ("2026-11-19", "2014-07-03", "2011-02-19", "Y91777"),
    ):
        town.acute.treated("ROMA", "Roma/Lakatos", roma, sex="F", nhs=nhs(616), gp=practice, **home)
        town.acute.treated("IGNAC", "Ignac/Lakatos", ignac, sex="M", gp=practice, **home)
        town.morning(day)
        told.append({record: town.person(record) for record in KNOWN})
    return told


@pytest.mark.parametrize("record", KNOWN)
def test_a_morning_of_swapped_days_moves_nobody(next_mornings, record):
    assert next_mornings[1][record] == next_mornings[0][record]


@pytest.mark.parametrize("record", KNOWN)
def test_a_merged_practice_and_the_mended_days_move_nobody(next_mornings, record):
    assert next_mornings[2][record] == next_mornings[0][record]


def test_the_footprint_stays_what_it_was(town, next_mornings):
    assert facts(town.show(TRUST + "ROMA")) == {("ae-attendance", "the person concerned")}
    assert json.dumps(town.show(COUNCIL + "ROMA").as_json()).count('"conflict": true') == 0
