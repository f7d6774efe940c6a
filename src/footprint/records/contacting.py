"""Phones and e-mail addresses in one form, and which of them belong to one person.

A mobile or an e-mail address is personal; a landline belongs to a household. A switchboard, a filler or an address that
nobody reads is neither, and links nobody. Source of the ranges: Ofcom's National Telephone Numbering Plan.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from footprint.records.reading import Reading
from footprint.records.text import tidy

_NOT_FIGURES: Final = re.compile(r"[^0-9]")
_EXTENSION: Final = re.compile(r"(?:ext?\.?|extension|x)\s*[0-9]+\s*$", re.IGNORECASE)
_NATIONAL_ZERO: Final = re.compile(r"\(0\)")
_MOBILE: Final = re.compile(r"7[1-57-9][0-9]{8}")  # 70 is personal numbering, 76 pagers
_LANDLINE: Final = re.compile(r"[12][0-9]{8,9}|3[0-9]{9}")
_ABROAD: Final = re.compile(r"[1-9][0-9]{6,14}")
_EMAIL: Final = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
)
_NOBODYS_MAILBOX: Final = re.compile(
    r"^(?:no-?reply|do-?not-?reply|none|no-?email|noemail|na|unknown|notknown|test|example|admin|info|office|enquiries|"
    r"reception|mail|contact|safeguarding|headteacher|postmaster)(?:[0-9]*)@"
)
_NOBODYS_DOMAIN: Final = re.compile(r"@(?:none|nomail|noemail|invalid)\.|\.invalid$")


@lru_cache(maxsize=1 << 16)
def check_phone(text: str) -> Reading[str]:
    """Return the number as +44..., and why it reaches no one person or household ("" when it does).

    0121 496 0123, +44 (0)121 496 0123 and 0044121... are one number. A number abroad keeps its own country code.
    """
    said = tidy(text)
    if not said:
        return Reading("", "Nothing is written here.")
    plain = _NATIONAL_ZERO.sub("", _EXTENSION.sub("", said))
    number = _NOT_FIGURES.sub("", plain)
    if plain.lstrip().startswith("+") or number.startswith("00"):
        number = number.removeprefix("00")
        if not number.startswith("44"):
            return Reading(f"+{number}", "" if _ABROAD.fullmatch(number) else "This is not a phone number.")
        number = number.removeprefix("44")
    elif number.startswith("44") and len(number) == 12:
        number = number.removeprefix("44")
    number = number.lstrip("0")
    if not (_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number)):
        return Reading(
            f"+44{number}" if number else "", "This is not a phone number of a person or a household."
        )
    if len(set(number[2:])) == 1 or number[2:] in {"12345678", "23456789"}:
        return Reading(f"+44{number}", "This is a filler, no phone number.")
    return Reading(f"+44{number}")


def is_mobile(number: str) -> bool:
    """Say whether a number in the form that `check_phone` gives is a mobile; one abroad counts as personal too."""
    return (
        bool(_MOBILE.fullmatch(number.removeprefix("+44")))
        if number.startswith("+44")
        else number.startswith("+")
    )


@lru_cache(maxsize=1 << 16)
def check_email(text: str) -> Reading[str]:
    """Return the e-mail address in lower case, and why it is no one person's ("" when it is)."""
    said = "".join(tidy(text).lower().removeprefix("mailto:").split())
    if not said:
        return Reading("", "Nothing is written here.")
    if not _EMAIL.fullmatch(said):
        return Reading(said, "This is not an e-mail address.")
    if _NOBODYS_MAILBOX.search(said) or _NOBODYS_DOMAIN.search(said):
        return Reading(said, "This mailbox is shared or invented; it belongs to no one person.")
    return Reading(said)
