"""Whom to ring, with every number in it ready to be tapped on a phone."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from footprint.records import DutyContact

# 999, 101 and 111, and British numbers as people write them. Not a part of a longer figure, such as a reference.
_NUMBER: Final = re.compile(r"(?<![\w/+-])(?:999|101|111|(?:\+44 ?|0)\d(?:[ -]?\d){7,11})(?![\w/-])")


class Piece(NamedTuple):
    """A part of a sentence; `tel` is where it leads when it is a number, or empty."""

    text: str
    tel: str = ""


class Ring(NamedTuple):
    """A duty contact: the worker and team, the number, its hours, and what to do outside them."""

    worker: str
    team: str
    phone: str
    tel: str
    hours: str
    fallback: tuple[Piece, ...]


def ring(contact: DutyContact) -> Ring | None:
    """Return a contact as a page shows it, or None where there is nobody to ring."""
    if not any((contact.worker, contact.team, contact.phone, contact.fallback)):
        return None
    return Ring(
        worker=contact.worker,
        team=contact.team,
        phone=contact.phone,
        tel=tel(contact.phone),
        hours=contact.hours if contact.phone else "",
        fallback=pieces(contact.fallback),
    )


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
