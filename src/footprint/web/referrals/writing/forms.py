"""The form as it is filled in: each of the core's steps as a Django form. Nothing is required, and nothing that fits is lost.

A form that is not valid still gives what could be read (`answers`): one date that nobody understands holds nothing back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms

from footprint.referrals import codes
from footprint.referrals.fields import FIELDS, URGENT, Field, Kind
from footprint.referrals.parts import PARTS
from footprint.referrals.prompts import Line
from footprint.referrals.referral import Referral, Responsibility, Said, Voice, Words
from footprint.referrals.taking_down import differ, tellers, who_told
from footprint.web.design.fields import (
    ChoiceField,
    ParagraphField,
    SelectField,
    SeveralField,
    TextField,
    TickField,
)
from footprint.web.referrals.writing.questions import (
    BLANK,
    UNKNOWN,
    YES_NO,
    Answers,
    field_of,
    name_of,
    read,
    shown,
)

#: Of a long step these stand at once, and the others behind "More".
_FIRST: Final = frozenset(
    "child.name child.birthday child.due child.age child.address child.school child.looks child.impact".split()
)
_LONG: Final = "child"

#: What is asked of whoever takes down what somebody else says.
_TO_RING_BACK: Final = FIELDS["referrer.phone"]._replace(
    label="The number to ring back", hint="Of whoever rang or wrote, or your own."
)
ROUTE: Final = "referral.route"
TOLD_BY: Final = "referrer.partner"
_ROUTE_NAME: Final = name_of(FIELDS[ROUTE])
_TOLD_BY_NAME: Final = name_of(FIELDS[TOLD_BY])
_PHONE_NAME: Final = name_of(_TO_RING_BACK)
_TOLD_BY: Final = FIELDS[TOLD_BY]._replace(
    label="Who tells it?",
    hint="Their organisation then finds it, and hears what became of it. Leave it where you write it yourself.",
)
_DIFFER: Final = "Nobody’s organisation is named of a member of the public, or of somebody without a name. Change one of the two."


class StepForm(forms.Form):
    """One step: a field for each question, and at its end what was asked for and is not known."""

    def __init__(
        self,
        fields: Iterable[Field],
        *given: Any,
        parts: Mapping[str, Any] | None = None,
        choices: Mapping[str, Mapping[str, str]] | None = None,
        **named: Any,
    ) -> None:
        self.asked = tuple(fields)
        held = parts or {}
        initial = {name_of(one): shown(one, held.get(one.part)) for one in self.asked}
        initial["not_known"] = [
            name_of(one) for one in self.asked if one.name in getattr(held.get(one.part), "not_known", ())
        ]
        if TOLD_BY in (choices or {}) and (route := initial.get(_ROUTE_NAME, "")) in codes.PRIVATE:
            initial[_TOLD_BY_NAME] = route
        super().__init__(*given, **(named | {"initial": initial}))
        for one in self.asked:
            self.fields[name_of(one)] = field_of(one, (choices or {}).get(one.key, one.choices))
        if can_say := [one for one in self.asked if _may_be_not_known(one)]:
            self.fields["not_known"] = SeveralField(
                label="Not known",
                hint="Tick what you asked for or looked for, and could not find out. Then nobody asks you again.",
                choices=[(name_of(one), f"Not known: {one.label}") for one in can_say],
                required=False,
            )

    def ask_whether_nobody_is_known(self, what: str) -> None:
        """Let it be said of a whole list that it is not known: which children there are, or who else lives there."""
        self.fields["nobody_known"] = TickField(label=f"Not known: {what}", required=False)

    @property
    def nobody_known(self) -> Any:
        """The tick for a list that is not known, or None where somebody is in it."""
        return self["nobody_known"] if "nobody_known" in self.fields else None

    @property
    def first(self) -> list[Any]:
        """The fields that stand at once, as they are drawn."""
        return [self[name_of(one)] for one in self.asked if one.part != _LONG or one.key in _FIRST]

    @property
    def more(self) -> list[Any]:
        """The fields behind "More"."""
        return [self[name_of(one)] for one in self.asked if one.part == _LONG and one.key not in _FIRST]

    @property
    def is_more_said(self) -> bool:
        """Say whether one of the fields behind "More" has an answer, or an error."""
        return any(one.value() or one.errors for one in self.more)

    @property
    def not_known(self) -> Any:
        """The list of what is not known, or None where nothing can be said not to be."""
        return self["not_known"] if "not_known" in self.fields else None

    @property
    def is_not_known_said(self) -> bool:
        """Say whether something is said not to be known."""
        return "not_known" in self.fields and bool(self["not_known"].value())

    def answers(self) -> Answers:
        """Return what could be read; a field with an error says what it said before."""
        self.is_valid()
        ticked = set(self.cleaned_data.get("not_known", ()))
        values: dict[str, dict[str, Any]] = {}
        unknown: dict[str, set[str]] = {}
        for one in self.asked:
            if name_of(one) not in self.cleaned_data:
                continue
            said = self.cleaned_data[name_of(one)]
            if name_of(one) in ticked or said is UNKNOWN:
                unknown.setdefault(one.part, set()).add(one.name)
            values.setdefault(one.part, {})[one.name] = BLANK.get(one.kind, "") if said is UNKNOWN else said
        return Answers(values, {part: frozenset(names) for part, names in unknown.items()})

    def clean(self) -> dict[str, Any]:
        """Read each answer as the core keeps it."""
        said = super().clean() or {}
        for one in self.asked:
            if name_of(one) in said:
                try:
                    said[name_of(one)] = read(one, said[name_of(one)])
                except forms.ValidationError as error:
                    self.add_error(name_of(one), error)
        if differ(said.get(_ROUTE_NAME, ""), said.get(_TOLD_BY_NAME, "")) and self.takes_down:
            self.add_error(_TOLD_BY_NAME, _DIFFER)
        return said

    @property
    def takes_down(self) -> bool:
        """Say whether it asks who tells it, of what somebody else says."""
        return isinstance(self.fields.get(_TOLD_BY_NAME), SelectField)


class UrgentForm(StepForm):
    """The five answers that send a referral, the worker whom the family already has, and who tells it where it is taken down."""

    def __init__(
        self, *given: Any, takes_down: bool = False, partners: Iterable[str] = (), **named: Any
    ) -> None:
        worker = FIELDS["referral.worker"]
        told = {_TO_RING_BACK.key: _TO_RING_BACK} if takes_down else {}
        first = (told.get(one.key, one) for one in URGENT.fields)
        asked = (*first, worker, *((FIELDS[ROUTE], _TOLD_BY) if takes_down else ()))
        referrer = (named.get("parts") or {}).get("referrer")
        before = referrer.partner if referrer else ""
        choices = {ROUTE: {"": "I write it myself"} | _routes(), TOLD_BY: tellers(partners, before)}
        super().__init__(asked, *given, choices=choices, **named)
        self.fields.pop("not_known", None)
        # Back from the receipt the form is blank: no browser brings another family's number back.
        phone = self.fields[_PHONE_NAME]
        assert isinstance(phone, TextField)  # noqa: S101 - tells the type checker what the core's table says
        phone.autocomplete = "off"
        if not self.initial.get(_ROUTE_NAME):
            # They write for themselves, as far as they have said: their own organisation is no answer to this.
            self.initial[_TOLD_BY_NAME] = ""

    def answers(self) -> Answers:
        """Return what could be read. Whoever says who tells it has said that they take it down."""
        found = super().answers()
        if not self.takes_down or self.cleaned_data.get(_ROUTE_NAME):
            return found
        said = self.cleaned_data.get(_TOLD_BY_NAME, "")
        route, told_by = who_told("", said)
        referrer = {name: one for name, one in found.values.get("referrer", {}).items() if name != "partner"}
        given = {
            "referral": {**found.values.get("referral", {}), "route": route},
            # Who writes for themselves has their own organisation already.
            "referrer": {**referrer, "partner": told_by} if said else referrer,
        }
        return found._replace(values={**found.values, **given})


class VoiceForm(StepForm):
    """The voice of one child: the fixed questions, and a text for each line of the prompt."""

    words_are_theirs = TickField(label="These are the child’s own words", required=False)

    def __init__(
        self,
        fields: Iterable[Field],
        lines: Iterable[Line],
        voice: Voice,
        *given: Any,
        baby: bool = False,
        **named: Any,
    ) -> None:
        super().__init__(fields, *given, parts={"voice": voice}, **named)
        self.lines = tuple(line for line in lines if line.concept and not _is_of_a_field(line.concept))
        before = {one.concept: one for one in voice.noted}
        for line in self.lines:
            self.fields[_noted(line)] = ParagraphField(
                label=f"{line.letter} – {line.label}",
                hint=(line.baby if baby else "") or line.ask,
                rows=2,
                required=False,
            )
            self.initial[_noted(line)] = before[line.concept].text if line.concept in before else ""
        self.initial["words_are_theirs"] = "words" in before and before["words"].verbatim
        self.before = voice.noted

    @property
    def noted(self) -> list[Any]:
        """The texts of the prompt's lines, as they are drawn."""
        return [self[_noted(line)] for line in self.lines]

    def words(self) -> tuple[Words, ...]:
        """Return what was noted: under this prompt's lines as it stands here, under another prompt's as it was."""
        asked = {line.concept for line in self.lines}
        said = {line.concept: self.cleaned_data.get(_noted(line), "").strip() for line in self.lines}
        theirs = bool(self.cleaned_data.get("words_are_theirs"))
        wrong = {line.concept for line in self.lines if _noted(line) in self.errors}
        kept = [one for one in self.before if one.concept not in asked or one.concept in wrong]
        return (
            *(
                Words(concept=concept, text=text, verbatim=concept == "words" and theirs)
                for concept, text in said.items()
                if text
            ),
            *kept,
        )


