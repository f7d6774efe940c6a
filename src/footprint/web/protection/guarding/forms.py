"""The forms of guardians and of those who ask them. Each says that an address belongs in no reason."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from footprint.records import Address
from footprint.records.address_tables import BLOCKS, SHORT_WORDS, STREET_TYPES, UNITS
from footprint.records.contacting import check_phone
from footprint.records.reading_addresses import parse_address
from footprint.records.text import fold
from footprint.watching.terms import SHORTEST_REASON, enough_said
from footprint.web.design.fields import ChoiceField, ParagraphField, TextField

_LONG: Final = f"Say it in a sentence of at least {SHORTEST_REASON} letters."
_TOO_LONG: Final = "Say it in at most 1,000 letters."
_NO_PLACE: Final = "Name no address, school or team."
_ONE_NUMBER: Final = (
    "Write one telephone number at which you can be rung back, such as 01632 960123 or 07700 900123"
)
_ORDINARY: Final = frozenset({*STREET_TYPES, *BLOCKS, *UNITS, *SHORT_WORDS, "the", "and", "flat", "house"})


def _reason(label: str, hint: str) -> ParagraphField:
    return ParagraphField(
        label=label,
        hint=f"A sentence of at least {SHORTEST_REASON} letters. {hint}",
        max_length=1000,
        error_messages={"required": _LONG, "max_length": _TOO_LONG},
    )


class _WithReason(forms.Form):
    """A form whose reason is one."""

    def clean_reason(self) -> str:
        """Return the reason."""
        said = " ".join(str(self.cleaned_data["reason"]).split())
        if not enough_said(said):
            raise forms.ValidationError(_LONG)
        return said


class OverrideForm(_WithReason):
    """Why somebody must know what is behind a shield."""

    reason = _reason("Why do you need to know it?", f"Two guardians read it. {_NO_PLACE}")


class AskShieldForm(_WithReason):
    """Why somebody should be shielded."""

    reason = _reason("Why should they be shielded?", f"A guardian reads it and acts at once. {_NO_PLACE}")


class QuestionForm(forms.Form):
    """A question that the hub passes on."""

    question = ParagraphField(
        label="What do you want to ask?",
        hint=f"The hub passes it on and you are told. {_NO_PLACE}",
        max_length=800,
        error_messages={"required": "Write your question.", "max_length": "Ask it in at most 800 letters."},
    )
    reach = TextField(
        label="Your telephone number",
        hint="Where you can be rung back, with its area code. An extension may follow: ext 45.",
        max_length=60,
        width=20,
        inputmode="tel",
        error_messages={"required": "Write a number at which you can be rung back."},
    )

    def clean_reach(self) -> str:
        """Return the number as it was typed: a question whose asker cannot be rung back is lost."""
        said = " ".join(str(self.cleaned_data["reach"]).split())
        if check_phone(said).reason:
            raise forms.ValidationError(_ONE_NUMBER)
        return said


class VerdictForm(forms.Form):
    """What a guardian says to a request. `yes` and `no` are the words for it."""

    def __init__(self, yes: str, no: str, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["verdict"] = ChoiceField(
            label="What do you say?",
            choices=[("yes", yes), ("no", no)],
            error_messages={"required": "Choose one.", "invalid_choice": "Choose one."},
        )
        self.fields["reason"] = ParagraphField(
            label="Why?",
            hint=f"It is kept with the request. {_NO_PLACE}",
            max_length=1000,
            error_messages={"required": "Say why, in a sentence.", "max_length": _TOO_LONG},
        )


class ShieldForm(_WithReason):
    """Whom or what a guardian shields: an address as it is typed, or a person by their reference."""

    what = ChoiceField(
        label="What do you shield?",
        choices=[("address", "An address"), ("person", "A person")],
        hints={
            "address": "A refuge, or a home. Whoever lives there is protected, and nobody is found by it.",
            "person": "By the reference from a receipt or a request.",
        },
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one."},
    )
    address = TextField(
        label="Address",
        hint="In one line, with its postcode. Without a flat, every flat there. It is never shown again.",
        max_length=300,
        required=False,
    )
    uprn = TextField(
        label="UPRN, if you know it", max_length=12, width=10, inputmode="numeric", required=False
    )
    person = TextField(label="The person’s reference", max_length=60, width=20, required=False)
    reason = _reason("Why?", f"Other guardians read it when they look at the shield again. {_NO_PLACE}")

    def clean(self) -> dict[str, Any]:
        """Demand what was chosen, and a reason that does not give the address away."""
        said = super().clean() or {}
        if said.get("what") == "address" and not (said.get("address") or said.get("uprn")):
            self.add_error("address", "Write the address in one line, with its postcode.")
        if said.get("what") == "person" and not said.get("person"):
            self.add_error("person", "Write the person’s reference.")
        if said.get("uprn") and not said["uprn"].strip().isdigit():
            self.add_error("uprn", "A UPRN has at most twelve figures and nothing else.")
        if said.get("reason") and tells_of(said["reason"], said.get("address", "")):
            self.add_error("reason", "Leave the address out of the reason: others read it.")
        return said

    @property
    def place(self) -> Address:
        """The address that was typed."""
        said = self.cleaned_data
        return parse_address(said["address"], uprn=said["uprn"])


class NoteForm(forms.Form):
    """That a shield was looked at again and stays."""

    note = ParagraphField(
        label="Why does it stay?",
        hint=_NO_PLACE,
        max_length=1000,
        error_messages={"required": "Say why, in a sentence.", "max_length": _TOO_LONG},
    )


class LiftForm(_WithReason):
    """Why a shield should be lifted."""

    reason = _reason("Why should it be lifted?", f"A second guardian decides with you. {_NO_PLACE}")


def tells_of(reason: str, address: str) -> bool:
    """Say whether a reason holds a telling word of an address: a name in it, or its postcode."""
    spoken, words = fold(reason), set(fold(reason).split())
    place = parse_address(address)
    names = {word for word in fold(address).split() if len(word) > 3 and word.isalpha()} - _ORDINARY
    postcode = fold(place.postcode)
    return bool(names & words) or bool(postcode and postcode.replace(" ", "") in spoken.replace(" ", ""))
