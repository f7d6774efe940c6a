"""What joins the people of one family: who lives together, a worker whom they share, who was not asked for.

Made from the footprints of those who were surely found, and so from nothing that their reader may not see. Each fact names the
ids of everybody it is about: whoever takes one of them out of an answer takes the fact out with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from footprint.answer import words
from footprint.answer.found import AddressAnswer, Resident
from footprint.answer.homes import places_left
from footprint.answer.people import People, Shown
from footprint.answer.relatives import HOUSEHOLD, homes
from footprint.answer.values import Footprint, Relative, Said, Standing, Value, Worker
from footprint.answer.words import NONE_WRONG, Wrong
from footprint.decisions import places
from footprint.records import DutyContact
from footprint.records.text import fold


class Joined(Value, frozen=True, kw_only=True):
    """One fact about several people of a family. `person_ids` are everybody it is about, named in it or not."""

    person_ids: tuple[str, ...]
    sentence: str


class LivesTogether(Joined, frozen=True, kw_only=True):
    """People who were asked for and who live at one address, to the flat, according to whom."""

    address: str
    said_by: tuple[Said, ...]


class SameWorker(Joined, frozen=True, kw_only=True):
    """People who were asked for and are open to one worker, or to one team."""

    partner: str
    name: str
    contact: DutyContact


class NotAsked(Joined, frozen=True, kw_only=True):
    """Somebody of the household or family who was not asked for. `person_id` is empty where only a name was said.

    `of` names the one of those asked for to whom they belong, `kind` is what they are to that one.
    """

    person_id: str
    name: str
    birth: str
    age: str
    standing: Standing
    kind: str
    of: str
    said_by: tuple[Said, ...]
    died: str
    is_child: bool
    unborn: bool


def _bag(name: str) -> str:
    """A name as a set of words, whatever their order."""
    return " ".join(sorted(fold(name).split()))


class _AtHome(NamedTuple):
    """One who has a home at a place: who says so, how they write it, and of what may be an old home who still holds it."""

    said: tuple[Said, ...]
    text: str
    old: str


class _Together(NamedTuple):
    """People with one home: surely, or not, where a partner says that one of them left it."""

    is_old: bool
    place: str
    there: dict[str, _AtHome]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(self.there)


def lives_together(people: People, found: Sequence[Footprint]) -> tuple[LivesTogether, ...]:
    """Return who of those found share a home, first those of whom no partner says they left it, and of these the fullest.

    A part of them again is not told, whichever key it is by, unless it is surer of the part than of all of them.
    """
    doors: dict[str, dict[str, _AtHome]] = {}
    for person in found:
        for place, home in _homes(people.find(person.person_id), people.content.day).items():
            doors.setdefault(place, {})[person.person_id] = home
    names = {person.person_id: person.name for person in found}
    groups: dict[frozenset[str], _Together] = {}
    for one in sorted(_groups(doors), key=lambda one: (one.is_old, one.place)):
        groups.setdefault(one.ids, one)
    return tuple(
        _together(names, one)
        for one in sorted(groups.values(), key=lambda one: (one.is_old, -len(one.ids), one.place))
        if not any(one.ids < other.ids and other.is_old <= one.is_old for other in groups.values())
    )


def _groups(doors: dict[str, dict[str, _AtHome]]) -> Iterator[_Together]:
    for place, there in doors.items():
        surely = {person_id: home for person_id, home in there.items() if not home.old}
        if len(surely) > 1:
            yield _Together(is_old=False, place=place, there=surely)
        if len(there) > max(1, len(surely)):
            yield _Together(is_old=True, place=place, there=there)


def _together(names: dict[str, str], group: _Together) -> LivesTogether:
    there = {person_id: group.there[person_id] for person_id in names if person_id in group.there}
    said_by = tuple(dict.fromkeys(chain.from_iterable(home.said for home in there.values())))
    who = words.listed(names[one] for one in there)
    return LivesTogether(
        person_ids=tuple(there),
        sentence=f"{who} may live together. {' '.join(_doubts(names, there))}"
        if group.is_old
        else f"{who} live together, according to {words.listed(said.name for said in said_by)}.",
        address=max((home.text for home in there.values()), key=len),
        said_by=said_by,
    )


def _doubts(names: dict[str, str], there: dict[str, _AtHome]) -> Iterator[str]:
    """Of whom it may be an old home, and who says what of it; what is said of several in the same words only once."""
    old: dict[str, list[str]] = {}
    for person_id, home in there.items():
        if home.old:
            old.setdefault(home.old, []).append(names[person_id])
    return (f"This may be an old home of {words.listed(whose)}: {says}" for says, whose in old.items())


def _homes(shown: Shown | None, day: str) -> dict[str, _AtHome]:
    """The homes of one person, by every place by which somebody else's may be known to be the same."""
    sources = shown.sources if shown and shown.standing == "open" else ()
    old, found = places_left(sources, day), dict[str, _AtHome]()
    for source in sources:
        for home in homes(source.record):
            for place in places(home):
                before = found.get(place)
                said = (*(before.said if before else ()), source.said)
                text = max(home.text, before.text if before else "", key=len)
                found[place] = _AtHome(said, text, old.get(place, ""))
    return found


