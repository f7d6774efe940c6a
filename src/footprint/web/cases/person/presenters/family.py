"""Household and family: each line decided on its own, children first, with the way to their own footprint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from footprint.answer.values import Footprint, PerhapsBaby, Relative
from footprint.web.cases.person.presenters.statements import said
from footprint.web.cases.person.presenters.who import Mark, born, marks, note

_KINDS: Final = {
    "household": "at the same home",
    "step-parent": "step-parent",
    "half-sibling": "half-sibling",
    "contact": "emergency contact",
}
_OLD_HOME: Final = "at what may be an old home"
#: More than these are folded; children stand before them.
MOST_KIN: Final = 10


class Kin(NamedTuple):
    """One person of the household or family; `url` is empty where only a name was said. A `note` stands in place of them.

    `remark` says that they may be no other person than the one the page is about.
    """

    note: str
    name: str
    url: str
    born: str
    marks: tuple[Mark, ...]
    relation: str
    said_by: str
    remark: str = ""


class Family(NamedTuple):
    """Household and family, children first; `more` of them are folded."""

    kin: tuple[Kin, ...]
    more: tuple[Kin, ...]


class Baby(NamedTuple):
    """A newborn who may be this expected child, or the other way round."""

    sentence: str
    name: str
    url: str


def family(answer: Footprint, urls: Mapping[str, str]) -> Family:
    """Return everybody of the family and household, children first and last who may live at an old home; `urls` by id."""
    ordered = sorted(answer.relatives, key=lambda one: (one.is_of_old_home, not one.is_child))
    kin = tuple(_kin(one, urls, answer.day) for one in ordered)
    return Family(kin[:MOST_KIN], kin[MOST_KIN:])


def babies(answer: Footprint, urls: Mapping[str, str]) -> tuple[Baby, ...]:
    """Return who may be the baby that this is about."""
    return tuple(_baby(one, urls) for one in answer.perhaps_baby)


def _kin(relative: Relative, urls: Mapping[str, str], day: str) -> Kin:
    kinds = [_KINDS.get(kind, kind.replace("-", " ")) for kind in relative.kind.split(", ")]
    relation = _OLD_HOME if relative.is_of_old_home else ", ".join(kinds)
    return Kin(
        note=note(relative.standing),
        name=relative.name,
        url=urls.get(relative.person_id, ""),
        born=born(relative.birth, relative.age),
        marks=marks(
            relative.standing, died=relative.died, is_child=relative.is_child, unborn=relative.unborn
        ),
        relation=f"{relation[:1].upper()}{relation[1:]}",
        said_by=said(relative.said_by, day),
        remark=relative.remark,
    )


def _baby(baby: PerhapsBaby, urls: Mapping[str, str]) -> Baby:
    return Baby(baby.sentence, baby.name, urls.get(baby.person_id, ""))
