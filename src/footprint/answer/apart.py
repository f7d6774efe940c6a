"""The parts of somebody of whom it is doubted that they are one: shown together, by whichever of them anybody comes.

What may not be known shows nothing here either: two parts belong together only where a link between records that this
reader may see says so, and a doubt about two of those. A part of which they may see nothing is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from footprint.answer.found import Apart
from footprint.answer.identity import ruled_out
from footprint.answer.lives import life
from footprint.answer.people import People, Shown
from footprint.answer.statements import called
from footprint.answer.values import PossibleOther


def apart(people: People, listed: Iterable[Shown]) -> tuple[Apart, ...]:
    """Return, for those of these people who are in doubt, all their parts: each group once, in the order of the list."""
    found: list[Apart] = []
    told: set[str] = set()
    for shown in listed:
        if shown.id not in told and (others := _others(people, shown)):
            parts = [shown, *others]
            told.update(one.id for one in parts)
            found.append(Apart(parts=tuple(_part(people, one) for one in parts)))
    return tuple(found)


def other_parts(people: People, shown: Shown) -> tuple[PossibleOther, ...]:
    """Return the other parts of this person, of whom it is doubted that they are the same."""
    return tuple(_part(people, one) for one in _others(people, shown))


def _others(people: People, shown: Shown) -> list[Shown]:
    """Everybody who can be reached from doubt to doubt: a split leaves three parts where the third hangs on neither."""
    if shown.standing != "open" or not _may_be_doubted(people, [shown]):
        return []
    found = {shown.id: shown}
    waiting = [shown]
    while waiting:
        new = {one.id: one for one in _doubted(people, waiting.pop()) if one.id not in found}
        found |= new
        waiting += new.values()
    return list(found.values())[1:]


def _may_be_doubted(people: People, shown: Sequence[Shown]) -> bool:
    """Whether any record is in any dispute: of nearly everybody there is none, and then nothing is read."""
    keys = {key for one in shown for key in one.keys}
    return any(not keys.isdisjoint(pair) for pair in people.overlay.disputed_pairs)


def _doubted(people: People, shown: Shown) -> Iterator[Shown]:
    for tie in people.content.ties_of(shown.number):
        here, there = (tie.one, tie.other) if tie.one in shown.keys else (tie.other, tie.one)
        other = people.by_record(there) if here in shown.keys and there not in shown.keys else None
        if other is None or other.standing != "open" or ruled_out(people, shown, other):
            continue
        if any(people.overlay.disputed(mine, theirs) for mine in shown.keys for theirs in other.keys):
            yield other


def _part(people: People, shown: Shown) -> PossibleOther:
    lived = life(shown.sources, people.content.day)
    return PossibleOther(
        person_id=shown.id,
        name=called(shown.sources),
        birth=lived.birth,
        age=lived.age,
        died=lived.died,
        is_child=lived.is_child,
        unborn=lived.unborn,
        standing=shown.standing,
        weight=0.0,
        disputed=True,
        records=shown.keys,
        why=(),
    )
