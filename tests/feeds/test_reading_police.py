"""What the police's own files become: records, involvements and reasons, on deliveries small enough to read."""

import datetime as dt

import pytest

from footprint.feeds.contract_reading import load_contracts
from footprint.records import Address, ContactPoint, DutyContact, Identifier, Name, PartialDate
from tests.feeds.looking import involvements, reason, records
from tests.feeds.making import (
    OCCURRENCES_HEADER,
    PERSONS_HEADER,
    csv_text,
    police,
)

CHILD = [
    "P1",
    "",
    "KHAN",
    "Aisha",
    "Noor",
    "27/03/2015",
    "F",
    "A2",
    "IC4",
    "943 476 5919",
    "07700 900123",
    "",
    "",
    "N",
]
MOTHER = ["P2", "", "KHAN", "Sana", "", "1985", "F", "", "", "", "", "01632 960123", "sana@kmail.net", "Y"]
STRANGER = ["P3", "", "SMITH", "Old", "", "01/05/1950", "M", "", "", "", "", "", "", "N"]
PERSONS = csv_text(PERSONS_HEADER, [CHILD, MOTHER, STRANGER])
OCCURRENCES = csv_text(
    OCCURRENCES_HEADER,
    [
        ["O1", "P1", "CHILD PRESENT", "DOMESTIC", "01/11/2026", "Response"],
        ["O1", "P2", "VICTIM", "DOMESTIC", "01/11/2026", "Response"],
        ["O1", "P2", "REPORTING", "DOMESTIC", "01/11/2026", "Response"],
        ["O2", "P1", "MISSING", "MISSING", "05/11/2026", "Hub"],
    ],
)


@pytest.fixture
def taken(take, data, tmp_path):
    """Take a police delivery and return its receipt."""

    def taken(**files):
        texts = {"persons.csv": PERSONS, "occurrences.csv": OCCURRENCES}
        texts.update({f"{name}.csv": text for name, text in files.items()})
        return take("police", police(tmp_path / "in", texts))[0]

    return taken


def test_a_person_is_kept_as_the_police_said_them(taken, data):
    taken()
    child = records(data, "police")["police/person-id/P1"]
    assert child.names == (Name(given="Aisha", middle="Noor", family="KHAN"),)
    assert child.birth == PartialDate.of(dt.date(2015, 3, 27))
    assert child.identifiers == (Identifier(scheme="nhs", value="9434765919"),)
    assert child.contacts == (ContactPoint(kind="mobile", value="07700 900123"),)
    assert [(one.code, one.scheme, one.observed) for one in child.ethnicities] == [
        ("A2", "police-16+1", False),
        ("IC4", "ic", True),
    ]


def test_a_year_alone_is_a_birthday_in_part_and_protection_is_kept(taken, data):
    taken()
    mother = records(data, "police")["police/person-id/P2"]
    assert mother.birth == PartialDate(1985, None, None, "UUA")
    assert mother.protected
    assert {one.kind for one in mother.contacts} == {"landline", "email"}


def test_who_is_outside_the_cohort_is_counted_and_never_stored(taken, data):
    receipt = taken()
    assert set(records(data, "police")) == {"police/person-id/P1", "police/person-id/P2"}
    assert (receipt.rows_in, receipt.kept, receipt.outside_cohort) == (7, 6, 1)


def test_a_relative_of_somebody_in_the_cohort_is_in_it_and_both_say_so(taken, data):
    taken(relationships="person_id,other_person_id,relationship\nP3,P1,GRANDPARENT OF\n")
    found = records(data, "police")
    (of_child,) = found["police/person-id/P1"].relationships
    (of_other,) = found["police/person-id/P3"].relationships
    assert (of_child.kind, of_child.other, of_child.name.family) == (
        "grandparent",
        "police/person-id/P3",
        "SMITH",
    )
    assert (of_other.kind, of_other.other) == ("other-relative", "police/person-id/P1")


