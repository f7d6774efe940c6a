"""Addresses written in lines, parted into the fields of `Address` in the words in which they were written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from footprint.records.address_tables import (
    BLOCKS,
    COUNTIES,
    NO_FIXED_ABODE,
    NO_FIXED_ABODE_POSTCODE,
    SITES,
    STREET_TYPES,
)
from footprint.records.addressing import Line, read_line, short
from footprint.records.person import Address
from footprint.records.postcodes import check_postcode, find_postcode
from footprint.records.text import fold, tidy

_CARE_OF: Final = re.compile(r"^(?:c/o|care of)\b", re.IGNORECASE)
_BREAKS: Final = re.compile(r"[\n\r;|]+")
_COMPASS: Final = frozenset("n s e w".split())


def parse_address(
    lines: str | Sequence[str], *, postcode: str = "", uprn: str = "", use: str = "home"
) -> Address:
    """Return an address in one line or several as fields.

    Reads "Flat 3, 12 High St, Walsall WS1 1AA", "12A High Street", "Apt 2 Rowan Court, Mill Lane", "Pitch 4, Willow Lane
    Site", "NFA". What has no field of its own goes to `locality`. A postcode given apart wins over one in a line.
    """
    text = tidy(_BREAKS.sub(", ", lines if isinstance(lines, str) else ", ".join(lines)))
    given = postcode.strip()
    found, text = ("", text) if given else find_postcode(text)
    pieces = [tidy(piece) for piece in text.split(",") if fold(piece)]
    checked = check_postcode(given)
    code = (given if checked.reason else checked.value) or found
    said = [piece for piece in pieces if fold(piece) not in NO_FIXED_ABODE]
    homeless = len(said) < len(pieces) or code.replace(" ", "") == NO_FIXED_ABODE_POSTCODE
    sorter = _Sorter()
    for place, piece in enumerate(said):
        sorter.take(piece, said[place + 1 :])
    return sorter.address(postcode=code, uprn=uprn.strip(), use=use, no_fixed_abode=homeless)


class _Sorter:
    """Puts the pieces of one address into fields, one after the other, looking at what is still to come."""

    def __init__(self) -> None:
        self.flat = self.building = self.number = self.street = ""
        self.around: list[str] = []
        self.aside: list[str] = []

    def take(self, piece: str, coming: list[str]) -> None:
        if _CARE_OF.match(piece):
            self.aside.append(piece)
        elif self.street:
            self.around.append(piece)
        else:
            self._take_home(piece, coming)

    def _take_home(self, piece: str, coming: list[str]) -> None:
        line = read_line(piece)
        head, tail = _part_words(piece, line.rest)
        if line.flat:
            self._take_flat(head, line)
        elif line.number:
            self._take_number(head, line, coming)
        if tail:
            self._take_words(tail, line, coming)

    def _take_flat(self, head: str, line: Line) -> None:
        flat, number = _part_flat(head, line)
        for name, said in (("flat", flat), ("number", number)):
            if getattr(self, name) and said:
                self.around.append(said)
            elif said:
                setattr(self, name, said)

    def _take_number(self, head: str, line: Line, coming: list[str]) -> None:
        if line.rest and _is_block(line.rest) and any(map(_is_street, coming)) and not self.flat:
            self.flat = head  # "2 Rowan Court, Mill Lane"
        elif self.number and not self.flat:
            self.flat, self.number = self.number, head  # "3, 12 High Street"
        elif self.number:
            self.around.append(head)
        else:
            self.number = head

    def _take_words(self, tail: str, line: Line, coming: list[str]) -> None:
        more_to_come = any(map(_is_street, coming))
        named = not self.number and (not _has_street_word(line.rest) or _is_site(line.rest))
        if named or (_is_block(line.rest) and more_to_come):
            if self.building or not (coming or self.flat or _is_block(line.rest) or _is_site(line.rest)):
                self.around.append(tail)
            else:
                self.building = tail
            return
        self.street, left = _part_street(tail) if not coming else (tail, "")
        if left:
            self.around.append(left)

    def address(self, **known: object) -> Address:
        towns = [piece for piece in self.around if fold(piece) not in COUNTIES]
        town = towns.pop() if towns else ""
        counties = [piece for piece in self.around if fold(piece) in COUNTIES]
        fields = {
            "flat": self.flat,
            "building": self.building,
            "number": self.number,
            "street": self.street,
            "locality": ", ".join([*self.aside, *towns, *counties]),
            "town": town,
        }
        return Address(**fields, **known)  # type: ignore[arg-type]


def _part_words(piece: str, rest: str) -> tuple[str, str]:
    """Part a piece as written into what was read as flat or number and what was not."""
    found = piece.split()
    for place in range(len(found) + 1):
        if short(fold(" ".join(found[place:])).split()) == rest:
            return " ".join(found[:place]), " ".join(found[place:])
    return "", piece


def _part_flat(head: str, line: Line) -> tuple[str, str]:
    """Part "Flat 3 12" and "3/12" into flat and number."""
    if not line.number:
        return head, ""
    flat, _, number = head.replace("/", " ").rpartition(" ")
    return (flat, number) if flat else (line.flat, line.number)


def _part_street(text: str) -> tuple[str, str]:
    """Part "High Street Walsall" after the last word that closes a street's name, where no comma says where it ends."""
    found = text.split()
    shortened = [short([fold(word)]) for word in found]
    for place in range(len(found) - 1, 0, -1):
        if shortened[place] in STREET_TYPES:
            end = place + 1
            while end < len(found) and shortened[end] in _COMPASS:
                end += 1
            return " ".join(found[:end]), " ".join(found[end:])
    return text, ""


def _has_street_word(rest: str) -> bool:
    return any(word in STREET_TYPES for word in rest.split()[1:])


def _is_block(rest: str) -> bool:
    return len(rest.split()) > 1 and rest.rpartition(" ")[2] in BLOCKS


def _is_site(rest: str) -> bool:
    return rest.rpartition(" ")[2] in SITES


def _is_street(piece: str) -> bool:
    line = read_line(piece)
    return bool(line.rest) and (_has_street_word(line.rest) or bool(line.number and not line.flat))
