"""The vetoes between any two records of one person-to-be, in plain Python.

Evidence judges the pairs that were compared; a person is the closure of such pairs, and two records that were never
compared may meet in it through a third. So each merge asks here, for every pair across it, whether anything forbids it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from footprint.linking.facts import GENERATION_YEARS
from footprint.linking.given import GivenName, unlike

# The parts of a date that two birthdays must share to be one birthday, one part of it wrong.
_PARTS_SHARED = 2


class Card(msgspec.Struct, frozen=True):
    """What a veto must know of one record.

    `birth` is its whole birthday (YYYY-MM-DD) or empty, `births` all that are known to be this person's, without those
    that systems write when nobody knew; `numbers` its live strong numbers by scheme. What a steward's *same* ties together
    shares `births` and `aliases` (see `tied`): somebody known under two names and two birthdays remains one person.
    """

    key: str
    partner: str
    birth: str
    birth_year: int
    name: GivenName
    homes: frozenset[str]
    numbers: dict[str, frozenset[str]]
    births: frozenset[str] = frozenset()
    aliases: tuple[GivenName, ...] = ()


def _different_numbers(a: Card, b: Card) -> bool:
    return any(
        values and a.numbers[scheme] and values.isdisjoint(a.numbers[scheme])
        for scheme, values in b.numbers.items()
    )


def _generation(a: Card, b: Card) -> bool:
    return bool(a.birth_year and b.birth_year and abs(a.birth_year - b.birth_year) >= GENERATION_YEARS)


def _sibling(a: Card, b: Card) -> bool:
    return bool(a.birth and a.birth == b.birth and not a.homes.isdisjoint(b.homes) and unlike(a.name, b.name))


def _strangers(a: Card, b: Card) -> bool:
    """Say whether no chain of evidence can make these one person: two parts of the birthday differ, or one and the name."""
    if not (a.births and b.births) or not a.births.isdisjoint(b.births):
        return False
    if not any(_one_part_off(one, other) for one in a.births for other in b.births):
        return True
    return all(unlike(one, other) for one in (a.name, *a.aliases) for other in (b.name, *b.aliases))


def _one_part_off(one: str, other: str) -> bool:
    """Say whether one part of a date differs, or day and month have changed places."""
    a, b = one.split("-"), other.split("-")
    return sum(p == q for p, q in zip(a, b, strict=True)) >= _PARTS_SHARED or [a[0], a[2], a[1]] == b


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
    ones, others = _as_ruled(list(left)), _as_ruled(list(right))
    for a in ones:
        for b in others:
            if name := forbids(a, b, unique_partners):
                return name
    return ""


def tied(cards: Sequence[Card]) -> list[Card]:
    """Return the cards of records that a steward ruled one person, each with the birthdays and names of all."""
    births = frozenset[str]().union(*(card.births for card in cards))
    names = tuple(card.name for card in cards)
    return [msgspec.structs.replace(card, births=births, aliases=names) for card in cards]


def _as_ruled(group: list[Card]) -> list[Card]:
    """Return the cards of one person-to-be: under what a steward ruled of some, all of them are known."""
    ruled = [card for card in group if card.aliases]
    if not ruled:
        return group
    births = frozenset[str]().union(*(card.births for card in ruled))
    names = tuple(name for card in ruled for name in card.aliases)
    return [
        msgspec.structs.replace(card, births=card.births | births, aliases=names) if card.births else card
        for card in group
    ]