def test_each_role_in_an_occurrence_is_an_involvement_with_its_code_and_whom_to_ring(taken, data):
    taken()
    said = sorted(
        (one.record, one.code, one.role, one.reference) for one in involvements(data, "police").values()
    )
    assert said == [
        ("police/person-id/P1", "domestic-abuse-incident", "child-present", "O1"),
        ("police/person-id/P1", "missing-person", "missing", "O2"),
        ("police/person-id/P2", "domestic-abuse-incident", "reporting", "O1"),
        ("police/person-id/P2", "domestic-abuse-incident", "victim", "O1"),
    ]
    one = next(one for one in involvements(data, "police").values() if one.reference == "O2")
    duty = load_contracts()["police"].partner.duty
    assert one.contact == DutyContact(team="Hub", phone=duty.phone, hours=duty.hours, fallback=duty.fallback)


def test_an_open_investigation_has_its_officer_and_no_end(taken, data):
    header = "investigation_ref,person_id,role,category,opened_on,closed_on,officer_name,officer_phone,team"
    taken(investigations=f"{header}\nI1,P1,VICTIM,VIOLENCE,22/12/2025,,PC Rahman,01632 960106,CID\n")
    one = next(one for one in involvements(data, "police").values() if one.code == "investigation")
    assert (one.start, one.end) == ("2025-12-22", "")
    assert (one.contact.worker, one.contact.phone) == ("PC Rahman", "01632 960106")


ROWS = [
    ("O9,,VICTIM,DOMESTIC,01/11/2026,T", "person_id", "nobody can tell whose", True),
    ("O9,P99,VICTIM,DOMESTIC,01/11/2026,T", "person_id", "No row of this delivery describes", True),
    ("O9,P1,VICTIM,DOMESTIC,,T", "occurred_on", "no date that can be used", True),
    ("O9,P1,VICTIM,DOMESTIC,11/2026,T", "occurred_on", "not whole", True),
    ("O9,P1,VICTIM,DOMESTIC,01/12/2026,T", "occurred_on", "future", True),
    ("O9,P1,VICTIM", "", "3 columns, the header 6", True),
]


@pytest.mark.parametrize(("row", "column", "words", "quarantined"), ROWS, ids=[row for row, *_ in ROWS])
def test_a_row_that_says_nothing_usable_is_quarantined_with_its_line(
    row, column, words, quarantined, taken, data
):
    receipt = taken(occurrences=f"{OCCURRENCES}{row}\n")
    assert any(
        (one.line, one.field) == (6, column) and words in one.reason
        for one in receipt.reasons
        if one.file == "occurrences.csv"
    )
    assert receipt.quarantined == quarantined
    assert receipt.rows_in == receipt.kept + receipt.quarantined + receipt.outside_cohort
    assert len(involvements(data, "police")) == 4
    kept = (data / "deliveries" / "police" / "000001" / "quarantine.jsonl").read_text()
    assert "O9" in kept


FIELDS = [
    ("dob", "31/02/2015", "no such day"),
    ("dob", "01/01/2031", "future"),
    ("dob", "27/13/2015", "twelve"),
    ("sex", "Z", "not a code of the contract's list"),
    ("nhs_number", "9434765918", "never compared"),
    ("mobile", "ask her mum", "not a phone number"),
    ("email", "none", "not an e-mail address"),
]


@pytest.mark.parametrize(
    ("column", "value", "words"), FIELDS, ids=[f"{column} {value}" for column, value, _ in FIELDS]
)
def test_a_field_that_fails_its_check_is_set_aside_and_the_row_lives(column, value, words, taken, data):
    row = list(CHILD)
    row[PERSONS_HEADER.index(column)] = value
    receipt = taken(persons=csv_text(PERSONS_HEADER, [row, MOTHER]))
    assert words in reason(receipt, 2, column)
    assert receipt.set_aside == 1
    assert receipt.quarantined == 0
    assert records(data, "police")["police/person-id/P1"].names == (
        Name(given="Aisha", middle="Noor", family="KHAN"),
    )


