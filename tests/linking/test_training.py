"""Training finds, without a label, what a simulation put in."""

from __future__ import annotations

import random
from itertools import combinations

import duckdb
import numpy as np
import pytest

from footprint.comparison import COMPARISONS, UNKNOWN, reference
from footprint.linking import blocking, facts, tallies, training
from footprint.linking.model import SMALLEST_M
from footprint.records.columns import frame_of
from tests.linking.neighbours import neighbourhood
from tests.linking.said import BY_HAND, Place

SIZES = {"match": 6_000, "housemates": 5_000, "namesakes": 5_000, "strangers": 150_000}
# What housemates and namesakes share, and how often; in all else they are as strangers.
SHARED = {
    "housemates": {
        "family": 0.8,
        "place": 0.9,
        "contact": 0.6,
        "setting": 0.5,
        "relative": 0.7,
        "birthplace": 0.6,
    },
    "namesakes": {"given": 0.6, "family": 0.7, "middle": 0.3, "sex": 0.9},
}
KNOWN = 0.85


def _chances(kind: str, index: int) -> np.ndarray:
    comparison = COMPARISONS[index]
    levels = BY_HAND.comparisons[comparison.name]
    if kind == "match":
        return np.array(levels.m) / sum(levels.m)
    strangers = np.array(levels.u) / sum(levels.u)
    top = SHARED.get(kind, {}).get(comparison.name)
    if top is None:
        return strangers
    rest = strangers[1:] / strangers[1:].sum() * (1 - top)
    return np.array([top, *rest])


def _simulated() -> tuple[np.ndarray, np.ndarray]:
    """Return patterns of levels and their counts for pairs of every kind, fields unknown now and then."""
    draw = np.random.default_rng(20261123)
    columns = []
    for index in range(len(COMPARISONS)):
        drawn = [
            draw.choice(COMPARISONS[index].else_level + 1, size=size, p=_chances(kind, index))
            for kind, size in SIZES.items()
        ]
        column = np.concatenate(drawn)
        columns.append(np.where(draw.random(len(column)) < KNOWN, column, UNKNOWN))
    levels, counts = np.unique(np.stack(columns, axis=1), axis=0, return_counts=True)
    return levels.astype(np.int64), counts.astype(np.float64)


@pytest.fixture(scope="module")
def learned():
    levels, counts = _simulated()
    whole = [
        np.bincount(levels[:, index] + 1, weights=counts, minlength=comparison.else_level + 2)[1:]
        for index, comparison in enumerate(COMPARISONS)
    ]
    total = counts.sum()
    learner = training._Learner(levels, counts, whole, total, int(total))
    for _ in range(training.ITERATIONS):
        if learner.step() < training.ENOUGH:
            break
    return learner.model("learned", "simulated pairs")


def test_how_many_pairs_are_one_person_s(learned):
    total = sum(SIZES.values())
    assert learned.prior == pytest.approx(SIZES["match"] / total, rel=0.05)
    for kind, prior in learned.others.items():
        assert prior == pytest.approx(SIZES[kind] / total, rel=0.15)


@pytest.mark.parametrize(
    "index", range(len(COMPARISONS)), ids=[comparison.name for comparison in COMPARISONS]
)
def test_how_often_levels_occur(learned, index):
    """Of a match within two in a hundred, of strangers within a fifth or one in a thousand, of others within six in a hundred."""
    comparison = COMPARISONS[index]
    chances = learned.comparisons[comparison.name]
    silent = training.silent(comparison)
    for level in range(comparison.else_level + 1):
        if level in silent:
            assert chances.m[level] == pytest.approx(chances.u[level], rel=1e-5)
            continue
        match, strangers = _chances("match", index)[level], _chances("strangers", index)[level]
        assert chances.m[level] == pytest.approx(match, abs=0.02)
        assert chances.u[level] == pytest.approx(strangers, rel=0.2, abs=1e-3)
    for kind, found in chances.others.items():
        assert found[0] == pytest.approx(_chances(kind, index)[0], abs=0.06), kind


def _connected(rows) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.register("said", frame_of(rows))
    facts.prepare(connection, "said")
    return connection


def _village(size: int):
    """Return records of people at two partners each, some names of them misspelt."""
    draw = random.Random(7)
    given = ["Amina", "Oliver", "Zofia", "Ibrahim", "Jack", "Sana", "Grace", "Leo", "Maya", "Noah"]
    family = ["Khan", "Smith", "Nowak", "Malik", "Okonkwo", "Jones", "Patel", "Green", "Brown", "Ali"]
    rows = []
    for number in range(size):
        place = Place(number)
        name = f"{draw.choice(given)} / {draw.choice(family)}"
        born = f"{draw.randint(1950, 2025)}-{draw.randint(1, 12):02}-{draw.randint(2, 28):02}"
        said = {"name": name, "born": born, "home": "1 High Street"}
        rows.append(place.said("police", **said))
        rows.append(
            place.said("trust", mobile="m", **(said | ({"name": name[:-1]} if draw.random() < 0.1 else {})))
        )
    return rows


def test_rare_agreement_is_counted_and_not_guessed(monkeypatch):
    """Two strangers with one telephone are in no sample of a few pairs; counting values finds them all."""
    rows = [
        *_village(40),
        Place(99).said("gp", "Una / Doran", mobile="m"),
        Place(99).said("fire", "Eoin / Boyle", mobile="m"),
    ]
    monkeypatch.setattr(tallies, "SAMPLED_PAIRS", 400)
    found, total = tallies.all_pairs(_connected(rows), "rows", seed=1)
    assert total == len(rows) * (len(rows) - 1) / 2
    contact = next(index for index, comparison in enumerate(COMPARISONS) if comparison.name == "contact")
    truly = sum(reference.levels(a, b)["contact"] == 0 for a, b in combinations(rows, 2))
    assert truly == 1
    assert found[contact][0] == truly


def test_patterns_are_those_of_the_reference():
    rows = sorted(neighbourhood(3, 20), key=lambda row: row.key)
    connection = _connected(rows)
    connection.execute(
        "CREATE TABLE pairs AS SELECT a.rid AS l, b.rid AS r FROM rows a JOIN rows b ON a.rid < b.rid"
    )
    levels, counts = tallies.patterns(connection, "pairs")
    found = {tuple(pattern): count for pattern, count in zip(levels.tolist(), counts.tolist(), strict=True)}
    expected: dict[tuple[int, ...], int] = {}
    for a, b in combinations(rows, 2):
        pattern = tuple(reference.levels(a, b).values())
        expected[pattern] = expected.get(pattern, 0) + 1
    assert found == expected


def test_training_twice_gives_one_model_whatever_the_order_of_rows():
    rows = _village(150)
    models = []
    for listed in (rows, random.Random(1).sample(rows, len(rows))):
        connection = _connected(listed)
        blocking.block(connection)
        models.append(training.train(connection, name="village", trained_on="150 people"))
    assert models[0] == models[1]
    assert models[0].bits("birth", 0) > 8


def test_a_level_that_the_data_never_showed_weighs_nothing():
    connection = _connected(_village(100))
    blocking.block(connection)
    model = training.train(connection, name="village", trained_on="100 people")
    assert model.bits("occupation", 0) == model.bits("setting", 0) == 0
    assert min(min(levels.m) for levels in model.comparisons.values()) >= SMALLEST_M / 2
