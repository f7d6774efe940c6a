"""The same seed and day give the same borough, to the byte; another seed gives another."""

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from footprint.sample import write_borough, write_queries

END = dt.date(2026, 11, 22)


def digest(out: Path) -> dict[str, str]:
    return {
        str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(out.rglob("*"))
        if file.is_file()
    }


@pytest.mark.parametrize("days", [1, 4])
def test_the_same_seed_writes_the_same_bytes(tmp_path, days):
    found = []
    for name in ("one", "other"):
        write_borough(tmp_path / name, residents=1_500, seed=3, days=days, end=END)
        write_queries(tmp_path / name, n=5, seed=3)
        found.append(digest(tmp_path / name))
    assert found[0] == found[1]
    assert len(found[0]) > 40 * days


def test_another_seed_writes_other_people(tmp_path):
    for seed in (1, 2):
        write_borough(tmp_path / str(seed), residents=600, seed=seed, end=END)
    one, other = (
        (tmp_path / str(seed) / "deliveries/2026-11-22/police/persons.csv").read_text("utf-8-sig")
        for seed in (1, 2)
    )
    assert one.splitlines()[0] == other.splitlines()[0]
    assert one != other


def test_a_month_ends_where_a_single_day_stands_in_the_people_who_live_there(borough, month):
    """Blocks do not depend on how many there are, nor people on how many days are written: the storylines are the same."""
    names = [
        [
            (row["given_name"], row["family_name"])
            for row in town.people.iter_rows(named=True)
            if "story" in row["tags"]
        ]
        for town in (borough, month)
    ]
    assert names[0] == names[1]


@pytest.mark.parametrize(("residents", "days"), [(0, 1), (-5, 1), (10, 0)])
def test_a_borough_of_nobody_is_refused_in_a_sentence(tmp_path, residents, days):
    with pytest.raises(ValueError, match="at least one resident"):
        write_borough(tmp_path, residents=residents, seed=1, days=days, end=END)


def test_a_hamlet_can_be_written(tmp_path):
    """Even the smallest borough has its storylines and all its files."""
    summary = write_borough(tmp_path, residents=1, seed=1, end=END)
    assert summary.residents < 100
    assert {path.name for path in (tmp_path / "deliveries/2026-11-22").iterdir()} == {
        "police", "childrens-social-care", "cin-census", "schools", "acute",
    }  # fmt: skip


def test_progress_is_honest(tmp_path):
    said = []
    write_borough(tmp_path, residents=2_500, seed=1, end=END, progress=lambda *step: said.append(step))
    assert [step[0] for step in said] == ["people"] * len(said)
    done = [step[1] for step in said]
    assert done == sorted(done)
    assert done[-1] == 2_500 == said[-1][2]
