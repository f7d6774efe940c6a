"""The form for a number that is wrong. It asks for little and stops nobody: what is right may be left empty."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django import forms

from footprint.web.design.fields import SelectField, TextField

LONGEST: Final = 60
# PARTNER/NUMBER, as the pages write it.
_NUMBER: Final = re.compile(r"[a-z0-9-]{1,60}/[\d +()-]{3,30}")


class _NumberField(SelectField):
    """A number from the page on which it stood. The page is not made a second time to see whether it does."""

    def valid_value(self, value: Any) -> bool:
        return _NUMBER.fullmatch(str(value)) is not None


class RightNumberForm(forms.Form):
    """What is right, if anybody knows."""

    right = TextField(
        label="The right number, if you know it",
        hint="The partner’s lead and the data steward are told.",
        required=False,
        max_length=LONGEST,
        width=20,
        inputmode="tel",
        error_messages={"max_length": f"Write the number alone, in at most {LONGEST} characters."},
    )


class WrongNumberForm(RightNumberForm):
    """The same, and which number, as `PARTNER/NUMBER`."""

    number = _NumberField(
        label="Which number?", error_messages={"required": "Choose the number that is wrong."}
    )

    def __init__(self, data: Any = None, *, numbers: Iterable[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(data, **named)
        field = self.fields["number"]
        if isinstance(field, SelectField):
            sent = str(self.data.get("number", ""))
            again = [(sent, sent.partition("/")[2])] if _NUMBER.fullmatch(sent) else []
            field.choices = [("", "Choose a number"), *(numbers or again)]
        field.error_messages["invalid_choice"] = field.error_messages["required"]
