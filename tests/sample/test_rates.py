"""What is measured in the files is what `rates.py` says, partner by partner, slip by slip: the table is no decoration."""

import math

import polars as pl
import pytest

from footprint.sample import rates
from footprint.sample.slips import variants

PARTNER = {
    "police": "police",
    "social-care": "childrens-social-care",
    "schools": "school-",
    "acute": "acute-trust",
}


@pytest.fixture(scope="module")
def told(borough) -> pl.DataFrame:
    """Every record that is left to chance, with its slips and the truth of its person."""
    people = borough.people.with_columns(
        ((pl.lit(borough.end) - pl.col("date_of_birth")).dt.total_days() / 365.25).alias("age")
    )
    flat = borough.flat.rename(
        {
            column: f"held_{column}"
            for column in borough.flat.columns
            if column not in {"record_id", "partner", "person"}
        }
    )
    keyed = borough.records.with_columns(
        pl.format("{}/{}/{}", "partner", "scheme", "id").alias("record_id")
    ).select("record_id", "slips")
    left_to_chance = (
        ~pl.col("tags").str.contains("story|unborn")
        & pl.col("age").is_not_null()
        & ~pl.col("slips").str.contains("not-yet-entered|baby")
    )
    return flat.join(keyed, on="record_id").join(people, on="person").filter(left_to_chance)


def within(found: int, of: int, share: float) -> bool:
    """Whether a count could come from a share: within five standard deviations, and one more for the smallest."""
    return abs(found - of * share) <= 5 * math.sqrt(of * share * (1 - share)) + 1


SHORT, SPELT = (list(names) for names in variants())

ANYBODY = pl.lit(True)
BIRTH, GIVEN, FAMILY = pl.col("date_of_birth"), pl.col("given_name"), pl.col("family_name")
FAMILY_FIRST = ["chinese", "vietnamese", "somali", "ukrainian"]
WRONG_AND_HELD = tuple(a * b for a, b in zip(rates.NHS_SLIPS["figures"], rates.NHS_CHILD, strict=True))

# slip: (its row in the table, to which records it can happen)
TO_WHOM = {
    "given:nickname": (rates.GIVEN["nickname"], GIVEN.is_in(SHORT)),
    "given:spelling": (rates.GIVEN["spelling"], GIVEN.is_in(SPELT)),
    "given:known-as": (rates.GIVEN["known-as"], (pl.col("known_as") != "") & (pl.col("known_as") != GIVEN)),
    "given:middle-as-given": (
        rates.GIVEN["middle-as-given"],
        (pl.col("middle_name") != "") & (pl.col("middle_name") != GIVEN),
    ),
    "given:cut": (rates.GIVEN["cut"], GIVEN.str.len_chars() > 10),
    "family:spelling": (rates.FAMILY["spelling"], FAMILY.is_in(SPELT)),
    "birth:missing": (rates.BIRTH["missing"], ANYBODY),
    "birth:day-and-month": (
        rates.BIRTH["day-and-month"],
        (BIRTH.dt.day() <= 12) & (BIRTH.dt.day() != BIRTH.dt.month()),
    ),
    "birth:year": (rates.BIRTH["year"], ANYBODY),
    "birth:home-office": (rates.BIRTH["home-office"], pl.col("recorded_birth").is_not_null()),
    "sex:missing": (rates.SEX["missing"], ANYBODY),
    "sex:wrong": (rates.SEX["wrong"], ANYBODY),
    "order:swapped": (rates.ORDER["swapped"], ~pl.col("community").is_in(FAMILY_FIRST) & (FAMILY != "")),
    "home:missing": (rates.HOME["missing"], pl.col("street") != ""),
    "nhs:figures": (WRONG_AND_HELD, (pl.col("nhs") != "") & (pl.col("age") < 18)),
}


@pytest.mark.parametrize("partner", rates.PARTNERS)
@pytest.mark.parametrize("slip", TO_WHOM)
def test_a_slip_happens_as_often_as_the_table_says(told, partner, slip):
    row, to_whom = TO_WHOM[slip]
    share = row[rates.PARTNERS.index(partner)]
    able = told.filter(pl.col("partner").str.starts_with(PARTNER[partner]) & to_whom)
    found = able["slips"].str.split(" ").list.contains(slip).sum()
    assert within(found, len(able), share), (found, len(able), share)


@pytest.mark.parametrize("partner", rates.PARTNERS)
@pytest.mark.parametrize(
    ("held", "row", "to_whom"),
    [
        ("held_nhs", rates.NHS_CHILD, (pl.col("nhs") != "") & (pl.col("age") < 18)),
        ("held_nhs", rates.NHS_ADULT, (pl.col("nhs") != "") & (pl.col("age") >= 18)),
        ("held_upn", rates.UPN, pl.col("upn") != ""),
        ("held_email", rates.EMAIL, pl.col("email") != ""),
    ],
    ids=["a child's NHS number", "an adult's NHS number", "UPN", "e-mail"],
)
def test_a_number_is_known_as_often_as_the_table_says(told, partner, held, row, to_whom):
    share = row[rates.PARTNERS.index(partner)]
    able = told.filter(pl.col("partner").str.starts_with(PARTNER[partner]) & to_whom)
    if partner == rates.ACUTE and held == "held_nhs":
        share *= 0.99  # the second id of a patient registered twice has no number
    found = (able[held] != "").sum()
    assert within(found, len(able), share), (found, len(able), share)


def test_slips_of_one_field_leave_room_for_the_right_value():
    for table in (
        rates.GIVEN,
        rates.FAMILY,
        rates.BIRTH,
        rates.SEX,
        rates.HOME,
        rates.POSTCODE,
        rates.NHS_SLIPS,
        rates.UPN_SLIPS,
    ):
        for column in range(len(rates.PARTNERS)):
            shares = [row[column] for row in table.values()]
            assert all(0 <= share <= 1 for share in shares)
            assert sum(shares) < 1


@pytest.mark.parametrize(
    ("partner", "low", "high", "who"),
    [
        ("police", 0.19, 0.28, pl.col("age") >= 18),
        ("police", 0.06, 0.17, pl.col("age") < 18),
        ("childrens-social-care", 0.06, 0.13, pl.col("age") < 18),
        ("school-", 0.90, 0.96, pl.col("age").is_between(5.3, 15.2)),
        ("acute-trust", 0.34, 0.46, pl.col("age").is_not_null()),
    ],
)
def test_each_partner_knows_whom_it_would(borough, partner, low, high, who):
    people = borough.people.with_columns(
        ((pl.lit(borough.end) - pl.col("date_of_birth")).dt.total_days() / 365.25).alias("age")
    ).filter(who)
    known = set(borough.records.filter(pl.col("partner").str.starts_with(partner))["person"])
    share = people["person"].is_in(list(known)).mean()
    assert low < share < high, share


def test_a_quarter_of_residents_come_to_hospital_in_a_year(borough):
    since = borough.end.replace(year=borough.end.year - 1).isoformat()
    patients = {
        row["patient_id"] for row in borough.rows("acute/ae_attendances.csv") if row["arrived_at"] > since
    }
    assert 0.22 < len(patients) / borough.summary.residents < 0.33


def test_most_events_are_of_the_last_year_and_none_is_too_old_to_hold(borough):
    days = [row["arrived_at"][:10] for row in borough.rows("acute/ae_attendances.csv")]
    years = [(borough.end - borough.end.fromisoformat(day)).days / 365.25 for day in days]
    assert 0.5 < sum(year <= 1 for year in years) / len(years) < 0.7
    assert max(years) <= 3.01
