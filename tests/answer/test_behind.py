"""Behind a shield: sector, kind and dates, no more than the agreement lets be known, and never through a seal."""

import json

import pytest

from footprint.answer.behind import behind_the_shield
from footprint.decisions import Subject
from footprint.records import Address, DutyContact, Name
from footprint.records.disclosure import EVERYTHING, NOTHING, Disclosure

POLICE, CARE, SCHOOL = "police/person-id/1", "childrens-social-care/la-child-id/2", "school-3351000/upn/3"
CONTACT = DutyContact(worker="Sarah Jones", team="Team Zephyrquill", phone="01632 960210")
PLACE = {"site": "Obsidianwick House", "contact": CONTACT, "reference": "REF-77"}
REFUGE = Address(number="17", street="Zephyrquill Lane", postcode="WS7 9QJ")


@pytest.fixture
def people(made):
    def under(*rulings):
        records = [
            made.entry(
                made.record(POLICE, addresses=(REFUGE,)),
                made.reported(POLICE, "domestic-abuse-incident", "2026-10-01", role="victim", **PLACE),
                made.reported(POLICE, "custody", "2020-01-01", **PLACE),
            ),
            made.entry(
                made.record(CARE), made.reported(CARE, "cp-plan", "2026-04-01", **PLACE),
                made.reported(CARE, "assessment", "2026-01-05", end="2026-02-20", **PLACE),
            ),
            made.entry(made.record(SCHOOL, names=(Name(given="June"),)), made.reported(SCHOOL, "on-roll", "2024-09-01", **PLACE)),
        ]  # fmt: skip
        return made.people(made.content({"p1": records}), *rulings)

    return under


@pytest.fixture
def shield(made):
    return made.ruling("shield", [POLICE, CARE, SCHOOL, Subject("person", "p1")])


def told(lines):
    return [(one.sector, one.label, one.when) for one in lines]


def test_sector_kind_and_dates_the_latest_first(people, shield):
    assert told(behind_the_shield(people(shield), "p1", EVERYTHING)) == [
        ("Police", "Domestic abuse incident", "1 October 2026"),
        ("Children's social care", "Child protection plan", "open since 1 April 2026"),
        ("Children's social care", "Social work assessment", "5 January 2026 to 20 February 2026"),
        ("School", "On roll", "open since 1 September 2024"),
    ]


def test_nothing_that_tells_a_place(people, shield):
    text = json.dumps([one.as_json() for one in behind_the_shield(people(shield), "p1", EVERYTHING)]).lower()
    for word in ("zephyrquill", "obsidianwick", "ref-77", "sarah", "01632", "3351000", "june", "ws7"):
        assert word not in text


def test_what_the_agreement_withholds_stays_withheld(people, shield):
    assert behind_the_shield(people(shield), "p1", NOTHING) == ()
    some = Disclosure(
        levels={
            "police": {"domestic-abuse-incident": "existence"},
            "childrens-social-care": {"cp-plan": "content"},
        }
    )
    assert [one.label for one in behind_the_shield(people(shield), "p1", some)] == ["Child protection plan"]


def test_a_kind_is_told_within_its_own_window(people, shield):
    longer = Disclosure(otherwise="content", months={"assessment": 1})
    assert "Social work assessment" not in [
        one.label for one in behind_the_shield(people(shield), "p1", longer)
    ]


def test_nothing_is_behind_a_shield_that_is_not_there(people):
    assert behind_the_shield(people(), "p1", EVERYTHING) == ()
    assert behind_the_shield(people(), "p2", EVERYTHING) == ()


@pytest.mark.parametrize("shielded_too", [True, False])
def test_a_seal_stays_shut(people, made, shield, shielded_too):
    seal = made.ruling("seal", [POLICE], [SCHOOL], since="2026-06-01")
    under = people(seal, shield) if shielded_too else people(seal)
    for shown in under.of(0):
        assert behind_the_shield(under, shown.id, EVERYTHING) == ()


def test_an_erased_record_is_gone(people, made, shield):
    under = people(shield, made.ruling("erase", [CARE]))
    assert {one.sector for one in behind_the_shield(under, "p1", EVERYTHING)} == {"Police", "School"}
