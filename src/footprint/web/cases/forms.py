"""The forms of a case: opening one, completing its reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from footprint.sharing import Purpose
from footprint.web.cases.references import EXAMPLE, NotAReference, reference_of
from footprint.web.design.fields import ChoiceField, TextField, TickField

_REFERENCE_HINT: Final = (
    f"Of the referral, incident or record for which you ask, for example {EXAMPLE}. Never a name."
)
#: How much is read of a line before its own check says that it is too long.
_MOST_READ: Final = 500
_CHOOSE: Final = "Choose why you ask."


class CaseForm(forms.Form):
    """Why somebody asks, under which reference, and whom it concerns."""

    concerns = TextField(
        label="Whom does it concern?",
        hint="So that you know the case again on your first page: a child’s or a family’s name is enough.",
        max_length=200,
        error_messages={
            "required": "Write whom the case concerns, in a few words.",
            "max_length": "Write whom it concerns in at most 200 letters.",
        },
    )
    reference = TextField(
        label="Reference", hint=_REFERENCE_HINT, required=False, width=20, max_length=_MOST_READ
    )
    no_reference = TickField(
        label="There is no reference yet. I will complete it within 24 hours.", required=False
    )

    def __init__(self, purposes: Mapping[str, Purpose], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # The purposes are those that the agreement lets this actor ask for.
        self.fields["purpose"] = ChoiceField(
            label="Why do you ask?",
            choices=[(code, one.label) for code, one in purposes.items()],
            hints={code: one.short for code, one in purposes.items()},
            error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
        )

    def clean(self) -> dict[str, Any]:
        """Demand a reference, or the word that there is none yet; a reference that was written counts."""
        said = super().clean() or {}
        if said.get("reference") or not said.get("no_reference"):
            self._check_reference(said)
        return said

    def _check_reference(self, said: dict[str, Any]) -> None:
        try:
            said["reference"] = reference_of(said.get("reference", ""))
        except NotAReference as error:
            self.add_error("reference", str(error))


class ReferenceForm(forms.Form):
    """The reference of a case that had none yet."""

    reference = TextField(
        label="Reference",
        hint=_REFERENCE_HINT,
        required=False,
        width=20,
        max_length=_MOST_READ,
        label_size="m",
    )

    def clean_reference(self) -> str:
        """Return the reference as it will stand."""
        try:
            return reference_of(self.cleaned_data["reference"])
        except NotAReference as error:
            raise forms.ValidationError(str(error)) from None
