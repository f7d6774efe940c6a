"""A whole referral in words, sheet by sheet in the order of the form: the same on a page, on paper and in a copy that leaves.

Knows no page and no mask: what recipients may not see is taken out of the referral before it comes here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from footprint.referrals.answers import (
    NOT_KNOWN,
    answer,
    called,
    responsibility_said,
    statement_said,
    words_noted,
)
from footprint.referrals.fields import STEPS, Step
from footprint.referrals.parts import Place, places
from footprint.referrals.referral import Referral, SourceForm, Voice

NOT_UNDERSTOOD: Final = "Not understood from the form that was sent"
REFERENCE_THERE: Final = "Its reference in the system that sent it"

#: Lists that may be said not to be known as a whole, by the step that asks for them.
_LISTS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "child": {"children": "Children", "responsibilities": "Parental responsibility"},
        "household": {"adults": "Adults and others"},
    }
)


class Line(NamedTuple):
    """A label and the answer in words, "" where the field is blank. `field` is the field's key, "" for a line of a list."""

    field: str
    label: str
    text: str


class Sheet(NamedTuple):
    """One step of the form, or one step for one child or adult. `of` is what to call whom it is about."""

    step: str
    title: str
    of: str
    place: Place
    lines: tuple[Line, ...]

    @property
    def said(self) -> tuple[Line, ...]:
        """Return the lines that have an answer, "not known" among them."""
        return tuple(line for line in self.lines if line.text)


def sheets(
    referral: Referral, sector: str = "", levels: Mapping[str, str] | None = None
) -> tuple[Sheet, ...]:
    """Return the referral in words. A field that only another sector is asked for is there where it has an answer all the same.

    `sector` is that of whoever refers, and `levels` are the labels of the partnership's levels of need.
    """
    steps = (sheet for step in STEPS for sheet in _of_step(step, referral, sector, levels or {}))
    # First, for what was not understood may be the answer on danger.
    return (*_imported(referral), *steps)


def _of_step(step: Step, referral: Referral, sector: str, levels: Mapping[str, str]) -> Iterator[Sheet]:
    if step.each == "statement":
        said = tuple(Line("", "", statement_said(one)) for one in referral.concern.statements)
        yield Sheet(
            step.name,
            step.title,
            "",
            Place("concern"),
            said or _unknown(referral.concern, "statements", "What happened"),
        )
        return
    for place, parts in _each(step, referral):
        lines = [
            Line(field.key, field.label, text)
            for field in step.fields
            for text in [answer(field, parts[field.part], levels)]
            if text or not field.sectors or sector in field.sectors
        ]
        extra = _listed(step, referral, place, parts)
        yield Sheet(step.name, step.title, called(referral, place), place, (*lines, *extra))
    yield from _nobody(step, referral)


def _each(step: Step, referral: Referral) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """The parts that a step asks about, once, or for each child or adult. A baby unborn has no voice."""
    if not step.each:
        yield Place("referral"), {place.part: part for place, part in places(referral)}
    people: dict[str, tuple[Any, ...]] = {"child": referral.children, "adult": referral.adults}
    for one in people.get(step.each, ()):
        voice = getattr(one, "voice", None) or Voice()
        if step.name != "voice" or not one.expected or voice != Voice():
            yield Place(step.fields[0].part, one.key), {"child": one, "adult": one, "voice": voice}


def _listed(step: Step, referral: Referral, place: Place, parts: Mapping[str, Any]) -> Iterator[Line]:
    """What is said in lists: what was noted of a child, and who is responsible for whom."""
    if step.name == "voice":
        noted = tuple(Line("", *words_noted(one)) for one in parts["voice"].noted)
        yield from noted or _unknown(parts["voice"], "noted", "What the child said")
    if step.name == "child":
        held = [one for one in referral.responsibilities if one.child == place.key]
        yield from (Line("", "Parental responsibility", responsibility_said(referral, one)) for one in held)


def _nobody(step: Step, referral: Referral) -> Iterator[Sheet]:
    """That children, adults or responsibilities are said not to be known, where there is no sheet to say so."""
    lines = tuple(
        line for name, label in _LISTS.get(step.name, {}).items() for line in _unknown(referral, name, label)
    )
    if lines:
        yield Sheet(step.name, step.title, "", Place("referral"), lines)


def _imported(referral: Referral) -> Iterator[Sheet]:
    """What another system's form said beside what was read: a human must see it, and see that it was not understood."""
    form = referral.imported
    if form == SourceForm():
        return
    unread = (Line("", f"{NOT_UNDERSTOOD}: {one.where}", one.text) for one in form.unread)
    title = "The form that was sent"
    yield Sheet(
        "imported", title, "", Place("referral"), (Line("", REFERENCE_THERE, form.reference), *unread)
    )


def _unknown(part: Any, name: str, label: str) -> tuple[Line, ...]:
    given = getattr(part, name)
    return (Line("", label, NOT_KNOWN),) if name in part.not_known and not given else ()
