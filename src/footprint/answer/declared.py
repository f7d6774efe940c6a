"""An answer without those to whom its reader declared a connection: the line stays, and says no more than that.

Works on the finished answer, whatever it is made of, so that nobody who makes one has to think of it. Knows no user and no
declaration: only the ids of those who are taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

import msgspec

from footprint.answer.found import FoundPerson, Household, Residence, Resident
from footprint.answer.heading import may_be_same
from footprint.answer.joined import Joined
from footprint.answer.values import Footprint, OpenAtHome, PerhapsBaby, PossibleOther, Relative

T = TypeVar("T")

DECLARED: Final = "declared"


class _Taking:
    """One answer being gone through: whom to take out, and whom it met of them."""

    def __init__(self, is_declared: Callable[[str], bool]) -> None:
        self._is_declared = is_declared
        self._known: dict[str, bool] = {"": False}

    @property
    def met(self) -> tuple[str, ...]:
        return tuple(person_id for person_id, is_declared in self._known.items() if is_declared)

    def takes(self, person_id: str) -> bool:
        if person_id not in self._known:
            self._known[person_id] = self._is_declared(person_id)
        return self._known[person_id]

    def walk(self, value: Any) -> Any:
        """Return a value without those who are taken out, however deep inside it they are."""
        if isinstance(value, Residence):
            return _residence(value, self)
        if isinstance(value, FoundPerson | Relative | PossibleOther):
            return _line(value) if self.takes(value.person_id) else value
        if isinstance(value, Footprint):
            return None if self.takes(value.person_id) else _footprint(value, self)
        if isinstance(value, msgspec.Struct):
            return _rebuilt(value, self.walk)
        if isinstance(value, tuple):
            walked = [self.walk(one) for one in value if not self._joins(one)]
            return type(value)(*walked) if hasattr(value, "_fields") else tuple(walked)
        if isinstance(value, list):
            return [self.walk(one) for one in value]
        return {key: self.walk(one) for key, one in value.items()} if isinstance(value, dict) else value

    def _joins(self, value: Any) -> bool:
        """Whether this is a fact about several people of whom one is taken out: its sentence would name them."""
        ids = value.person_ids if isinstance(value, Joined) else ()
        if isinstance(value, OpenAtHome):
            ids = (value.person_id,)
        taken = [self.takes(person_id) for person_id in ids]  # each, so that everybody met is known
        return any(taken)


def taken_out(answer: T, is_declared: Callable[[str], bool]) -> tuple[T, tuple[str, ...]]:
    """Return the answer without those of whom `is_declared` says so, and the ids of those whom it held.

    A footprint of theirs inside it becomes None.
    """
    taking = _Taking(is_declared)
    left: T = taking.walk(answer)
    return left, taking.met


def without(answer: T, is_hidden: Callable[[str], bool]) -> T:
    """Return the answer without a line on anybody of whom `is_hidden` says so: as if they did not exist."""
    kept, met = taken_out(answer, is_hidden)
    return _dropped(kept) if met else kept


def _line(value: FoundPerson | Relative | PossibleOther) -> FoundPerson | Relative | PossibleOther:
    """A line of which nothing is left but that it is there, and whose it is."""
    fields = {name: _emptied(getattr(value, name)) for name in value.__struct_fields__}
    return type(value)(**(fields | {"person_id": value.person_id, "standing": DECLARED}))


def _emptied(value: Any) -> Any:
    return type(value)()


def _footprint(value: Footprint, taking: _Taking) -> Footprint:
    """The footprint of somebody else, in whose family or beside whom they stand: in one line each, at the end."""
    relatives = _at_the_end([taking.walk(one) for one in value.relatives])
    possible = _at_the_end([taking.walk(one) for one in value.possible])
    babies = [one for one in value.perhaps_baby if not taking.takes(one.person_id)]
    parts = tuple(one for one in value.apart if not taking.takes(one.person_id))
    theirs = _names([*value.relatives, *value.possible], taking)
    return msgspec.structs.replace(
        value,
        relatives=relatives,
        possible=possible,
        perhaps_baby=tuple(one for one in babies if not _names_any(one, theirs)),
        may_be_same=may_be_same([one for one in possible if one.standing != DECLARED], parts),
        apart=parts,
        open_at_home=taking.walk(value.open_at_home),
    )


def _at_the_end(lines: list[Any]) -> tuple[Any, ...]:
    """The lines, those of people taken out last and as one: neither how many there are nor where they stood is told."""
    open_lines = [one for one in lines if one.standing != DECLARED]
    taken = [msgspec.structs.replace(one, person_id="") for one in lines if one.standing == DECLARED]
    return (*open_lines, *taken[:1])


def _names(lines: Iterable[Relative | PossibleOther], taking: _Taking) -> set[str]:
    return {one.name for one in lines if one.name and taking.takes(one.person_id)}


def _names_any(baby: PerhapsBaby, names: set[str]) -> bool:
    return any(name in baby.sentence for name in names)


def _residence(value: Residence, taking: _Taking) -> Residence:
    """A home in which some are taken out: one line for all of them, among those who are there now."""
    if not [one for one in _residents((*value.now, *value.before)) if taking.takes(one.person_id)]:
        return value
    now, before = (_households(some, taking) for some in (value.now, value.before))
    line = Resident(person_id="", name="", birth="", age="", start="", end="", said_by=(), standing=DECLARED)
    return msgspec.structs.replace(value, now=(*now, Household(residents=(line,))), before=before)


def _residents(households: Iterable[Household]) -> Iterator[Resident]:
    return (one for household in households for one in household.residents)


def _households(households: Iterable[Household], taking: _Taking) -> tuple[Household, ...]:
    left = [
        # The warning of a namesake would name one who is taken out.
        tuple(
            msgspec.structs.replace(one, same_name="")
            for one in household.residents
            if not taking.takes(one.person_id)
        )
        for household in households
    ]
    return tuple(Household(residents=residents) for residents in left if residents)


def _dropped(value: Any) -> Any:
    """The value without any line of those who were taken out."""
    if isinstance(value, tuple | list):
        kept = [_dropped(one) for one in value if getattr(one, "standing", "") != DECLARED]
        return type(value)(*kept) if hasattr(value, "_fields") else type(value)(kept)
    if isinstance(value, msgspec.Struct):
        return _rebuilt(value, _dropped)
    return value


def _rebuilt(value: msgspec.Struct, change: Callable[[Any], Any]) -> msgspec.Struct:
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    changed = {name: new for name, old in fields.items() if (new := change(old)) is not old}
    return msgspec.structs.replace(value, **changed) if changed else value
