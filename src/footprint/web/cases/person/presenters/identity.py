"""Why these records are held to be one human being, and who else it might be: beside, never as one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from footprint.answer.values import Footprint, LinkView, PossibleOther
from footprint.web.cases.person.presenters.who import Mark, born, marks, note

#: What each rule of evidence asks for, as its author says it; a test holds the two together.
RULES: Final = {
    "E1": "the same checked number, an agreeing name and birthday",
    "E2": "the same names, birthday and home, and nobody else of that birthday known there",
    "E3": "an agreeing name and birthday, and two more facts of different kinds",
    "E4": "a data steward ruled that they are the same",
    "stayed": "they were one person before, and nothing speaks against it",
}
#: More others than this are a wall: the rest is folded.
MOST_OTHERS: Final = 4


class Why(NamedTuple):
    """One link: the two records, what agrees, by which rule, and the weight for whoever wants it."""

    records: str
    why: str
    rule: str
    weight: str


class Other(NamedTuple):
    """Somebody who may be the same human being: their records, and in `why` what agrees. A `note` stands in place of them.

    `same` leads to where one says that they are the same.
    """

    note: str
    name: str
    url: str
    born: str
    marks: tuple[Mark, ...]
    records: str
    why: str
    is_disputed: bool
    same: str


class Identity(NamedTuple):
    """`links` hold all records together, `further` are more links between them; `others` stand beside, `many` more of them."""

    records: tuple[str, ...]
    links: tuple[Why, ...]
    further: tuple[Why, ...]
    others: tuple[Other, ...]
    many: tuple[Other, ...]


def identity(answer: Footprint, urls: Mapping[str, str], same: Mapping[str, str]) -> Identity:
    """Return why this is one person and who else it might be.

    By a person's id `urls` leads to them, and `same` to where one says that they are this person.
    """
    names = {partner.partner: partner.name for partner in answer.partners}
    needed, further = spanning(answer.links)
    others = [_other(one, names, urls, same.get(one.person_id, "")) for one in answer.possible]
    return Identity(
        records=tuple(called(key, names) for partner in answer.partners for key in partner.records),
        links=tuple(_why(link, names) for link in needed),
        further=tuple(_why(link, names) for link in further),
        others=tuple(others[:MOST_OTHERS]),
        many=tuple(others[MOST_OTHERS:]),
    )


def spanning(links: Sequence[LinkView]) -> tuple[list[LinkView], list[LinkView]]:
    """Return the strongest links that hold everything together, and those without which it would hold too."""
    groups: dict[str, set[str]] = {}
    needed, further = [], []
    for link in sorted(links, key=lambda link: -link.weight):
        one = groups.setdefault(link.one, {link.one})
        other = groups.setdefault(link.other, {link.other})
        if one is other:
            further.append(link)
            continue
        needed.append(link)
        one |= other
        groups.update(dict.fromkeys(other, one))
    return needed, further


def called(key: str, names: Mapping[str, str]) -> str:
    """Return a record as people name it on the telephone: the partner, and the partner's own number."""
    partner, _, rest = key.partition("/")
    return f"{names.get(partner, partner)} {rest.rpartition('/')[2]}"


def _why(link: LinkView, names: Mapping[str, str]) -> Why:
    return Why(
        records=f"{called(link.one, names)} and {called(link.other, names)}",
        why="; ".join(link.why),
        rule=f"{link.rule}: {RULES[link.rule]}" if link.rule in RULES else link.rule,
        weight=f"{link.weight:g} bits",
    )


def _other(other: PossibleOther, names: Mapping[str, str], urls: Mapping[str, str], same: str) -> Other:
    return Other(
        note=note(other.standing),
        name=other.name,
        url=urls.get(other.person_id, ""),
        born=born(other.birth, other.age),
        marks=marks(other.standing, died=other.died, is_child=other.is_child, unborn=other.unborn),
        records=", ".join(called(key, names) for key in other.records),
        why="; ".join(other.why),
        is_disputed=other.disputed,
        same=same if other.standing == "open" else "",
    )
