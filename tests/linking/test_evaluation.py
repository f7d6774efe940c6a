"""The measure is what counting pairs one by one gives; labels are read when all is done."""

from __future__ import annotations

from itertools import combinations

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.linking import evaluation, thresholds
from footprint.linking.against_truth import measure
from footprint.linking.evaluation import evaluate_linking
from footprint.records.columns import frame_of
from footprint.records.foreign import Foreign
from tests.linking.neighbours import neighbourhood
from tests.linking.said import BY_HAND, link

SIZE = 8
PAIRS = list(combinations(range(SIZE), 2))
labels = st.lists(st.sampled_from(["", "a", "b", "c"]), min_size=SIZE, max_size=SIZE)
people = st.lists(st.integers(0, 3), min_size=SIZE, max_size=SIZE)
scored = st.dictionaries(
    st.sampled_from(PAIRS), st.tuples(st.sampled_from([-2.0, 0.0, 5.0]), st.sampled_from(["", "numbers"]))
)


def foreign(said: list[str]) -> Foreign:
    frame = frame_of(neighbourhood(0, len(said)))
    return Foreign(
        frame=frame, ids=[str(number) for number in range(len(said))], labels=said, kinds=[""] * len(said)
    )


@given(labels, people, scored, st.sampled_from(["weight", "evidence"]))
def test_the_measure_counts_pairs(said, person, found, rule):
    groups = [[n for n in range(SIZE) if person[n] == one] for one in sorted(set(person))]
    groups = [group for group in groups if len(group) > 1]
    rows = [(a, b, weight, veto) for (a, b), (weight, veto) in found.items()]
    connection = duckdb.connect()
    schema = {"l": pl.Int32, "r": pl.Int32, "weight": pl.Float64, "veto": pl.String}
    for table in ("pairs", "scored", "judged"):
        connection.register(table, pl.DataFrame(rows, schema=schema, orient="row"))
    figures = evaluation._measure(connection, foreign(said), groups, BY_HAND, rule, {})

    true = {(a, b) for a, b in PAIRS if said[a] and said[a] == said[b]}
    claimed = {(a, b) for a, b in PAIRS if said[a] and said[b] and person[a] == person[b]}
    possible = {
        pair
        for pair, (weight, veto) in found.items()
        if weight >= thresholds.POSSIBLE and (rule == "weight" or not veto)
    }
    share = lambda part, whole: len(part) / len(whole) if whole else 1.0  # noqa: E731
    assert figures.true_pairs == len(true)
    assert figures.precision == pytest.approx(share(true & claimed, claimed), abs=1e-6)
    assert figures.recall == pytest.approx(share(true & claimed, true), abs=1e-6)
    assert figures.possible_recall == pytest.approx(share(true & (claimed | possible), true), abs=1e-6)
    assert figures.blocking_recall == pytest.approx(share(true & found.keys(), true), abs=1e-6)
    both = figures.precision + figures.recall
    assert figures.f1 == pytest.approx(2 * figures.precision * figures.recall / both if both else 0, abs=1e-5)


@pytest.mark.parametrize("rule", ["weight", "evidence"])
def test_labels_change_nothing_but_the_figures(monkeypatch, rule):
    """The same table with its labels, and with every label another: one model, the same groups."""
    made = []
    for name in ("_by_weight", "_by_evidence"):
        original = getattr(evaluation, name)
        monkeypatch.setattr(
            evaluation, name, lambda connection, run=original: made.append(run(connection)) or made[-1]
        )
    one = evaluate_linking(foreign([str(n % 9) for n in range(40)]), rule=rule)
    other = evaluate_linking(foreign([str(n) for n in range(40)]), rule=rule)
    assert one.model == other.model
    assert made[0] == made[1]
    assert (one.true_pairs > 0, other.true_pairs) == (True, 0)
    assert one.rule == rule


def test_a_model_that_is_given_is_used():
    assert evaluate_linking(foreign(["a", "a", "b"]), model=BY_HAND).model == BY_HAND.label


def test_a_run_against_its_truth_counts_pairs_and_the_ceiling_is_reached_by_evidence_alone(tmp_path):
    """Joined can be no more than the ceiling where nobody else's records bridge; here a truth is invented record by record."""
    rows = [row for seed in (1, 2, 3) for row in neighbourhood(seed, 24)]
    found = link(rows, tmp_path / "run")
    human = {row.key: f"human {number // 3}" for number, row in enumerate(rows)}
    child = {row.key: number % 2 == 0 for number, row in enumerate(rows)}
    truth = pl.DataFrame(
        [(row.key, human[row.key], child[row.key]) for row in rows],
        schema={"key": pl.String, "human": pl.String, "child": pl.Boolean},
        orient="row",
    )
    figures = measure(found.folder, [tmp_path / "run" / "comparables.parquet"], truth)
    pairs = [tuple(sorted(pair)) for pair in combinations(human, 2)]
    true = [pair for pair in pairs if human[pair[0]] == human[pair[1]]]
    claimed = [pair for pair in pairs if found.people[pair[0]] == found.people[pair[1]]]
    right = [pair for pair in true if pair in set(claimed)]
    shown = [pair for pair in true if found.between(*pair) == "possible"]
    children = [pair for pair in claimed if pair not in set(true) and child[pair[0]] and child[pair[1]]]
    assert figures.true_pairs == len(true)
    assert figures.joined == pytest.approx(len(right) / len(true), abs=1e-6)
    assert figures.possible_or_joined == pytest.approx((len(right) + len(shown)) / len(true), abs=1e-6)
    assert figures.false_joins == len(claimed) - len(right) > 0
    assert figures.false_joins_of_children == len(children) > 0
    assert figures.precision == pytest.approx(len(right) / len(claimed), abs=1e-6)
    assert 0 <= figures.ceiling <= 1
