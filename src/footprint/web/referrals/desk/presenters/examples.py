"""Examples as finished words: the lines of a form to be read, and the examples that stand, by criterion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from footprint.referrals.criteria import CRITERIA
from footprint.referrals.exemplars import exemplar
from footprint.referrals.fields import FIELDS
from footprint.referrals.prompts import CONCEPTS
from footprint.referrals.referral import Referral as Said
from footprint.web.referrals.desk.example_queries import Shown

_SAID: Final = "What was said or seen"


class ExampleShown(NamedTuple):
    """One example: its number, and its lines as label and text."""

    id: int
    lines: tuple[tuple[str, str], ...]


class ExamplesOf(NamedTuple):
    """The examples of a criterion."""

    label: str
    examples: tuple[ExampleShown, ...]


def lines_to_read(said: Said, earlier: Iterable[Said] = ()) -> list[tuple[str, str]]:
    """Return a form's lines with what tells whom it is about taken out, each with a label that names nobody."""
    found = []
    for line in exemplar(said, earlier).lines:
        field = FIELDS.get(f"{line.part}.{line.field}")
        # What was noted of a child is of no field, and of a concept.
        noted = CONCEPTS.get(line.field)
        label = field.label if field else noted.label if noted else _SAID
        found.append((f"{label} ({line.whose})" if line.whose else label, line.text))
    return found


def by_criterion(rows: Iterable[Shown]) -> tuple[ExamplesOf, ...]:
    """Return the examples that stand, in the criteria's order."""
    listed = list(rows)
    return tuple(
        ExamplesOf(one.label, shown)
        for code, one in CRITERIA.items()
        if (shown := tuple(ExampleShown(row.pk, row.lines) for row in listed if row.criterion == code))
    )
