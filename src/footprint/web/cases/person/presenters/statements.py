"""Names and birthdays as each partner holds them: no value is chosen, and what cannot all be right is marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from footprint.answer import words
from footprint.answer.values import Footprint, Said, Stated

_FIELDS: Final = {"name": "Name", "birth": "Birthday", "sex": "Sex", "death": "Death"}
# Homes: see `homes`.
_ELSEWHERE: Final = frozenset({"home"})
# The everyday uses of a name and an address; every other one is said.
_USUAL: Final = frozenset({"", "usual", "official", "home"})


class Value(NamedTuple):
    """One value, what it is used for where that is unusual, and who says so."""

    text: str
    use: str
    said_by: str


class Field(NamedTuple):
    """All values of one field; `conflict` names what is wrong, or is empty."""

    name: str
    conflict: str
    values: tuple[Value, ...]


def fields(answer: Footprint) -> tuple[Field, ...]:
    """Return every field that some partner fills, but for what has a place of its own on the page."""
    return tuple(_field(one, answer.day) for one in answer.stated if one.field not in _ELSEWHERE)


def conflicts(answer: Footprint) -> str:
    """Return the sentence at the top that names the fields in conflict; empty where there is none."""
    named = [words.inside(_FIELDS.get(field, field)) for field in answer.conflicts if field not in _ELSEWHERE]
    return f"Partners disagree about the {words.listed(named)}." if named else ""


def said(said_by: Iterable[Said], day: str) -> str:
    """Return who says so, and on which day last where it was not the snapshot's: "Police and School; Trust (3 May 2026)"."""
    latest: dict[str, str] = {}
    for one in said_by:
        latest[one.name] = max(one.on, latest.get(one.name, ""))
    days: dict[str, list[str]] = {}
    for name, on in latest.items():
        days.setdefault(on, []).append(name)
    return "; ".join(
        words.listed(names) if on == day else f"{words.listed(names)} ({words.day(on)})"
        for on, names in sorted(days.items(), reverse=True)
    )


def _field(stated: Stated, day: str) -> Field:
    return Field(
        name=_FIELDS.get(stated.field, stated.field.capitalize()),
        conflict=f"Partners disagree: {len(stated.statements)} different values" if stated.conflict else "",
        values=tuple(
            Value(one.value, "" if one.use in _USUAL else one.use, said(one.said_by, day))
            for one in stated.statements
        ),
    )
