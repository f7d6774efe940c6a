"""Numbers pass their checks, belong to nobody, and come once; only a slip that truth names may break one."""

import re

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs, upn

from footprint.sample.partners.held import temporary_upn
from footprint.sample.partners.ids import Ids, duty_line, pnc_id
from footprint.sample.world.numbers import Registry, nhs_check, upn_check
from tests.sample.reading import POLICE


@given(st.integers(0, 999_999_999))
def test_the_nhs_check_digit_is_the_standards(nine):
    check = nhs_check(nine)
    assert 0 <= check <= 10
    if check < 10:
        assert nhs.is_valid(f"{nine:09}{check}")


@given(st.integers(0, 99), st.integers(0, 999))
def test_upns_pass_their_check_and_temporary_ones_keep_it(year, serial):
    twelve = f"9282001{year:02}{serial:03}"
    number = upn_check(twelve) + twelve
    assert upn.is_valid(number)
    temporary = temporary_upn(number)
    assert upn.is_valid(temporary)
    assert temporary[-1].isalpha()


@given(st.integers(1, 400_000), st.integers(1, 40))
def test_no_number_is_given_out_twice(people, count):
    registry = Registry(people)
    numbers = (
        [registry.nhs() for _ in range(count)]
        + list(registry.nhs_pair())
        + [registry.nhs() for _ in range(count)]
    )
    assert len(set(numbers)) == len(numbers)
    assert all(nhs.is_valid(number) and number.startswith("999") for number in numbers)
    mobiles = [registry.mobile() for _ in range(count)]
    assert len(set(mobiles)) == count
    assert all(re.fullmatch(r"072\d{8}", number) for number in mobiles)


def test_a_large_borough_has_numbers_enough():
    registry = Registry(2_000_000)
    numbers = {registry.nhs() for _ in range(50_000)}
    assert len(numbers) == 50_000
    assert all(number.startswith("8") for number in numbers)


def test_ids_come_once():
    ids = Ids(7_919_773)
    assert len({ids.next() for _ in range(100_000)}) == 100_000


def test_pnc_ids_carry_the_letter_that_fits():
    # 2001/0000023: 010000023 mod 23 = 10000023 - 23 * 434783 = 14 -> the fifteenth letter.
    assert pnc_id(2001, 23) == "2001/0000023P"


def test_true_numbers_are_valid_and_unique(borough):
    for column, check in (("nhs", nhs.is_valid), ("upn", upn.is_valid)):
        numbers = borough.people.filter(pl.col(column) != "")[column]
        assert len(numbers) > 1_500
        assert all(map(check, numbers))
        assert numbers.is_unique().all()


def test_only_a_named_slip_breaks_a_number(borough):
    told = borough.flat.join(
        borough.records.with_columns(
            pl.format("{}/{}/{}", "partner", "scheme", "id").alias("record_id")
        ).select("record_id", "slips"),
        on="record_id",
    )
    broken = 0
    for row in told.iter_rows(named=True):
        for field, check in (("nhs", nhs.is_valid), ("upn", upn.is_valid)):
            if row[field] and not check(row[field]):
                assert f"{field}:figures" in row["slips"]
                broken += 1
    assert broken > 0


def test_no_telephone_or_mailbox_is_anybodys(borough):
    assert all(address.endswith("@example.org") for address in borough.people["email"] if address)
    phones = [row["mobile"] for row in borough.rows("police/persons.csv") if row["mobile"]]
    assert len(phones) > 500
    assert all(phone.startswith("072") for phone in phones)
    landlines = [row["landline"] for row in borough.rows("police/persons.csv") if row["landline"]]
    assert landlines
    assert all(
        re.fullmatch(r"01632\d{6}", number) and not number.startswith("0163296") for number in landlines
    )


def test_duty_lines_are_ofcoms_numbers_for_drama(borough):
    lines = {row["officer_phone"] for row in borough.rows("police/investigations.csv")}
    lines |= {
        row["dsl_phone"]
        for folder in borough.schools()
        for row in borough.rows(f"schools/{folder.name}/{folder.name}_school.csv")
    }
    lines.add(duty_line(4_321))
    assert len(lines) > 8
    assert all(re.fullmatch(r"01632 960\d{3}", line) for line in lines)


def test_few_police_records_have_a_health_number(borough):
    rows = borough.rows("police/persons.csv")
    share = sum(bool(row["nhs_number"]) for row in rows) / len(rows)
    assert 0.02 < share < 0.09
    assert len(borough.records.filter(pl.col("partner") == POLICE)) == len(rows)


def test_no_reference_means_two_occurrences(borough):
    """Rows of one reference are one occurrence: one day, one category, one team."""
    seen: dict[str, tuple[str, str, str]] = {}
    for row in borough.rows("police/occurrences.csv"):
        what = (row["occurred_on"], row["category"], row["team"])
        assert seen.setdefault(row["occurrence_ref"], what) == what
    numbers = [row["pnc_id"] for row in borough.rows("police/persons.csv") if row["pnc_id"]]
    people = {
        (row["pnc_id"], borough.person_of(POLICE, row["person_id"])["person"])
        for row in borough.rows("police/persons.csv")
        if row["pnc_id"]
    }
    assert len(people) == len(set(numbers)) > 50


def test_temporary_upns_of_one_year_stay_apart():
    twelves = [f"928200120{serial:03}" for serial in range(30)]
    numbers = {temporary_upn(upn_check(twelve) + twelve) for twelve in twelves}
    assert len(numbers) == 30
