"""The forms of this app. Each is one page and one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from footprint.web.design.fields import ChoiceField, ParagraphField, SeveralField
from footprint.web.identity.models import LONGEST_REASON

Choices = Sequence[tuple[str, str]]
_PLAIN = RegexValidator(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$", "Write the reason in plain letters.")


def _reason(label: str, hint: str, error: str) -> ParagraphField:
    return ParagraphField(
        label=label,
        hint=hint,
        rows=3,
        max_length=LONGEST_REASON,
        validators=[_PLAIN],
        error_messages={
            "required": error,
            "max_length": f"Say it in at most {LONGEST_REASON} characters.",
        },
    )


def offer(field: Any, choices: Choices, hints: dict[str, str] | None) -> None:
    """Give a field what may be chosen now."""
    field.choices, field.hints = list(choices), hints or {}


class NotThemForm(forms.Form):
    """Which records are not this person's, and why."""

    records = SeveralField(
        label="Which of these are not theirs?",
        error_messages={
            "required": "Choose the records that are not theirs.",
            "invalid_choice": "Choose from the records that are here now: they may have changed.",
        },
    )
    reason = _reason(
        "How do you know?",
        "What differs, or who told you. No story.",
        "Say how you know, in a sentence.",
    )

    def __init__(
        self, *given: Any, choices: Choices = (), hints: dict[str, str] | None = None, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        offer(self.fields["records"], choices, hints)

    def clean_records(self) -> list[str]:
        """Return what was chosen; whoever chose all of them leaves nobody."""
        chosen: list[str] = self.cleaned_data["records"]
        field = self.fields["records"]
        if len(chosen) == len(getattr(field, "choices", ())):
            raise forms.ValidationError("Leave at least one record that is theirs.")
        return chosen


class DoubtTooForm(forms.Form):
    """Why somebody doubts what is in dispute already."""

    reason = _reason(
        "How do you know?",
        "What differs, or who told you. No story.",
        "Say how you know, in a sentence.",
    )


class SameForm(forms.Form):
    """Who else this person is, and why."""

    other = ChoiceField(
        label="Who is the same person?",
        error_messages={
            "required": "Choose who is the same person.",
            "invalid_choice": "Choose from those who are here now: they may have changed.",
        },
    )
    reason = _reason(
        "How do you know?",
        "What agrees, or who told you. No story.",
        "Say how you know, in a sentence.",
    )

    def __init__(
        self, *given: Any, choices: Choices = (), hints: dict[str, str] | None = None, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        offer(self.fields["other"], choices, hints)


class SettleForm(forms.Form):
    """What a steward rules, and why."""

    after = ChoiceField(
        label="What do you rule?",
        error_messages={
            "required": "Choose what you rule.",
            "invalid_choice": "This cannot follow any more: somebody else was quicker. Look again.",
        },
    )
    reason = _reason(
        "How do you know?",
        "Whom you asked, and what they said. Whoever saw the link reads only how it ended.",
        "Say how you know, in a sentence.",
    )

    def __init__(
        self, *given: Any, choices: Choices = (), hints: dict[str, str] | None = None, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        offer(self.fields["after"], choices, hints)


class TakeBackForm(forms.Form):
    """Why something settled is taken back."""

    reason = _reason(
        "Why do you take it back?",
        "It is then open again, and everybody who was told is told so.",
        "Say why, in a sentence.",
    )


class WithdrawForm(forms.Form):
    """Why somebody takes back what they said themselves."""

    reason = _reason(
        "Why do you take it back?",
        "Unless somebody else doubts it too, the records stand together again, and everybody who was told is told so.",
        "Say why, in a sentence.",
    )


class BreachStepForm(forms.Form):
    """What was done about a breach."""

    step = ChoiceField(
        label="What was done?",
        error_messages={
            "required": "Choose what was done.",
            "invalid_choice": "This cannot follow any more: somebody else was quicker. Look again.",
        },
    )
    reason = _reason(
        "What was found or said?",
        "The ICO’s reference, or why no risk is likely. No name of whom it is about.",
        "Say what was found or said, in a sentence.",
    )

    def __init__(self, *given: Any, choices: Choices = (), **named: Any) -> None:
        super().__init__(*given, **named)
        offer(self.fields["step"], choices, None)
