"""What was answered, in words: the same on a page, on paper, in a list of changes and in a copy.

A blank is an empty text, so that whoever shows it decides how a blank looks; "not known" is an answer and has words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from footprint.records import ethnicity
from footprint.referrals.fields import Field
from footprint.referrals.parts import Place
from footprint.referrals.prompts import CONCEPTS
from footprint.referrals.referral import Referral, Responsibility, Said, Source, Statement, Words

SAID: Final = MappingProxyType({Said.YES: "Yes", Said.NO: "No", Said.NOT_KNOWN: "Not known"})
NOT_KNOWN: Final = SAID[Said.NOT_KNOWN]
#: How the writer knows, in the words of somebody who reads it. On the form it is said in the first person.
SOURCES: Final = MappingProxyType(
    {
        Source.SEEN: "seen or heard by the writer",
        Source.TOLD: "told to the writer",
        Source.SUSPECTED: "suspected by the writer",
    }
)
#: Free text that may be a code all the same, where a form of another system was read.
_IN_WORDS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {"child.ethnicity": ethnicity.in_words}
)
_ORDINALS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_OWNED: Final = frozenset("a an her his my our the their your".split())
_HOLDS: Final = MappingProxyType(
    {
        Said.YES: "{adult} has parental responsibility for {child}.",
        Said.NO: "{adult} has no parental responsibility for {child}.",
        Said.NOT_KNOWN: "Whether {adult} has parental responsibility for {child} is not known.",
    }
)


def answer(field: Field, part: Any, levels: Mapping[str, str] | None = None) -> str:
    """Return the answer in words, "" where the field is blank. `levels` are the labels of the partnership's levels of need.

    A code that no list has is shown as it stands: an import may have brought it.
    """
    value = getattr(part, field.name)
    if not value:
        return NOT_KNOWN if field.name in getattr(part, "not_known", ()) else ""
    if isinstance(value, Said):
        return SAID[value]
    if isinstance(value, tuple):
        return ", ".join(value)
    if field.key in _IN_WORDS:
        return _IN_WORDS[field.key](str(value))
    choices = levels or {} if field.key == "request.level" else field.choices
    return choices.get(value, str(value))


def statement_said(statement: Statement) -> str:
    """Return one thing that happened, with how the writer knows it, for somebody else to read."""
    told = statement.source is Source.TOLD and statement.told_by
    known = f"told by {statement.told_by}" if told else SOURCES[statement.source]
    around = (known, "" if told else statement.told_by, statement.when)
    return f"{statement.text} ({'; '.join(part for part in around if part)})"


def words_noted(words: Words) -> tuple[str, str]:
    """Return what was noted of a child: what it is about, and the text, their own words in quotation marks."""
    label = CONCEPTS[words.concept].label if words.concept in CONCEPTS else words.concept
    return label, f"“{words.text}”" if words.verbatim else words.text


def words_said(words: Words) -> str:
    """Return what was noted of a child in one line, what it is about before anything else."""
    return ": ".join(words_noted(words))


def responsibility_said(referral: Referral, held: Responsibility) -> str:
    """Return who has parental responsibility for whom, as far as it is known."""
    adult = called(referral, Place("adult", held.adult)) or "somebody"
    child = called(referral, Place("child", held.child)) or "a child"
    sentence = _HOLDS[held.held].format(adult=adult, child=child)
    return sentence[:1].upper() + sentence[1:]


def called(referral: Referral, place: Place) -> str:
    """Return what to call the child or adult of a place: by name, by what they are, or by number; "" for any other place."""
    if place.part == "adult":
        names = {adult.key: adult.name or _the(adult.relationship) for adult in referral.adults}
    else:
        names = {child.key: child.name for child in referral.children}
    if place.key not in names:
        return ""
    what = "adult" if place.part == "adult" else "child"
    number = list(names).index(place.key)
    if len(names) == 1:
        numbered = f"the {what}"
    else:
        numbered = f"the {_ORDINALS[number]} {what}" if number < len(_ORDINALS) else f"{what} {number + 1}"
    return names[place.key] or numbered


def _the(relationship: str) -> str:
    """Return "Mother" as "the mother", and "his new partner" as it is."""
    first, _, rest = relationship.strip().partition(" ")
    if not first or first.lower() in _OWNED:
        return relationship.strip()
    return " ".join(part for part in ("the", first.lower() if first[1:].islower() else first, rest) if part)
