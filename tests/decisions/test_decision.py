"""Which rulings make sense, and what the others are told."""

import pytest

from footprint.decisions import RULES, Decision, InvalidDecisionError, Subject, checked

POLICE = Subject("record", "police/person-id/1")
SCHOOL = Subject("record", "school-3351000/upn/A1")
HOME = Subject("address", "WS11AA|2|14")


def ruling(kind="different", subjects=(POLICE,), others=(SCHOOL,), **changes):
    fields = {
        "id": "d1",
        "partnership": "walsall",
        "reason": "Two Amandeep Kaurs, told apart by their mothers.",
        "by": "steward",
        "at": "2026-11-23T08:15:00+00:00",
    }
    return Decision(kind=kind, subjects=tuple(subjects), others=tuple(others), **(fields | changes))


@pytest.mark.parametrize(
    "decision",
    [
        ruling("same"),
        ruling("different"),
        ruling("disputed"),
        ruling("shield", [POLICE, Subject("person", "P1")], []),
        ruling("shield", [HOME], []),
        ruling("shield", [Subject("address", "uprn:100071234567")], []),
        ruling("seal", [POLICE, Subject("identifier", "nhs:9434765919")], [SCHOOL], since="2024-02-29"),
        ruling("erase", [POLICE], []),
        ruling("hold", [Subject("person", "P1")], []),
        ruling("lift", [Subject("decision", "d0")], [], also_by="second"),
    ],
)
def test_makes_sense(decision):
    assert checked(decision) == decision


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (ruling(reason=" "), "needs the reason"),
        (ruling(by=""), "needs who ruled"),
        (ruling(partnership=""), "needs its partnership"),
        (ruling(id=""), "needs an id"),
        (ruling(at=""), "needs when"),
        (ruling(subjects=[]), "whom or what"),
        (ruling("same", others=[]), "Name the second"),
        (ruling("shield", [POLICE], [SCHOOL]), "has one side"),
        (ruling("lift", [Subject("decision", "d0")], []), "takes two people"),
        (ruling("lift", [Subject("decision", "d0")], [], also_by=" "), "takes two people"),
        (ruling("lift", [Subject("decision", "d0")], [], also_by="Steward "), "is not the first"),
        (ruling("lift", [Subject("decision", " ")], [], also_by="second"), "decision by its id"),
        (ruling("lift", [POLICE], [], also_by="second"), "about a decision, not about a record"),
        (ruling("shield", [POLICE], [], also_by="second"), "Leave the second out"),
        (ruling("shield", [Subject("decision", "d0")], []), "not about a decision"),
        (ruling(others=[POLICE, SCHOOL]), "record police/person-id/1 stands on both sides"),
        (
            ruling("seal", [Subject("identifier", "nhs:1")], [SCHOOL], since="2024-02-28"),
            "one record on each side",
        ),
        (ruling("erase", [HOME], []), "not about a address"),
        (ruling("same", [Subject("person", "P1")]), "about a record, not about a person"),
        (ruling(subjects=[Subject("record", "police/1")]), "PARTNER/SCHEME/ID"),
        (ruling("shield", [Subject("address", "14 High Street")], []), "POSTCODE|flat|number-or-building"),
        (ruling("shield", [Subject("address", "uprn:refuge")], []), "uprn:NUMBER"),
        (ruling("shield", [Subject("person", " ")], []), "by its id"),
        (ruling("seal", [POLICE, Subject("identifier", "9434765919")], since="2024-02-28"), "SCHEME:VALUE"),
        (ruling(at="2026-11-23"), "with its offset"),
        (ruling(at="yesterday"), "with its offset"),
        (ruling(since="2024-02-28"), "Only a seal"),
        (ruling("seal", since="28/02/2024"), "YYYY-MM-DD"),
        (ruling("seal"), "day of severance"),
    ],
)
def test_makes_no_sense_and_says_so(decision, says):
    with pytest.raises(InvalidDecisionError, match=says.replace("|", r"\|")):
        checked(decision)


def test_a_complaint_about_an_address_never_repeats_it():
    with pytest.raises(InvalidDecisionError) as refused:
        checked(ruling("shield", [Subject("address", "Refuge House, Secret Lane")], []))
    assert "Secret Lane" not in str(refused.value)


@pytest.mark.parametrize("kind", RULES)
def test_only_a_protection_or_an_erasure_stands_whatever_is_written_later(kind):
    assert ruling(kind, undone_by="somebody").stands is (kind in {"shield", "lift", "seal", "erase"})
    assert ruling(kind).stands
