"""Each partner writes its own way: what a contract has to cope with is in the files."""

import csv
import re
from pathlib import Path

import pytest
from defusedxml import ElementTree

from footprint.sample.partners.ssd_tables import TABLES
from tests.sample.conftest import END
from tests.sample.reading import COUNCIL

FIELDS = Path(__file__).parents[3] / "shared" / "data" / "standard_safeguarding_dataset_fields.csv"


def test_the_police_write_capitals_british_dates_and_a_byte_order_mark(borough):
    data = (borough.day() / "police" / "persons.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    rows = borough.rows("police/persons.csv")
    assert all(row["surname"] == row["surname"].upper() for row in rows)
    assert all(re.fullmatch(r"(\d{2}/\d{2}/\d{4})?", row["dob"]) for row in rows)
    assert any(row["dob"] == "" for row in rows)
    assert {row["sex"] for row in rows} == {"M", "F", "U"}
    assert {row["protected"] for row in rows} == {"Y", "N"}
    assert any(row["ethnicity_self"] == "NS" and row["ethnicity_ic"] for row in rows)
    assert any(row["street"] == "NFA" for row in borough.rows("police/addresses.csv"))


def test_the_police_say_in_which_role(borough):
    rows = borough.rows("police/occurrences.csv")
    assert {row["role"] for row in rows} == {
        "VICTIM", "WITNESS", "SUSPECT", "CHILD PRESENT", "REPORTING", "MISSING", "INVOLVED",
    }  # fmt: skip
    assert {row["category"] for row in rows} == {
        "DOMESTIC", "MISSING", "ASB", "VIOLENCE", "CHILD CONCERN", "POLICE PROTECTION", "CUSTODY", "OTHER",
    }  # fmt: skip
    known = {row["person_id"] for row in borough.rows("police/persons.csv")}
    assert {row["person_id"] for row in rows} <= known
    present = [row for row in rows if row["role"] == "CHILD PRESENT"]
    others = {(row["occurrence_ref"], row["role"]) for row in rows}
    assert all((row["occurrence_ref"], "VICTIM") in others for row in present)
    assert {row["relationship"] for row in borough.rows("police/relationships.csv")} == {
        "MOTHER OF",
        "FATHER OF",
        "PARTNER OF",
        "SIBLING OF",
    }
    assert any(not row["closed_on"] for row in borough.rows("police/investigations.csv"))
    assert {row["kind"] for row in borough.rows("police/engagements.csv")} == {
        "NEIGHBOURHOOD",
        "SCHOOLS OFFICER",
    }


def test_the_council_writes_the_standard_datasets_fields(borough):
    folder = borough.day() / "childrens-social-care"
    assert {path.name for path in folder.iterdir()} == {f"{table}.csv" for table in TABLES} | {
        "manifest.json"
    }
    if not FIELDS.exists():
        pytest.skip(
            f"The dataset's field list is not at {FIELDS}: nothing to compare the council's files with."
        )
    with FIELDS.open(encoding="utf-8-sig", newline="") as file:
        standard: dict[str, list[str]] = {}
        for row in csv.DictReader(file):
            standard.setdefault(row["table"], []).append(row["field"].strip())
    for table in TABLES:
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == standard[table]


def test_everything_the_council_says_is_of_somebody_it_lists(borough):
    known = {row["pers_person_id"] for row in borough.rows("childrens-social-care/ssd_person.csv")}
    workers = {
        row["prof_professional_id"] for row in borough.rows("childrens-social-care/ssd_professionals.csv")
    }
    for table, fields in TABLES.items():
        person = next(
            (field for field in fields if field.endswith("_person_id") and field != "moth_person_id"),
            None,
        )
        rows = borough.rows(f"childrens-social-care/{table}.csv")
        if person and table != "ssd_family":
            assert rows, table
            assert {row[person] for row in rows} <= known, table
        for row in rows:
            assert row.get("invo_professional_id", "W0001") in workers


def test_a_child_expected_has_a_date_and_no_birthday(borough):
    rows = [row for row in borough.rows("childrens-social-care/ssd_person.csv") if row["pers_expected_dob"]]
    assert rows
    for row in rows:
        assert row["pers_dob"] == ""
        assert row["pers_sex"] == "U"
        assert row["pers_forename"] in {"Unborn", "Baby", "Unborn Baby"}


def test_a_child_born_may_still_be_unborn_to_the_council(borough):
    stale = [
        row
        for row in borough.rows("childrens-social-care/ssd_person.csv")
        if row["pers_expected_dob"] and borough.person_of(COUNCIL, row["pers_person_id"])["date_of_birth"]
    ]
    assert stale


def test_addresses_of_the_council_are_json_with_all_ten_keys(borough):
    import json

    rows = borough.rows("childrens-social-care/ssd_address.csv")
    for row in rows:
        assert list(json.loads(row["addr_address_json"])) == [
            "ROOM", "FLOOR", "FLAT", "BUILDING", "HOUSE", "STREET", "TOWN", "UPRN", "EASTING", "NORTHING",
        ]  # fmt: skip
    assert {row["addr_address_type"] for row in rows} >= {"HOME", "OLD", "PLACEMENT", "RESTRICTED"}


def test_episodes_older_than_a_year_are_still_open(borough):
    year_ago = borough.end.replace(year=borough.end.year - 1).isoformat()
    for table, start, end in (
        ("ssd_cp_plans", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
        ("ssd_cla_episodes", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
        ("ssd_cin_episodes", "cine_referral_date", "cine_close_date"),
    ):
        rows = borough.rows(f"childrens-social-care/{table}.csv")
        assert any(row[start] < year_ago and not row[end] for row in rows), table
        assert all(not row[end] or row[start] <= row[end] for row in rows), table


def test_schools_write_two_dialects(borough):
    pupils = borough.pupils()
    tags = [{element.tag for element in pupil} for _, pupil in pupils]
    assert any({"Gender", "Address", "NCYearActual"} <= found for found in tags)
    assert any({"Sex", "AddressLines", "NCyearActual"} <= found for found in tags)
    assert not any({"Gender", "Sex"} <= found for found in tags)
    numbers = [(code, pupil.findtext("AdmissionNumber")) for code, pupil in pupils]
    assert len(set(numbers)) == len(numbers)
    assert any(pupil.find("PreferredForename") is not None for _, pupil in pupils)
    assert any(pupil.find("FormerUPN") is not None for _, pupil in pupils)
    relationships = {element.text for _, pupil in pupils for element in pupil.iter("Relationship")}
    assert relationships == {"MOT", "FAT", "STP", "GRP", "FOS"}


def test_a_pupil_who_left_stands_at_the_old_school_with_the_day(borough):
    left = [
        (code, school)
        for code, pupil in borough.pupils()
        for school in pupil.iter("School")
        if school.find("LeavingDate") is not None
        and f"{school.findtext('LEA')}{school.findtext('Estab')}" == code
    ]
    assert left


def test_a_tenth_of_sessions_missed_is_common_and_exclusions_are_not(borough):
    missed, suspended, pupils = 0, 0, 0
    for folder in borough.schools():
        for row in borough.rows(f"schools/{folder.name}/{folder.name}_attendance.csv"):
            if row["from"] < borough.end.replace(month=8, day=1).isoformat():
                pupils += 1
                missed += 10 * int(row["sessions_missed"]) >= int(row["sessions_possible"])
            assert 0 <= int(row["sessions_missed"]) <= int(row["sessions_possible"])
        suspended += len(borough.rows(f"schools/{folder.name}/{folder.name}_exclusions.csv"))
    assert 0.1 < missed / pupils < 0.25
    assert 0.02 < suspended / pupils < 0.3


def test_the_hospital_writes_codes_and_plain_letters(borough):
    text = (borough.day() / "acute" / "ae_attendances.csv").read_text("utf-8")
    assert text.isascii()
    rows = borough.rows("acute/ae_attendances.csv")
    assert {row["sex"] for row in rows} <= {"0", "1", "2", "9"}
    assert {row["disposal"] for row in rows} == {"STREATED", "ADMITTED", "DNW", "WNB"}
    assert len({row["attendance_id"] for row in rows}) == len(rows)
    assert any(row["given_name"] in {"Baby", "Baby Boy", "Baby Girl", "Infant"} for row in rows)


def test_the_refuge_is_marked_by_some_and_not_by_others(borough):
    protected = {person for person, row in borough.by_id.items() if row["protected"]}
    police = {row["person_id"]: row["protected"] for row in borough.rows("police/persons.csv")}
    marks = {
        police[row["id"]]
        for row in borough.records.iter_rows(named=True)
        if row["partner"] == "police" and row["person"] in protected
    }
    assert marks == {"Y", "N"}
    assert not any(
        flag == "Y" and borough.person_of("police", number)["person"] not in protected
        for number, flag in police.items()
    )


def test_the_census_has_no_names_and_joins_by_the_councils_id(borough):
    (path,) = (borough.day() / "cin-census").glob("*.xml")
    root = ElementTree.parse(path).getroot()
    children = list(root.iter("Child"))
    known = {row["pers_person_id"] for row in borough.rows("childrens-social-care/ssd_person.csv")}
    assert len(children) > 30
    assert {child.findtext("ChildIdentifiers/LAchildID") for child in children} <= known
    assert not re.search("name|address|postcode", path.read_text("utf-8"), re.IGNORECASE)
    assert root.findtext("Header/CollectionDetails/ReferenceDate") == "2026-03-31"
    faulty = [child for child in children if child.findtext("ChildIdentifiers/Sex") in {"0", "1", "2"}]
    assert len(faulty) < 0.06 * len(children)


def test_the_census_carries_the_faults_that_returns_carry(tmp_path):
    """Each fault, made certain in turn, stands in the file."""
    import datetime as dt

    from footprint.sample.dice import Dice
    from footprint.sample.partners import cin_census
    from footprint.sample.partners.social_care_events import Journey
    from footprint.sample.timeline import Timeline
    from footprint.sample.world.people import Person

    signs = {
        "assessment-ends-before-it-starts": "<AssessmentAuthorisationDate>2025-06-01<",
        "retired-factor": "<AssessmentFactors>18A<",
        "old-sex-code": "<Sex>2<",
        "no-birthday": "<Sex>F<",
        "unknown-need": "<PrimaryNeedCode>N12<",
    }
    assert set(signs) == set(cin_census.FAULTS)
    child = Person(1, "Ada", "", "Byron", "F", "british", birth=dt.date(2015, 5, 5))
    span = (dt.date(2025, 6, 1), dt.date(2025, 7, 1))
    journey = Journey(child, in_need=(span[0], None), assessment=span, need="N1", source="6")
    for fault, sign in signs.items():
        timeline = Timeline(dt.date(2026, 11, 22))
        feed = cin_census.CensusFeed(tmp_path / fault, timeline)
        shares = dict.fromkeys(cin_census.FAULTS, 0.0) | {fault: 1.1}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cin_census, "FAULTS", shares)
            feed.child(journey, "77", Dice.seeded(1))
        feed.delivery.close()
        text = next((tmp_path / fault).rglob("*.xml")).read_text("utf-8")
        assert sign in text
        assert ("<PersonBirthDate>" in text) == (fault != "no-birthday")


def council_records_of(town, day, tag):
    """(row, person) of the council's records on a day for people with a tag."""
    found = [
        (row, town.person_of(COUNCIL, row["pers_person_id"]))
        for row in town.rows("childrens-social-care/ssd_person.csv", day)
    ]
    return [(row, person) for row, person in found if tag in person["tags"] and "story" not in person["tags"]]


def test_children_on_the_way_are_known_with_their_mothers(borough):
    unborn = council_records_of(borough, -1, "unborn")
    assert unborn
    for row, person in unborn:
        assert row["pers_expected_dob"][:10] == person["expected"].isoformat()
    mothers = {row["moth_childs_person_id"] for row in borough.rows("childrens-social-care/ssd_mother.csv")}
    assert {row["pers_person_id"] for row, _ in unborn} <= mothers


def test_a_newborn_is_unborn_to_the_council_until_somebody_enters_the_birth(tmp_path, monkeypatch):
    """Where the council knows of every child on the way, some are named by the last of thirty days who were not on the first."""
    from footprint.sample import write_borough
    from footprint.sample.partners import social_care_events
    from tests.sample.reading import Borough

    end = END
    monkeypatch.setattr(social_care_events, "KNOWN_UNBORN", (1.0, 1.0, 1.0))
    town = Borough(tmp_path, end, write_borough(tmp_path, residents=4_000, seed=5, days=30, end=end))
    then = {row["pers_person_id"]: row for row, _ in council_records_of(town, 0, "child")}
    now = {row["pers_person_id"]: row for row, _ in council_records_of(town, -1, "child")}
    named = [key for key in then if then[key]["pers_expected_dob"] and now[key]["pers_dob"]]
    assert named
    for key in named:
        assert then[key]["pers_dob"] == now[key]["pers_expected_dob"] == ""
        assert now[key]["pers_forename"] not in {"Unborn", "Baby", "Unborn Baby"}
        assert then[key]["pers_expected_dob"][:10] <= end.isoformat()
