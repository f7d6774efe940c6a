"""The form by which somebody asks to be told."""

from __future__ import annotations

from typing import Final

from django import forms
from django.core.validators import RegexValidator

from footprint.web.design.fields import ChoiceField, TextField
from footprint.web.subscriptions.services import MONTHS

_LABELS: Final = {1: "1 month", 3: "3 months", 6: "6 months", 12: "12 months"}


class StartForm(forms.Form):
    """For how long, and how the child is called in the user's own list."""

    months = ChoiceField(
        label="For how long?",
        hint="It ends sooner when the case is closed. You are asked a week before whether you still need it.",
        choices=[(str(months), _LABELS[months]) for months in sorted(MONTHS)],
        initial=str(MONTHS[0]),
        error_messages={
            "required": "Choose for how long.",
            "invalid_choice": "Choose one of these: a year is the longest.",
        },
    )
    called = TextField(
        label="How do you call them?",
        hint="So that you know them again in your list, for example “the elder boy”. Only you read it.",
        required=False,
        max_length=60,
        error_messages={"max_length": "At most 60 characters."},
        validators=[RegexValidator(r"^[^\x00-\x1f]*$", "Write it in one line.")],
    )
