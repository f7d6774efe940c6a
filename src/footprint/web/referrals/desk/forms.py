"""The forms of what is done with a referral: which fields a step needs follows from the core's table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django import forms
from django.core.validators import RegexValidator

from footprint.referrals.codes import DECISIONS
from footprint.referrals.deciding import REASONS_OF_PEOPLE, Grounds
from footprint.referrals.states import DECISION_REASONS, Incomplete, Move, Verb
from footprint.web.design.fields import ChoiceField, ParagraphField, SelectField, TextField

LONGEST: Final = 2_000
_PLAIN: Final = RegexValidator(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$", "Write it in plain letters.")


class Asked(NamedTuple):
    """What a step asks for in words: its label, and what to write."""

    label: str
    hint: str


_WORDS: Final[Mapping[str, Asked]] = MappingProxyType(
    {
        Verb.ROUTE: Asked("Which worker has it now?", "Name, team and number. Whoever sent it reads this."),
        Verb.PUT_BACK: Asked(
            "Why is it put back?",
            "What is done so far, and what is still open. Whoever accepts it next reads this, and whoever sent it.",
        ),
        Verb.DECIDE: Asked("Why, in your own words?", "Whoever sent it reads this, and can explain it."),
        Verb.SEND_BACK: Asked(
            "What would help?", "One or two things. The referral goes on meanwhile: nothing waits for them."
        ),
        Verb.NOTE: Asked(
            "Who told you, and what?",
            "When, who and their number first. Whoever sent it reads this, and the systems that keep a copy.",
        ),
        Verb.CLOSE: Asked("What happened next?", "In a sentence or two. Whoever sent it reads this."),
        Verb.REOPEN: Asked("Why is it opened again?", "Whoever sent it reads this."),
    }
)
#: What to write where no account is its author; then whom to ring is said, for they read nothing here.
_UNTOLD: Final[Mapping[str, str]] = MappingProxyType(
    {
        Verb.ROUTE: "Name, team and number.",
        Verb.PUT_BACK: "What is done so far, and what is still open. Whoever accepts it next reads this.",
        Verb.SEND_BACK: "One or two things. The referral goes on meanwhile: nothing waits for them.",
        Verb.NOTE: "When, who and their number first. The systems that keep a copy read this.",
        Verb.CLOSE: "In a sentence or two.",
    }
)
_SPOKE_TO: Final = Asked(
    "Whom did you speak to?",
    "Needed where too little was sent to act on: who sent it, their number, and when you rang.",
)
_SPOKE_TO_IN_DANGER: Final = Asked(
    "Whom did you speak to?",
    "It says danger now, whatever you decide: name and number of whoever is there, or sent it.",
)
#: Whatever is decided, somebody may say which worker has it; where it leaves the front door for them the core asks.
_OF_WORKER: Final[Mapping[str, Asked]] = MappingProxyType(
    {
        "worker": Asked(
            "Which worker has accepted it?",
            "Needed where it is passed to the family’s worker, or a worker is on it already: their name and team.",
        ),
        "worker_number": Asked(
            "On which number can that worker be rung?", "Their own, or their duty desk’s."
        ),
        "accepted": Asked(
            "When did they accept it?", "The day and the time at which you spoke to them and they took it on."
        ),
    }
)
_ANY: Final = Asked("Why?", "Whoever sent the referral reads this.")


def words_field(
    label: str, hint: str, error: str, *, rows: int = 4, longest: int = LONGEST
) -> ParagraphField:
    """Return a field for a few sentences in plain letters."""
    return ParagraphField(
        label=label,
        hint=hint,
        rows=rows,
        max_length=longest,
        validators=[_PLAIN],
        error_messages={"required": error, "max_length": f"Say it in at most {longest:,} characters."},
    )


class StepForm(forms.Form):
    """One step: what its move needs, and what stood on the page on which it was chosen."""

    moves = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput)

    def __init__(self, move: Move, *given: Any, danger: bool = False, untold: str = "", **named: Any) -> None:
        """`untold` says whom to ring where no account is the referral's author."""
        super().__init__(*given, **named)
        for name in move.needs:
            self.fields[name] = _FIELDS[name](move)
        if untold and "words" in self.fields:
            self.fields["words"] = _words_untold(move, untold)
        if move.verb == Verb.DECIDE:
            self.fields["spoke_to"] = _spoke_to(danger=danger)
            if danger:
                self.fields["tonight"] = _tonight(untold)
            for name, asked in _OF_WORKER.items():
                self.fields[name] = _may_say(asked)

    def said(self) -> dict[str, str]:
        """Return what was filled in, as a step has it."""
        return {name: self.cleaned_data[name] for name in _FIELDS if name in self.cleaned_data}

    def grounds(self) -> Grounds:
        """Return what a decision rests on beside its reason; nothing of what was not asked."""
        return Grounds(
            **{name: self.cleaned_data[name] for name in Grounds._fields if name in self.cleaned_data}
        )

    def refuse(self, error: Incomplete) -> None:
        """Say at its field what the core misses."""
        self.add_error(error.field if error.field in self.fields else None, str(error))


class ReasonForm(forms.Form):
    """Why a guardian lets a sentence go or keeps it."""

    after = ChoiceField(
        label="What do you rule?",
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one."},
    )
    reason = words_field(
        "Why?",
        "It is kept with the sentence. Leave out what it tells.",
        "Say why, in a sentence.",
        rows=2,
        longest=300,
    )

    def __init__(self, choices: list[tuple[str, str]], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["after"]
        assert isinstance(field, ChoiceField)  # noqa: S101 - tells the type checker what the class says above
        field.choices = choices


def _outcome(_: Move) -> ChoiceField:
    return ChoiceField(
        label="What do you decide?",
        choices=[(code, one.label) for code, one in DECISIONS.items()],
        hints={code: one.means for code, one in DECISIONS.items()},
        error_messages={"required": "Choose what was decided.", "invalid_choice": "Choose from this list."},
    )


def _reason(_: Move) -> SelectField:
    return SelectField(
        label="Why is it decided so?",
        hint="For counting. Your own words follow.",
        choices=[("", "Choose"), *((code, DECISION_REASONS[code]) for code in REASONS_OF_PEOPLE)],
        error_messages={
            "required": "Choose why it was decided so.",
            "invalid_choice": "Choose from this list.",
        },
    )


def _words(move: Move) -> ParagraphField:
    asked = _WORDS.get(move.verb, _ANY)
    return words_field(asked.label, asked.hint, "Say it in words: whoever sent the referral reads them.")


def _words_untold(move: Move, untold: str) -> ParagraphField:
    hint = f"{_UNTOLD.get(move.verb, '')} {untold}".strip()
    return words_field(
        _WORDS.get(move.verb, _ANY).label, hint, "Say it in words: whoever asks later reads them."
    )


def _may_say(asked: Asked) -> TextField:
    return TextField(
        label=asked.label,
        hint=asked.hint,
        required=False,
        max_length=200,
        validators=[_PLAIN],
        error_messages={"max_length": "Say it in at most 200 characters."},
    )


def _spoke_to(*, danger: bool) -> TextField:
    return _may_say(_SPOKE_TO_IN_DANGER if danger else _SPOKE_TO)


def _tonight(untold: str) -> ParagraphField:
    field = words_field(
        "Who is with the child now, and until when?",
        f"And what makes them safe until then. {untold or 'Whoever sent it and their supervisor read this.'}",
        "",
        rows=2,
        longest=600,
    )
    field.required = False
    return field


_FIELDS: Final = MappingProxyType({"outcome": _outcome, "reason": _reason, "words": _words})
