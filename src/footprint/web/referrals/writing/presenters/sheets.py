"""A referral in words as pages show it: sheet by sheet, each value with where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import msgspec

from footprint.referrals.prefilling import Origin, still_standing
from footprint.referrals.referral import Referral
from footprint.referrals.sheets import Sheet, sheets

_TITLES: Final[Mapping[str, str]] = {
    "urgent": "In short",
    "child": "Child: {}",
    "voice": "The voice of {}",
    "household": "In the children’s lives: {}",
    "referrer": "Who refers",
}


class LineShown(NamedTuple):
    """A label, what was answered, and from whose record it was taken; "" where the writer wrote it."""

    label: str
    text: str
    origin: str


class SheetShown(NamedTuple):
    """One step in words, with a heading."""

    title: str
    lines: tuple[LineShown, ...]


def sheets_of(
    said: Referral, sector: str, levels: Mapping[str, str], filled: Mapping[str, Any]
) -> tuple[SheetShown, ...]:
    """Return all that was answered. A sheet without an answer is left out: what is blank stands among the gaps."""
    came = {(one.part, one.key, one.field): one.says for one in still_standing(said, origins_of(filled))}
    return tuple(
        SheetShown(
            _titled(sheet),
            tuple(
                LineShown(line.label, line.text, _origin(came, line.field, sheet.place.key))
                for line in sheet.said
            ),
        )
        for sheet in sheets(said, sector, levels)
        if sheet.said
    )


def origins_of(filled: Mapping[str, Any]) -> tuple[Origin, ...]:
    """Return where the values of a draft or a version came from."""
    return msgspec.convert(filled.get("origins", ()), tuple[Origin, ...])


def kept_origins(origins: tuple[Origin, ...]) -> dict[str, Any]:
    """Return the same as a draft keeps it."""
    return {"origins": msgspec.to_builtins(origins)}


def _titled(sheet: Sheet) -> str:
    """A heading for whoever reads; the form's own speak to whoever writes."""
    return _TITLES[sheet.step].format(sheet.of or "nobody named") if sheet.step in _TITLES else sheet.title


def _origin(came: Mapping[tuple[str, str, str], str], field: str, key: str) -> str:
    part, _, name = field.partition(".")
    return came.get((part, key, name), "") or came.get((part, "", name), "")
