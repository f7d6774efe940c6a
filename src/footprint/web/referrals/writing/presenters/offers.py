"""What may be filled in, as boxes to tick: whose word each value is stands beside it."""

from __future__ import annotations

from footprint.referrals.answers import SAID
from footprint.referrals.fields import FIELDS
from footprint.referrals.prefilling import Line
from footprint.referrals.referral import Said
from footprint.web.referrals.writing.filling import Offered, Someone
from footprint.web.referrals.writing.presenters.sheets import came_from, in_words


def choices_of(offered: Offered) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the people with their lines, by the line's name; what is about nobody alone comes first."""
    groups = [("The occurrence itself", offered.lines)] if offered.lines else []
    groups += [(_who(one), one.lines) for one in offered.people if one.lines]
    return [(who, [(line.id, _said(line)) for line in lines]) for who, lines in groups]


def _who(one: Someone) -> str:
    return f"{one.name}: as {'a child' if one.part == 'child' else 'an adult'}, {one.why}"


def _said(line: Line) -> str:
    value = line.value
    if isinstance(value, Said):
        text = SAID[value]
    elif isinstance(value, tuple):
        text = ", ".join(value)
    else:
        text = FIELDS[f"{line.part}.{line.field}"].choices.get(value, value)
    field = f"{line.part}.{line.field}"
    said = in_words(field, text)
    between = " " if line.label.endswith("?") else ": "
    return f"{line.label}{between}{said} ({came_from(line.partner, line.on)})"