class AdultForm(StepForm):
    """One adult, and for which of the children they have parental responsibility."""

    def __init__(
        self, fields: Iterable[Field], adult: str, referral: Referral, *given: Any, **named: Any
    ) -> None:
        super().__init__(fields, *given, **named)
        self.children = {
            child.key: child.name or f"child {n}" for n, child in enumerate(referral.children, 1)
        }
        held = {one.child: one.held for one in referral.responsibilities if one.adult == adult}
        for key, name in self.children.items():
            self.fields[f"responsible-{key}"] = ChoiceField(
                label=f"Parental responsibility for {name}?", choices=YES_NO, required=False, inline=True
            )
            self.initial[f"responsible-{key}"] = held.get(key, "")

    @property
    def responsible(self) -> list[Any]:
        """The questions about parental responsibility, as they are drawn."""
        return [self[f"responsible-{key}"] for key in self.children]

    def responsibilities(self, adult: str) -> tuple[Responsibility, ...]:
        """Return for whom this adult has parental responsibility, as far as it was said."""
        before = {key: self.initial.get(f"responsible-{key}") for key in self.children}
        said = {key: self.cleaned_data.get(f"responsible-{key}", before[key]) for key in self.children}
        return tuple(
            Responsibility(child=key, adult=adult, held=Said(held)) for key, held in said.items() if held
        )


