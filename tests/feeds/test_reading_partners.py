"""What hospitals, social care and schools write in files of their own becomes: records, involvements and reasons."""

import pytest

from footprint.records import Address, Identifier, Setting
from tests.feeds.looking import facts, involvements, reason, records
from tests.feeds.making import (
    ACUTE_HEADER,
    acute,
    attendance,
    csv_text,
    pupil,
    school,
    transfer_file,
    write_manifest,
)


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
