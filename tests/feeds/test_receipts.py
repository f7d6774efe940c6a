"""The receipt: every row accounted for, on any file; and readable by the person who made the extract."""

import datetime as dt

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from footprint.feeds.contract_reading import load_contracts
from footprint.feeds.parsing import Job, parse
from footprint.feeds.reasons import EXAMPLES, Reasons
from footprint.feeds.receipt import Receipt, as_check, as_text
from tests.feeds.looking import rows
from tests.feeds.making import ACUTE_HEADER, acute, attendance, attendances, csv_text

CONTRACT = load_contracts()["acute"]
ANY_CELL = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "2026-02-30", "9434765919", "WS1 1AA", "DNW", "1", "'", '"', "=1+1", "\u202e", "NULL", "0"]
    ),
)
ANY_ROW = st.lists(ANY_CELL, min_size=14, max_size=18)


@given(st.lists(ANY_ROW, max_size=12))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_file_every_row_is_accounted_for(tmp_path_factory, listed):
    base = tmp_path_factory.mktemp("any")
    content = csv_text(ACUTE_HEADER, [attendance(1), *listed]).encode("utf-8", "surrogatepass")
    folder = acute(base / "in", content)
    (base / "out").mkdir()
    found = parse(
        Job(contract=CONTRACT, paths=(str(folder),), received=dt.date(2026, 11, 23), out=str(base / "out"))
    )
    if found.refused:
        assert found.rows_in == 0
        return
    assert found.rows_in == found.kept + found.quarantined + found.outside_cohort
    assert found.records == len(rows(base / "out" / "records.parquet", "key"))
    assert sum(total.count for total in found.totals if total.kind == "quarantined") == found.quarantined


@given(st.binary(max_size=400), st.integers(0, 400))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_bytes_come_reading_ends_with_a_summary(tmp_path_factory, noise, place):
    base = tmp_path_factory.mktemp("noise")
    good = attendances([1, 2]).encode()
    folder = acute(base / "in", good[:place] + noise + good[place:])
    (base / "out").mkdir()
    found = parse(
        Job(contract=CONTRACT, paths=(str(folder),), received=dt.date(2026, 11, 23), out=str(base / "out"))
    )
    assert found.refused or found.rows_in == found.kept + found.quarantined + found.outside_cohort


def test_a_reason_given_a_thousand_times_is_counted_whole_and_shown_by_example():
    reasons = Reasons()
    for line in range(2, 1002):
        reasons.add("set aside", "a.csv", line, "dob", "That month has no such day.")
    assert len(reasons.examples()) == EXAMPLES
    assert [(total.field, total.count) for total in reasons.totals()] == [("dob", 1000)]


def test_ever_new_reasons_do_not_fill_the_memory():
    reasons = Reasons()
    for number in range(5000):
        reasons.add("noted", "a.csv", number, "x", f"reason {number}")
    assert len(reasons.totals()) == 2001
    assert reasons.count("noted") == 5000


def test_a_receipt_is_json_and_a_page_that_names_lines(take, data, tmp_path):
    text = csv_text(
        ACUTE_HEADER, [attendance(1), attendance(2, date_of_birth="31/02/2015"), attendance(3, patient_id="")]
    )
    receipt = take("acute", acute(tmp_path / "in", text))[0]
    folder = data / "deliveries" / "acute" / "000001"
    assert msgspec.json.decode((folder / "receipt.json").read_bytes(), type=Receipt) == receipt
    page = (folder / "receipt.txt").read_text()
    assert page == as_text(receipt)
    assert "Rows in 3: kept 2, quarantined 1, outside the cohort 0. Fields set aside 1." in page
    assert "date_of_birth: That month has no such day. (line 3)" in page
    assert "(line 4)" in page


def test_a_held_delivery_says_what_was_taken_and_what_waits(take, tmp_path):
    take("acute", acute(tmp_path / "first", attendances(range(1, 101))))
    receipt = take("acute", acute(tmp_path / "second", attendances([*range(1, 31), 500]), sequence=2))[0]
    page = as_text(receipt)
    assert "Taken: 1 unseen records, 1 unseen involvements. The rest waits for a person." in page
    assert (
        "* rows: 'ae_attendances.csv' has 31 rows, and usually about 100: what is missing stays as it was."
        in page
    )


def test_check_says_outcome_counts_and_each_reason_with_its_place(take, tmp_path):
    text = csv_text(ACUTE_HEADER, [attendance(1), attendance(2, sex="Q")])
    said = as_check(take("acute", acute(tmp_path / "in", text))[0])
    assert [said[name] for name in ("outcome", "rows_in", "kept", "quarantined")] == ["accepted", 2, 2, 0]
    (reason,) = said["reasons"]
    assert (reason["line"], reason["field"]) == (3, "sex")
    assert reason["reason"].startswith("'Q' is not a code")
