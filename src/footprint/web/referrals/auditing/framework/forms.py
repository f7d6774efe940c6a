"""The forms of the audit framework: what a new version says, and a signature."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from django import forms
from django.core.validators import RegexValidator

from footprint.records.reading_dates import read_date
from footprint.referrals.criteria import CRITERIA, CRITICAL, SINCE
from footprint.referrals.framework import Framework
from footprint.referrals.sampling import TARGETS
from footprint.web.design.fields import ChoiceField, SelectField, SeveralField, TextField, TickField

_DAY: Final = "As 1/1/2027"
_FIGURES: Final = (
    (
        "talk_from",
        "Both sides talk where marks are so far apart",
        "1, 2 or 3. In a critical criterion always.",
    ),
    ("agreement_from", "Under this agreement beyond chance markers meet", "From 0 to 1, such as 0.6"),
    ("marked_within", "Working days to mark a sample", ""),
    ("audited_again_after", "Months after a briefing until it is audited again", ""),
)
_PER_CENT: Final = 100


def _percent(label: str, hint: str) -> TextField:
    return TextField(
        label=label,
        hint=hint,
        width=3,
        inputmode="decimal",
        error_messages={"required": "Write a percentage from 0 to 100."},
    )


class ProposalForm(forms.Form):
    """A new version, filled in from the one that it follows."""

    version = TextField(
        label="Name of this version",
        hint="Such as 2027.1",
        max_length=40,
        width=10,
        # It stands wherever the framework is named: no place for words.
        validators=[RegexValidator(r"^\d[\d.]*$", "Name the version by figures and points, such as 2027.1.")],
        error_messages={"required": "Give the version a name, such as 2027.1."},
    )
    since = TextField(
        label="It holds from",
        hint=_DAY,
        width=10,
        error_messages={"required": "Write the day from which it holds, as 1/1/2027."},
    )
    review = TextField(
        label="To be reviewed by",
        hint=_DAY,
        width=10,
        error_messages={"required": "Write the day by which it is reviewed, as 1/1/2028."},
    )
    criteria = SeveralField(
        label="Criteria",
        choices=[(code, f"{code} {one.label}") for code, one in CRITERIA.items()],
        hint=f"{', '.join(sorted(CRITICAL, key=lambda code: int(code[1:])))} are critical and may not be left out.",
        error_messages={"required": "Choose the criteria that are marked."},
    )
    scale = SelectField(label="Scale of grades")
    share = _percent("Drawn at random, of each team’s month", "Per cent")
    least = TextField(
        label="And never fewer than",
        hint="Where a team sent so many",
        width=3,
        inputmode="numeric",
        error_messages={"required": "Write how many of each team’s month are drawn at least."},
    )
    weights = ChoiceField(
        label="How far apart two marks are",
        choices=[
            ("linear", "In equal steps"),
            ("quadratic", "By squares"),
            ("none", "Every difference alike"),
        ],
        error_messages={"required": "Choose how far apart two marks are."},
    )
    verified = TickField(label="The field has confirmed these figures", required=False)

    def __init__(self, base: Framework, scales: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data, initial=_initial(base))
        self.base = base
        self.fields["scale"].choices = scales  # type: ignore[attr-defined]
        for code, target in TARGETS.items():
            self.fields[f"target-{code}"] = _percent(target.label, "Per cent of these are drawn besides")
        for name, label, hint in _FIGURES:
            missing = f"Write a figure: {label[0].lower()}{label[1:]}."
            self.fields[name] = TextField(
                label=label, hint=hint, width=3, inputmode="decimal", error_messages={"required": missing}
            )

    def plain(self) -> dict[str, Any]:
        """Return the whole document as plain values; what of it cannot be meant is told when it is read."""
        said = self.cleaned_data
        plain: dict[str, Any] = msgspec.to_builtins(self.base)
        plain |= {name: said[name] for name in ("version", "scale", "weights", "verified")}
        plain["review"] = _iso(said["review"])
        plain |= {name: said[name] for name, _, _ in _FIGURES}
        plain["criteria"] = [code for code in CRITERIA if code in said["criteria"]]
        plain["criteria_since"] = SINCE.isoformat()
        plain["valid"] = {"from": _iso(said["since"])}
        plain["sampling"] = {
            "share": _share(said["share"]),
            "least": said["least"],
            "targets": {
                code: share for code in TARGETS if (share := _share(said[f"target-{code}"])) not in (0, "0")
            },
        }
        return plain


class SignForm(forms.Form):
    """A signature."""

    read = TickField(
        label="I have read what it says and what it changes, and sign it for my organisation",
        error_messages={"required": "Read it, and tick that you sign it."},
    )


def _initial(base: Framework) -> dict[str, Any]:
    plan = base.sampling
    return {
        "review": f"{base.review:%d/%m/%Y}",
        "criteria": list(base.criteria),
        "scale": base.scale,
        "share": _shown(plan.share),
        "least": plan.least,
        "weights": base.weights,
        "verified": base.verified,
        **{f"target-{code}": _shown(plan.targets.get(code, 0)) for code in TARGETS},
        **{name: getattr(base, name) for name, _, _ in _FIGURES},
    }


def _iso(text: str) -> str:
    """A whole day as ISO has it; what is none is left as it was typed, for the reader to refuse."""
    read = read_date(text).value
    return read.whole.isoformat() if read and read.whole else text


def _shown(share: float) -> str:
    return f"{share * _PER_CENT:g}"


def _share(text: str) -> float | str:
    """A percentage as a share; what is no number is left as it was typed, for the reader to refuse."""
    try:
        return round(float(text) / _PER_CENT, 6)
    except ValueError:
        return text
