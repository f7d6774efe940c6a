"""Clusters by weight alone: average linkage, for comparison with other people's figures. The product joins by evidence.

Two groups merge while the mean weight of all pairs between them is high enough; a pair that was never compared counts as
nothing. So one mistaken strong pair cannot pull two people together as it does in connected components.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

# A single overwhelming field must not outvote everything else in a mean.
MOST_BITS = 25.0
LEAST_BITS = -10.0


def agglomerate(pairs: Iterable[tuple[int, int, float]], threshold: float) -> list[list[int]]:
    """Return the groups of two numbers or more whose merges each had a mean weight of `threshold` bits or more.

    `pairs` are (left, right, weight in bits). Deterministic: ties go to the lower numbers.
    """
    between: dict[int, dict[int, float]] = {}
    for left, right, weight in pairs:
        bits = min(MOST_BITS, max(LEAST_BITS, weight))
        between.setdefault(left, {})[right] = bits
        between.setdefault(right, {})[left] = bits
    size = dict.fromkeys(between, 1)
    members = {number: [number] for number in between}
    heap = [
        (-w, min(a, b), max(a, b), 1, 1)
        for a, row in between.items()
        for b, w in row.items()
        if a < b and w >= threshold
    ]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if a not in members or b not in members or size[a] != size_a or size[b] != size_b:
            continue
        row_a, row_b = between[a], between.pop(b)
        row_a.pop(b, None)
        row_b.pop(a, None)
        for other, weight in row_b.items():
            row_a[other] = row_a.get(other, 0.0) + weight
            row = between[other]
            row.pop(b, None)
        members[a] += members.pop(b)
        size[a] += size.pop(b)
        for other, total in row_a.items():
            between[other][a] = total
            mean = total / (size[a] * size[other])
            if mean >= threshold:
                first, second = (a, other) if a < other else (other, a)
                heapq.heappush(heap, (-mean, first, second, size[first], size[second]))
    return sorted(sorted(group) for group in members.values() if len(group) > 1)
