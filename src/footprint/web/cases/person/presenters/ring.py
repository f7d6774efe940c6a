"""Whom to ring, with every number in it ready to be tapped on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from footprint.answer.words import NONE_WRONG, Wrong
from footprint.records import DutyContact

# 999, 101 and 111, and British numbers as people write them. Not a part of a longer figure, such as a reference.
_NUMBER: Final = re.compile(r"(?<![\w/+-])(?:999|101|111|(?:\+44 ?|0)\d(?:[ -]?\d){7,9})(?![\w/-])")


_NOBODY: Final = DutyContact()


class Piece(NamedTuple):
    """A part of a sentence; `tel` is where it leads when it is a number, or empty."""

    text: str
    tel: str = ""


class Ring(NamedTuple):
    """A duty contact: who is there (worker and team), the number, its hours, and what to do outside them.

    `wrong` is said beside the number where somebody reported that it is, and nobody has found since that it is right.
    """

    who: str
    team: str
    phone: str
    tel: str
    hours: str
    fallback: tuple[Piece, ...]
    wrong: str = ""


def ring(contact: DutyContact, partner: str = "", wrong: Wrong = NONE_WRONG) -> Ring | None:
    """Return a contact as a page shows it, or None where there is nobody to ring."""
    return next(iter(rings([contact], partner, wrong)), None)


def rings(contacts: Iterable[DutyContact], partner: str = "", wrong: Wrong = NONE_WRONG) -> tuple[Ring, ...]:
    """Return each number once, with everybody who is to be asked for there, and whether it was reported wrong."""
    numbers: dict[tuple[str, str, str], list[DutyContact]] = {}
    for one in contacts:
        if one != _NOBODY:
            numbers.setdefault((one.phone, one.hours if one.phone else "", one.fallback), []).append(one)
    return tuple(
        Ring(
            who="; ".join(dict.fromkeys(filter(None, map(who, there)))),
            team=there[0].team,
            phone=phone,
            tel=tel(phone),
            hours=hours,
            fallback=pieces(fallback),
            wrong=wrong.get((partner, phone), ""),
        )
        for (phone, hours, fallback), there in numbers.items()
    )


def who(contact: DutyContact) -> str:
    """Return whom to ask for: the worker and the team, as far as they are named."""
    return ", ".join(filter(None, (contact.worker, contact.team)))


def tel(phone: str) -> str:
    """Return where a number leads that is tapped, or empty where this is no number."""
    dialled = re.sub(r"[^\d+]", "", phone)
    return f"tel:{dialled}" if len(dialled) >= 3 else ""


def pieces(text: str) -> tuple[Piece, ...]:
    """Return a sentence in parts, the numbers in it apart. The parts together are the sentence."""
    found: list[Piece] = []
    end = 0
    for number in _NUMBER.finditer(text):
        found += [Piece(text[end : number.start()]), Piece(number.group(), tel(number.group()))]
        end = number.end()
    return tuple(piece for piece in (*found, Piece(text[end:])) if piece.text)
