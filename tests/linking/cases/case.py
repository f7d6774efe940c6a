"""What a case is: what partners say of a few people, and what is expected of each pair of their records."""

from __future__ import annotations

from itertools import combinations
from typing import Any, NamedTuple

Words = tuple[tuple[str, ...], dict[str, Any]]


class Case(NamedTuple):
    """A case: its title, what partners say, what is expected of pairs, and what stewards ruled of pairs.

    `expected` reads "a b E2; one too/other possible": two labels, with a slash between where they have spaces, and the
    rule that joins them, `together` (through other records), `possible`, or `apart`, which need not be said.
    """

    title: str
    records: dict[str, Words]
    expected: str
    rulings: tuple[tuple[str, str, str], ...] = ()

    def outcomes(self) -> dict[frozenset[str], str]:
        """Return the expected outcome of every pair of labels."""
        outcomes = dict.fromkeys(map(frozenset, combinations(self.records, 2)), "apart")
        for line in filter(None, map(str.strip, self.expected.split(";"))):
            pair, _, outcome = line.rpartition(" ")
            labels = frozenset(pair.split("/") if "/" in pair else pair.split(" "))
            assert labels in outcomes, f"{pair} names no two records of the case."
            outcomes[labels] = outcome
        return outcomes


def said(*words: str, **more: Any) -> Words:
    """Return what a partner says, in the words of `said.Place.said`."""
    return words, more


def crowd(partner: str, count: int, **more: Any) -> dict[str, Words]:
    """Return `count` people of whom no two have a name or a birthday in common."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {
        f"person {n}": said(
            partner, f"{letters[n] * 4} / {letters[-1 - n] * 5}", f"{1990 + n}-06-{n + 1:02}", **more
        )
        for n in range(count)
    }
