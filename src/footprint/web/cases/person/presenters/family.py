"""Household and family: each line decided on its own, children first, with the way to their own footprint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from footprint.answer.values import Footprint, PerhapsBaby, Relative
from footprint.web.cases.person.presenters.statements import said
from footprint.web.cases.person.presenters.who import Mark, born, marks

_KINDS: Final = {"household": "At the same home"}


class Kin(NamedTuple):
    """One person of the household or family; `url` is empty where only a name was said."""

    name: str
    url: str
    born: str
    marks: tuple[Mark, ...]
    relation: str
    said_by: str


class Baby(NamedTuple):
    """A newborn who may be this expected child, or the other way round."""

    sentence: str
    name: str
    url: str


def family(answer: Footprint, urls: Mapping[str, str]) -> tuple[Kin, ...]:
    """Return everybody of the family and household, children first; `urls` leads to people by their id."""
    ordered = sorted(answer.relatives, key=lambda one: not one.is_child)
    return tuple(_kin(one, urls) for one in ordered)


def babies(answer: Footprint, urls: Mapping[str, str]) -> tuple[Baby, ...]:
    """Return who may be the baby that this is about."""
    return tuple(_baby(one, urls) for one in answer.perhaps_baby)


def _kin(relative: Relative, urls: Mapping[str, str]) -> Kin:
    relation = _KINDS.get(relative.kind, relative.kind)
    return Kin(
        name=relative.name,
        url=urls.get(relative.person_id, ""),
        born=born(relative.birth, relative.age),
        marks=marks(
            relative.standing, died=relative.died, is_child=relative.is_child, unborn=relative.unborn
        ),
        relation=f"{relation[:1].upper()}{relation[1:]}",
        said_by=said(relative.said_by),
    )


def _baby(baby: PerhapsBaby, urls: Mapping[str, str]) -> Baby:
    return Baby(baby.sentence, baby.name, urls.get(baby.person_id, ""))
