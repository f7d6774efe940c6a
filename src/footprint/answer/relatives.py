"""Household and family: who partners say belongs to this person, and who lives at the same home.

Never through a protected address, which the veil has taken away before, and never across a seal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import msgspec

from footprint.answer.homes import places_left
from footprint.answer.lives import life
from footprint.answer.people import People, Shown
from footprint.answer.statements import called, is_home, plain
from footprint.answer.values import Relative, Said
from footprint.decisions import places
from footprint.records import Address, Record
from footprint.records.text import fold

HOUSEHOLD: Final = "household"
# More people than this at one address and it is a hostel, or a block whose flats nobody wrote down: no household.
MOST_AT_HOME: Final = 25

# What the other is to this person, when the other's record says what this person is to them.
_SEEN_FROM_HERE: Final = {
    "mother": "child",
    "father": "child",
    "parent": "child",
    "step-parent": "child",
    "foster-parent": "child",
    "adoptive-parent": "child",
    "guardian": "child",
    "child": "parent",
    "grandparent": "other-relative",
}
# The vaguer word goes where a partner says the plainer one of the same person.
_PLAINER: Final = {"parent": {"mother", "father"}, "sibling": {"half-sibling", "twin"}}


class _Statement(NamedTuple):
    kind: str
    said: Said | None
    is_of_old_home: bool = False


def relatives(people: People, shown: Shown) -> tuple[Relative, ...]:
    """Return everybody of the family and household, each once, the nearest kin first; nobody for a closed identity."""
    if shown.standing != "open":
        return ()
    others: dict[str, Shown] = {}
    statements: dict[str, list[_Statement]] = {}
    for other, statement in (
        *_stated(people, shown),
        *_stated_by_others(people, shown),
        *_at_home(people, shown),
    ):
        others[other.id] = other
        statements.setdefault(other.id, []).append(statement)
    found = [_relative(others[person_id], said, people.content.day) for person_id, said in statements.items()]
    return tuple(sorted(_with_names_only(found, _known_by_name_only(people, shown)), key=_nearest))


def stated_kin(people: People, shown: Shown) -> frozenset[str]:
    """Return the ids of those whom a partner calls relatives of this person."""
    return frozenset(other.id for other, _ in (*_stated(people, shown), *_stated_by_others(people, shown)))


def _with_names_only(known: list[Relative], named: Iterable[Relative]) -> list[Relative]:
    """Add relatives of whom only a name was said; to somebody of that name and kind already there, who says so."""
    found = {(one.kind, fold(one.name)): one for one in named}
    listed = []
    for one in known:
        also = found.pop((one.kind, fold(one.name)), None) if one.standing == "open" else None
        said_by = tuple(dict.fromkeys((*one.said_by, *also.said_by))) if also else one.said_by
        listed.append(msgspec.structs.replace(one, said_by=said_by))
    return [*listed, *found.values()]


def _stated(people: People, shown: Shown) -> Iterator[tuple[Shown, _Statement]]:
    """Relationships that this person's own records state with another record."""
    for source in shown.sources:
        for relationship in source.record.relationships:
            other = people.by_record(relationship.other) if relationship.other else None
            if other and not relationship.end and _may_meet(people, shown, other, relationship.start):
                yield other, _Statement(relationship.kind, source.said)


def _stated_by_others(people: People, shown: Shown) -> Iterator[tuple[Shown, _Statement]]:
    """Relationships that another's record states with one of this person's."""
    for kin in people.content.kin_of(shown.number):
        other = people.by_record(kin.other) if kin.record in shown.keys else None
        if other is None or kin.end or not _may_meet(people, shown, other, kin.start):
            continue
        source = next(one for one in other.sources if str(one.record.key) == kin.other)
        if any(one.other == kin.record and one.kind == kin.kind for one in source.record.relationships):
            # Who says so would tell which school or clinic knows a protected person.
            said = source.said if other.standing == "open" else None
            yield other, _Statement(_SEEN_FROM_HERE.get(kin.kind, kin.kind), said)


