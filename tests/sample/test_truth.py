"""The truth says who every record is, and whom nobody may take for another; the files say the same, read independently."""

import datetime as dt
import json

import polars as pl

from tests.sample.reading import ACUTE, COUNCIL, POLICE


def test_every_record_in_the_files_has_its_truth_and_none_is_invented(borough):
    told = set(borough.records.select("partner", "scheme", "id").iter_rows())
    assert borough.keys() == told
    assert len(told) == len(borough.records) == borough.summary.records


def test_every_record_is_of_somebody_who_lives(borough):
    assert set(borough.records["person"]) <= set(borough.people["person"])
    assert borough.people["person"].is_unique().all()
    assert len(borough.people) == borough.summary.residents


def test_a_record_without_slips_says_what_is_true(borough):
    """Police records, read from the file: where truth names no slip of a field, the field is the person's own."""
    rows = {row["person_id"]: row for row in borough.rows("police/persons.csv")}
    checked = 0
    for record in borough.records.filter(pl.col("partner") == POLICE).iter_rows(named=True):
        person, row = borough.by_id[record["person"]], rows[record["id"]]
        fields = {slip.split(":")[0] for slip in record["slips"].split()}
        if "story" in person["tags"] or person["date_of_birth"] is None:
            continue
        if not fields & {"given", "family", "order"}:
            assert row["forename1"] == person["given_name"]
            assert row["surname"] == person["family_name"].upper()
        if "birth" not in fields:
            assert dt.datetime.strptime(row["dob"], "%d/%m/%Y").date() == person["date_of_birth"]  # noqa: DTZ007
        if "sex" not in fields:
            assert row["sex"] == person["sex"]
        if row["nhs_number"] and "nhs" not in fields:
            assert row["nhs_number"] == person["nhs"]
        checked += 1
    assert checked > 1_000


def test_a_slip_named_in_truth_is_in_the_file(borough):
    rows = {row["patient_id"]: row for row in borough.rows("acute/ae_attendances.csv")}
    wrong = borough.records.filter((pl.col("partner") == ACUTE) & pl.col("slips").str.contains("birth:"))
    assert len(wrong) > 5
    for record in wrong.iter_rows(named=True):
        person = borough.by_id[record["person"]]
        assert rows[record["id"]]["date_of_birth"] != person["date_of_birth"].isoformat()


def test_mothers_in_the_file_are_mothers_in_truth(borough):
    checked = 0
    for row in borough.rows("childrens-social-care/ssd_mother.csv"):
        child = borough.person_of(COUNCIL, row["moth_childs_person_id"])
        mother = borough.person_of(COUNCIL, row["moth_person_id"])
        assert child["mother"] == mother["person"]
        checked += 1
    assert checked > 50


def test_children_are_born_of_mothers_old_enough(borough):
    checked = 0
    for person in borough.people.iter_rows(named=True):
        mother = borough.by_id.get(person["mother"])
        if mother and mother["date_of_birth"] and person["date_of_birth"]:
            years = (person["date_of_birth"] - mother["date_of_birth"]).days / 365.25
            assert 15.5 <= years <= 50, (person["person"], years)
            checked += 1
    assert checked > 2_000


def test_whom_nobody_may_join_is_said(borough):
    reasons = set(borough.pairs["reason"])
    assert {
        "twins",
        "same name, parent and child",
        "adoption",
        "strangers of one name and birthday",
    } <= reasons
    for row in borough.pairs.iter_rows(named=True):
        assert row["person_a"] != row["person_b"]
        one, other = borough.by_id[row["person_a"]], borough.by_id[row["person_b"]]
        if row["reason"] == "twins":
            assert one["date_of_birth"] == other["date_of_birth"]
            assert one["given_name"] != other["given_name"]
        if row["reason"] == "same name, parent and child":
            assert one["given_name"] == other["given_name"]
            assert one["date_of_birth"] != other["date_of_birth"]
    pairs = set(borough.pairs.select("person_a", "person_b").iter_rows())
    assert len(pairs) == len(borough.pairs)


def test_the_same_name_and_birthday_pairs_are_all_there(borough):
    """Counted another way than the code does: by a dictionary over the people."""
    seen: dict[tuple, list[str]] = {}
    for row in borough.people.iter_rows(named=True):
        birth = row["recorded_birth"] or row["date_of_birth"]
        if birth and row["given_name"]:
            seen.setdefault((row["given_name"], row["family_name"], birth), []).append(row["person"])
    expected = sum(len(same) * (len(same) - 1) // 2 for same in seen.values())
    told = borough.pairs.filter(pl.col("reason") == "strangers of one name and birthday")
    assert len(told) == expected >= 1


def test_pairs_of_two_children_are_marked(borough):
    grown = borough.end.replace(year=borough.end.year - 18)
    for row in borough.pairs.filter(pl.col("reason") != "strangers of one name and birthday").iter_rows(
        named=True
    ):
        births = [borough.by_id[row[side]]["date_of_birth"] for side in ("person_a", "person_b")]
        if all(birth > grown for birth in births):
            assert row["children"], row


def test_storylines_are_told_to_whoever_measures_and_searches_to_everybody(borough):
    told = json.loads((borough.out / "truth" / "storylines.json").read_text("utf-8"))
    searches = json.loads((borough.out / "searches.json").read_text("utf-8"))
    assert len({story["key"] for story in told}) == len(told) >= 10
    assert len(searches) == 5
    known = {
        "--name",
        "--given",
        "--family",
        "--dob",
        "--sex",
        "--address",
        "--postcode",
        "--nhs",
        "--upn",
        "--phone",
        "--reference",
    }
    for search in searches:
        assert set(search) == {"title", "why", "arguments", "expect"}
        assert set(search["arguments"][::2]) <= known
        assert all(search["arguments"])
    assert not any("truth" in search["expect"].lower() for search in searches)


def test_each_partner_of_a_storyline_holds_its_piece(borough):
    told = json.loads((borough.out / "truth" / "storylines.json").read_text("utf-8"))
    partner = {"police": POLICE, "social-care": COUNCIL, "acute": ACUTE}
    held: dict[str, set[str]] = {}
    for row in borough.records.iter_rows(named=True):
        name = "schools" if row["partner"].startswith("school-") else row["partner"]
        held.setdefault(row["person"], set()).add(name)
    for story in told:
        for person in story["people"]:
            expected = {partner.get(name, name) for name in person["partners"]}
            assert held.get(person["person"], set()) == expected, (story["key"], person)
