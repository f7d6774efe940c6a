"""The form on which fifteen criteria are marked, with a grade and up to three points for the author."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from footprint.referrals.criteria import CRITERIA, MARKS
from footprint.referrals.feedback import MOST_POINTS, Point
from footprint.referrals.grades import Scale
from footprint.web.design.fields import ChoiceField, SelectField, TickField
from footprint.web.referrals.desk.forms import words_field

_POINT: Final = 500


class GradeForm(forms.Form):
    """Marks of a form. A criterion may be left without one; the grade needs every critical one."""

    version = forms.IntegerField(min_value=1, max_value=100_000, widget=forms.HiddenInput)

    def __init__(self, scale: Scale, hints: Mapping[str, str], *given: Any, **named: Any) -> None:
        """`hints` says of each criterion, by its code, what to look for and what was found."""
        super().__init__(*given, **named)
        for code, one in CRITERIA.items():
            self.fields[code] = ChoiceField(
                label=f"{code.removeprefix('Q')}. {one.label}{' (critical)' if one.critical else ''}",
                hint=hints[code],
                choices=[(str(mark), f"{mark} {label}") for mark, label in MARKS.items()],
                required=False,
                inline=True,
                error_messages={"invalid_choice": "Choose one of the four marks, or none."},
            )
        self.fields["grade"] = ChoiceField(
            label="Grade",
            choices=[("", "As the marks propose"), *((one.code, one.label) for one in scale.grades)],
            required=False,
            error_messages={"invalid_choice": "Choose one of these grades."},
        )
        for number in range(1, MOST_POINTS + 1):
            self.fields[f"about-{number}"] = SelectField(
                label=f"Point {number}: about what?",
                choices=[("", "No point"), *((code, one.label) for code, one in CRITERIA.items())],
                required=False,
                error_messages={"invalid_choice": "Choose from this list."},
            )
            self.fields[f"words-{number}"] = words_field(
                f"Point {number} in words", "What to do, not what was wrong.", "", rows=2, longest=_POINT
            )
            self.fields[f"words-{number}"].required = False
            self.fields[f"keep-{number}"] = TickField(label="This was done well: keep it", required=False)

    def clean(self) -> dict[str, Any]:
        """Want both halves of a point, or none."""
        said = super().clean() or {}
        for number in range(1, MOST_POINTS + 1):
            about, words = said.get(f"about-{number}"), said.get(f"words-{number}")
            if about and not words and f"words-{number}" not in self.errors:
                self.add_error(f"words-{number}", "Say the point in words, or choose “No point”.")
            if words and not about and f"about-{number}" not in self.errors:
                self.add_error(f"about-{number}", "Choose what the point is about.")
        return said

    def marks(self) -> Mapping[str, int]:
        """Return the marks that were given."""
        return {code: int(self.cleaned_data[code]) for code in CRITERIA if self.cleaned_data.get(code)}

    def points(self) -> tuple[Point, ...]:
        """Return the points, in their order."""
        numbers = [n for n in range(1, MOST_POINTS + 1) if self.cleaned_data[f"words-{n}"]]
        return tuple(
            Point(
                self.cleaned_data[f"about-{n}"],
                self.cleaned_data[f"words-{n}"],
                self.cleaned_data[f"keep-{n}"],
            )
            for n in numbers
        )

    def of_criteria(self) -> list[Any]:
        """Return the fields of the criteria, as they are drawn."""
        return [self[code] for code in CRITERIA]

    def of_points(self) -> list[Any]:
        """Return the fields of the points, as they are drawn."""
        return [self[f"{name}-{n}"] for n in range(1, MOST_POINTS + 1) for name in ("about", "words", "keep")]