def _at_home(people: People, shown: Shown) -> Iterator[tuple[Shown, _Statement]]:
    """People whose records state one of this person's homes as theirs now."""
    for address in dict.fromkeys(home for one in shown.sources for home in homes(one.record)):
        is_old = _is_left(people, shown, address)
        for key, other in _known_at(people, address):
            if other.id == shown.id:
                continue
            source = next(one for one in other.sources if str(one.record.key) == key)
            if lives_at(source.record, address):
                yield other, _Statement(HOUSEHOLD, source.said, is_old or _is_left(people, other, address))


def at_home(people: People, shown: Shown) -> tuple[Shown, ...]:
    """Return who lives at one home with this person now, as far as no partner says that one of them left it."""
    if shown.standing != "open":
        return ()
    found = {other.id: other for other, said in _at_home(people, shown) if not said.is_of_old_home}
    return tuple(found.values())


def _is_left(people: People, shown: Shown, address: Address) -> bool:
    """Whether it may be an old home of somebody: one partner still holds it, and another says that they left."""
    return not places_left(shown.sources, people.content.day).keys().isdisjoint(places(address))


def _known_at(people: People, address: Address) -> list[tuple[str, Shown]]:
    """The records at an address with their people, as far as they may be known; none where those are too many."""
    found: list[tuple[str, Shown]] = []
    for key in people.content.residents(address):
        other = people.by_record(key)
        if other is not None and other.standing == "open":
            found.append((key, other))
        if len({one.id for _, one in found}) > MOST_AT_HOME:
            return []
    return found


def _known_by_name_only(people: People, shown: Shown) -> Iterator[Relative]:
    """Relatives whom a partner names and of whom it holds no record."""
    found: dict[tuple[str, str], list[Said]] = {}
    for source in shown.sources:
        for one in source.record.relationships:
            unknown = not one.other or people.is_unknown(one.other)
            if unknown and one.name and one.name.text and not one.end:
                found.setdefault((one.kind, plain(one.name.text)), []).append(source.said)
    for (kind, name), said in found.items():
        yield Relative(
            kind=kind, person_id="", name=name, birth="", age="", standing="open", said_by=tuple(said)
        )


def _may_meet(people: People, shown: Shown, other: Shown, start: str) -> bool:
    """Whether a relationship that began on `start` may be shown. To a new identity only what its own records tell of."""
    if other.id == shown.id:
        return False
    return all(
        start >= since
        or any(one.other in theirs.keys for entry in mine.entries for one in entry.record.relationships)
        for mine, theirs in ((shown, other), (other, shown))
        for since in _severances(people, mine)
    )


def _severances(people: People, shown: Shown) -> list[str]:
    return [people.overlay.severed[key] for key in shown.keys if key in people.overlay.severed]


def homes(record: Record) -> list[Address]:
    """Return the homes that a record states as current ones."""
    return [one for one in record.addresses if is_home(one)]


def lives_at(record: Record, address: Address) -> bool:
    """Say whether a record states this address, to the flat, as a current home."""
    wanted = set(places(address))
    return any(not wanted.isdisjoint(places(home)) for home in homes(record))


def _relative(other: Shown, statements: list[_Statement], day: str) -> Relative:
    kinds = {statement.kind for statement in statements}
    named = {kind for kind in kinds - {HOUSEHOLD} if kinds.isdisjoint(_PLAINER.get(kind, set()))}
    said = [one.said for one in statements if one.said and (one.kind in named or not named)]
    lived = life(other.sources, day)
    return Relative(
        kind=", ".join(sorted(named)) or HOUSEHOLD,
        person_id=other.id,
        name=called(other.sources),
        birth=lived.birth,
        age=lived.age,
        standing=other.standing,
        said_by=tuple(dict.fromkeys(said)),
        died=lived.died,
        is_child=lived.is_child,
        unborn=lived.unborn,
        is_of_old_home=not named and all(one.is_of_old_home for one in statements),
    )


_ORDER: Final = (
    "mother",
    "father",
    "parent",
    "step-parent",
    "guardian",
    "partner",
    "twin",
    "sibling",
    "half-sibling",
    "child",
)


def _nearest(relative: Relative) -> tuple[bool, int, bool, str, str]:
    """The nearest kin first; of the equally near, children before the grown. Last who may live where this person did once."""
    first = relative.kind.partition(",")[0]
    near = _ORDER.index(first) if first in _ORDER else len(_ORDER)
    return relative.is_of_old_home, near, not relative.is_child, relative.name, relative.person_id