class AgainForm(forms.Form):
    """What is asked beside the sending of an addition to a referral that said danger before."""

    danger_again = TickField(
        label="Somebody is in danger now, again or still: tell the front door at once",
        hint="It said so before. Leave this open where you only add something: they read it as an addition.",
        required=False,
    )


class ReferenceForm(forms.Form):
    """The reference of the occurrence from which something is to be filled in."""

    reference = TextField(
        label="Reference of the occurrence",
        hint="As your own system writes it, with its strokes. Spaces and capitals do not matter.",
        width=20,
        max_length=60,
        error_messages={"required": "Write the reference as it stands in your own system."},
    )


class LinesForm(forms.Form):
    """Which lines are to be filled in; none is ticked beforehand."""

    def __init__(
        self, offers: Iterable[tuple[str, list[tuple[str, str]]]], *given: Any, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        for number, (who, lines) in enumerate(offers):
            self.fields[f"lines-{number}"] = SeveralField(
                label=who, choices=lines, required=False, label_size="m"
            )

    def chosen(self) -> frozenset[str]:
        """Return the ids of the lines that were ticked."""
        return frozenset(line for name in self.fields for line in self.cleaned_data.get(name, ()))


def _noted(line: Line) -> str:
    return f"noted-{line.concept}"


def _is_of_a_field(concept: str) -> bool:
    """Say whether a concept has fields of its own and no text: where the child was, whether it was seen."""
    return concept in {"presence", "seen"}


def _routes() -> dict[str, str]:
    return {code: label for code, label in codes.ROUTES.items() if code != "imported"}


def _may_be_not_known(one: Field) -> bool:
    """A yes-no question has "not known" beside yes and no. Some parts have nowhere to keep it."""
    return one.fact and one.kind is not Kind.YES_NO and "not_known" in PARTS[one.part].__struct_fields__
