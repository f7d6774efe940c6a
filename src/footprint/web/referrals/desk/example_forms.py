"""The form on which somebody reads an example before anybody else does, and strikes what is personal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from footprint.referrals.criteria import CRITERIA
from footprint.referrals.exemplars import doubtful
from footprint.web.design.fields import SelectField, SeveralField, TickField
from footprint.web.referrals.desk.forms import words_field

_LONGEST: Final = 6_000
#: A form has many lines, and most are short: a text of so many characters has a box of so few rows.
_SHORT, _SHORT_ROWS, _ROWS = 70, 2, 4


class ExampleForm(forms.Form):
    """Each line to be read and shortened, the words that may stay, and what it is an example of."""

    def __init__(self, lines: Sequence[tuple[str, str]], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._lines = lines
        for number, (label, text) in enumerate(lines, 1):
            look = ", ".join(doubtful(text))
            hint = f"Look at: {look}" if look else ""
            rows = _SHORT_ROWS if len(text) <= _SHORT else _ROWS
            field = words_field(f"{number}. {label}", hint, "", rows=rows, longest=_LONGEST)
            field.required, field.initial = False, text
            self.fields[f"line-{number}"] = field
        if words := dict.fromkeys(word for _, text in lines for word in doubtful(text)):
            self.fields["let"] = SeveralField(
                label="Which of these words may stay?",
                hint="Tick none that is a name, a nickname, a place, a school or a day. What is not ticked becomes [name].",
                choices=[(word, word) for word in words],
                required=False,
                error_messages={"invalid_choice": "Choose from this list."},
            )
        self.fields["criterion"] = SelectField(
            label="What is it a good example of?",
            choices=[("", "Choose"), *((code, one.label) for code, one in CRITERIA.items())],
            error_messages={
                "required": "Choose what it is a good example of.",
                "invalid_choice": "Choose from this list.",
            },
        )
        self.fields["read"] = TickField(
            label="I have read every line, and nothing in it tells who, where or when",
            error_messages={"required": "Read every line first, and tick that you did."},
        )

    def texts(self) -> list[tuple[str, str]]:
        """Return the lines that were left, each with its label."""
        said = (
            (label, self.cleaned_data[f"line-{number}"]) for number, (label, _) in enumerate(self._lines, 1)
        )
        return [(label, text) for label, text in said if text.strip()]

    def let(self) -> frozenset[str]:
        """Return the words that may stay."""
        return frozenset(self.cleaned_data.get("let", ()))
