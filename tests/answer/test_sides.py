"""Two sides beside each other: what agrees, differs, or one alone says; nothing of what happened, and no closed identity."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.answer.sides import sides
from footprint.decisions import Subject
from footprint.records import (
    Address,
    ContactPoint,
    Identifier,
    Name,
    PartialDate,
    Record,
    RecordKey,
    Relationship,
    Setting,
)
from footprint.records.mask import Mask
from tests.answer.conftest import Dictionary, entry, record, ruling, tie

VICTIM = "police/person-id/1"
SUSPECT = "police/person-id/2"
AT_HOME = "acute-trust/patient-id/3"
MILL_LANE = Address(number="12", street="Mill Lane", postcode="WS1 2AA")
ELM_ROAD = Address(number="8", street="Elm Road", postcode="WS3 4BB")


def amandeep(key, **fields):
    return record(key, given="Amandeep", family="Kaur", **({"birth": (1991, 5, 4), "sex": "F"} | fields))


def beside(made, *records, joined=False, rulings=(), ties=(), mask=None):
    """Return the first record's side beside the last one's, as two people or as one."""
    entries = [made.entry(one) for one in records]
    everybody = {"one": entries} if joined else {f"p{n}": [one] for n, one in enumerate(entries)}
    people = made.people(made.content(everybody, ties=ties), *rulings, mask=mask or Mask())
    return sides(people, [str(records[0].key)], [str(records[-1].key)])


def agreement(found, field):
    return next((row.agreement for row in found.fields if row.field == field), None)


HUMAN_CASES = [
    # what, the one's fields, the other's, field, verdict
    ("the same name and birthday", {}, {}, "name", "agrees"),
    ("the same birthday", {}, {}, "birth", "agrees"),
    ("another day", {}, {"birth": (1991, 5, 14)}, "birth", "differs"),
    ("only the year is known", {}, {"birth": (1991, None, None)}, "birth", "agrees"),
    ("an estimate contradicts nothing", {}, {"birth": (1991, 1, 1, "EEE")}, "birth", "agrees"),
    ("no birthday at one", {}, {"birth": None}, "birth", "one side"),
    ("a home each", {"addresses": (MILL_LANE,)}, {"addresses": (ELM_ROAD,)}, "home", "differs"),
    (
        "one home in two spellings",
        {"addresses": (MILL_LANE,)},
        {"addresses": (Address(number="12", street="mill lane", postcode="ws12aa"),)},
        "home",
        "agrees",
    ),
    ("a home at one", {"addresses": (MILL_LANE,)}, {}, "home", "one side"),
    (
        "one NHS number in two spellings",
        {"identifiers": (Identifier(scheme="nhs", value="943 476 5919"),)},
        {"identifiers": (Identifier(scheme="nhs", value="9434765919"),)},
        "nhs",
        "agrees",
    ),
    (
        "two numbers that are not valid agree in nothing",
        {"identifiers": (Identifier(scheme="nhs", value="9434765910", valid=False),)},
        {"identifiers": (Identifier(scheme="nhs", value="9434765910", valid=False),)},
        "nhs",
        "differs",
    ),
    (
        "one mobile",
        {"contacts": (ContactPoint(kind="mobile", value="07700 900123"),)},
        {"contacts": (ContactPoint(kind="mobile", value="+44 7700 900123"),)},
        "contact",
        "agrees",
    ),
    (
        "two schools",
        {"settings": (Setting(kind="school", code="3352001", name="Alder Primary"),)},
        {"settings": (Setting(kind="school", code="3352002", name="Birch Primary"),)},
        "setting",
        "differs",
    ),
    ("a sex each", {}, {"sex": "M"}, "sex", "differs"),
    ("names in another order", {}, {"names": (Name(full="KAUR Amandeep"),)}, "name", "agrees"),
    ("a name no longer used is shown to nobody", {}, {"names": (Name(full="Amandeep Kaur", use="old"),)}, "name", "one side"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "field", "verdict"),
    [case[1:] for case in HUMAN_CASES],
    ids=[case[0] for case in HUMAN_CASES],
)
def test_a_field_agrees_differs_or_is_said_by_one(made, one, other, field, verdict):
    for here, there in ((one, other), (other, one)):
        found = beside(made, amandeep(VICTIM, **here), amandeep(SUSPECT, **there))
        assert agreement(found, field) == verdict


def test_each_value_says_who_says_so_and_on_which_day(made):
    found = beside(made, amandeep(VICTIM, addresses=(MILL_LANE,)), amandeep(SUSPECT))
    (home,) = next(row.one for row in found.fields if row.field == "home")
    assert home.value == "12 Mill Lane, WS1 2AA"
    assert [(said.name, said.on) for said in home.said_by] == [("Police", "2026-11-22")]


def test_one_person_whose_link_is_doubted_is_two_sides_again(made):
    ties = (tie(VICTIM, SUSPECT), tie(VICTIM, AT_HOME))
    records = (amandeep(VICTIM), amandeep(AT_HOME), amandeep(SUSPECT))
    together = beside(made, *records, joined=True, ties=ties)
    assert {said.record for said in together.one.records} == {VICTIM, AT_HOME}
    apart = beside(made, *records, joined=True, ties=ties, rulings=[ruling("disputed", [VICTIM], [SUSPECT])])
    assert {said.record for said in apart.one.records} == {VICTIM, AT_HOME}
    assert {said.record for said in apart.other.records} == {SUSPECT}
    assert [link.why for link in apart.links] == [("the same NHS number",)]


def test_what_speaks_against_it_is_said(made):
    number = Identifier(scheme="nhs", value="9434765919")
    another = Identifier(scheme="nhs", value="9434765870")
    mother = amandeep(VICTIM, identifiers=(number,))
    daughter = amandeep(
        SUSPECT,
        birth=(2015, 5, 4),
        identifiers=(another,),
        relationships=(Relationship(kind="mother", other=VICTIM),),
    )
    assert beside(made, mother, daughter).against == (
        "Two valid, different numbers of one kind: NHS number.",
        "Police holds a record on each side.",
        "Their birthdays are a generation apart.",
        "A partner that holds both calls them relatives.",
    )
    assert beside(made, amandeep(VICTIM), amandeep(AT_HOME)).against == ()


def test_nothing_of_what_happened_is_beside_it(made):
    happened = made.reported(VICTIM, "domestic-abuse-incident", "2026-10-01", role="victim")
    people = made.people(
        made.content({"p1": [made.entry(amandeep(VICTIM), happened)], "p2": [made.entry(amandeep(SUSPECT))]})
    )
    said = msgspec.json.encode(sides(people, [VICTIM], [SUSPECT])).decode()
    assert "domestic" not in said
    assert "2026-10-01" not in said


@pytest.mark.parametrize(
    "rulings",
    [
        [ruling("seal", [VICTIM], [SUSPECT], since="2024-01-01")],
        [ruling("seal", [SUSPECT], [AT_HOME], since="2024-01-01")],
        [ruling("erase", [VICTIM])],
    ],
    ids=["the two identities of an adopted child", "one closed identity", "one erased"],
)
def test_what_must_never_stand_beside_another_does_not(made, rulings):
    assert beside(made, amandeep(VICTIM), amandeep(AT_HOME), amandeep(SUSPECT), rulings=rulings) is None


def test_what_is_hidden_is_not_there(made):
    assert (
        beside(made, amandeep(VICTIM), amandeep(AT_HOME), mask=Mask(partners=frozenset({"police"}))) is None
    )


def test_of_a_protected_person_there_is_no_home_and_no_contact(made):
    reach = {"addresses": (MILL_LANE,), "contacts": (ContactPoint(kind="mobile", value="07700 900123"),)}
    found = beside(
        made,
        amandeep(VICTIM, **reach),
        amandeep(AT_HOME),
        rulings=[ruling("shield", [Subject("record", VICTIM)])],
    )
    assert found.one.standing == "protected"
    assert {row.field for row in found.fields} == {"name", "birth", "sex"}


# ---- whatever partners hold

_DATES = st.builds(
    PartialDate,
    st.none() | st.integers(1900, 2026),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 31),
)
_ADDRESSES = st.builds(
    Address, number=st.text(max_size=4), street=st.text(max_size=8), postcode=st.text(max_size=8)
)
_FIELDS = st.fixed_dictionaries(
    {
        "names": st.lists(st.builds(Name, given=st.text(max_size=6), family=st.text(max_size=6)), max_size=2).map(tuple),
        "birth": st.none() | _DATES,
        "sex": st.sampled_from(["M", "F", ""]),
        "addresses": st.lists(_ADDRESSES, max_size=2).map(tuple),
        "identifiers": st.lists(
            st.builds(Identifier, scheme=st.sampled_from(["nhs", "upn", "pnc"]), value=st.text(max_size=10)), max_size=2
        ).map(tuple),
        "contacts": st.lists(st.builds(ContactPoint, kind=st.just("mobile"), value=st.text(max_size=12)), max_size=2).map(tuple),
    }
)  # fmt: skip


@given(_FIELDS, _FIELDS)
def test_whatever_they_hold_turning_the_sides_turns_the_answer(one, other):
    from footprint.answer.people import People
    from footprint.decisions import NOTHING_DECIDED

    here = Record(key=RecordKey.parse(VICTIM), **one)
    there = Record(key=RecordKey.parse(AT_HOME), **other)
    people = People(Dictionary({"p1": [entry(here)], "p2": [entry(there)]}), Mask(), NOTHING_DECIDED)
    found, turned = sides(people, [VICTIM], [AT_HOME]), sides(people, [AT_HOME], [VICTIM])
    assert (found.one, found.other, found.links) == (turned.other, turned.one, turned.links)
    assert set(found.against) == set(turned.against)
    assert [(row.field, row.agreement, row.one, row.other) for row in found.fields] == [
        (row.field, row.agreement, row.other, row.one) for row in turned.fields
    ]


@given(_FIELDS)
def test_a_record_differs_from_its_equal_in_nothing_that_is_valid(fields):
    from footprint.answer.people import People
    from footprint.decisions import NOTHING_DECIDED

    twice = [Record(key=RecordKey.parse(key), **fields) for key in (VICTIM, AT_HOME)]
    people = People(Dictionary({"p1": [entry(twice[0])], "p2": [entry(twice[1])]}), Mask(), NOTHING_DECIDED)
    found = sides(people, [VICTIM], [AT_HOME])
    assert all(row.agreement == "agrees" for row in found.fields if row.field in ("name", "sex"))
