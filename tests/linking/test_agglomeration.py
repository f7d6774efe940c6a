"""Average linkage, as a slow reference does it: the two nearest groups merge while their mean weight is high enough."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from footprint.linking.agglomeration import LEAST_BITS, MOST_BITS, agglomerate

RECORDS = range(8)
weighed = st.dictionaries(
    st.sampled_from(list(combinations(RECORDS, 2))), st.integers(-16, 32).map(float), max_size=20
).map(lambda found: [(*pair, weight) for pair, weight in found.items()])


def slowly(pairs, threshold):
    bits = {(a, b): min(MOST_BITS, max(LEAST_BITS, weight)) for a, b, weight in pairs}
    groups = [[record] for record in RECORDS]

    def mean(one, other):
        return sum(bits.get((min(a, b), max(a, b)), 0.0) for a in one for b in other) / (
            len(one) * len(other)
        )

    def touch(one, other):
        return any((min(a, b), max(a, b)) in bits for a in one for b in other)

    while True:
        near = [
            (-mean(one, other), min(one), min(other))
            for one, other in combinations(sorted(groups), 2)
            if touch(one, other) and mean(one, other) >= threshold
        ]
        if not near:
            return sorted(sorted(group) for group in groups if len(group) > 1)
        _, first, second = min(near)
        one, other = (next(group for group in groups if number in group) for number in (first, second))
        groups.remove(other)
        one += other


@given(weighed, st.sampled_from([0.5, 1.0, 4.0]))
def test_as_the_reference(pairs, threshold):
    assert agglomerate(pairs, threshold) == slowly(pairs, threshold)


@given(weighed, st.randoms())
def test_the_order_of_pairs_changes_nothing(pairs, draw):
    shuffled = list(pairs)
    draw.shuffle(shuffled)
    assert agglomerate(shuffled, 1.0) == agglomerate(pairs, 1.0)


def test_one_mistaken_strong_pair_does_not_pull_two_people_together():
    """Connected components would: two families of three, and one telephone that both once had."""
    family = [(0, 1, 12.0), (0, 2, 12.0), (1, 2, 12.0), (3, 4, 12.0), (3, 5, 12.0), (4, 5, 12.0)]
    assert agglomerate([*family, (2, 3, 8.0)], 1.0) == [[0, 1, 2], [3, 4, 5]]
