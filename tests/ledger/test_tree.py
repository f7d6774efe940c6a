"""The tree against the published vectors, against the RFC's own definition, and against a thousand bent proofs."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.ledger.proofs import consistency_plan, inclusion_plan
from footprint.ledger.verifier.tree import (
    EMPTY_ROOT,
    Frontier,
    fold,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from tests.ledger import reference

# The eight leaves and their roots that Certificate Transparency's implementations test themselves with.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATH_OF_FIRST_IN_EIGHT = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]


class Tree:
    """What the store keeps, in a dictionary: every complete subtree, and the root at every size."""

    def __init__(self, entries):
        self.frontier, self.nodes, self.roots = Frontier(), {}, [EMPTY_ROOT]
        for entry in entries:
            for level, ordinal, digest in self.frontier.append(leaf_hash(entry)):
                self.nodes[level, ordinal] = digest
            self.roots.append(self.frontier.root())

    def prove(self, plan):
        return [fold([self.nodes[tile] for tile in step]) for step in plan]


def entries_of(size):
    return [b"entry %d" % number for number in range(size)]


def test_published_roots_of_every_size():
    assert [root.hex() for root in Tree(LEAVES).roots] == ROOTS


def test_published_path():
    tree = Tree(LEAVES)
    assert [step.hex() for step in tree.prove(inclusion_plan(0, 8))] == PATH_OF_FIRST_IN_EIGHT


def test_a_log_of_exactly_one_entry():
    tree = Tree([b"only"])
    assert tree.prove(inclusion_plan(0, 1)) == []
    assert verify_inclusion(0, 1, leaf_hash(b"only"), [], tree.roots[1])
    assert not verify_inclusion(0, 1, leaf_hash(b"other"), [], tree.roots[1])
    assert not verify_inclusion(0, 0, leaf_hash(b"only"), [], EMPTY_ROOT)
    assert verify_consistency(0, 1, EMPTY_ROOT, tree.roots[1], [])
    assert verify_consistency(1, 1, tree.roots[1], tree.roots[1], [])


@given(st.lists(st.binary(max_size=5), max_size=70))
def test_roots_are_those_of_the_definition(entries):
    assert Tree(entries).roots == [reference.mth(entries[:size]) for size in range(len(entries) + 1)]


@given(st.data())
def test_inclusion_proofs_are_those_of_the_definition_and_verify(data):
    size = data.draw(st.integers(1, 130))
    index = data.draw(st.integers(0, size - 1))
    entries = entries_of(size)
    tree = Tree(entries)
    proof = tree.prove(inclusion_plan(index, size))
    assert proof == reference.path(index, entries)
    assert verify_inclusion(index, size, leaf_hash(entries[index]), proof, tree.roots[size])


@given(st.data())
def test_consistency_proofs_are_those_of_the_definition_and_verify(data):
    new = data.draw(st.integers(1, 130))
    old = data.draw(st.integers(1, new))
    entries = entries_of(new)
    tree = Tree(entries)
    proof = tree.prove(consistency_plan(old, new))
    assert proof == reference.proof(old, entries)
    assert verify_consistency(old, new, tree.roots[old], tree.roots[new], proof)


@given(st.integers(0, 64), st.integers(0, 64))
def test_everything_continues_the_empty_log_and_nothing_shrinks(old, new):
    tree = Tree(entries_of(64))
    proof = tree.prove(consistency_plan(0, new))
    assert verify_consistency(0, new, EMPTY_ROOT, tree.roots[new], proof)
    if old > new:
        assert not verify_consistency(old, new, tree.roots[old], tree.roots[new], [])


def flip(chance, digest):
    bit = chance.randrange(256)
    return (int.from_bytes(digest, "big") ^ 1 << bit).to_bytes(32, "big")


def bent(chance, proof):
    """The proof with a bit flipped, a step lost, added, doubled, or two exchanged."""
    proof = list(proof)
    at = chance.randrange(len(proof)) if proof else 0
    ways = ["add", "add", "add"]
    if proof:
        ways += ["flip", "flip", "lose", "double"]
    if len(proof) > 1:
        ways += ["exchange"]
    way = chance.choice(ways)
    if way == "flip":
        proof[at] = flip(chance, proof[at])
    elif way == "lose":
        del proof[at]
    elif way == "double":
        proof.insert(at, proof[at])
    elif way == "exchange":
        other = (at + 1) % len(proof)
        proof[at], proof[other] = proof[other], proof[at]
    else:
        proof.insert(chance.randint(0, len(proof)), chance.randbytes(32))
    return proof


@pytest.mark.parametrize("seed", range(4))
def test_bent_inclusion_proofs_are_refused(seed):
    chance = random.Random(seed)
    for _ in range(300):
        size = chance.randint(2, 200)
        index = chance.randrange(size)
        entries = entries_of(size)
        tree = Tree(entries)
        root, leaf, proof = (
            tree.roots[size],
            leaf_hash(entries[index]),
            tree.prove(inclusion_plan(index, size)),
        )
        elsewhere = chance.choice([other for other in range(-1, size + 1) if other != index])
        assert not verify_inclusion(index, size, leaf, bent(chance, proof), root)
        assert not verify_inclusion(index, size, flip(chance, leaf), proof, root)
        assert not verify_inclusion(index, size, leaf, proof, flip(chance, root))
        assert not verify_inclusion(elsewhere, size, leaf, proof, root)


@pytest.mark.parametrize("seed", range(4))
def test_bent_consistency_proofs_are_refused(seed):
    chance = random.Random(seed)
    for _ in range(300):
        new = chance.randint(2, 200)
        old = chance.randint(1, new - 1)
        tree = Tree(entries_of(new))
        before, after, proof = tree.roots[old], tree.roots[new], tree.prove(consistency_plan(old, new))
        assert not verify_consistency(old, new, before, after, bent(chance, proof))
        assert not verify_consistency(old, new, flip(chance, before), after, proof)
        assert not verify_consistency(old, new, before, flip(chance, after), proof)
        assert not verify_consistency(old, new, after, before, proof)
        assert not verify_consistency(old, old, before, after, [])


@pytest.mark.parametrize("size", [2, 4, 8, 64])
def test_proofs_do_not_serve_for_a_tree_of_another_height(size):
    entries = entries_of(size)
    tree = Tree(entries)
    inclusion, consistency = tree.prove(inclusion_plan(0, size)), tree.prove(consistency_plan(1, size))
    for claimed in (size * 2, size * 2 + 1, size // 2):
        assert not verify_inclusion(0, claimed, leaf_hash(entries[0]), inclusion, tree.roots[size])
        assert not verify_consistency(1, claimed, tree.roots[1], tree.roots[size], consistency)


def test_a_node_does_not_pass_for_a_leaf():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != Tree([b"a", b"b"]).roots[2]
