"""What a partner calls somebody: the name as it was told, with at most one slip of each kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from footprint.sample import slips
from footprint.sample.dice import Dice
from footprint.sample.partners.habits import (
    AT_FAMILY,
    AT_GIVEN,
    AT_MIDDLE,
    AT_ORDER,
    Habits,
    kind_at,
    learnt_after,
)
from footprint.sample.world.people import Person

FAMILY_FIRST: Final = frozenset({"chinese", "vietnamese", "somali", "ukrainian"})
FORMER_NAME_DAYS: Final = 3650
"""Until so long after a change of name, a record may still have the old one."""

TextSlip = Callable[[str, Dice], str]
GIVEN_SLIPS: Final[dict[str, TextSlip]] = {
    "typo": slips.typo,
    "heard": slips.heard,
    "scanned": slips.scanned,
    "nickname": slips.nickname,
    "spelling": slips.other_spelling,
    "initial": lambda given, _dice: given[:1],
    "cut": lambda given, _dice: given[:10],
}
FAMILY_SLIPS: Final[dict[str, TextSlip]] = {
    "typo": slips.typo,
    "heard": slips.heard,
    "scanned": slips.scanned,
    "spelling": slips.other_spelling,
    "one-part": slips.one_part,
    "joined": slips.joined,
}


def names(
    person: Person, habits: Habits, tape: list[float], dice: Dice, on: dt.date, *, careful: bool
) -> tuple[str, str, str, list[str]]:
    """Return given, middle and family name as held on a day, and the slips made."""
    family, made = person.family, []
    for former in person.former:
        if former.until + learnt_after(tape) > on:
            family = former.family
            made.append("family:not-yet-learnt")
            break
    middle = "" if tape[AT_MIDDLE] < habits.middle_missing else person.middle
    if careful:
        return person.given, middle, family, made
    given, slip = given_name(person, kind_at(habits.given, tape[AT_GIVEN]), dice)
    if slip:
        made.append(slip)
    family, slip = family_name(person, family, kind_at(habits.family, tape[AT_FAMILY]), dice, on)
    if slip:
        made.append(slip)
    foreign = person.community in FAMILY_FIRST
    if family and given and tape[AT_ORDER] < (habits.swapped_foreign if foreign else habits.swapped):
        given, family = family, given
        made.append("order:swapped-foreign" if foreign else "order:swapped")
    return given, middle, family, made


def given_name(person: Person, slip: str, dice: Dice) -> tuple[str, str]:
    """Return the given name as held, and the slip as "given:slip" if one was made."""
    given = person.given
    if slip == "known-as":
        given = person.known_as or given
    elif slip == "middle-as-given":
        given = person.middle or given
    elif slip:
        given = GIVEN_SLIPS[slip](given, dice)
    return given, f"given:{slip}" if given != person.given else ""


def family_name(person: Person, family: str, slip: str, dice: Dice, on: dt.date) -> tuple[str, str]:
    """Return the family name as held, and the slip as "family:slip" if one was made."""
    held = family
    if slip == "former":
        oldest = on - dt.timedelta(days=FORMER_NAME_DAYS)
        held = next((former.family for former in reversed(person.former) if former.until > oldest), family)
    elif slip and family:
        held = FAMILY_SLIPS[slip](family, dice)
    return held, f"family:{slip}" if held != family else ""
