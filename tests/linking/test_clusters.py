"""Closure of the evidence: as a slow reference makes it, in whatever order pairs come, and past no veto."""

from __future__ import annotations

import random
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from footprint.linking.clusters import RULE_ORDER, Clusters, Edge, gather

RECORDS = range(9)
records = st.sampled_from(RECORDS)
pairs = st.tuples(records, records).filter(lambda pair: pair[0] < pair[1])
edges = st.lists(
    st.builds(
        lambda pair, weight, rule: Edge(*pair, weight, rule),
        pairs,
        st.sampled_from([3.0, 7.5, 7.5, 20.0]),
        st.sampled_from(sorted(RULE_ORDER)),
    ),
    max_size=14,
    unique_by=lambda edge: (edge.left, edge.right),
)
some_pairs = st.frozensets(pairs, max_size=6)
some_records = st.frozensets(records, max_size=3)


def forbidding(apart):
    """Return the veto of a set of pairs, as `gather` asks for it."""

    def forbidden(left, right):
        crossing = {(min(a, b), max(a, b)) for a, b in product(left, right)}
        return "different" if crossing & apart else ""

    return forbidden


def slowly(found, apart, hidden=frozenset()):
    """Merge sets one edge at a time: the steward's word first, then the strongest; hidden records last, each once."""
    order = sorted(found, key=lambda e: (RULE_ORDER[e.rule], -e.weight, e.left, e.right))
    people = [{record} for record in RECORDS]
    refused, hanging = set(), set()

    def of(record):
        return next(person for person in people if record in person)

    for edge in [e for e in order if not {e.left, e.right} & hidden]:
        one, other = of(edge.left), of(edge.right)
        if one is other:
            continue
        if any((min(a, b), max(a, b)) in apart for a in one for b in other):
            refused.add((edge.left, edge.right))
            continue
        people.remove(other)
        one |= other
    for edge in [e for e in order if len({e.left, e.right} & hidden) == 1]:
        (leaf,), (host,) = {edge.left, edge.right} & hidden, {edge.left, edge.right} - hidden
        if leaf in hanging:
            continue
        if any((min(a, leaf), max(a, leaf)) in apart for a in of(host) - hidden):
            refused.add((edge.left, edge.right))
            continue
        people.remove({leaf})
        of(host).add(leaf)
        hanging.add(leaf)
    return sorted(sorted(person) for person in people if len(person) > 1), refused


@given(edges, some_pairs, some_records)
def test_gathered_as_the_reference_gathers(found, apart, hidden):
    clusters, refused = gather(found, forbidding(apart), hidden)
    assert (clusters.groups(), set(refused)) == slowly(found, apart, hidden)


@given(edges, some_pairs, some_records, st.randoms())
def test_the_order_in_which_pairs_come_changes_nothing(found, apart, hidden, draw: random.Random):
    shuffled = list(found)
    draw.shuffle(shuffled)
    one, other = (gather(listed, forbidding(apart), hidden) for listed in (found, shuffled))
    assert one[0].groups() == other[0].groups()
    assert one[1] == other[1]


@given(edges, some_pairs)
def test_no_chain_of_pairs_gets_past_a_veto(found, apart):
    clusters, _ = gather(found, forbidding(apart))
    assert not any(clusters.find(one) == clusters.find(other) for one, other in apart)


@given(edges, some_pairs, some_records)
def test_hidden_records_are_leaves_and_bridge_nobody(found, apart, hidden):
    with_them, _ = gather(found, forbidding(apart), hidden)
    without, _ = gather([e for e in found if not {e.left, e.right} & hidden], forbidding(apart))
    shown = [record for record in RECORDS if record not in hidden]
    for one, other in product(shown, shown):
        assert (with_them.find(one) == with_them.find(other)) == (without.find(one) == without.find(other))
    for group in with_them.groups():
        assert len([record for record in group if record not in hidden]) >= 1


@given(st.lists(pairs, max_size=20))
def test_members_and_representatives_agree(merges):
    clusters = Clusters()
    for one, other in merges:
        clusters.merge(one, other)
    for record in RECORDS:
        assert record in clusters.members(record)
        assert {clusters.find(member) for member in clusters.members(record)} == {clusters.find(record)}


def test_the_stronger_rule_goes_first_and_the_weaker_stays_possible():
    """A steward's word, a number, yesterday, a home, votes: whatever the weights."""
    order = ["E4", "E1", "stayed", "E2", "E3"]
    for stronger, weaker in pairwise(order):
        found = [Edge(0, 1, 5.0, stronger), Edge(1, 2, 50.0, weaker)]
        clusters, refused = gather(found, forbidding({(0, 2)}))
        assert clusters.groups() == [[0, 1]]
        assert refused == {(1, 2): "different"}
