"""What other systems say of a message, without anything that the message says: their sentences are read by those who may not.

A receipt's sentence is promised to have nothing about anybody in it. Where it repeats a name, a number or a place of the message
all the same, or may, it is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from footprint.referrals.delivering import Attempt, Outcome

REPEATS: Final = "Its answer may repeat what the message says, so it is not kept. Ask there."
_WORD: Final = re.compile(r"[^\W_]{3,}")
#: Fields whose every word may be somebody's: a word of one in a sentence is enough.
_TELLING: Final = frozenset(
    "name other_names birthday due nhs_number upn address place whereabouts phone email school gp health_visitor who worker"
    " record told_by noted by spoken_by heard_by supervisor spoke_to incident crime video dash encompass".split()
)
_ANY_NUMBER: Final = re.compile(r"\d[\d /.-]{4,}\d")


def without_content(attempt: Attempt, body: bytes) -> Attempt:
    """Return an attempt whose sentence tells nothing of the message's body (JSON). Where nothing was reached it is our own."""
    if attempt.outcome is Outcome.UNREACHED or not attempt.sentence:
        return attempt
    said = {word.casefold() for word in _WORD.findall(attempt.sentence)}
    telling = {
        word.casefold()
        for text in _texts(msgspec.json.decode(body), telling=False)
        for word in _WORD.findall(text)
    }
    if said & telling - _PLAIN or _ANY_NUMBER.search(attempt.sentence):
        return msgspec.structs.replace(attempt, sentence=REPEATS)
    return attempt


def _texts(said: Any, *, telling: bool) -> Iterator[str]:
    """Every text in a telling field, at any depth."""
    if isinstance(said, str):
        yield from [said] if telling else []
    elif isinstance(said, dict):
        for name, one in said.items():
            yield from _texts(one, telling=telling or name in _TELLING)
    elif isinstance(said, list):
        for one in said:
            yield from _texts(one, telling=telling)


#: Words of any answer that stand in addresses and descriptions as well, and tell nothing.
_PLAIN: Final = frozenset(
    "the and for not with has have this that one two three about which who was are its from record message referral"
    " children child upstairs downstairs family unknown known team police social care earlier later again first".split()
)