def same_worker(found: Sequence[Footprint], wrong: Wrong = NONE_WRONG) -> tuple[SameWorker, ...]:
    """Return the workers, and teams without a named worker, to whom several of those found are open."""
    shared: dict[tuple[str, str, str], list[tuple[Footprint, Worker]]] = {}
    for person in found:
        for worker in person.workers:
            key = (worker.partner, worker.contact.worker, worker.contact.team)
            shared.setdefault(key, []).append((person, worker))
    return tuple(_same(pairs, wrong) for pairs in shared.values() if len(pairs) > 1)


def _same(pairs: Sequence[tuple[Footprint, Worker]], wrong: Wrong) -> SameWorker:
    _, worker = pairs[0]
    what = "worker" if worker.contact.worker else "team"
    who = words.listed(person.name for person, _ in pairs)
    whom = words.contact(worker.contact, worker.partner, wrong) or worker.name
    return SameWorker(
        person_ids=tuple(person.person_id for person, _ in pairs),
        sentence=f"{who} are open to the same {what}: {whom}.",
        partner=worker.partner,
        name=worker.name,
        contact=worker.contact,
    )


def not_asked(
    found: Sequence[Footprint], household: AddressAnswer | None, asked: Iterable[str], names: Iterable[str]
) -> tuple[NotAsked, ...]:
    """Return who belongs to those found, or lives at the address, and was not asked for; children first.

    `asked` are the ids of everybody who may be meant by a question, `names` the names that were typed.
    """
    known, typed = set(asked), {_bag(name) for name in names}
    told = [
        _Told(relative.is_of_old_home, relative.kind == HOUSEHOLD, _of_somebody(person, relative))
        for person in found
        for relative in person.relatives
        if not (relative.person_id in known if relative.person_id else _bag(relative.name) in typed)
    ]
    told += [
        _Told(bool(resident.old_home), True, _at_the_address(resident))
        for resident in _residents(household)
        if resident.person_id not in known
    ]
    listed: dict[str, NotAsked] = {}
    for one in sorted(told, key=lambda one: (one.is_of_old_home, one.is_household)):
        listed.setdefault(one.who.person_id or _bag(one.who.name), one.who)
    return tuple(sorted(listed.values(), key=lambda one: (not one.is_child, one.unborn, one.name)))


class _Told(NamedTuple):
    """Somebody who was not asked for, as one of several ways tells of them: kin before a household, an old home last."""

    is_of_old_home: bool
    is_household: bool
    who: NotAsked


def _residents(household: AddressAnswer | None) -> Iterator[Resident]:
    """Who lives now at the one address that was surely meant; of several nobody, since some are neighbours."""
    if household and len(household.residences) == 1 and household.residences[0].certain:
        for group in household.residences[0].now:
            yield from group.residents


def _of_somebody(person: Footprint, relative: Relative) -> NotAsked:
    ids = tuple(filter(None, (relative.person_id, person.person_id)))
    what = f"{'in the household' if relative.kind == HOUSEHOLD else relative.kind} of {person.name}"
    if relative.is_of_old_home:
        what = f"at one home with {person.name}, which may be an old home of one of them"
    what = f"{what}{_according(relative.said_by)}"
    return _not_asked(relative, ids, what=what, kind=relative.kind, of=person.person_id)


def _at_the_address(resident: Resident) -> NotAsked:
    what = f"at the address{_according(resident.said_by)}"
    if resident.old_home:
        what = f"at the address, which may be an old home of theirs: {resident.old_home.removesuffix('.')}"
    return _not_asked(resident, (resident.person_id,), what=what, kind=HOUSEHOLD, of="")


def _according(said_by: Sequence[Said]) -> str:
    return f", according to {words.listed(said.name for said in said_by)}" if said_by else ""


def _not_asked(one: Relative | Resident, ids: tuple[str, ...], *, what: str, kind: str, of: str) -> NotAsked:
    return NotAsked(
        person_ids=ids,
        sentence=f"{words.known_by(one.name, one.birth)}: {what}. Not asked for.",
        person_id=one.person_id,
        name=one.name,
        birth=one.birth,
        age=one.age,
        standing=one.standing,
        kind=kind,
        of=of,
        said_by=one.said_by,
        died=one.died,
        is_child=one.is_child,
        unborn=one.unborn,
    )
