"""Texts of a force's file as canonical texts, one reader a kind of field. What cannot be read says why, and never repeats it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from footprint.referrals.codes import NO_VIDEO
from footprint.referrals.footage_contract import FIELDS, Kind
from footprint.referrals.import_values import UnreadValue, read_moment
from footprint.referrals.missing import folded

_REFERENCE: Final = re.compile(r"[^\W_][\w ./:#()-]{0,59}")
_NAME: Final = re.compile(r"[^\W_][\w .,&'’/()-]{0,118}")
_CODE: Final = re.compile(r"[\w .-]{1,40}")
_MOST_CHILDREN: Final = 50
_YES: Final = frozenset({"yes", "y", "true", "1"})
_NO: Final = frozenset({"no", "n", "false", "0"})
_EARLIEST: Final = 2015


def read_footage_value(field: str, text: str) -> str:
    """Return the canonical text of a field that says something, instants in UTC. Raises UnreadValue."""
    return _READERS[FIELDS[field].kind](field, text)


def _reference(_field: str, text: str) -> str:
    if not _REFERENCE.fullmatch(text) or "://" in text or not folded(text):
        raise UnreadValue(
            "this is no reference. Give it in at most 60 letters, figures and . / - : #, without an address or words."
        )
    return text


def _name(_field: str, text: str) -> str:
    if not _NAME.fullmatch(text):
        raise UnreadValue("this is no team's name. Give it in at most 119 plain letters and figures.")
    return text


def _code(field: str, text: str) -> str:
    if field == "no_video" and text not in NO_VIDEO:
        raise UnreadValue(
            f"this code is not known. Say in the contract which of these it means: {', '.join(NO_VIDEO)}."
        )
    if not _CODE.fullmatch(text):
        raise UnreadValue("this is no code. Give it in at most 40 letters and figures.")
    return text


def _moment(_field: str, text: str) -> str:
    if ":" not in text:
        raise UnreadValue("this is no date with a time. Write it as 2026-11-23T21:40 or 23/11/2026 21:40.")
    moment = read_moment(text)
    if not _EARLIEST <= moment.year < 2200:
        raise UnreadValue("nothing was recorded in this year. Correct the date.")
    return moment.astimezone(dt.UTC).replace(microsecond=0).isoformat()


def _count(_field: str, text: str) -> str:
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) <= _MOST_CHILDREN):
        raise UnreadValue(f"this is no number of children from 0 to {_MOST_CHILDREN}.")
    return str(int(text))


def _yes_no(_field: str, text: str) -> str:
    said = text.casefold()
    if said not in _YES | _NO:
        raise UnreadValue("this is neither yes nor no. Write one of the two, or leave it empty.")
    return "yes" if said in _YES else "no"


def _kept(field: str, text: str) -> str:
    return _yes_no(field, text) if text.casefold() in _YES | _NO else _moment(field, text)


_READERS: Final[Mapping[Kind, Callable[[str, str], str]]] = MappingProxyType(
    {
        Kind.REFERENCE: _reference,
        Kind.NAME: _name,
        Kind.CODE: _code,
        Kind.MOMENT: _moment,
        Kind.COUNT: _count,
        Kind.YES_NO: _yes_no,
        Kind.KEPT: _kept,
    }
)
