"""`footprint evaluate`: any labelled file of people, in the agreed shape."""

import csv

import pytest

from footprint.cli.exits import Exit
from tests.cli.conftest import footprint

PEOPLE = [
    ("1", "Layla", "Hussain", "2015-03-27", "WS1 1AA", "a"),
    ("2", "Leila", "Hussain", "2015-03-27", "WS1 1AA", "a"),
    ("3", "Omar", "Khan", "1980-01-02", "WS2 2BB", "b"),
    ("4", "Omar", "Khan", "1980-01-02", "WS2 2BB", "b"),
    ("5", "Tom", "Page", "1970-01-02", "WS3 3CC", "c"),
    ("6", "Mary", "Cole", "1999-11-12", "WS4 4DD", "d"),
]


@pytest.fixture
def files(tmp_path):
    people, columns = tmp_path / "people.csv", tmp_path / "map.yaml"
    with people.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["no", "first", "last", "born", "post", "who"])
        writer.writerows(PEOPLE)
    columns.write_text(
        "record_id: no\ngiven_name: first\nfamily_name: last\ndate_of_birth: born\npostcode: post\n"
    )
    return people, columns


def test_linking_gives_its_figures(tmp_path, files):
    people, columns = files
    ended = footprint(
        tmp_path,
        "evaluate",
        "linking",
        people,
        "--columns",
        columns,
        "--truth",
        "who",
        "--rule",
        "weight",
        "--json",
    )
    assert ended.code == 0, ended.err
    assert {
        "records", "true_pairs", "precision", "recall", "f1", "possible_recall", "blocking_recall", "threshold", "seconds",
        "peak_mb", "model",
    } <= ended.json.keys()  # fmt: skip
    assert (ended.json["records"], ended.json["true_pairs"]) == (6, 2)
    assert set(ended.json["seconds"]) == {"train", "score", "cluster"}


def test_search_gives_its_figures(tmp_path, files):
    people, columns = files
    ended = footprint(
        tmp_path, "evaluate", "search", people, people, "--columns", columns, "--truth", "who", "--json"
    )
    assert ended.code == 0, ended.err
    assert {
        "records", "queries", "build_seconds", "index_bytes", "p50_ms", "p99_ms", "recall_at_1", "recall_at_5",
    } <= ended.json.keys()  # fmt: skip
    assert ended.json["recall_at_5"] == 1.0


def test_figures_can_be_read_by_people(tmp_path, files):
    people, columns = files
    ended = footprint(
        tmp_path, "evaluate", "linking", people, "--columns", columns, "--truth", "who", "--rule", "weight"
    )
    assert "true pairs" in ended.out


def test_a_column_that_is_not_there_is_named(tmp_path, files):
    people, columns = files
    columns.write_text("given_name: forename\nfamily_name: last\n")
    ended = footprint(tmp_path, "evaluate", "linking", people, "--columns", columns, "--truth", "who")
    assert ended.code == Exit.REFUSED
    assert "forename" in ended.err
