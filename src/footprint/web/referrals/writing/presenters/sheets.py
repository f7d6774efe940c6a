"""A referral in words as pages show it: sheet by sheet, each value with where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import msgspec

from footprint.answer import words
from footprint.referrals.fields import FIELDS, Kind
from footprint.referrals.prefilling import Origin, still_standing
from footprint.referrals.referral import Referral
from footprint.referrals.sheets import Sheet, sheets
from footprint.web.design.words import moment

msgspec.json.Decoder(tuple[Origin, ...])  # met by one thread, while this is imported

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
                LineShown(
                    _label(line.label),
                    in_words(line.field, line.text),
                    _origin(came, line.field, sheet.place.key),
                )
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


def came_from(partner: str, on: str) -> str:
    """Return whose word a value is, and as of which day."""
    return f"From {partner}, as of {words.day(on)}" if on else f"From {partner}"


def in_words(field: str, text: str) -> str:
    """Return an answer with its date or time as people read it; one that is not known, or known in part, as it stands."""
    kind = FIELDS[field].kind if field in FIELDS else Kind.LINE
    if kind is Kind.DATE:
        return words.day(text)
    try:
        return moment(text) if kind is Kind.MOMENT else text
    except (ValueError, OverflowError):
        return text


def _label(label: str) -> str:
    """A label for whoever reads: what is "Your name" to the writer is the writer's."""
    return label.removeprefix("Your ").capitalize() if label.startswith("Your ") else label


def _titled(sheet: Sheet) -> str:
    """A heading for whoever reads; the form's own speak to whoever writes."""
    return _TITLES[sheet.step].format(sheet.of or "nobody named") if sheet.step in _TITLES else sheet.title


def _origin(came: Mapping[tuple[str, str, str], str], field: str, key: str) -> str:
    part, _, name = field.partition(".")
    return came.get((part, key, name), "") or came.get((part, "", name), "")
