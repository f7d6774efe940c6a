"""The hash tree: leaves, nodes, a tree that grows, and the two proofs as their reader checks them.

Source: RFC 6962 §2.1 (hashes), RFC 9162 §2.1.3.2 and §2.1.4.2 (checking a proof). Must not know what a leaf holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(body: bytes) -> bytes:
    """Return the hash of an entry's bytes; the prefix keeps a leaf from posing as a node, and the other way round."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree that only grows, as the roots of its complete subtrees, largest first: O(log n) memory and work.

    `peaks` are those roots for the tree of `size` leaves; both must come from the same moment.
    """

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf's hash; return each complete subtree that it closed: (level, index within the level, hash)."""
        level, index, digest = 0, self.size, leaf
        closed = [(level, index, digest)]
        while index & 1:
            digest = node_hash(self.peaks.pop(), digest)
            level, index = level + 1, index >> 1
            closed.append((level, index, digest))
        self.peaks.append(digest)
        self.size += 1
        return closed

    def root(self) -> bytes:
        return fold(self.peaks)


def fold(peaks: Sequence[bytes]) -> bytes:
    """Return the root over neighbouring complete subtrees, largest first; the empty tree's root for none."""
    if not peaks:
        return EMPTY_ROOT
    digest = peaks[-1]
    for peak in reversed(peaks[:-1]):
        digest = node_hash(peak, digest)
    return digest


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether `proof` shows the leaf hash `leaf` at `index` of the tree of `size` leaves under `root`."""
    if not 0 <= index < size:
        return False
    at, last, digest = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            digest = node_hash(sibling, digest)
            at, last = _climb(at, last)
        else:
            digest = node_hash(digest, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and digest == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether the tree of `new` leaves only adds to the tree of `old` leaves: nothing changed, nothing gone."""
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    if not 0 < old < new or not proof:
        return False
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            at, last = _climb(at, last)
        else:
            after = node_hash(after, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _climb(at: int, last: int) -> tuple[int, int]:
    """Pass the levels on which the rightmost node has no sibling and stands for itself one level up."""
    while not at & 1 and at:
        at, last = at >> 1, last >> 1
    return at, last
