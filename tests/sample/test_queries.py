"""Questions are asked of the true person, never of a record, and each kind gets wrong what it says it gets wrong."""

import datetime as dt

import polars as pl
import pytest
import yaml

from footprint.sample.queries import KINDS
from footprint.sample.slips import variants


@pytest.fixture(scope="module")
def asked(borough) -> pl.DataFrame:
    return pl.read_parquet(borough.out / "truth" / "queries.parquet")


def test_there_are_enough_kinds_and_each_is_asked_often(asked):
    counts = dict(asked["kind"].value_counts().iter_rows())
    assert set(counts) == set(KINDS)
    assert len(counts) >= 16
    assert all(count == 40 for count in counts.values())
    assert asked["query_id"].is_unique().all()


def test_only_people_whom_a_partner_knows_are_asked_about(asked, borough):
    assert set(asked["person"]) <= set(borough.records["person"])


def of(asked, borough, kind):
    return [
        (row, borough.by_id[row["person"]])
        for row in asked.filter(pl.col("kind") == kind).iter_rows(named=True)
    ]


def test_an_exact_question_is_the_truth(asked, borough):
    for row, person in of(asked, borough, "exact"):
        for field in (
            "given_name",
            "middle_name",
            "family_name",
            "sex",
            "house_number",
            "street",
            "town",
            "postcode",
        ):
            assert row[field] == person[field]
        assert row["date_of_birth"] == person["date_of_birth"].isoformat()


def changed(row, person):
    said = {**person, "date_of_birth": person["date_of_birth"].isoformat()}
    return {
        field
        for field in ("given_name", "family_name", "date_of_birth", "postcode", "street")
        if row[field] != said[field]
    }


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("name-and-birthday", {"postcode", "street"}),
        ("moved", {"postcode", "street"}),
        ("old-address", {"postcode", "street"}),
        ("one-of-two-families", {"family_name"}),
        ("nickname", {"given_name"}),
        ("nickname-moved", {"given_name", "postcode", "street"}),
        ("typo-one-name", {"family_name"}),
        ("typo-both-names", {"given_name", "family_name"}),
        ("heard", {"given_name", "family_name"}),
        ("other-spelling", {"given_name"}),
        ("names-swapped", {"given_name", "family_name"}),
        ("middle-as-given", {"given_name"}),
        ("changed-family", {"family_name"}),
        ("changed-family-typo", {"given_name", "family_name"}),
        ("day-and-month", {"date_of_birth"}),
        ("typo-day-and-month", {"given_name", "date_of_birth"}),
        ("birthday-digit", {"date_of_birth"}),
        ("year-only", {"date_of_birth"}),
        ("no-birthday", {"date_of_birth"}),
        ("no-birthday-moved", {"date_of_birth", "postcode", "street"}),
        ("no-given-name", {"given_name"}),
        ("postcode-typo", {"postcode", "street"}),
        ("phone-and-given-name", {"family_name", "date_of_birth", "postcode", "street"}),
        ("number-and-heard-name", {"family_name", "date_of_birth", "postcode", "street"}),
    ],
)
def test_a_kind_gets_wrong_just_that(asked, borough, kind, wrong):
    for row, person in of(asked, borough, kind):
        # Somebody of no fixed abode has no address to get wrong; an old address may be in the same street.
        optional = {"postcode", "street"}
        assert changed(row, person) - optional == wrong - optional, (row, person)
        assert changed(row, person) <= wrong


def test_the_slips_are_the_ones_named(asked, borough):
    for row, person in of(asked, borough, "nickname"):
        assert row["given_name"] in variants()[0][person["given_name"]]
    for row, person in of(asked, borough, "day-and-month"):
        birth = dt.date.fromisoformat(row["date_of_birth"])
        assert (birth.day, birth.month) == (person["date_of_birth"].month, person["date_of_birth"].day)
    for row, person in of(asked, borough, "changed-family"):
        assert row["family_name"] == person["former_family_name"]
    for row, person in of(asked, borough, "year-only"):
        assert row["date_of_birth"] == str(person["date_of_birth"].year)
    for row, person in of(asked, borough, "phone-and-given-name"):
        assert row["phone"] == person["phone"]
        known = borough.flat.filter(pl.col("person") == row["person"])
        assert row["phone"] in set(known["phone"])
    for row, person in of(asked, borough, "number-and-heard-name"):
        assert row["nhs"] == person["nhs"]
        assert row["nhs"] in set(borough.flat.filter(pl.col("person") == row["person"])["nhs"])


def test_the_map_names_columns_that_are_there(asked, borough):
    mapping = yaml.safe_load((borough.out / "truth" / "query_columns.yaml").read_text("utf-8"))
    identifiers = mapping.pop("identifiers")
    records = set(borough.flat.columns)
    assert set(mapping.values()) | set(identifiers.values()) <= records
    assert {"person", "kind"} <= set(asked.columns)
    assert "person" in records
    shared = set(asked.columns) & set(mapping.values())
    assert shared >= {"given_name", "family_name", "date_of_birth", "sex", "address", "postcode", "phone"}


def test_the_product_reads_the_map(borough):
    from footprint.records.mapping import load_mapping

    mapping = load_mapping(borough.out / "truth" / "query_columns.yaml")
    assert mapping.columns["family_name"] == ("family_name",)
