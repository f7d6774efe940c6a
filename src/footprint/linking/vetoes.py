"""The vetoes between any two records of one person-to-be, in plain Python.

Evidence judges the pairs that were compared; a person is the closure of such pairs, and two records that were never
compared may meet in it through a third. So each merge asks here, for every pair across it, whether anything forbids it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from footprint.linking.evidence import GENERATION_YEARS


class Card(msgspec.Struct, frozen=True):
    """What a veto must know of one record. `numbers` are its valid strong numbers by scheme, superseded ones left out."""

    key: str
    partner: str
    birth: str
    birth_year: int
    given: str
    given_forms: frozenset[str]
    homes: frozenset[str]
    numbers: dict[str, frozenset[str]]


def _different_numbers(a: Card, b: Card) -> bool:
    return any(
        values and a.numbers[scheme] and values.isdisjoint(a.numbers[scheme]) for scheme, values in b.numbers.items()
    )


def _generation(a: Card, b: Card) -> bool:
    return bool(a.birth_year and b.birth_year and abs(a.birth_year - b.birth_year) >= GENERATION_YEARS)


def _strangers(a: Card, b: Card) -> bool:
    """Say whether given name and birthday both differ outright: nobody's chain of evidence makes those one person."""
    return bool(
        a.given_forms
        and b.given_forms
        and a.given_forms.isdisjoint(b.given_forms)
        and a.birth
        and b.birth
        and a.birth != b.birth
        and _parts_shared(a.birth, b.birth) < 2
    )


def _parts_shared(one: str, other: str) -> int:
    return sum(p == q for p, q in zip(one.split("-"), other.split("-"), strict=True))


def _sibling(a: Card, b: Card) -> bool:
    return bool(
        a.birth
        and a.birth == b.birth
        and a.given_forms
        and b.given_forms
        and a.given_forms.isdisjoint(b.given_forms)
        and not a.homes.isdisjoint(b.homes)
        and not _slip(a.given, b.given)
    )


def _slip(one: str, other: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other, score_cutoff=2) <= (2 if sorted(one) == sorted(other) else 1)


def forbids(a: Card, b: Card, unique_partners: frozenset[str]) -> str:
    """Return the name of the veto that keeps two records apart, or an empty string."""
    if _different_numbers(a, b):
        return "numbers"
    if a.partner == b.partner and a.partner in unique_partners:
        return "one id"
    if _generation(a, b):
        return "generation"
    if _sibling(a, b):
        return "sibling"
    return "strangers" if _strangers(a, b) else ""


def forbids_any(left: Iterable[Card], right: Iterable[Card], unique_partners: frozenset[str]) -> str:
    """Return the first veto between any record of `left` and any of `right`, or an empty string."""
    others = list(right)
    for a in left:
        for b in others:
            if name := forbids(a, b, unique_partners):
                return name
    return ""
