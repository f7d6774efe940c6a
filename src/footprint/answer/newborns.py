"""An expected child and a newborn who may be that child: the same mother or the same home, and born near enough to the day.

Nothing is joined by it. It is a line that asks whoever reads it to look, on both footprints.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from footprint.answer import words
from footprint.answer.lives import due, has_died, life
from footprint.answer.people import People, Shown
from footprint.answer.relatives import HOUSEHOLD, relatives, stated_kin
from footprint.answer.statements import called, likeliest_birth
from footprint.answer.values import PerhapsBaby, Relative

# A child may live from about the 22nd week on, and seldom comes later than a fortnight; the expected day itself is a guess.
EARLIEST: Final = dt.timedelta(weeks=18)
LATEST: Final = dt.timedelta(weeks=4)
# An older child was recorded as one long ago, whatever became of the record of its expected birth.
NEWBORN: Final = dt.timedelta(weeks=52)


def perhaps_baby(people: People, shown: Shown, family: Sequence[Relative]) -> tuple[PerhapsBaby, ...]:
    """Return who may be the baby that this expected child became, or the expected child that this newborn was.

    `family` are this person's relatives: of somebody protected there are none. Whom a partner calls a sibling or twin of this
    person is somebody else.
    """
    if not (_is_expected(shown) or _is_newborn(shown, people.content.day)):
        return ()
    kin = stated_kin(people, shown)
    reasons: dict[str, list[str]] = {}
    for person_id, why in (*_at_home(family), *_of_one_mother(people, family)):
        if person_id != shown.id and person_id not in kin:
            reasons.setdefault(person_id, []).append(why)
    found = [(people.find(person_id), why) for person_id, why in sorted(reasons.items())]
    return tuple(
        _line(people, other, shown, why)
        for other, why in found
        if other and other.standing == "open" and _may_be_one(shown, other, people.content.day)
    )


def _at_home(family: Iterable[Relative]) -> Iterator[tuple[str, str]]:
    for one in family:
        if one.kind == HOUSEHOLD and one.person_id:
            yield one.person_id, "the same home"


def _of_one_mother(people: People, family: Iterable[Relative]) -> Iterator[tuple[str, str]]:
    for one in family:
        mother = people.find(one.person_id) if one.kind == "mother" and one.person_id else None
        for child in relatives(people, mother) if mother and mother.standing == "open" else ():
            if child.person_id and "child" in child.kind.split(", "):
                yield child.person_id, f"the same mother, {one.name}"


def _is_expected(shown: Shown) -> bool:
    return likeliest_birth(shown.sources) is None and due(shown.sources) is not None


def _is_newborn(shown: Shown, day: str) -> bool:
    birth = likeliest_birth(shown.sources)
    whole = birth.whole if birth else None
    return whole is not None and whole >= dt.date.fromisoformat(day) - NEWBORN


def _may_be_one(one: Shown, other: Shown, on: str) -> bool:
    """Whether one is expected and the other newly born, near enough to the day, and neither is known to have died."""
    expected, baby = (one, other) if _is_expected(one) else (other, one)
    if not (_is_expected(expected) and _is_newborn(baby, on)) or has_died((*one.sources, *other.sources)):
        return False
    day, birth = due(expected.sources), likeliest_birth(baby.sources)
    if not (day and day.whole and birth and birth.whole):
        return False
    return day.whole - EARLIEST <= birth.whole <= day.whole + LATEST


def _line(people: People, other: Shown, shown: Shown, why: Sequence[str]) -> PerhapsBaby:
    lived = life(other.sources, people.content.day)
    name = called(other.sources)
    who = words.known_by(name, lived.birth)
    because = words.listed(list(dict.fromkeys(why)))
    says = (
        f"This may be the expected child {who}"
        if lived.unborn
        else f"This may be the child that was born: {who}"
    )
    return PerhapsBaby(
        person_id=other.id,
        name=name,
        birth=lived.birth,
        sentence=f"{says}. They have {because}. Nothing is joined.",
    )
