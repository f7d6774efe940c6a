"""Search measured on labelled tables: every hit counted, no label read before."""

import polars as pl
import pytest

from footprint.records.mapping import Mapping
from footprint.search.evaluation import counted, evaluate_search
from tests.search.worlds import MODEL, SHARES, frequencies

MAPPED = Mapping(
    columns={
        "given_name": ("first",),
        "family_name": ("last",),
        "date_of_birth": ("dob",),
        "postcode": ("pc",),
    }
)
PEOPLE = [
    {"first": "Amina", "last": "Khan", "dob": "2015-03-04", "pc": "WS1 1AA", "who": "a"},
    {"first": "Aminah", "last": "Khan", "dob": "2015-03-04", "pc": "WS2 2BB", "who": "a"},
    {"first": "John", "last": "Smith", "dob": "1975-02-01", "pc": "WS1 1AA", "who": "b"},
    {"first": "John", "last": "Smith", "dob": "2009-08-09", "pc": "WS1 1AA", "who": "c"},
]
QUERIES = [
    {"first": "Amina", "last": "Khan", "dob": "2015-03-04", "who": "a", "kind": "exact"},
    {"first": "Jon", "last": "Smith", "dob": "2009-08-09", "who": "c", "kind": "typo"},
    {"first": "Zebedee", "last": "Quux", "dob": "1950-01-02", "who": "d", "kind": "typo"},
    {"first": "John", "last": "Smith", "dob": "1975-02-01", "who": "c", "kind": "wrong"},
]


@pytest.fixture
def tables(tmp_path):
    records, queries = tmp_path / "records.csv", tmp_path / "queries.csv"
    pl.DataFrame(PEOPLE).write_csv(records)
    pl.DataFrame(QUERIES).write_csv(queries)
    return records, queries


def test_hits_are_counted_by_label_and_by_kind(tables):
    figures = evaluate_search(*tables, MAPPED, "who", "kind", model=MODEL)
    assert (figures.records, figures.queries) == (4, 4)
    assert (figures.recall_at_1, figures.recall_at_5) == (0.5, 0.75)
    shares = {kind: (one.queries, one.recall_at_1, one.recall_at_5) for kind, one in figures.by_kind.items()}
    assert shares == {"exact": (1, 1.0, 1.0), "typo": (2, 0.5, 0.5), "wrong": (1, 0.0, 1.0)}
    assert figures.index_bytes > 0
    assert 0 < figures.p50_ms <= figures.p99_ms


def test_labels_do_not_help(tables, tmp_path):
    """The same tables with every label its own: nothing is found, so nothing was found by its label before."""
    records, queries = tables
    renamed = pl.read_csv(queries).with_columns(who=pl.lit("nobody"))
    renamed.write_csv(tmp_path / "renamed.csv")
    assert evaluate_search(records, tmp_path / "renamed.csv", MAPPED, "who", model=MODEL).recall_at_5 == 0


def test_a_name_in_one_line_is_looked_for_in_both_orders(tmp_path):
    pl.DataFrame(
        {"name": ["Amina Khan", "John Smith"], "dob": ["2015-03-04", "1975-02-01"], "who": ["a", "b"]}
    ).write_csv(tmp_path / "records.csv")
    pl.DataFrame({"name": ["Khan Aminah"], "dob": ["2015-04-03"], "who": ["a"]}).write_csv(
        tmp_path / "queries.csv"
    )
    mapped = Mapping(columns={"full_name": ("name",), "date_of_birth": ("dob",)})
    figures = evaluate_search(tmp_path / "records.csv", tmp_path / "queries.csv", mapped, "who", model=MODEL)
    assert figures.recall_at_1 == 1.0


def test_frequencies_are_shares_of_those_who_say():
    silent = {column: [""] * 4 for column in ("family", "birth", "place_of_birth", "occupation")}
    frame = pl.DataFrame({"given": ["john", "john", "amina", ""], **silent})
    tables = counted(frame)
    assert dict(tables["given"].iter_rows()) == {"john": pytest.approx(2 / 3), "amina": pytest.approx(1 / 3)}
    assert tables["family"].is_empty()
    assert set(SHARES) <= set(frequencies()) <= set(tables)
