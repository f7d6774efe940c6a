"""Postcodes: whether a text is one, and its normal form. Source: the pattern that government publishes, BFPO included."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from footprint.records.address_tables import PSEUDO_POSTCODES
from footprint.records.reading import Reading
from footprint.records.text import tidy

_NOT_ALPHANUMERIC: Final = re.compile(r"[^A-Z0-9]")
_OUTWARD: Final = r"(?:GIR(?=0AA)|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]|[A-HK-Y][0-9](?:[0-9]|[ABEHMNPRV-Y])|[0-9][A-HJKPS-UW]))"
_POSTCODE: Final = re.compile(rf"({_OUTWARD})([0-9][ABD-HJLNP-UW-Z]{{2}})")
_BFPO: Final = re.compile(r"BFPO(?:C/?O)?([0-9]{1,4})")
_IN_TEXT: Final = re.compile(
    r"\b(BFPO\s?[0-9]{1,4}|ZZ99\s?[0-9][A-Z]{2}|[A-Z]{1,2}[0-9][A-Z0-9]?\s{0,2}[0-9OI][A-Z]{2})\b",
    re.IGNORECASE,
)
# In the inward part only a figure may stand first: the letter O or I there is a mistyped 0 or 1.
_FIGURES_FOR_LETTERS: Final = str.maketrans("OI", "01")


@lru_cache(maxsize=1 << 16)
def check_postcode(text: str) -> Reading[str]:
    """Return the postcode as "WS1 1AA", and why it places nobody ("" when it does).

    Reads any spacing, case and stray marks, and O for 0 where only a figure can stand. "BFPO 58" is a postcode.
    ZZ99 codes are the health service's own for places without one: given back with a reason.
    """
    plain = _NOT_ALPHANUMERIC.sub("", tidy(text).upper())
    if not plain:
        return Reading("", "Nothing is written here.")
    if plain.startswith(PSEUDO_POSTCODES) and len(plain) == 7:
        return Reading(f"{plain[:4]} {plain[4:]}", "This is a stand-in for a place without a postcode.")
    if bfpo := _BFPO.fullmatch(plain):
        return Reading(f"BFPO {bfpo[1]}")
    repaired = plain[:-3] + plain[-3:-2].translate(_FIGURES_FOR_LETTERS) + plain[-2:]
    if found := _POSTCODE.fullmatch(repaired):
        return Reading(f"{found[1]} {found[2]}")
    return Reading(plain, "This is not a postcode. Write it like WS1 1AA.")


def find_postcode(text: str) -> tuple[str, str]:
    """Return the last postcode that stands in a text, in its normal form, and the text without it; or "" and the text."""
    for found in reversed(list(_IN_TEXT.finditer(text))):
        postcode = check_postcode(found[1])
        if not postcode.reason or postcode.value.startswith(PSEUDO_POSTCODES):
            return postcode.value, tidy(f"{text[: found.start()]} {text[found.end() :]}").strip(" ,")
    return "", text
