"""What is held back from those who receive a referral, while the rest goes: sentences that tell an intelligence source, and
sentences that lead to a protected place.

Recipients read a mask, the same for every reason and every length. Whoever wrote it reads what they wrote, with nothing beside
it: nothing that an author sees may be made from what is found here, or typing an address would tell whether it is protected.
A guardian reads what was held, and may let a piece go. What is held follows from the text and from what is protected today, so
a place that is shielded tomorrow is masked in yesterday's referral.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar, cast

import msgspec

from footprint.referrals.places_in_text import places_in
from footprint.referrals.protected_places import NOTHING_PROTECTED, Protected
from footprint.referrals.referral import Referral
from footprint.referrals.sentences import Span, letters, sentences, words
from footprint.referrals.sources import Tells, tells

MASK: Final = "[Part of this is held back while a guardian looks at it.]"

#: One answer, which leads to one place: with a part of it, the whole is held.
_WHOLE: Final = frozenset({"address", "place", "whereabouts", "school", "gp", "phone", "email"})


class Why(StrEnum):
    """Why a piece is held: for the guardian's eyes alone."""

    SOURCE = "source"
    CLASSIFIED = "classified"
    PLACE = "place"


WHY_LABELS: Final = {
    Why.SOURCE: "It may tell where intelligence came from",
    Why.CLASSIFIED: "It is marked above what may be kept here",
    Why.PLACE: "It may lead to a protected place",
}


class Held(NamedTuple):
    """A piece of a referral that is held: in which field, from where to where, and its words. For the guardian alone."""

    field: str
    start: int
    end: int
    text: str
    why: tuple[Why, ...]

    @property
    def key(self) -> str:
        """Return the name by which a guardian lets this piece go: these words, in this field, for these reasons alone."""
        said = "\0".join((self.field, self.text, *self.why))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def held(referral: Referral, protected: Protected = NOTHING_PROTECTED) -> tuple[Held, ...]:
    """Return every piece of a referral that recipients may not read, in the order of its fields."""
    texts: list[tuple[str, str]] = []

    def gather(field: str, text: str) -> str:
        texts.append((field, text))
        return text

    _rewritten(referral, "", gather)
    found = [piece for field, text in texts for piece in _held_in(field, text, protected)]
    return (*found, *_tellers(referral, found))


def for_recipients(
    referral: Referral, protected: Protected = NOTHING_PROTECTED, released: Collection[str] = ()
) -> Referral:
    """Return what everybody but its author and the guardian may read. `released` holds keys of pieces that were let go.

    Whatever others see is made from this: pages, documents, what goes to record systems, what changed between versions, and
    gaps, checks and hints too, which repeat names and words.
    """
    pieces: dict[str, list[Held]] = {}
    for piece in held(referral, protected):
        if piece.key not in released:
            pieces.setdefault(piece.field, []).append(piece)
    return _rewritten(referral, "", lambda field, text: _masked(text, pieces.get(field, ())))


def text_for_recipients(
    text: str,
    protected: Protected = NOTHING_PROTECTED,
    released: Collection[str] = (),
    *,
    field: str = "text",
) -> str:
    """Return free text beside a referral (a reason, a point of feedback) as others than its writer may read it."""
    return _masked(text, [one for one in _held_in(field, text, protected) if one.key not in released])


@lru_cache(maxsize=2048)
def _held_in(field: str, text: str, protected: Protected) -> tuple[Held, ...]:
    """Every piece of one text. Kept, for a queue is read all day by everybody at a front door."""
    if not text.strip():
        return ()
    whole = field.rpartition(".")[2] in _WHOLE
    parts = [(0, len(text))] if whole else sentences(text)
    reasons: dict[int, set[Why]] = {
        place: {_WHY[one] for one in told} for place, told in tells(text, parts).items()
    }
    for span in places_in(words(text), letters(text), protected):
        for place, part in enumerate(parts):
            if _meet(part, span):
                reasons.setdefault(place, set()).add(Why.PLACE)
    return tuple(
        Held(field, *parts[place], text[slice(*parts[place])], tuple(sorted(reasons[place])))
        for place in sorted(reasons)
    )


_WHY: Final = {Tells.SOURCE: Why.SOURCE, Tells.CLASSIFIED: Why.CLASSIFIED}


def _tellers(referral: Referral, found: Iterable[Held]) -> list[Held]:
    """Whoever told what a source is said to have told: the name stands in a field of its own."""
    by_source = {one.field for one in found if Why.SOURCE in one.why}
    fields = {one.field for one in found}
    tellers: list[Held] = []
    for number, statement in enumerate(referral.concern.statements):
        name, field = statement.told_by, _TOLD_BY.format(number)
        if name.strip() and _SAID.format(number) in by_source and field not in fields:
            tellers.append(Held(field, 0, len(name), name, (Why.SOURCE,)))
    return tellers


_SAID: Final = "concern.statements.{}.text"
_TOLD_BY: Final = "concern.statements.{}.told_by"


def _masked(text: str, pieces: Iterable[Held]) -> str:
    """The text with one mask for each run of pieces; how many there were in it, and how long, is not told."""
    kept: list[str] = []
    end = 0
    for piece in sorted(pieces, key=lambda one: one.start):
        between = text[end : piece.start].strip()
        if between or not kept:
            kept += [between, MASK]
        end = max(end, piece.end)
    return " ".join(one for one in (*kept, text[end:]) if one) if kept else text


def _meet(part: Span, span: Span) -> bool:
    return part[0] < span[1] and span[0] < part[1]


Value = TypeVar("Value")


def _rewritten(value: Value, field: str, change: Callable[[str, str], str]) -> Value:
    """The value with every text in it, at any depth, as `change` gives it back for its field: "children.0.looks"."""
    return cast(Value, _changed(value, field, change))


def _changed(value: object, field: str, change: Callable[[str, str], str]) -> object:
    if type(value) is str:
        return change(field, value)
    if isinstance(value, tuple):
        return tuple(_changed(one, f"{field}.{place}", change) for place, one in enumerate(value))
    if not isinstance(value, msgspec.Struct):
        return value
    names = value.__struct_fields__
    parts = {name: _changed(getattr(value, name), f"{field}.{name}".lstrip("."), change) for name in names}
    if "not_known" in parts:
        # Names of fields and nothing else, whatever an imported form puts there.
        said = cast(frozenset[str], parts["not_known"])
        parts["not_known"] = said if said <= set(names) else said & set(names)
    # The very part where nothing is changed: a copy of an empty one would be written, and make equal content unequal bytes.
    is_same = all(parts[name] == getattr(value, name) for name in names)
    return value if is_same else type(value)(**parts)
