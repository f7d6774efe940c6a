"""Who of a home is open to a worker: said on a child's footprint, at an address and of a family, since that worker is the one
to ring first.

Each of them is decided on alone, as on their own footprint: of whom this reader may not know it, nothing is said here either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from footprint.answer.footprint import workers_of
from footprint.answer.found import AddressAnswer
from footprint.answer.lives import life
from footprint.answer.people import People, Shown
from footprint.answer.relatives import at_home
from footprint.answer.statements import called
from footprint.answer.values import Footprint, OpenAtHome
from footprint.records.disclosure import Disclosure


def beside_a_child(people: People, answer: Footprint, now: dt.datetime, disclosure: Disclosure) -> Footprint:
    """Return the footprint of a child with who else of its home is open to a worker; anybody else's as it is."""
    shown = people.find(answer.person_id) if answer.is_child else None
    if shown is None:
        return answer
    return structs.replace(answer, open_at_home=tuple(_open(people, at_home(people, shown), now, disclosure)))


def at_the_address(
    people: People, answer: AddressAnswer, now: dt.datetime, disclosure: Disclosure
) -> AddressAnswer:
    """Return the answer to an address with who of those who live there now is open to a worker."""
    there = _living_at(people, answer)
    return structs.replace(answer, open_to=tuple(_open(people, there, now, disclosure)))


def beside_a_family(
    people: People,
    found: Sequence[Footprint],
    household: AddressAnswer | None,
    now: dt.datetime,
    disclosure: Disclosure,
) -> tuple[OpenAtHome, ...]:
    """Return who is open to a worker of those who live with a child of this family, or at the address that was asked for.

    Not those who were `found`: to whom they are open is said of them already.
    """
    surely = {one.person_id for one in found}
    children = filter(None, (people.find(one.person_id) for one in found if one.is_child))
    there = [
        *(one for child in children for one in at_home(people, child)),
        *(_living_at(people, household) if household else ()),
    ]
    return tuple(_open(people, (one for one in there if one.id not in surely), now, disclosure))


def _living_at(people: People, answer: AddressAnswer) -> Iterator[Shown]:
    """Everybody who lives there now, as far as partners agree on that."""
    there = (
        people.find(resident.person_id)
        for residence in answer.residences
        for household in residence.now
        for resident in household.residents
        if resident.person_id and not resident.old_home
    )
    return filter(None, there)


def _open(
    people: People, there: Iterable[Shown], now: dt.datetime, disclosure: Disclosure
) -> Iterator[OpenAtHome]:
    for shown in {one.id: one for one in there if one.standing == "open"}.values():
        if workers := workers_of(people, shown, now, disclosure):
            lived = life(shown.sources, people.content.day)
            yield OpenAtHome(
                person_id=shown.id,
                name=called(shown.sources),
                workers=workers,
                is_child=lived.is_child,
                is_adult=bool(lived.birth) and not lived.is_child,
            )