def test_a_number_that_fails_its_check_is_kept_as_said_and_marked(taken, data):
    row = list(CHILD)
    row[PERSONS_HEADER.index("nhs_number")] = "943 476 5918"
    taken(persons=csv_text(PERSONS_HEADER, [row]), occurrences=csv_text(OCCURRENCES_HEADER, []))
    (child,) = records(data, "police").values()
    assert child.identifiers == (Identifier(scheme="nhs", value="9434765918", valid=False),)


def test_a_reason_quotes_no_name_birthday_or_number(taken):
    row = [
        "P1",
        "",
        "KHAN",
        "Aisha",
        "",
        "31/02/2015",
        "aisha khan",
        "",
        "",
        "9434765918",
        "mum 07700",
        "",
        "",
        "N",
    ]
    receipt = taken(persons=csv_text(PERSONS_HEADER, [row]))
    said = " ".join(one.reason for one in receipt.reasons)
    assert receipt.set_aside == 4
    assert not any(word in said.lower() for word in ("khan", "aisha", "31/02", "9434765918", "07700"))


def test_an_id_that_is_none_quarantines_its_row(taken, data):
    row = ["P" * 70, *CHILD[1:]]
    receipt = taken(persons=csv_text(PERSONS_HEADER, [CHILD, row]))
    assert any(
        "not an id" in one.reason for one in receipt.reasons if (one.file, one.line) == ("persons.csv", 3)
    )
    assert receipt.quarantined == 3  # the row, and twice what happened to P2, whom nobody describes


def test_an_officers_number_that_is_none_is_set_aside_and_a_short_one_kept(taken, data):
    header = "investigation_ref,person_id,role,category,opened_on,closed_on,officer_name,officer_phone,team"
    receipt = taken(
        investigations=f"{header}\nI1,P1,VICTIM,X,01/10/2026,,,ask control,\nI2,P1,VICTIM,X,01/10/2026,,,101,\n"
    )
    assert "not a phone number" in reason(receipt, 2, "officer_phone")
    found = {
        one.reference: one.contact.phone
        for one in involvements(data, "police").values()
        if one.code == "investigation"
    }
    assert found == {"I1": load_contracts()["police"].partner.duty.phone, "I2": "101"}


def test_two_rows_of_one_person_that_disagree_keep_the_first_and_say_so(taken, data):
    other = list(CHILD)
    other[PERSONS_HEADER.index("dob")] = "28/03/2015"
    receipt = taken(persons=csv_text(PERSONS_HEADER, [CHILD, other]))
    assert "says otherwise" in reason(receipt, 3, "dob")
    assert records(data, "police")["police/person-id/P1"].birth.iso == "2015-03-27"


def test_no_fixed_abode_is_an_address_and_a_protected_one_is_marked(taken, data):
    header = "person_id,flat,building,number,street,town,postcode,uprn,kind,from,to,protected"
    taken(
        addresses=f"{header}\nP1,,,,NFA,,,,HOME,,,N\nP1,3,,12,High St,Walsall,WS1 1AA,,TEMP,01/02/2026,,Y\n"
    )
    home, refuge = records(data, "police")["police/person-id/P1"].addresses
    assert home.no_fixed_abode
    assert refuge == Address(
        flat="3",
        number="12",
        street="High St",
        town="Walsall",
        postcode="WS1 1AA",
        use="temp",
        start="2026-02-01",
        protected=True,
    )


def test_what_ended_before_the_retention_is_not_kept_and_an_open_episode_is_however_old(taken, data):
    header = "investigation_ref,person_id,role,category,opened_on,closed_on,officer_name,officer_phone,team"
    rows = "I1,P1,VICTIM,X,01/01/2019,22/11/2023,,,\nI2,P1,VICTIM,X,01/01/2019,23/11/2023,,,\nI3,P1,VICTIM,X,01/01/2019,,,,\n"
    receipt = taken(investigations=f"{header}\n{rows}")
    assert {
        one.reference for one in involvements(data, "police").values() if one.code == "investigation"
    } == {"I2", "I3"}
    assert receipt.expired == 1
