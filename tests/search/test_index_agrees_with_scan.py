"""The index beside the slow, obvious search: the same people, the same weights, the same order."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from footprint.records.comparing import comparable
from footprint.records.mask import Mask
from footprint.search import reference
from footprint.search.ranking import rank
from footprint.search.weights import weights_of
from tests.comparison.rows import a_row
from tests.search.worlds import MODEL, a_record, at, index_of, rarity

# A question cannot say these, and no key leads to them.
UNASKED = {"settings": [], "relatives": [], "occupation": "", "place_of_birth": ""}


def a_believable_row(draw: random.Random, number: int):
    """A random row whose homes lie in its postcodes, as cleaning makes them."""
    row = a_row(draw, number)
    homes = {home.partition("|")[0] for home in (*row.residences, *row.buildings)}
    return structs.replace(row, postcodes=sorted({*row.postcodes, *homes}))


def a_world(draw: random.Random, people: int):
    numbers = iter(range(10_000))
    return [
        [a_believable_row(draw, next(numbers)) for _ in range(draw.choice([1, 1, 2, 3]))]
        for _ in range(people)
    ]


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_everybody_found_weighs_the_same_and_the_best_is_found(seed, tmp_path_factory):
    draw = random.Random(seed)
    people = a_world(draw, 40)
    index = index_of(tmp_path_factory.mktemp("index"), people)
    keys = [row.key for records in people for row in records]
    some = frozenset(draw.sample(keys, len(keys) // 2))
    mask = Mask(
        hidden_records=frozenset(key for key in keys if draw.random() < 0.1),
        among=draw.choice([None, some]),
    )
    for number in range(10):
        question = structs.replace(a_believable_row(draw, 20_000 + number), **UNASKED)
        expected = reference.rank(question, people, weights_of(MODEL), rarity(), mask)
        found = rank(index, [question], (0, 0), index.flags(mask))
        weights = {person: weight for weight, person in expected}
        for person, weight in zip(found.people, found.weights, strict=True):
            assert weight == pytest.approx(weights[person], abs=1e-4)
        assert sorted(found.weights, reverse=True) == list(found.weights)
        best, nobody_missed = expected[0][0], {person for weight, person in expected if weight >= 0}
        assert nobody_missed <= set(found.people)
        if best >= 0:
            assert found.weights[0] == pytest.approx(best, abs=1e-4)


def test_a_question_that_shares_nothing_finds_nobody(tmp_path):
    draw = random.Random(1)
    index = index_of(tmp_path, a_world(draw, 5))
    (question,) = [
        comparable(
            a_record("asked/x/1", "Zuzu", "Qaqa", "1950-02-02", address=at("7", "Zed Road", "ZE1 1ZZ"))
        )
    ]
    question = structs.replace(question, identifiers=[])
    assert rank(index, [question], (0, 0), index.flags(Mask())).people == []
