"""What a steward says when they release a delivery."""

from __future__ import annotations

from django import forms

from footprint.web.design.fields import ParagraphField


class ReleaseForm(forms.Form):
    """Why a held delivery is right after all."""

    reason = ParagraphField(
        label="Why is it right?",
        hint="One sentence for whoever asks later, such as: The school confirmed by telephone that 40 pupils moved on.",
        rows=3,
        max_length=500,
        error_messages={"required": "Say why the delivery is right: whoever asks later has only that"},
    )
