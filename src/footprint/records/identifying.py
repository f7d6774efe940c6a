"""Numbers by which somebody knows a person, a school or a place: their normal forms and their checks, one row a scheme.

Sources: NHS Data Dictionary; DfE guides to the UPN and to the CIN census 2024-25; the Learning Records Service on the ULN;
the Police National Computer's check letter (PNC id and CRO number share it); Ordnance Survey on the UPRN.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength, ValidationError
from stdnum.gb import nhs, upn

from footprint.records.reading import Reading
from footprint.records.text import tidy

_NOT_ALPHANUMERIC: Final = re.compile(r"[^A-Z0-9]")
_NOT_FIGURES_OR_SLASH: Final = re.compile(r"[^A-Z0-9/]")
_PNC_LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"
_NATIONAL_INSURANCE: Final = re.compile(
    r"^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]?$"
)


@lru_cache(maxsize=1 << 16)
def check(scheme: str, text: str) -> Reading[str]:
    """Return the normal form of an identifier, and why it must not be compared ("" when it may).

    The normal form is given even with a reason, to be kept and shown. A scheme without a check of its own, and a reference
    of another partner ("PARTNER/SCHEME"), gives its text in capitals without spaces.
    """
    said = tidy(text).upper()
    if not said:
        return Reading("", "Nothing is written here.")
    rule = CHECKS.get(scheme)
    return rule(said) if rule else Reading("".join(said.split()))


def _compact(said: str) -> str:
    return _NOT_ALPHANUMERIC.sub("", said)


def _one_figure(number: str) -> bool:
    """Say whether the number is one figure repeated, as people type to get past a required field."""
    return len(set(number)) == 1


def _nhs(said: str) -> Reading[str]:
    number = _compact(said)
    if _one_figure(number):
        return Reading(number, "This is a filler, no NHS number.")
    try:
        return Reading(nhs.validate(number))
    except InvalidChecksum:
        return Reading(
            number, "The check digit of this NHS number is wrong: a figure is mistyped or missing."
        )
    except ValidationError:
        return Reading(number, "An NHS number has ten figures.")


def _upn(said: str) -> Reading[str]:
    number = _compact(said)
    try:
        upn.validate(number)
    except InvalidComponent:
        # The library's list of authorities ends in 2011; the check letter still tells a mistype from a newer council.
        if upn.calc_check_digit(number[1:]) != number[0]:
            return Reading(number, "The check letter of this UPN is wrong: a character is mistyped.")
    except InvalidChecksum:
        return Reading(number, "The check letter of this UPN is wrong: a character is mistyped.")
    except InvalidLength:
        return Reading(number, "A UPN has thirteen characters.")
    except ValidationError:
        return Reading(number, "A UPN is a letter and twelve figures.")
    if number[-1].isalpha():
        return Reading(number, "This is a temporary UPN: two schools may hold different ones for one pupil.")
    return Reading(number)


def _pnc(said: str) -> Reading[str]:
    """Read 2001/1234567A, 01/1234567A and 20011234567A as YYYY/NNNNNNNL; two-figure years from 50 are the last century's."""
    plain = _NOT_FIGURES_OR_SLASH.sub("", said)
    found = re.fullmatch(r"(\d{4}|\d{2})/(\d{1,7})([A-Z])", plain) or re.fullmatch(
        r"(\d{4}|\d{2})(\d{7})([A-Z])", plain
    )
    if not found:
        return Reading(plain, "A PNC id reads YYYY/NNNNNNN and a letter.")
    year, serial, letter = found[1], found[2].zfill(7), found[3]
    if len(year) == 2:
        year = f"{'19' if year >= '50' else '20'}{year}"
    return _lettered(f"{year}/{serial}{letter}", year[2:] + serial, letter, "PNC id")


def _cro(said: str) -> Reading[str]:
    """Read 123456/99X and SF99/123456X; the letter is worked out from year and serial as the PNC id's is."""
    plain = _NOT_FIGURES_OR_SLASH.sub("", said)
    if found := re.fullmatch(r"SF(\d{2})/(\d{1,6})([A-Z])", plain):
        return _lettered(f"SF{found[1]}/{found[2]}{found[3]}", found[1] + found[2], found[3], "CRO number")
    if found := re.fullmatch(r"(\d{1,6})/(\d{2})([A-Z])", plain):
        serial = found[1].zfill(6)
        return _lettered(f"{serial}/{found[2]}{found[3]}", found[2] + serial, found[3], "CRO number")
    return Reading(plain, "A CRO number reads NNNNNN/YY and a letter, or SFYY/NNNNNN and a letter.")


def _lettered(normal: str, figures: str, letter: str, what: str) -> Reading[str]:
    if _PNC_LETTERS[int(figures) % 23] == letter:
        return Reading(normal)
    return Reading(normal, f"The check letter of this {what} is wrong: a character is mistyped.")


def _uln(said: str) -> Reading[str]:
    number = _compact(said)
    if not re.fullmatch(r"[0-9]{10}", number):
        return Reading(number, "A ULN has ten figures.")
    remainder = (
        sum(int(figure) * weight for figure, weight in zip(number, range(10, 1, -1), strict=False)) % 11
    )
    if remainder == 0 or _one_figure(number) or 10 - remainder != int(number[-1]):
        return Reading(number, "The check digit of this ULN is wrong: a figure is mistyped.")
    return Reading(number)


def _national_insurance(said: str) -> Reading[str]:
    number = _compact(said)
    if not _NATIONAL_INSURANCE.match(number):
        return Reading(number, "A National Insurance number is two letters, six figures and A, B, C or D.")
    return Reading(number[:8])  # the last letter says when contributions were due, and is often left out


def _uprn(said: str) -> Reading[str]:
    number = said.removesuffix(".0").lstrip("+-#'").replace(" ", "")
    if not re.fullmatch(r"[0-9]{1,12}", number):
        return Reading(number, "A UPRN has at most twelve figures and nothing else.")
    if not number.strip("0") or (len(number) > 3 and _one_figure(number)):
        return Reading(number, "This is a filler, no UPRN.")
    return Reading(number)


def _figures(count: int, what: str) -> Callable[[str], Reading[str]]:
    def rule(said: str) -> Reading[str]:
        number = _compact(said)
        if len(number) != count or not (number.isdecimal() and number.isascii()):
            return Reading(number, f"{what} has {count} figures.")
        return Reading(
            number, f"This is a filler, no {what.removeprefix('A ')}." if _one_figure(number) else ""
        )

    return rule


def _pattern(expression: str, sentence: str) -> Callable[[str], Reading[str]]:
    pattern = re.compile(expression)

    def rule(said: str) -> Reading[str]:
        code = _compact(said)
        return Reading(code, "" if pattern.fullmatch(code) else sentence)

    return rule


CHECKS: Final[dict[str, Callable[[str], Reading[str]]]] = {
    "nhs": _nhs,
    "upn": _upn,
    "former-upn": _upn,
    "pnc": _pnc,
    "cro": _cro,
    "uln": _uln,
    "national-insurance": _national_insurance,
    "la-child-id": _pattern(
        r"[A-Z0-9]{1,20}", "A council's child id has at most twenty letters and figures."
    ),
    "urn": _figures(6, "A URN"),
    "laestab": _figures(7, "A LAESTAB"),  # 335/2001 and 335 2001 are 3352001
    "ods": _pattern(r"[A-Z0-9]{3,10}", "An ODS code has three to ten letters and figures."),
    "uprn": _uprn,
    "usrn": _figures(8, "A USRN"),
}
