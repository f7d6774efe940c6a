"""The one field by which a referral is found: its whole reference, its incident's, or its sender's own."""

from __future__ import annotations

from django import forms

from footprint.referrals.references import LONGEST
from footprint.web.design.fields import TextField


class FindForm(forms.Form):
    """A reference as it was typed."""

    reference = TextField(
        label="Reference",
        hint="The whole of it, as R-7KXM2QD, or the incident’s, or that of the system that sent it.",
        width=20,
        max_length=LONGEST,
        error_messages={
            "required": "Write the reference, as R-7KXM2QD, or the incident’s, or that of the system that sent it.",
            "max_length": "Write the reference alone, as R-7KXM2QD.",
        },
    )
