"""The ranking again, slow and obvious: every known record of every person compared in plain Python. For tests alone.

What the index finds must have these weights, in this order; what the index may miss is only who shares no key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from footprint.comparison import COMPARISONS, UNKNOWN, reference
from footprint.records import Comparable
from footprint.records.mask import Mask
from footprint.search.weighing import for_question
from footprint.search.weights import Weights, tables

Rarity = Mapping[str, Mapping[str, float]]


def rank(
    question: Comparable, people: Sequence[Sequence[Comparable]], weights: Weights, rarity: Rarity, mask: Mask
) -> list[tuple[float, int]]:
    """Return (weight in bits, number) of everybody of whom a record may be known, best first.

    `rarity` gives for a column and a value how many bits more its agreement weighs.
    """
    ranked = []
    for number, records in enumerate(people):
        known = [record for record in records if mask.sees(record.partner, record.key)]
        if mask.reaches({record.key for record in known}):
            ranked.append((weights.prior + _weight(question, known, weights, rarity), number))
    return sorted(ranked, reverse=True)


def _weight(question: Comparable, known: Sequence[Comparable], weights: Weights, rarity: Rarity) -> float:
    bits = for_question(
        tables(weights), question, (0, 0), lambda column, text: rarity[column].get(text, 0.0)
    ).bits
    total = 0.0
    for place, comparison in enumerate(COMPARISONS):
        found = []
        for record in known:
            level = reference.level(comparison, question, record)
            if level == UNKNOWN:
                continue
            column = comparison.levels[level].frequency if level < comparison.else_level else ""
            extra = rarity.get(column, {}).get(getattr(record, column), 0.0) if column else 0.0
            found.append(float(bits[place, level]) + extra)
        total += max(found, default=0.0)
    return total
