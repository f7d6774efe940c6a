"""The forms by which somebody asks: about a person, a family, an address. Nothing here is ever filled in by a browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict

from footprint.web.cases import asking
from footprint.web.design.fields import ChoiceField, ParagraphField, TextField, TickField

_LONGEST: Final = 200
ROWS_AT_FIRST: Final = 3
MOST_PEOPLE: Final = 12


def _line(label: str, hint: str = "", **options: Any) -> TextField:
    return TextField(
        label=label,
        hint=hint,
        required=False,
        max_length=_LONGEST,
        error_messages={"max_length": f"Write at most {_LONGEST} letters."},
        **options,
    )


class WhyForm(forms.Form):
    """Why there are so many look-ups: asked above the soft limit alone, on the same page as the question."""

    reason = ParagraphField(
        label="You have looked up a lot in a short time. Why?",
        hint="A few words, for example: strategy meeting on a gang, 30 children. Your supervisor and the "
        "information-governance lead can read them.",
        rows=2,
        max_length=300,
        error_messages={
            "required": "Say in a few words why there are so many look-ups.",
            "max_length": "Write at most 300 letters.",
        },
    )


class NameFields(forms.Form):
    """What is asked of everybody: names, and a birthday or an age."""

    given = _line("Given name")
    family = _line("Family name", "Any spelling; others are tried too.")
    born = _line("Date of birth or age", "For example 27 3 2015, March 2015, 2015, or about 7.", width=20)
    one_name = TickField(label="The person has one name only", required=False)
    sex = ChoiceField(
        label="Sex", required=False, inline=True, choices=[("", "Not known"), ("F", "Female"), ("M", "Male")]
    )
    nhs = _line("NHS number", width=20, inputmode="numeric")


class PersonForm(NameFields):
    """One person. The four fields that are mostly known stand in front, the rest behind."""

    place = _line("Address or postcode", "As much of it as you know.")
    middle = _line("Middle names")
    upn = _line("Unique pupil number (UPN)", width=20)
    phone = _line("Phone number", width=20, inputmode="tel")
    email = _line("E-mail address", inputmode="email")
    reference = _line("A partner’s own number", "For example a custody or case number.", width=20)

    FRONT: Final = ("given", "family", "born", "place")
    BEHIND: Final = ("one_name", "middle", "sex", "nhs", "upn", "phone", "email", "reference")

    def __init__(self, data: Mapping[str, Any] | None, day: dt.date, **named: Any) -> None:
        super().__init__(data, **named)
        self.day = day

    def clean(self) -> dict[str, Any]:
        """Say what cannot be read, or what more is needed, at its field."""
        typed = _typed(super().clean() or {})
        if not self.errors and (wrong := asking.wrong_with(typed, self.day)):
            self.add_error(wrong.field, wrong.sentence)
        return typed

    @property
    def front(self) -> list[forms.BoundField]:
        """The fields that are seen at once."""
        return [self[name] for name in self.FRONT]

    @property
    def behind(self) -> list[forms.BoundField]:
        """The fields behind "more"."""
        return [self[name] for name in self.BEHIND]

    @property
    def is_behind_open(self) -> bool:
        """Whether there is anything behind "more" that must be seen."""
        return any(self[name].errors or self[name].value() for name in self.BEHIND)


class AddressForm(forms.Form):
    """One address, and the flat where one is needed."""

    place = _line("Address", "For example 12 Mill Lane, WS1 2AA. A postcode alone is not enough.")
    flat = _line("Flat", width=10)

    def clean(self) -> dict[str, Any]:
        """Demand an address."""
        typed = _typed(super().clean() or {})
        if not self.errors and not typed.get("place"):
            self.add_error("place", "Write the address, with its postcode if you know it.")
        return typed


class FlatForm(forms.Form):
    """The flat of an address that was asked before, or what is called otherwise there: a pitch, a mooring."""

    flat = _line("Flat", "Its number or letter, for example 12 or B.", width=10)

    def __init__(self, part: str) -> None:
        super().__init__()
        self.fields["flat"].label = part.capitalize()


def one_field(name: str) -> forms.Form:
    """Return a form of one field of a person, to say one thing more."""
    form = forms.Form()
    form.fields[name] = PersonForm.base_fields[name]
    return form


class HomeForm(forms.Form):
    """Where a family lives."""

    place = _line("Address or postcode of the family", "Leave it empty if it is not known.")


class MemberForm(NameFields):
    """One person of a family. What helps to fill it in stands once above all of them."""

    family = _line("Family name")
    born = _line("Date of birth or age")

    @property
    def behind(self) -> list[forms.BoundField]:
        """The fields behind "more"."""
        return [self[name] for name in ("one_name", "sex", "nhs")]

    @property
    def is_behind_open(self) -> bool:
        """Whether there is anything behind "more" that must be seen."""
        return any(one.errors or one.value() for one in self.behind)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed of this person."""
        return not any(_typed(self.data_of_row()).values())

    def data_of_row(self) -> dict[str, Any]:
        """Return what was sent for this row, or what it began with."""
        return {name: self[name].value() for name in self.fields}


