"""What an information-governance lead asks the ledger by."""

from __future__ import annotations

from typing import Any

from django import forms

from footprint.web.design.fields import SelectField, TextField


class ReceiptForm(forms.Form):
    """A receipt, as it stands on a page or a print."""

    receipt = TextField(
        label="Receipt number",
        hint="As it stands on the page or the print, such as 1042-MFRGGZDF",
        max_length=40,
        width=20,
        error_messages={"required": "Enter the receipt number that stands on the page or the print"},
    )


class UserForm(forms.Form):
    """One of the users of the partnership."""

    user = SelectField(label="User", error_messages={"required": "Choose a user"})

    def __init__(self, data: Any, users: list[tuple[str, str]]) -> None:
        super().__init__(data, prefix="user")
        self.fields["user"].choices = [("", ""), *users]  # type: ignore[attr-defined]
