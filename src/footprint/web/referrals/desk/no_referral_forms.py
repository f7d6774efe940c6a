"""The form with which a supervisor says why an incident needs no referral."""

from __future__ import annotations

from typing import Any

from django import forms

from footprint.referrals.missing import IN_WORDS, NOT_NEEDED
from footprint.web.design.fields import ChoiceField
from footprint.web.referrals.desk.forms import words_field


class NoReferralForm(forms.Form):
    """A reason of the list; one that explains nothing by itself needs words."""

    reason = ChoiceField(
        label="Why does it need no referral?",
        choices=list(NOT_NEEDED.items()),
        error_messages={
            "required": "Choose why it needs no referral.",
            "invalid_choice": "Choose from this list.",
        },
    )
    words = words_field(
        "In your own words",
        "For whoever looks at this ruling later. No name, of nobody.",
        "",
        rows=2,
        longest=300,
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["words"].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for words where the reason is that somebody decided so."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("reason") == IN_WORDS and not said.get("words") and "words" not in self.errors:
            self.add_error("words", "Write why you decided so.")
        return said
