"""The forms of an alert: who reviews it, and what they found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from footprint.web.design.fields import ChoiceField, ParagraphField, SelectField

#: As the model has them; a form asks no database.
OUTCOMES: Final = (
    ("explained", "It belonged to their work"),
    ("mistaken", "The rule was mistaken"),
    ("reminded", "They were reminded of the rules"),
    ("misuse", "It was misuse, and was passed on"),
)
_CHOOSE: Final = "Choose who reviews it."
_FOUND: Final = "Choose what you found."


class AssignForm(forms.Form):
    """Who reviews an alert."""

    def __init__(self, reviewers: Sequence[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["reviewer"] = SelectField(
            label="Who reviews it",
            hint="Nobody who works with the user stands here.",
            choices=[("", "Choose"), *reviewers],
            error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
        )


class FindingForm(forms.Form):
    """What the reviewer found."""

    outcome = ChoiceField(
        label="What did you find?",
        choices=OUTCOMES,
        error_messages={"required": _FOUND, "invalid_choice": _FOUND},
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
