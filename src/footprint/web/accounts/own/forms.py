"""The forms of one's own account."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone

from footprint.records.postcodes import check_postcode
from footprint.records.reading_dates import read_date
from footprint.web.accounts.models import User
from footprint.web.accounts.signing_in.forms import LONG
from footprint.web.design.fields import ChoiceField, ParagraphField, PasswordField, TextField, TickField

RELATIONS: Final = (
    ("partner", "Partner, now or before"),
    ("child", "Child"),
    ("parent", "Parent"),
    ("brother or sister", "Brother or sister"),
    ("other", "Other family, or somebody as close"),
)


class AddressForm(forms.Form):
    """One's own home, now or before."""

    text = ParagraphField(
        label="Address",
        hint="Without the postcode. For example Flat 3, 12 Mill Lane.",
        rows=2,
        max_length=300,
        error_messages={"required": "Enter the address"},
    )
    postcode = TextField(
        label="Postcode", width=10, max_length=10, error_messages={"required": "Enter the postcode"}
    )
    is_now = ChoiceField(
        label="Do you live there now?",
        choices=[("yes", "Yes"), ("no", "No, I lived there before")],
        inline=True,
        error_messages={"required": "Say whether you live there now"},
    )

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())

    def clean_postcode(self) -> str:
        read = check_postcode(self.cleaned_data["postcode"])
        if read.reason:
            raise forms.ValidationError(read.reason)
        return read.value


class RelativeForm(forms.Form):
    """Somebody close."""

    name = TextField(label="Name", max_length=200, error_messages={"required": "Enter the name"})
    born = TextField(
        label="Date of birth",
        hint="As much as you know: 27 3 2015, or March 2015, or 2015.",
        width=20,
        max_length=40,
        error_messages={"required": "Enter the date of birth, or the year"},
    )
    relation = ChoiceField(
        label="Who they are to you", choices=RELATIONS, error_messages={"required": "Say who they are to you"}
    )

    def clean_born(self) -> str:
        typed: str = self.cleaned_data["born"]
        read = read_date(typed, latest=timezone.localdate())
        if read.reason or read.value is None:
            raise forms.ValidationError(read.reason or "Enter the date of birth, or the year")
        return typed


class DeclareForm(forms.Form):
    """That the declaration is complete."""

    is_complete = TickField(
        label="This is complete: there is no other home and nobody else to declare",
        error_messages={"required": "Tick the box once the declaration is complete"},
    )


class FirstPasswordForm(forms.Form):
    """A first password, or a new one after an administrator's link."""

    password = PasswordField(
        label="Password",
        hint=LONG,
        autocomplete="new-password",
        error_messages={"required": "Enter a password"},
    )
    again = PasswordField(
        label="The same password again",
        autocomplete="new-password",
        error_messages={"required": "Enter the same password again"},
    )

    def __init__(self, user: User, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        first, second = typed.get("password"), typed.get("again")
        if first and second and first != second:
            self.add_error("again", "The two passwords differ. Enter the same one twice")
        return typed


class RoleForm(forms.Form):
    """One of the memberships that a user holds today."""

    role = ChoiceField(
        label="In which role are you working now?", error_messages={"required": "Choose a role"}
    )

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        role = self.fields["role"]
        if isinstance(role, ChoiceField):
            role.choices = choices
