"""A run is a function of records, rulings, yesterday's people and a frozen model: no order, thread or hidden record moves it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest

from footprint.decisions.overlay import Overlay
from footprint.records import Comparable
from tests.linking.neighbours import neighbourhood
from tests.linking.said import Found, Place, link, ruling

# ---------------------------------------------------------------- yesterday and today


def test_what_was_joined_stays_when_evidence_thins(tmp_path):
    """The police no longer say where she lives; a newcomer is not joined on what is left, she is not parted for it."""
    place = Place(1)
    trust = place.said("trust", "Amina / Khan", "2014-03-05", home="12 High Street", mobile="m")
    police = place.said("police", "Amina / Khan", "2014-03-05", home="12 High Street")
    first = link([trust, police], tmp_path / "first")
    thinner = [trust, place.said("police", "Amina / Khan", "2014-03-05", mobile="m")]
    assert link(thinner, tmp_path / "new").between(trust.key, police.key) == "possible"
    second = link(thinner, tmp_path / "second", previous=first.folder)
    assert second.between(trust.key, police.key) == "stayed"
    third = link(thinner, tmp_path / "third", previous=second.folder)
    assert third.between(trust.key, police.key) == "stayed"
    assert third.people == first.people
    assert second.events == third.events == []


def test_a_child_is_named_and_takes_her_father_s_name(tmp_path):
    """Baby Khan was joined by number; named Amina Malik at one partner, she is still one child."""
    place = Place(1)
    baby = place.said("council", "Baby / Khan", "2026-03-05", nhs="hers", home="12 High Street")
    newborn = place.said("trust", "Baby / Khan", "2026-03-05", nhs="hers", home="12 High Street")
    first = link([baby, newborn], tmp_path / "first")
    assert first.between(baby.key, newborn.key) == "E1"
    named = place.said("trust", "Amina / Malik", "2026-03-05", nhs="hers", home="12 High Street")
    second = link([baby, named], tmp_path / "second", previous=first.folder)
    assert second.between(baby.key, named.key) == "stayed"
    assert second.people == first.people


def test_it_does_not_stay_where_the_evidence_turns(tmp_path):
    """Each pair was joined yesterday; today one says another birthday, another number, another given name."""
    now = {
        "birthday": {"born": "2011-07-09", "nhs": "n"},
        "number": {"born": "2014-03-05", "nhs": "another"},
        "name": {"born": "2014-03-05", "nhs": "n", "name": "Zainab / Khan"},
        "generation": {"born": "1990-03-05", "nhs": "n"},
    }
    before, after, pairs = [], [], {}
    for number, (turn, words) in enumerate(now.items()):
        place = Place(number)
        said = {"name": "Amina / Khan", "born": "2014-03-05", "nhs": "n", "home": "12 High Street"}
        one, other = place.said("trust", **said), place.said("police", **said)
        before += [one, other]
        after += [one, place.said("police", **(said | words))]
        pairs[turn] = (one.key, other.key)
    first = link(before, tmp_path / "first")
    assert {turn: first.between(*pair) for turn, pair in pairs.items()} == dict.fromkeys(now, "E1")
    second = link(after, tmp_path / "second", previous=first.folder)
    assert not {second.between(*pair) for pair in pairs.values()} & {"stayed", "together", "E1"}


def test_a_twin_who_becomes_known_parts_what_was_taken_for_one_child(tmp_path):
    """Until today nobody knew of two; the rule then takes Ibrahim and Ebrahim for one name, and yesterday is no reason."""
    place = Place(1)
    police = place.said("police", "Ibrahim / Khan", "2016-07-01", home="12 High Street", mobile="m")
    school = place.said("school", "Ebrahim / Khan", "2016-07-01", home="12 High Street", mobile="m")
    first = link([police, school], tmp_path / "first", unique=["school"])
    assert first.between(police.key, school.key) == "E3"
    twin = place.said("school", "Ibrahim / Khan", "2016-07-01", home="12 High Street", label="twin")
    second = link([police, school, twin], tmp_path / "second", previous=first.folder, unique=["school"])
    assert second.between(police.key, school.key) == "possible"
    assert [kind for kind, _, _ in second.events] == ["founded", "split"]


def test_a_same_that_is_taken_back_is_no_reason_to_stay(tmp_path):
    place = Place(1)
    one = place.said("trust", "Amina / Khan", "2014-03-05", mobile="m")
    other = place.said("police", "Amina / Khan", "2014-03-05", mobile="m")
    first = link([one, other], tmp_path / "first", overlay=Overlay.of([ruling("same", one.key, other.key)]))
    assert first.between(one.key, other.key) == "E4"
    undone = Overlay.of([ruling("same", one.key, other.key, undone_by="later")])
    second = link([one, other], tmp_path / "second", overlay=undone, previous=first.folder)
    assert second.between(one.key, other.key) == "possible"


@pytest.mark.parametrize("seed", range(2))
def test_a_run_over_its_own_result_changes_nothing(tmp_path, seed):
    rows = neighbourhood(seed)
    first = link(rows, tmp_path / "first")
    second = link(rows, tmp_path / "second", previous=first.folder)
    assert second.people == first.people
    assert second.links == first.links
    assert second.events == []


def test_day_by_day_and_all_at_once_agree_where_nothing_turns(tmp_path):
    """Forty children at four partners, who report them on four days."""
    rows = [child for number in range(40) for child in _a_child(number)]
    whole = link(rows, tmp_path / "whole")
    previous = None
    for day in range(1, 5):
        so_far = [row for number, row in enumerate(rows) if (7 * number) % 4 < day]
        found = link(so_far, tmp_path / f"day {day}", previous=previous)
        previous = found.folder
    assert found.groups() == whole.groups()
    assert len(whole.groups()) < 80


def _a_child(number: int) -> list[Comparable]:
    place = Place(number)
    given = ["Amina", "Oliver", "Zofia", "Ibrahim", "Jack"][number % 5]
    said = {"name": f"{given} / Khan", "born": f"20{10 + number % 9}-0{1 + number % 8}-{3 + number % 20:02}"}
    return [
        place.said("police", home="12 High Street", **said),
        place.said("trust", home="12 High Street", nhs="n", mobile="m", **said),
        place.said("school", upn="u", mobile="m", school="s", **said),
        place.said("council", nhs="n", upn="u", **said),
    ]


# ---------------------------------------------------------------- order, threads, hidden records


def _same(one: Found, other: Found, shown: Iterable[str] | None = None) -> None:
    if shown is None:
        assert one.people == other.people
        assert one.links == other.links
        assert one.events == other.events
        return
    keys = set(shown)
    assert {key: person for key, person in one.people.items() if key in keys} == other.people
    assert {pair: said for pair, said in one.links.items() if keys.issuperset(pair)} == other.links


def test_order_of_arrival_files_and_threads_change_nothing(tmp_path):
    rows = [row for seed in range(6) for row in neighbourhood(seed)]
    shuffled = random.Random(1).sample(rows, len(rows))
    counted = tmp_path / "counted once"
    one = link(rows, tmp_path / "one", frozen=counted, threads=1)
    other = link(shuffled, tmp_path / "other", frozen=counted, threads=2)
    _same(one, other)
    again = link(shuffled, tmp_path / "again", frozen=tmp_path / "counted again", threads=2)
    _same(one, again)
    for table in ("people", "links", "events", "former"):
        name = f"{table}.parquet"
        assert pl.read_parquet(one.folder / name).equals(pl.read_parquet(other.folder / name)), table
    assert not list(one.folder.glob("scratch*"))


@pytest.mark.parametrize("seed", range(3))
def test_records_of_hidden_kinds_change_nothing_for_the_others(tmp_path: Path, seed: int) -> None:
    """No count, frequency, block, home, telephone, twin, id or place in a list tells that they exist."""
    rows = neighbourhood(seed, 60)
    hidden = {row.key for row in random.Random(seed).sample(rows, 20)}
    shown = [row for row in rows if row.key not in hidden]
    with_them = link(rows, tmp_path / "with", hidden=hidden, frozen=tmp_path / "counted with")
    without = link(shown, tmp_path / "without", frozen=tmp_path / "counted without")
    _same(with_them, without, [row.key for row in shown])
    tomorrow = link(
        rows,
        tmp_path / "tomorrow",
        hidden=hidden,
        frozen=tmp_path / "counted with",
        previous=with_them.folder,
    )
    bare = link(shown, tmp_path / "bare", frozen=tmp_path / "counted without", previous=without.folder)
    _same(tomorrow, bare, [row.key for row in shown])


def test_a_hidden_record_hangs_on_one_person_and_brings_no_two_together(tmp_path):
    place = Place(1)
    one = place.said("council", "Amina / Khan", "2014-03-05", home="1 High Street")
    other = place.said("trust", "Amina / Khan", "2014-03-05", mobile="m", gp="g")
    clinic = place.said("clinic", "Amina / Khan", "2014-03-05", home="1 High Street", mobile="m", gp="g")
    assert len(link([one, other, clinic], tmp_path / "open").groups()) == 1
    found = link([one, other, clinic], tmp_path / "run", hidden=[clinic.key])
    assert found.between(one.key, other.key) == "possible"
    assert found.groups() == {frozenset({one.key, clinic.key}), frozenset({other.key})}
