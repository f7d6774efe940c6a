"""The parts of a referral by name and key, so that a form, an import, a gap and a change speak of the same place.

A place is a part and, where there may be several, which one: ("child", "c2"), ("voice", "c2"), ("statement", "s1").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec

from footprint.referrals.referral import (
    Adult,
    Child,
    Concern,
    Informing,
    Links,
    Referral,
    Referrer,
    Request,
    Safety,
    Statement,
    Voice,
    Words,
)


class Place(NamedTuple):
    """A part of a referral, and which one of several: the child's or adult's key, or s1 for the first statement."""

    part: str
    key: str = ""


#: Every part by its name, and what it is made of.
PARTS: Final = MappingProxyType(
    {
        "referral": Referral,
        "referrer": Referrer,
        "child": Child,
        "voice": Voice,
        "adult": Adult,
        "statement": Statement,
        "concern": Concern,
        "safety": Safety,
        "informing": Informing,
        "request": Request,
        "links": Links,
    }
)
#: Marks that turn the direction of what stands beside them: after one in a name a reference reads backwards.
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SINGLE: Final = ("referrer", "concern", "safety", "informing", "request", "links")
_SEVERAL: Final = MappingProxyType({"child": "children", "adult": "adults"})


class NoSuchPart(LookupError):
    """This referral has no such part. Add the child, the adult or the statement first."""


def places(referral: Referral) -> Iterator[tuple[Place, Any]]:
    """Return every part that the referral has, with its place. A child without a voice has no such part."""
    yield Place("referral"), referral
    for name in _SINGLE:
        yield Place(name), getattr(referral, name)
    for child in referral.children:
        yield Place("child", child.key), child
        if child.voice is not None:
            yield Place("voice", child.key), child.voice
    for adult in referral.adults:
        yield Place("adult", adult.key), adult
    for number, statement in enumerate(referral.concern.statements, 1):
        yield Place("statement", f"s{number}"), statement


def part_at(referral: Referral, place: Place) -> Any:
    """Return the part at a place. Raises NoSuchPart."""
    for found, part in places(referral):
        if found == place:
            return part
    raise NoSuchPart(NoSuchPart.__doc__)


def put(
    referral: Referral, place: Place, values: Mapping[str, Any], not_known: Collection[str] = ()
) -> Referral:
    """Return the referral with these fields of one part given, and those of `not_known` answered with "not known".

    A field that is named in `values` stays "not known" only where `not_known` says so again, and never when it is given.
    Marks that turn the direction of writing are taken out of every text: whatever is typed or imported comes through here.
    Raises NoSuchPart; a voice is made where the child has none yet.
    """
    if place.part == "voice":
        child = part_at(referral, Place("child", place.key))
        return put(
            referral, Place("child", place.key), {"voice": _given(child.voice or Voice(), values, not_known)}
        )
    if place.part == "referral":
        whole: Referral = _given(referral, values, not_known)
        return whole
    part = _given(part_at(referral, place), values, not_known)
    if place.part == "statement":
        number = int(place.key[1:]) - 1
        before = referral.concern.statements
        return put(
            referral, Place("concern"), {"statements": (*before[:number], part, *before[number + 1 :])}
        )
    if place.part in _SINGLE:
        return msgspec.structs.replace(referral, **{place.part: part})
    name = _SEVERAL[place.part]
    changed = tuple(part if one.key == place.key else one for one in getattr(referral, name))
    return msgspec.structs.replace(referral, **{name: changed})


def next_key(referral: Referral, part: str) -> str:
    """Return a key that no child ("child"), or no adult ("adult"), of this referral has: c3, a1."""
    taken = {one.key for one in getattr(referral, _SEVERAL[part])}
    number = len(taken) + 1
    while f"{part[0]}{number}" in taken:
        number += 1
    return f"{part[0]}{number}"


def _given(part: Any, values: Mapping[str, Any], not_known: Collection[str]) -> Any:
    changed = msgspec.structs.replace(part, **{name: _straight(value) for name, value in values.items()})
    if "not_known" not in part.__struct_fields__:
        return changed
    unknown = (part.not_known - set(values)) | frozenset(not_known)
    return msgspec.structs.replace(
        changed, not_known=frozenset(name for name in unknown if not changed.gives(name))
    )


def _straight(value: Any) -> Any:
    if type(value) is str:  # a code of ours is a kind of string, and stays what it is
        return _TURNS.sub("", value)
    if isinstance(value, tuple):
        return tuple(map(_straight, value))
    if isinstance(value, Words):
        return msgspec.structs.replace(value, text=_straight(value.text))
    return value
