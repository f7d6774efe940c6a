"""What a steward does with a message that hangs, and why."""

from __future__ import annotations

from typing import Final

from django import forms

from footprint.web.design.fields import ChoiceField, ParagraphField

AGAIN: Final = "again"
ASIDE: Final = "aside"


class HangingForm(forms.Form):
    """Send it again, or let it rest."""

    what = ChoiceField(
        label="What should become of it?",
        choices=[(AGAIN, "Send it again now"), (ASIDE, "Set it aside")],
        hints={
            AGAIN: "A system that has it already does nothing a second time.",
            ASIDE: "It is not sent any more, and what comes after it goes on. The other system does not get it.",
        },
        error_messages={"required": "Choose what should become of it"},
    )
    reason = ParagraphField(
        label="Why?",
        hint="One sentence for whoever asks later, without a name, such as: Their service desk opened the way again.",
        rows=3,
        max_length=250,
        error_messages={"required": "Say why: whoever asks later has only that"},
    )
