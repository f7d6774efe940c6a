"""The forms of the administrator's pages."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from footprint.records.reading_dates import read_date
from footprint.sharing.roles import ROLES
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.people import queries
from footprint.web.design.fields import ChoiceField, EmailField, ParagraphField, SelectField, TextField

_PLAIN: Final = RegexValidator(
    r"\A[a-z0-9]+(?:[.\-][a-z0-9]+)*\Z",
    "Write small letters and figures, with single dots or hyphens between them",
)


def _day(label: str, hint: str, *, required: bool) -> TextField:
    return TextField(
        label=label,
        hint=hint,
        width=20,
        required=required,
        max_length=40,
        error_messages={"required": "Enter a day, such as 3 9 2026"},
    )


def _read_day(typed: str) -> dt.date | None:
    if not typed.strip():
        return None
    read = read_date(typed)
    whole = read.value.whole if read.value else None
    if whole is None:
        raise forms.ValidationError("Enter a whole day, such as 3 9 2026")
    return whole


class DetailsForm(forms.Form):
    """Who a user is."""

    name = TextField(
        label="Name",
        hint="As it stands in the ledger.",
        max_length=200,
        error_messages={"required": "Enter the name"},
    )
    email = EmailField(
        label="E-mail address",
        hint="E-mails say only that there is something to read here.",
        required=False,
        max_length=254,
        error_messages={"invalid": "Write an address such as name@council.example"},
    )


class MembershipForm(forms.Form):
    """For whom somebody works, as what, and from when to when."""

    partner = SelectField(label="Partner", error_messages={"required": "Choose a partner"})
    role = ChoiceField(
        label="Role",
        choices=[(role.id, role.label) for role in ROLES.values()],
        hints={role.id: role.sentence for role in ROLES.values()},
        error_messages={"required": "Choose a role"},
    )
    team = TextField(label="Team", hint="You can leave it empty.", required=False, max_length=120)
    starts = _day("From", "For example 3 9 2026. Empty means today.", required=False)
    ends = _day("Last day", "Empty means until it is ended.", required=False)

    def __init__(self, actor: Actor, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._partners = {one.code: one for one in queries.partners(actor)}
        partner = self.fields["partner"]
        if isinstance(partner, SelectField):
            partner.choices = [("", "Choose"), *((code, one.name) for code, one in self._partners.items())]

    def clean_starts(self) -> dt.date:
        return _read_day(self.cleaned_data["starts"]) or timezone.localdate()

    def clean_ends(self) -> dt.date | None:
        return _read_day(self.cleaned_data["ends"])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        starts, ends = typed.get("starts"), typed.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "The last day is before the first")
        return typed

    @property
    def membership(self) -> dict[str, Any]:
        """What was typed, as a membership."""
        typed = self.cleaned_data
        return {
            "partner": self._partners[typed["partner"]],
            **{name: typed[name] for name in ("role", "team", "starts", "ends")},
        }


class NewUserForm(MembershipForm, DetailsForm):
    """Somebody new, and their first membership."""

    username = TextField(
        label="Username",
        hint="What they sign in with, and what stands in the ledger. It stays.",
        max_length=60,
        width=20,
        validators=[_PLAIN],
        error_messages={"required": "Enter a username"},
    )

    field_order = ("name", "username", "email", "partner", "role", "team", "starts", "ends")

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if queries.is_taken(username):
            raise forms.ValidationError("Somebody has this username. Choose another")
        return username


class EndForm(forms.Form):
    """When a membership ends."""

    when = ChoiceField(
        label="When does it end?",
        choices=[("now", "At once"), ("day", "After a day that I enter")],
        hints={"now": "What they have open closes with their next click."},
        error_messages={"required": "Say when it ends"},
    )
    last_day = _day("Last day", "For example 30 9 2026.", required=False)

    def clean_last_day(self) -> dt.date | None:
        return _read_day(self.cleaned_data["last_day"])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("when") == "day" and not typed.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", "Enter the last day")
        return typed


class ReasonForm(forms.Form):
    """Why a second factor is taken away."""

    reason = ParagraphField(
        label="Why?",
        hint="For example: lost the phone; I know their voice and rang them back.",
        rows=3,
        max_length=1000,
        error_messages={"required": "Say why, and how you know that it is them"},
    )


class PartnerForm(forms.Form):
    """An organisation of the partnership."""

    name = TextField(label="Name", max_length=200, error_messages={"required": "Enter the name"})
    code = TextField(
        label="Code",
        hint="What its feeds and the sharing agreement call it. It stays.",
        max_length=60,
        width=20,
        validators=[_PLAIN],
        error_messages={"required": "Enter the code"},
    )
    sector = TextField(
        label="Sector",
        hint="For example police, school, childrens-social-care, acute-trust.",
        max_length=60,
        width=20,
        validators=[_PLAIN],
        error_messages={"required": "Enter the sector"},
    )
    lead_email = EmailField(
        label="E-mail of its information-governance lead",
        hint="Who is told of break-glass and wrong links. E-mails name nobody.",
        required=False,
        max_length=254,
        error_messages={"invalid": "Write an address such as name@council.example"},
    )


class PartnershipForm(forms.Form):
    """The partnership's name."""

    name = TextField(
        label="Name of the partnership", max_length=200, error_messages={"required": "Enter the name"}
    )
