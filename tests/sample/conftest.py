"""Two invented boroughs for all tests of this room: one day of twelve thousand people, and a month of three thousand."""

import datetime as dt

import pytest

from footprint.sample import write_borough, write_queries
from tests.sample.reading import Borough

END = dt.date(2026, 11, 22)


@pytest.fixture(scope="session")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Borough:
    out = tmp_path_factory.mktemp("borough")
    summary = write_borough(out, residents=12_000, seed=7, end=END)
    write_queries(out, n=40, seed=7)
    return Borough(out, END, summary)


@pytest.fixture(scope="session")
def month(tmp_path_factory: pytest.TempPathFactory) -> Borough:
    out = tmp_path_factory.mktemp("month")
    return Borough(out, END, write_borough(out, residents=3_000, seed=7, days=30, end=END))