class FamilyForm:
    """Several people and one home in one submission. A row in which nothing is written is nobody.

    It is several forms in one: with `errors`, `is_valid` and `forms` it is drawn and summarised like them.
    """

    def __init__(self, data: QueryDict | None, day: dt.date, terms: Mapping[str, Any] | None = None) -> None:
        self.day = day
        people: Sequence[Mapping[str, Any]] = terms["people"] if terms else ()
        self.home = HomeForm(data, initial=dict(terms or {}), prefix="home")
        self.members = [
            MemberForm(data, initial=dict(people[row]) if row < len(people) else {}, prefix=f"p{row + 1}")
            for row in range(_rows(data, len(people)))
        ]
        self.cleaned: dict[str, Any] = {}

    @property
    def forms(self) -> Iterator[forms.Form]:
        """Every form in it, in the order of the page."""
        yield from self.members
        yield self.home

    @property
    def errors(self) -> bool:
        """Whether anything is to be put right."""
        return any([form.errors for form in self.forms])  # noqa: C419 - every form finds its errors, not the first alone

    @property
    def may_add(self) -> bool:
        """Whether there is room for another person."""
        return len(self.members) < MOST_PEOPLE

    def add(self) -> None:
        """Give one more row, which nothing is written in."""
        if self.may_add:
            self.members.append(MemberForm(None, prefix=f"p{len(self.members) + 1}"))

    def is_valid(self) -> bool:
        """Say whether all rows can be asked, and put what is wrong at its field."""
        if self.errors:
            return False
        asked = [form for form in self.members if not form.is_blank]
        if not asked:
            self.members[0].add_error("family", "Write at least one person of the family.")
            return False
        place = self.home.cleaned_data["place"].strip()
        terms = {"people": [_typed(form.cleaned_data) for form in asked], "place": place}
        wrong = [asking.wrong_with({**typed, "place": place}, self.day) for typed in asking.family_of(terms)]
        # One of whom too little is known keeps nobody from asking about the others: the answer says what is missing.
        may_ask = None in wrong
        for form, one in zip(asked, wrong, strict=True):
            if one and not (one.is_too_little and may_ask):
                self._say(form, one)
        self.cleaned = terms
        return not self.errors

    def _say(self, form: MemberForm, wrong: asking.Wrong) -> None:
        if wrong.field == "place":
            self.home.add_error(wrong.field, wrong.sentence)
        else:
            form.add_error(wrong.field, f"Person {self.members.index(form) + 1}: {wrong.sentence}")


def _rows(data: QueryDict | None, known: int) -> int:
    """How many rows the page has: as many as were sent, or are known, or at first."""
    sent = sum(f"p{row}-family" in data for row in range(1, MOST_PEOPLE + 1)) if data else 0
    return min(MOST_PEOPLE, max(sent, known, ROWS_AT_FIRST))


def _typed(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, without what was not."""
    texts = {name: value.strip() if isinstance(value, str) else value for name, value in cleaned.items()}
    return {name: value for name, value in texts.items() if value}
