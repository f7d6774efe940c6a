"""Two sets of records side by side, field by field: what agrees, what differs, what only one side says, and who says so.

For whoever rules whether they are one human being. It tells who somebody is and nothing of what happened: it never reads an
involvement. What may not be shown of a record the veil has taken away before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from footprint.answer.lives import life
from footprint.answer.people import People, Shown
from footprint.answer.reasons import reasons
from footprint.answer.relatives import stated_kin
from footprint.answer.side_fields import SideField, fields, live_numbers
from footprint.answer.statements import Source, called
from footprint.answer.values import LinkView, Said, Standing, Value
from footprint.records.codes import IDENTIFIER_SCHEMES, STRONG_SCHEMES

#: Birthdays this many years apart are another generation's.
GENERATION: Final = 12


class Side(Value, frozen=True, kw_only=True):
    """One of the two: how it is called, where in life, and its records with who says so and when."""

    name: str
    birth: str
    age: str
    died: str
    is_child: bool
    unborn: bool
    standing: Standing
    person_id: str
    records: tuple[Said, ...]


class Sides(Value, frozen=True, kw_only=True):
    """Two sides. `links` is what holds them together or might, the strongest first; `against` what speaks against it."""

    one: Side
    other: Side
    fields: tuple[SideField, ...]
    links: tuple[LinkView, ...]
    against: tuple[str, ...]


def sides(people: People, one: Sequence[str], other: Sequence[str]) -> Sides | None:
    """Return two sets of records (keys) side by side, each with what else is held to be the same person's.

    None where one side is not to be seen, or is an identity that was closed: that is never put beside another.
    """
    here, there = _shown(people, one), _shown(people, other)
    mine = _sources(here, without=set(other))
    theirs = _sources(there, without=set(one) | {str(source.record.key) for source in mine})
    if not (mine and theirs) or _are_kept_secret(people, (*here, *there), mine, theirs):
        return None
    return Sides(
        one=_side(people, here[0], mine),
        other=_side(people, there[0], theirs),
        fields=tuple(fields(mine, theirs)),
        links=_links(people, (*here, *there), mine, theirs),
        against=tuple(_against(people, here, there, mine, theirs)),
    )


def _shown(people: People, keys: Iterable[str]) -> list[Shown]:
    """The people who have these records, each once, in the order of the records."""
    found = (people.by_record(key) for key in keys)
    return list({one.id: one for one in found if one is not None}.values())


def _sources(shown: Iterable[Shown], without: set[str]) -> list[Source]:
    return [source for person in shown for source in person.sources if str(source.record.key) not in without]


def _are_kept_secret(
    people: People, shown: Iterable[Shown], mine: Sequence[Source], theirs: Sequence[Source]
) -> bool:
    """Whether one is a closed identity, or the two are those of an adopted child."""
    return any(one.standing == "restricted" for one in shown) or any(
        people.overlay.sealed(one, other) for one in _keys(mine) for other in _keys(theirs)
    )


def _keys(sources: Iterable[Source]) -> list[str]:
    return [str(source.record.key) for source in sources]


def _side(people: People, shown: Shown, sources: Sequence[Source]) -> Side:
    lived = life(sources, people.content.day)
    return Side(
        name=called(sources),
        birth=lived.birth,
        age=lived.age,
        died=lived.died,
        is_child=lived.is_child,
        unborn=lived.unborn,
        standing=shown.standing,
        person_id=shown.id,
        records=tuple(source.said for source in sources),
    )


# ---- what holds them together, and what speaks against it


def _links(
    people: People, shown: Iterable[Shown], mine: Sequence[Source], theirs: Sequence[Source]
) -> tuple[LinkView, ...]:
    here, there = set(_keys(mine)), set(_keys(theirs))
    numbers = {one.number for one in shown}
    ties = {
        (tie.one, tie.other): tie
        for number in sorted(numbers)
        for tie in people.content.ties_of(number)
        if (tie.one in here and tie.other in there) or (tie.one in there and tie.other in here)
    }
    return tuple(
        LinkView(
            one=tie.one,
            other=tie.other,
            weight=round(tie.weight, 1),
            rule=tie.rule,
            why=reasons(tie, (*mine, *theirs)),
        )
        for tie in sorted(ties.values(), key=lambda tie: (-tie.weight, tie.one, tie.other))
    )


def _against(
    people: People,
    here: Sequence[Shown],
    there: Sequence[Shown],
    mine: Sequence[Source],
    theirs: Sequence[Source],
) -> Iterator[str]:
    for scheme in STRONG_SCHEMES:
        live = [live_numbers(side, scheme) for side in (mine, theirs)]
        if all(live) and live[0].isdisjoint(live[1]):
            yield f"Two valid, different numbers of one kind: {IDENTIFIER_SCHEMES[scheme]}."
    held_by = {source.record.key.partner: source.partner_name for source in mine}
    for name in dict.fromkeys(
        source.partner_name for source in theirs if source.record.key.partner in held_by
    ):
        yield f"{name} holds a record on each side."
    years = [{one.record.birth.year for one in side if one.record.birth} - {None} for side in (mine, theirs)]
    if all(years) and all(abs((a or 0) - (b or 0)) >= GENERATION for a in years[0] for b in years[1]):
        yield "Their birthdays are a generation apart."
    if any(other.id in stated_kin(people, one) for one in here for other in there if one.id != other.id):
        yield "A partner that holds both calls them relatives."
