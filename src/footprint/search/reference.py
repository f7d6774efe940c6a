"""The ranking again, slow and obvious: every known record of every person compared in plain Python. For tests alone.

What the index finds must have these weights, in this order; what the index may miss is only who shares no key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from footprint.comparison import COMPARISONS, UNKNOWN, reference
from footprint.records import Comparable
from footprint.records.mask import Mask
from footprint.search.question import exchanged
from footprint.search.weighing import Reading, for_question
from footprint.search.weights import Weights, tables

# At which levels a name agrees or is spelt otherwise.
_ALIKE: Final = {
    "given": {"exact", "alias", "kin", "slip", "sound"},
    "family": {"exact", "part", "slip", "sound"},
}
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
    """What speaks for a person; with the names in each other's place where so both are alike, and as asked neither is."""
    as_asked, levels = _compared(question, known, weights, rarity, "only")
    if not (question.given and question.family) or any(_alike(name, levels) for name in _ALIKE):
        return as_asked
    turned, levels = _compared(exchanged(question), known, weights, rarity, "exchanged")
    return max(as_asked, turned) if all(_alike(name, levels) for name in _ALIKE) else as_asked


def _alike(name: str, levels: Mapping[str, str]) -> bool:
    return levels.get(name) in _ALIKE[name]


def _compared(
    question: Comparable,
    known: Sequence[Comparable],
    weights: Weights,
    rarity: Rarity,
    reading: Reading,
) -> tuple[float, dict[str, str]]:
    """Every comparison at its strongest over the known records: the sum of the bits, and the level of each."""
    bits = for_question(
        tables(weights), question, (0, 0), lambda column, text: rarity[column].get(text, 0.0), reading
    )
    total = 0.0
    levels: dict[str, str] = {}
    for place, comparison in enumerate(COMPARISONS):
        found: list[tuple[float, str]] = []
        for record in known:
            level = reference.level(comparison, question, record)
            if level == UNKNOWN:
                continue
            is_named = level < comparison.else_level
            column = comparison.levels[level].frequency if is_named and bits.rarity[place, level] >= 0 else ""
            extra = rarity.get(column, {}).get(getattr(record, column), 0.0) if column else 0.0
            label = comparison.levels[level].label if is_named else ""
            found.append((float(bits.bits[place, level]) + extra, label))
        if found:
            best = max(found, key=lambda one: one[0])  # the first of several
            total += best[0]
            levels[comparison.name] = best[1]
    return total, levels
