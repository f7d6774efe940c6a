"""The form of a briefing."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from footprint.referrals.criteria import CRITERIA
from footprint.referrals.prompts import BRIEFED_ON, BRIEFED_ON_LABEL
from footprint.web.design.fields import ParagraphField, SelectField, TextField

LONGEST: Final = 4_000
_FURTHEST: Final = dt.timedelta(days=10 * 365)
_PLAIN: Final = RegexValidator(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$", "Write it in plain letters.")


class BriefingForm(forms.Form):
    """What is said to whoever writes referrals: about which criterion, when, and when it is audited again."""

    criterion = SelectField(
        label="Which criterion is it about?",
        choices=[
            ("", ""),
            (BRIEFED_ON, BRIEFED_ON_LABEL),
            *((code, f"{code} {one.label}") for code, one in CRITERIA.items()),
        ],
        error_messages={"required": "Choose the criterion that it is about."},
    )
    title = TextField(
        label="Title",
        max_length=120,
        validators=[_PLAIN],
        error_messages={"required": "Give it a title, such as: What each child said."},
    )
    text = ParagraphField(
        label="What should be done otherwise?",
        hint="No child, no family and no officer: everybody who writes referrals reads it.",
        rows=8,
        max_length=LONGEST,
        validators=[_PLAIN],
        error_messages={
            "required": "Say what should be done otherwise.",
            "max_length": f"Say it in at most {LONGEST:,} characters.",
        },
    )
    given_on = TextField(
        label="Given on",
        hint="As 2026-12-01",
        width=10,
        error_messages={"required": "Write the day on which it is given, as 2026-12-01."},
    )
    again_on = TextField(
        label="Audited again on",
        hint="Leave it empty for what the framework says",
        width=10,
        required=False,
    )

    def clean_given_on(self) -> dt.date:
        """Return the day."""
        return _day(self.cleaned_data["given_on"])

    def clean_again_on(self) -> dt.date | None:
        """Return the day, later than the briefing, or None."""
        said, given = self.cleaned_data["again_on"], self.cleaned_data.get("given_on")
        again = _day(said) if said else None
        if again and given and again <= given:
            raise forms.ValidationError("It is audited again after it was given. Write a later day.")
        return again


def _day(text: str) -> dt.date:
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        found = None
    # Months are counted on from it: no calendar goes on for ever.
    if found is None or abs(found - timezone.localdate()) > _FURTHEST:
        raise forms.ValidationError("Write the day as 2026-12-01.")
    return found
