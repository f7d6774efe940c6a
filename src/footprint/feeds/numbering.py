"""Which numbers of a feed were taken, and which leave no gap although they were not: told from its past deliveries."""

from __future__ import annotations

from typing import NamedTuple

from footprint.feeds.arrivals import Arrival
from footprint.feeds.generations import Generation


class Numbers(NamedTuple):
    """Numbers taken in any part, and numbers refused or rolled back, which may come again."""

    seen: frozenset[int]
    spoken_for: frozenset[int]


def numbers(current: Generation | None, history: list[Arrival]) -> Numbers:
    """Return the numbers that were taken, and those that were refused or rolled back and so leave no gap."""
    seen: set[int] = set()
    spoken: set[int] = set()
    if current and current.standing.sequence is not None:
        seen.add(current.standing.sequence)
    for arrival in history:
        if arrival.sequence is not None and arrival.counts and arrival.outcome != "parked":
            gone = arrival.outcome == "refused" or rolled_back(arrival, current)
            (spoken if gone else seen).add(arrival.sequence)
    return Numbers(frozenset(seen), frozenset(spoken))


def rolled_back(arrival: Arrival, current: Generation | None) -> bool:
    """Say whether what a delivery changed was taken back."""
    if arrival.resolved is not None and arrival.resolved.how == "rolled back":
        return True
    # A kill between the pointer and the note leaves the number of a generation that does not stand.
    return current is not None and arrival.generation > current.standing.number
