"""The forms of break-glass: why it is broken, and what a reviewer found."""

from __future__ import annotations

from typing import Final

from django import forms

from footprint.watching.terms import SHORTEST_REASON, enough_said
from footprint.web.design.fields import ChoiceField, ParagraphField

_SAY_WHY: Final = (
    f"Say in a sentence of at least {SHORTEST_REASON} letters what would happen to whom if you waited."
)

#: As the model has them; a form asks no database.
OUTCOMES: Final = (
    ("needed", "It was needed"),
    ("not-needed", "It was not needed, in good faith"),
    ("misuse", "It was misuse"),
)


class BreakForm(forms.Form):
    """Why somebody must look at once."""

    reason = ParagraphField(
        label="Why can it not wait?",
        hint=f"A sentence of at least {SHORTEST_REASON} letters. Your lead and a reviewer read it today. Name nobody.",
        max_length=1000,
        error_messages={"required": _SAY_WHY, "max_length": "Say it in at most 1,000 letters."},
    )

    def clean_reason(self) -> str:
        """Return the reason, where it is one."""
        said = " ".join(str(self.cleaned_data["reason"]).split())
        if not enough_said(said):
            raise forms.ValidationError(_SAY_WHY)
        return said


class ReviewForm(forms.Form):
    """What a reviewer found."""

    outcome = ChoiceField(
        label="What did you find?",
        choices=OUTCOMES,
        error_messages={"required": "Choose what you found.", "invalid_choice": "Choose what you found."},
    )
    finding = ParagraphField(
        label="Why?",
        hint="Whom you asked, and what they said. Name no child and no family.",
        max_length=1000,
        error_messages={
            "required": "Say why, in a sentence.",
            "max_length": "Say it in at most 1,000 letters.",
        },
    )
