"""The form of what a supervisor found in a recording: codes alone, so that no story of a child or an officer is kept."""

from __future__ import annotations

from typing import Any

from django import forms

from footprint.referrals.dipping import CHILD_HEARD, LOOKED, OUTCOMES, PROMPT_USED
from footprint.web.design.fields import ChoiceField
from footprint.web.referrals.footage.services import Found


class LookForm(forms.Form):
    """What came of looking, and where somebody looked, what was found."""

    outcome = ChoiceField(
        label="Did you look into it?",
        choices=list(OUTCOMES.items()),
        error_messages={"required": "Say whether you looked into it.", "invalid_choice": "Choose one."},
    )
    child_heard = ChoiceField(
        label="Is what a child said in it?",
        hint="Leave it open where you did not look.",
        choices=list(CHILD_HEARD.items()),
        required=False,
    )
    prompt_used = ChoiceField(
        label="Was the prompt for the child’s voice used?",
        hint="Leave it open where you did not look.",
        choices=list(PROMPT_USED.items()),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what was found where somebody looked, and forget it where nobody did."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("outcome") == LOOKED:
            if not said.get("child_heard"):
                self.add_error("child_heard", "Say whether what a child said is in it.")
            if not said.get("prompt_used"):
                self.add_error("prompt_used", "Say whether the prompt was used.")
        elif "outcome" in said:
            said["child_heard"] = said["prompt_used"] = ""
        return said

    def found(self) -> Found:
        """Return what was found."""
        return Found(
            self.cleaned_data["outcome"], self.cleaned_data["child_heard"], self.cleaned_data["prompt_used"]
        )
