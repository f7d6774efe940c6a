"""What joins the people of one family: who lives together, a worker whom they share, who was not asked for.

Made from the footprints of those who were surely found, and so from nothing that their reader may not see. Each fact names the
ids of everybody it is about: whoever takes one of them out of an answer takes the fact out with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from footprint.answer import words
from footprint.answer.found import AddressAnswer, Resident
from footprint.answer.people import People, Shown
from footprint.answer.relatives import HOUSEHOLD, homes
from footprint.answer.values import Footprint, Relative, Said, Standing, Value, Worker
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


def lives_together(people: People, found: Sequence[Footprint]) -> tuple[LivesTogether, ...]:
    """Return who of those found share a home, the fullest first; a part of them again is not told, whichever key it is by."""
    doors: dict[str, dict[str, list[Said]]] = {}
    texts: dict[str, str] = {}
    for person in found:
        for said, place, text in _homes(people.find(person.person_id)):
            doors.setdefault(place, {}).setdefault(person.person_id, []).append(said)
            texts[place] = max(text, texts.get(place, ""), key=len)
    names = {person.person_id: person.name for person in found}
    groups: dict[frozenset[str], str] = {}
    for place, there in sorted(doors.items()):
        if len(there) > 1:
            groups.setdefault(frozenset(there), place)
    return tuple(
        _together(names, doors[place], texts[place])
        for group, place in sorted(groups.items(), key=lambda pair: (-len(pair[0]), pair[1]))
        if not any(group < other for other in groups)
    )


def _together(names: dict[str, str], there: dict[str, list[Said]], address: str) -> LivesTogether:
    ids = tuple(person_id for person_id in names if person_id in there)
    said_by = tuple(dict.fromkeys(chain.from_iterable(there[person_id] for person_id in ids)))
    who, according = words.listed(names[one] for one in ids), words.listed(said.name for said in said_by)
    sentence = f"{who} live together, according to {according}."
    return LivesTogether(person_ids=ids, sentence=sentence, address=address, said_by=said_by)


def _homes(shown: Shown | None) -> Iterator[tuple[Said, str, str]]:
    for source in shown.sources if shown and shown.standing == "open" else ():
        for home in homes(source.record):
            for place in places(home):
                yield source.said, place, home.text


def same_worker(found: Sequence[Footprint]) -> tuple[SameWorker, ...]:
    """Return the workers, and teams without a named worker, to whom several of those found are open."""
    shared: dict[tuple[str, str, str], list[tuple[Footprint, Worker]]] = {}
    for person in found:
        for worker in person.workers:
            key = (worker.partner, worker.contact.worker, worker.contact.team)
            shared.setdefault(key, []).append((person, worker))
    return tuple(_same(pairs) for pairs in shared.values() if len(pairs) > 1)


def _same(pairs: Sequence[tuple[Footprint, Worker]]) -> SameWorker:
    _, worker = pairs[0]
    what = "worker" if worker.contact.worker else "team"
    who = words.listed(person.name for person, _ in pairs)
    return SameWorker(
        person_ids=tuple(person.person_id for person, _ in pairs),
        sentence=f"{who} are open to the same {what}: {words.contact(worker.contact) or worker.name}.",
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
    listed: dict[str, NotAsked] = {}
    for person in found:
        for relative in person.relatives:
            is_asked = relative.person_id in known if relative.person_id else _bag(relative.name) in typed
            key = relative.person_id or _bag(relative.name)
            if not is_asked and (key not in listed or _is_nearer(relative, listed[key])):
                listed[key] = _of_somebody(person, relative)
    for resident in _residents(household):
        if resident.person_id not in known and resident.person_id not in listed:
            listed[resident.person_id] = _at_the_address(resident)
    return tuple(sorted(listed.values(), key=lambda one: (not one.is_child, one.unborn, one.name)))


def _is_nearer(relative: Relative, listed: NotAsked) -> bool:
    return listed.kind == HOUSEHOLD and relative.kind != HOUSEHOLD


def _residents(household: AddressAnswer | None) -> Iterator[Resident]:
    """Who lives now at the one address that was surely meant; of several nobody, since some are neighbours."""
    if household and len(household.residences) == 1 and household.residences[0].certain:
        for group in household.residences[0].now:
            yield from group.residents


def _of_somebody(person: Footprint, relative: Relative) -> NotAsked:
    what = "in the household" if relative.kind == HOUSEHOLD else relative.kind
    ids = tuple(filter(None, (relative.person_id, person.person_id)))
    return _not_asked(relative, ids, what=f"{what} of {person.name}", kind=relative.kind, of=person.person_id)


def _at_the_address(resident: Resident) -> NotAsked:
    return _not_asked(resident, (resident.person_id,), what="at the address", kind=HOUSEHOLD, of="")


def _not_asked(one: Relative | Resident, ids: tuple[str, ...], *, what: str, kind: str, of: str) -> NotAsked:
    according = words.listed(said.name for said in one.said_by) if one.said_by else ""
    said = f", according to {according}" if according else ""
    return NotAsked(
        person_ids=ids,
        sentence=f"{words.known_by(one.name, one.birth)}: {what}{said}. Not asked for.",
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
