"""Whether a marker has come to mark otherwise than was agreed: stricter, milder, or less alike than before.

Compared is what a marker gave alone with what both sides agreed on in moderation. It helps markers to come together again; it
is shown to the marker and to whoever leads the audit, and ranks nobody. A handful of marks shows nothing, and says so. Marks of
one form hang together, so that intervals over several criteria are somewhat too narrow: a lean is a reason to talk, no finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from footprint.referrals.intervals import Interval, Proportion, difference

#: So many marks that differ from what was agreed are needed before we say which way somebody leans.
FEWEST: Final = 10


class Pair(NamedTuple):
    """What one marker gave alone for one criterion of one form in a month (2026-11), and what both sides agreed on."""

    marker: str
    month: str
    given: int
    agreed: int


class Lean(NamedTuple):
    """How one marker's marks stand to those agreed: alike, stricter (lower) and milder (higher), and by how much on average.

    `way` is "stricter", "milder", or "" where it cannot be said.
    """

    marker: str
    alike: Proportion
    stricter: int
    milder: int
    mean: float
    way: str


def lean(marker: str, pairs: Iterable[Pair]) -> Lean | None:
    """Return how a marker leans; None where nothing of theirs was agreed on yet.

    Somebody leans where the 95% interval of which way their differing marks go does not hold one half: the sign test, by Wilson.
    """
    gaps = [one.given - one.agreed for one in pairs if one.marker == marker]
    if not gaps:
        return None
    stricter, milder = sum(gap < 0 for gap in gaps), sum(gap > 0 for gap in gaps)
    differing = Proportion(milder, stricter + milder)
    way = ""
    if differing.of >= FEWEST and differing.interval and not differing.interval.holds(0.5):
        way = "milder" if milder > stricter else "stricter"
    alike = Proportion(len(gaps) - differing.of, len(gaps))
    return Lean(marker, alike, stricter, milder, sum(gaps) / len(gaps), way)


def leans(pairs: Iterable[Pair]) -> list[Lean]:
    """Return how each marker leans, in the order of their names."""
    listed = list(pairs)
    found = (lean(marker, listed) for marker in sorted({one.marker for one in listed}))
    return [one for one in found if one is not None]


class Drift(NamedTuple):
    """How often a marker's marks were those agreed, before a month and from it on, and the interval of how far that rose.

    `way` is "apart", "together", or "" where it cannot be said.
    """

    marker: str
    before: Proportion
    after: Proportion
    rise: Interval | None
    way: str


def drift(marker: str, pairs: Sequence[Pair], since: str) -> Drift:
    """Return whether a marker's marks moved away from those agreed from the month `since` on (2026-11)."""
    own = [one for one in pairs if one.marker == marker]
    before = _alike(one for one in own if one.month < since)
    after = _alike(one for one in own if one.month >= since)
    if not before.of or not after.of:
        return Drift(marker, before, after, None, "")
    rise = difference(before, after)
    way = "" if rise.holds(0) else "together" if rise.low > 0 else "apart"
    return Drift(marker, before, after, rise, way)


def _alike(pairs: Iterable[Pair]) -> Proportion:
    same = [one.given == one.agreed for one in pairs]
    return Proportion(sum(same), len(same))
