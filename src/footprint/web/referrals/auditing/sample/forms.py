"""The forms of a sample: drawing it, marking a referral's form, and what both sides agreed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms

from footprint.referrals.criteria import CRITERIA, MARKS
from footprint.web.design.fields import ChoiceField, SelectField, TextField

_CHOICES: Final = [(str(mark), f"{mark} {label}") for mark, label in sorted(MARKS.items())]


class DrawForm(forms.Form):
    """The month to draw, and the seed."""

    month = SelectField(label="Month", error_messages={"required": "Choose the month to draw."})
    seed = TextField(
        label="Seed",
        hint="Leave it empty and it follows from the framework and the month, so that nobody has chosen it. "
        "Otherwise write what both sides agreed on before the month began.",
        required=False,
        max_length=80,
    )

    def __init__(self, months: Iterable[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        self.fields["month"].choices = [("", ""), *months]  # type: ignore[attr-defined]


class MarksForm(forms.Form):
    """A mark from 0 to 3 for each criterion that is asked for; `hints` says more beside each."""

    def __init__(
        self, codes: Iterable[str], data: Any = None, hints: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data)
        for code in codes:
            one = CRITERIA[code]
            self.fields[code] = ChoiceField(
                label=f"{code} {one.label}",
                hint=(hints or {}).get(code, one.asks),
                choices=_CHOICES,
                inline=True,
                error_messages={"required": f"Give {code} a mark: {one.label[0].lower()}{one.label[1:]}."},
            )

    def marks(self) -> dict[str, int]:
        """Return the marks that were given."""
        return {code: int(mark) for code, mark in self.cleaned_data.items()}
