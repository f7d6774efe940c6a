"""What each partner's own file becomes: records, involvements and reasons, on deliveries small enough to read."""

import datetime as dt

import pytest

from footprint.feeds.contract_reading import load_contracts
from footprint.records import Address, ContactPoint, DutyContact, Identifier, Name, PartialDate, Setting
from tests.feeds.looking import facts, involvements, records
from tests.feeds.making import (
    ACUTE_HEADER,
    OCCURRENCES_HEADER,
    PERSONS_HEADER,
    acute,
    attendance,
    csv_text,
    police,
    pupil,
    school,
    transfer_file,
    write_manifest,
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


def reason(receipt, line, field):
    """The one reason given of a line and a column."""
    found = [one.reason for one in receipt.reasons if (one.line, one.field) == (line, field)]
    assert len(found) == 1, receipt.reasons
    return found[0]


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


# Line of occurrences.csv to add, the column at fault, words of the reason, whether the row is quarantined.
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


# Column of persons.csv, a value that fails its check, words of the reason.
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


def test_an_attendance_is_a_record_with_its_address_and_an_event_at_its_site(take, data, tmp_path):
    rows = [
        attendance(1),
        attendance(2, disposal="DNW"),
        attendance(3, disposal="WNB", patient_id="", nhs_number="9434765919"),
    ]
    take("acute", acute(tmp_path / "in", csv_text(ACUTE_HEADER, rows)))
    assert [(key, code) for key, code, *_ in facts(data, "acute")] == [
        ("acute-trust/nhs/9434765919", "was-not-brought"),
        ("acute-trust/patient-id/70001", "ae-attendance"),
        ("acute-trust/patient-id/70002", "ae-did-not-wait"),
    ]
    one = records(data, "acute")["acute-trust/patient-id/70001"]
    assert (one.addresses[0].number, one.addresses[0].street) == ("1", "High Street")
    assert one.settings == (Setting(kind="gp", code="Y90001"),)
    assert one.sex == "F"


SOCIAL_CARE = {
    "ssd_person.csv": "pers_person_id,pers_forename,pers_surname,pers_sex,pers_dob,pers_expected_dob\n"
    "C1,Aisha,Khan,F,2015-03-27T00:00:00,\nC2,Sana,Khan,F,1985-01-01 00:00:00,\nC3,,Khan,U,,2027-02-01T00:00:00\n",
    "ssd_address.csv": "addr_person_id,addr_address_json,addr_address_type,addr_address_start_date,addr_address_end_date,"
    'addr_address_postcode\nC1,"{""FLAT"": ""3"", ""HOUSE"": ""12"", ""STREET"": ""High St"", ""UPRN"": ""10001""}",'
    "RESTRICTED,2022-09-13T00:00:00,,WS1 1AA\n",
    "ssd_mother.csv": "moth_person_id,moth_childs_person_id\nC2,C1\n",
    "ssd_family.csv": "fami_family_id,fami_person_id\nF1,C1\nF1,C3\n",
    "ssd_linked_identifiers.csv": "link_person_id,link_identifier_type,link_identifier_value,link_valid_from_date,"
    "link_valid_to_date\nC1,NHS Number,9434765919,,\nC1,Library Card,77,,\n",
    "ssd_cin_episodes.csv": "cine_referral_id,cine_person_id,cine_referral_date,cine_referral_nfa,cine_close_date,"
    "cine_referral_team,cine_referral_worker_id\nR1,C1,2026-03-01T00:00:00,N,,T1,W1\nR2,C1,2025-01-01T00:00:00,Y,,T9,W9\n",
    "ssd_professionals.csv": "prof_professional_id,prof_professional_name\nW1,Rukhsana Malik\n",
    "ssd_department.csv": "dept_team_id,dept_team_name\nT1,Family Help North\n",
}


@pytest.fixture
def social_care(take, data, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in SOCIAL_CARE.items():
        (folder / name).write_text(text)
    write_manifest(folder, "childrens-social-care", "childrens-social-care")
    return take("childrens-social-care", folder)[0]


def test_social_care_people_come_with_mothers_families_and_the_unborn(social_care, data):
    found = records(data, "childrens-social-care")
    child, unborn = (found[f"childrens-social-care/la-child-id/C{number}"] for number in (1, 3))
    assert {(one.kind, one.other[-2:]) for one in child.relationships} == {
        ("mother", "C2"),
        ("other-relative", "C3"),
    }
    assert unborn.unborn
    assert unborn.expected.iso == "2027-02-01"
    assert child.identifiers == (Identifier(scheme="nhs", value="9434765919"),)


def test_a_restricted_address_in_json_is_kept_as_protected(social_care, data):
    (address,) = records(data, "childrens-social-care")["childrens-social-care/la-child-id/C1"].addresses
    assert address == Address(
        flat="3",
        number="12",
        street="High St",
        postcode="WS1 1AA",
        uprn="10001",
        start="2022-09-13",
        protected=True,
    )


def test_a_referral_without_further_action_opens_no_case_and_worker_and_team_are_named(social_care, data):
    said = {
        (one.code, one.reference, one.contact.worker, one.contact.team)
        for one in involvements(data, "childrens-social-care").values()
    }
    hub = "Multi-agency safeguarding hub"
    assert said == {
        ("referral", "R1", "Rukhsana Malik", "Family Help North"),
        ("child-in-need", "R1", "Rukhsana Malik", "Family Help North"),
        ("referral", "R2", "", hub),
    }


def test_an_identifier_of_a_kind_that_was_not_agreed_is_set_aside(social_care):
    assert "is not a code" in reason(social_care, 3, "link_identifier_type")
    assert any("no row of this id" in one.reason for one in social_care.reasons)


# File of the dataset, a row to add, the line and column at fault, words of the reason.
ODD_ROWS = [
    ("ssd_address.csv", "C2,{not json,HOME,,,WS1 1AA", 3, "addr_address_json", "not the JSON object"),
    ("ssd_address.csv", 'C2,"{""UPRN"": ""X""}",HOME,,,WS1 1AA', 3, "addr_address_json", "UPRN"),
    ("ssd_address.csv", "C2,{},HOME,,,W1", 3, "addr_address_postcode", "not a postcode"),
    ("ssd_person.csv", "C4,A,B,F,,31/02/2027", 5, "pers_expected_dob", "no such day"),
]


@pytest.mark.parametrize(
    ("name", "row", "line", "column", "words"), ODD_ROWS, ids=[row for _, row, *_ in ODD_ROWS]
)
def test_an_odd_value_of_the_dataset_is_set_aside(name, row, line, column, words, take, tmp_path):
    for file, text in {**SOCIAL_CARE, name: f"{SOCIAL_CARE[name]}{row}\n"}.items():
        (tmp_path / file).write_text(text)
    receipt = take("childrens-social-care", tmp_path)[0]
    assert any(
        words in one.reason
        for one in receipt.reasons
        if (one.file, one.line, one.field) == (name, line, column)
    )


def test_a_family_number_that_half_the_borough_bears_makes_no_relatives(take, data, tmp_path):
    persons = "".join(f"C{number},A,B,F,2015-01-01,\n" for number in range(20))
    header = SOCIAL_CARE["ssd_person.csv"].splitlines()[0]
    (tmp_path / "ssd_person.csv").write_text(f"{header}\n{persons}")
    (tmp_path / "ssd_family.csv").write_text(
        "fami_family_id,fami_person_id\n" + "".join(f"0,C{n}\n" for n in range(20))
    )
    take("childrens-social-care", tmp_path)
    assert not any(one.relationships for one in records(data, "childrens-social-care").values())


def test_nobody_dies_before_being_born(take, data, tmp_path):
    (tmp_path / "ssd_person.csv").write_text(
        "pers_person_id,pers_forename,pers_surname,pers_dob,pers_death_date\nC1,Ann,Ward,2015-01-02,2015-01-01\n"
    )
    receipt = take("childrens-social-care", tmp_path)[0]
    assert "before the birth" in reason(receipt, 2, "pers_death_date")
    assert records(data, "childrens-social-care")["childrens-social-care/la-child-id/C1"].death is None


FIRST = pupil(
    1,
    UPN="H801200001001",
    PreferredForename="Liz",
    FormerSurname="Hanrahan",
    Ethnicity="WIRT",
    NCYearActual="4",
).replace(
    "</Pupil>",
    "<Address><PAON>12</PAON><SAON>Flat 3</SAON><Street>High Street</Street><Town>Walsall</Town><PostCode>WS1 1AA</PostCode>"
    "</Address><Phones><Phone>07700900123</Phone></Phones><Contacts><Contact><Order>1</Order><Title>Mrs</Title>"
    "<Surname>Hanrahan</Surname><Forename>Ann</Forename><Relationship>MOT</Relationship><Phone>07700900124</Phone>"
    "<Responsible>Y</Responsible></Contact></Contacts><SchoolHistory><School><LEA>335</LEA><Estab>4001</Estab>"
    "<SchoolName>Alder Primary</SchoolName><EntryDate>2024-09-02</EntryDate></School><School><LEA>335</LEA><Estab>2002</Estab>"
    "<SchoolName>Birch Infants</SchoolName><EntryDate>2021-09-02</EntryDate><LeavingDate>2024-07-20</LeavingDate></School>"
    "</SchoolHistory></Pupil>",
)
SECOND = (
    FIRST.replace("Gender>", "Sex>")
    .replace("AdmissionNumber>", "AdmissionNo>")
    .replace("UPN>", "UniquePupilNumber>")
    .replace("PreferredForename>", "PrefForename>")
    .replace("DOB>", "DateOfBirth>")
    .replace(
        "<Address><PAON>12</PAON><SAON>Flat 3</SAON><Street>High Street</Street><Town>Walsall</Town>"
        "<PostCode>WS1 1AA</PostCode></Address>",
        "<AddressLines><AddressLine1>Flat 3</AddressLine1><AddressLine2>12 High Street</AddressLine2>"
        "<AddressLine3>Walsall</AddressLine3><PostCode>WS1 1AA</PostCode></AddressLines>",
    )
    .replace("Contacts>", "ContactDetails>")
    .replace("Relationship>", "RelationshipCode>")
    .replace("SchoolHistory>", "EducationHistory>")
)


@pytest.mark.parametrize("dialect", [FIRST, SECOND], ids=["first", "second"])
def test_two_suppliers_dialects_of_one_pupil_say_the_same(dialect, take, data, tmp_path):
    receipt = take("schools", school(tmp_path / "in", transfer_file(dialect)))[0]
    assert not receipt.reasons
    (one,) = records(data, "schools--3354001").values()
    assert str(one.key) == "school-3354001/admission-number/43001"
    assert [(name.use, name.given, name.family) for name in one.names] == [
        ("usual", "Liz", "Ward1"),
        ("official", "Lizzie", "Ward1"),
        ("old", "", "Hanrahan"),
    ]
    assert (one.sex, one.birth.iso) == ("F", "2015-12-10")
    (address,) = one.addresses
    assert (address.flat, address.number, address.street, address.postcode) == (
        "Flat 3",
        "12",
        "High Street",
        "WS1 1AA",
    )
    (mother,) = one.relationships
    assert (mother.kind, mother.name.text, mother.phone) == ("mother", "Ann Hanrahan", "07700900124")
    assert {setting.code for setting in one.settings} == {"3354001", "3352002"}
    assert facts(data, "schools--3354001") == [(str(one.key), "on-roll", "2024-09-02", "")]


def test_a_pupil_without_an_admission_number_is_known_by_upn_and_found_by_either(take, data, tmp_path):
    ctf = transfer_file(
        pupil(1, UPN="H801200001001") + pupil(2, AdmissionNumber="", UPN="H801200001001"[::-1])
    )
    attended = "upn,admission_number,from,to,sessions_possible,sessions_missed\n"
    rows = (
        "H801200001001,43001,2026-09-02,2026-10-31,80,8\n"
        f"{'H801200001001'[::-1]},99,2026-09-02,2026-10-31,80,40\n"
    )
    take("schools", school(tmp_path / "in", ctf, attendance=attended + rows))
    assert [(key, code) for key, code, *_ in facts(data, "schools--3354001")] == [
        ("school-3354001/admission-number/43001", "persistent-absence"),
        (f"school-3354001/upn/{'H801200001001'[::-1]}", "persistent-absence"),
    ]


@pytest.mark.parametrize(
    ("missed", "is_persistent"), [("8", True), ("7", False), ("", False), ("many", False)]
)
def test_a_tenth_of_the_sessions_is_persistent_absence(missed, is_persistent, take, data, tmp_path):
    attended = f"upn,admission_number,from,to,sessions_possible,sessions_missed\n,43001,2026-09-02,2026-10-31,80,{missed}\n"
    receipt = take("schools", school(tmp_path / "in", transfer_file(pupil(1)), attendance=attended))[0]
    assert bool(facts(data, "schools--3354001")) is is_persistent
    assert receipt.kept == 2


def test_a_schools_own_safeguarding_lead_is_whom_to_ring(take, data, tmp_path):
    said = "laestab,urn,dsl_name,dsl_phone,hours,fallback\n3354001,900001,Mr Osei,01632 960301,08:00-16:30,MASH\n"
    excluded = "upn,admission_number,kind,start_date,sessions,reason_code\n,43001,SUSP,2026-06-17,10,BU\n"
    take("schools", school(tmp_path / "in", transfer_file(pupil(1)), school=said, exclusions=excluded))
    (one,) = involvements(data, "schools--3354001").values()
    assert one.code == "school-suspension"
    assert (one.contact.worker, one.contact.phone, one.contact.fallback) == (
        "Mr Osei",
        "01632 960301",
        "MASH",
    )


def test_an_element_outside_the_contract_is_named_once_and_not_kept(take, data, tmp_path):
    odd = "<SENhistory><SEN><Note>dyslexia</Note></SEN></SENhistory></Pupil>"
    receipt = take(
        "schools", school(tmp_path / "in", transfer_file((pupil(1) + pupil(2)).replace("</Pupil>", odd)))
    )[0]
    assert [(one.field, one.kind) for one in receipt.reasons] == [("SENhistory", "not taken")]
    assert not any(b"dyslexia" in path.read_bytes() for path in data.rglob("*") if path.is_file())


def test_two_schools_under_one_contract_are_two_feeds_and_two_partners(take, data, tmp_path):
    take("schools", school(tmp_path / "a", transfer_file(pupil(1))))
    take("schools", school(tmp_path / "b", transfer_file(pupil(1), estab="4002"), laestab="3354002"))
    assert set(records(data, "schools--3354001")) == {"school-3354001/admission-number/43001"}
    assert set(records(data, "schools--3354002")) == {"school-3354002/admission-number/43001"}
