"""Hints for words that blame a child or a victim, or that hide what somebody did, each with a better word and the reason.

A hint changes nothing and holds nothing up: whoever writes may have a reason. What stands in quotation marks, and a child's own
words, are left as they were said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from footprint.referrals.phrases import PHRASES
from footprint.referrals.referral import Referral, Voice
from footprint.referrals.sentences import Word, words


class Hint(NamedTuple):
    """A phrase that was found: in which field ("concern.history"), from where to where, as it was written."""

    field: str
    start: int
    end: int
    said: str
    better: str
    why: str


_COMPILED: Final = tuple((re.compile(rf"\b(?:{one.pattern})\b"), one) for one in PHRASES)
_QUOTED: Final = re.compile(r"\"[^\"]*\"|“[^”]*”")


def hints(referral: Referral) -> tuple[Hint, ...]:
    """Return what might be said better, in the order in which it stands. Advice to whoever writes; it holds nothing up."""
    return tuple(hint for field, text in _told(referral) for hint in hints_in(text, field))


def hints_in(text: str, field: str = "") -> list[Hint]:
    """Return the hints for one text, in its order, without what stands in quotation marks. Of two that overlap, the first."""
    found = words(text)
    plain = " ".join(word.plain for word in found)
    quoted = [one.span() for one in _QUOTED.finditer(text)]
    said = [
        Hint(field, start, end, text[start:end], phrase.better, phrase.why)
        for pattern, phrase in _COMPILED
        for one in pattern.finditer(plain)
        for start, end in [_span(found, plain, one.start(), one.end())]
        if not any(first <= start and end <= last for first, last in quoted)
    ]
    kept: list[Hint] = []
    for hint in sorted(said, key=lambda one: (one.start, -one.end)):
        if not kept or hint.start >= kept[-1].end:
            kept.append(hint)
    return kept


def _span(found: list[Word], plain: str, first: int, last: int) -> tuple[int, int]:
    """Where in the text a piece of its plain words stands."""
    return found[plain.count(" ", 0, first)].start, found[plain.count(" ", 0, last)].end


def _told(referral: Referral) -> Iterator[tuple[str, str]]:
    """What the writer tells in words of their own: no names, no places, and nothing that a child said."""
    for part in ("concern", "safety", "informing", "request"):
        value: msgspec.Struct = getattr(referral, part)
        for name in value.__struct_fields__:
            if isinstance(text := getattr(value, name), str) and type(text) is str:
                yield f"{part}.{name}", text
    for number, statement in enumerate(referral.concern.statements):
        yield f"concern.statements.{number}.text", statement.text
    for number, child in enumerate(referral.children):
        for name in ("needs", "communication", "looks", "impact"):
            yield f"children.{number}.{name}", getattr(child, name)
        yield from _voice(f"children.{number}.voice", child.voice or Voice())
    for number, adult in enumerate(referral.adults):
        yield f"adults.{number}.risk_to_staff", adult.risk_to_staff


def _voice(field: str, voice: Voice) -> Iterator[tuple[str, str]]:
    yield f"{field}.absence_said", voice.absence_said
    for number, noted in enumerate(voice.noted):
        if not noted.verbatim:
            yield f"{field}.noted.{number}.text", noted.text
