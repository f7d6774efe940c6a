"""How figures are counted, before there is a page: kills, truth, the peer."""

import datetime as dt

import polars as pl
import pytest

from bench.__main__ import alone
from bench.sections import kills, linked

REPORT = """<?xml version="1.0"?><testsuites><testsuite>
<testcase name="killed_often"><properties><property name="kills" value="200"/>
<property name="landed" value="190"/></properties></testcase>
<testcase name="killed_once"/>
<testcase name="killed_and_torn"><failure message="half a generation">...</failure></testcase>
<testcase name="not_here"><skipped message="no PostgreSQL"/></testcase>
</testsuite></testsuites>"""


def test_kills_are_counted_from_what_each_test_says(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    assert kills.counted("loader", tmp_path / "report.xml") == kills.Killed(
        who="loader", kills=202, landed=190, torn=1
    )


@pytest.mark.parametrize(
    ("born", "expected", "child"),
    [
        (dt.date(2008, 11, 23), None, False),
        (dt.date(2008, 11, 24), None, True),
        (dt.date(2020, 1, 1), None, True),
        (None, dt.date(2027, 2, 1), True),
        (None, None, False),
    ],
)
def test_a_child_is_under_eighteen_on_the_day_or_not_yet_born(tmp_path, born, expected, child):
    dates = {"date_of_birth": pl.Date, "expected": pl.Date}
    people = pl.DataFrame(
        {"person": ["p1"], "date_of_birth": [born], "expected": [expected]}, schema_overrides=dates
    )
    people.write_parquet(tmp_path / "people.parquet")
    records = {"partner": ["police"], "scheme": ["person-id"], "id": ["P1"], "person": ["p1"]}
    pl.DataFrame(records).write_parquet(tmp_path / "records.parquet")
    truth = linked.truth_of(tmp_path, dt.date(2026, 11, 23))
    assert truth.select("key", "human", "child").rows() == [("police/person-id/P1", "p1", child)]


def test_a_second_run_in_the_same_folder_is_refused(tmp_path):
    with alone(tmp_path), pytest.raises(SystemExit, match="Another run"), alone(tmp_path):
        pass
    with alone(tmp_path):
        pass
