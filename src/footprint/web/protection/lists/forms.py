"""The form by which somebody is put on the list."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils import timezone

from footprint.records import PartialDate
from footprint.records.reading_dates import read_date
from footprint.web.design.fields import ChoiceField, TextField

_DAYS: Final = (("7", "A week"), ("30", "A month"), ("90", "Three months"), ("365", "A year"))
_SORTS: Final = (
    ("person", "A person, by their reference"),
    ("named", "A person, by name and birthday"),
    ("name", "Everybody of a name"),
    ("address", "Everybody at an address"),
)
_CHOOSE: Final = "Choose whom you watch over."
_CHOOSE_DAYS: Final = "Choose for how long."


class RaiseForm(forms.Form):
    """Whom to watch over, why, and for how long."""

    sort = ChoiceField(
        label="Whom do you watch over?",
        choices=_SORTS,
        hints={"person": "From a receipt, or the last part of the address of their page."},
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    person = TextField(label="The person’s reference", max_length=60, width=20, required=False)
    name = TextField(label="Name", max_length=200, required=False)
    born = TextField(label="Birthday", hint="For example 27 3 2015.", max_length=40, width=10, required=False)
    address = TextField(
        label="Address",
        hint="In one line, with its postcode. Without a flat, every flat there.",
        max_length=300,
        required=False,
    )
    why = TextField(
        label="Why?",
        hint="The incident’s reference, or a few words. Name nobody: this is all that the list shows.",
        max_length=200,
        error_messages={"required": "Write the incident’s reference, or why in a few words."},
    )
    days = ChoiceField(
        label="For how long?",
        choices=_DAYS,
        initial="30",
        error_messages={"required": _CHOOSE_DAYS, "invalid_choice": _CHOOSE_DAYS},
    )

    def clean(self) -> dict[str, Any]:
        """Demand what the choice needs."""
        said = super().clean() or {}
        needs = {
            "person": (("person", "Write the person’s reference."),),
            "named": (
                ("name", "Write a first name and a family name."),
                ("born", "Write the whole birthday."),
            ),
            "name": (("name", "Write a first name and a family name."),),
            "address": (("address", "Write the address in one line, with its postcode."),),
        }
        for field, complaint in needs.get(said.get("sort", ""), ()):
            if not said.get(field):
                self.add_error(field, complaint)
        if said.get("sort") == "named" and said.get("born") and self.birthday is None:
            self.add_error("born", "Write the whole birthday, for example 27 3 2015.")
        return said

    @property
    def birthday(self) -> PartialDate | None:
        """The birthday, where the choice is of one person by it and it is whole."""
        if self.cleaned_data.get("sort") != "named":
            return None
        born = read_date(self.cleaned_data.get("born", "")).value
        return born if born and born.whole else None

    @property
    def last_day(self) -> dt.date:
        """The last day on which the entry holds."""
        return timezone.localdate() + dt.timedelta(days=int(self.cleaned_data["days"]))
