"""What the page of a family shows: to whom they are open first, then each who was asked for, then what joins them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from footprint.answer import words
from footprint.answer.family import FamilyAnswer, FamilyMember
from footprint.answer.heading import nobody_fits
from footprint.answer.joined import NotAsked
from footprint.answer.words import NONE_WRONG, Wrong
from footprint.web.cases.freshness import Fresh, freshness
from footprint.web.cases.household_presenters import Home, home
from footprint.web.cases.person.presenters.open_to import (
    RING_POLICE,
    AtHome,
    OpenTo,
    of_the_home,
    open_to,
)
from footprint.web.cases.person.presenters.ring import Ring, ring
from footprint.web.cases.person.presenters.who import Mark, born, marks
from footprint.web.cases.result_presenters import (
    BY_HUB,
    NOTES,
    Doubts,
    Found,
    cards,
    sentence,
    title,
)

INVESTIGATED: Final = (
    "Police have an open investigation concerning somebody of this family. Ring before anybody contacts them."
)


class Again(NamedTuple):
    """Somebody who fits here too and is shown elsewhere: their name, and how was asked for and where they are shown."""

    name: str
    asked: str
    number: int


class Asked(NamedTuple):
    """One who was asked for: how, what was found, and where their question can be put alone.

    Nobody is offered twice: `again` are those who are shown elsewhere, and `rows` has for somebody shown here whom several rows
    fit, by their URL, how all of those asked. `ring` is whom to ring where nobody was found, or nobody fits.
    """

    asked: str
    number: int
    title: str
    sentence: str
    certain: Found | None
    possible: tuple[Found, ...]
    further: int
    again: tuple[Again, ...]
    rows: Mapping[str, str]
    ring: Ring | None = None


class Open(NamedTuple):
    """One of the family who is open to somebody, and to whom under one `heading`."""

    name: str
    url: str
    workers: tuple[OpenTo, ...]
    heading: str


class SameRing(NamedTuple):
    """That several are open to one worker or team, and whom to ring."""

    sentence: str
    ring: Ring | None


class Other(NamedTuple):
    """Somebody of the household or family who was not asked for: `what` they are, and to whom.

    Of somebody who is not shown in full `note` says what there is.
    """

    name: str
    url: str
    what: str
    born: str
    marks: tuple[Mark, ...]
    note: str
    ring: Ring | None


class Adult(NamedTuple):
    """An adult who belongs to other children too."""

    url: str
    name: str
    sentence: str


class FamilyPage(NamedTuple):
    """A search for a family as its page shows it, in the page's order."""

    same_worker: tuple[SameRing, ...]
    open_to: tuple[Open, ...]
    open_at_home: tuple[AtHome, ...]
    shared_adults: tuple[Adult, ...]
    members: tuple[Asked, ...]
    together: tuple[str, ...]
    others: tuple[Other, ...]
    household: tuple[Home, ...]
    household_sentence: str
    fresh: tuple[Fresh, ...]
    day: str


def family_page(
    answer: FamilyAnswer,
    urls: Mapping[str, str],
    in_doubt: Doubts,
    hub: Ring | None = None,
    wrong: Wrong = NONE_WRONG,
) -> FamilyPage:
    """Return the page of an answer; `urls` leads to people by their id, `hub` is rung where partners say nothing.

    `wrong` are the numbers that were reported so.
    """
    house = answer.household
    return FamilyPage(
        same_worker=tuple(
            SameRing(one.sentence, ring(one.contact, one.partner, wrong)) for one in answer.same_worker
        ),
        open_to=tuple(
            sorted(_open_ones(answer.members, urls, wrong), key=lambda one: one.heading != INVESTIGATED)
        ),
        open_at_home=of_the_home(answer.open_at_home, urls, wrong),
        shared_adults=tuple(
            Adult(urls.get(one.person_id, ""), one.name, one.sentence) for one in answer.shared_adults
        ),
        members=_each_once([_asked(member, urls, in_doubt, hub) for member in answer.members]),
        together=tuple(one.sentence for one in answer.together),
        others=tuple(_other(one, urls, hub) for one in answer.not_asked),
        household=tuple(home(one, urls) for one in house.residences) if house else (),
        household_sentence=house.sentence if house else "",
        fresh=freshness(answer.partners),
        day=words.day(answer.day),
    )


def _asked(member: FamilyMember, urls: Mapping[str, str], in_doubt: Doubts, hub: Ring | None) -> Asked:
    answer = member.answer
    certain, possible = cards(answer, urls, in_doubt, hub=hub)
    return Asked(
        asked=f"{member.asked[:1].upper()}{member.asked[1:]}",
        number=member.number,
        title=title(answer),
        sentence=sentence(answer),
        certain=certain[0] if certain else None,
        possible=possible,
        further=answer.further,
        again=(),
        rows={},
        ring=hub if nobody_fits(answer) or answer.outcome == "none" else None,
    )


def _each_once(members: Sequence[Asked]) -> tuple[Asked, ...]:
    """Let everybody be shown once: where they surely are meant, or else where they first may be."""
    at: dict[str, Asked] = {}
    for member in (*(one for one in members if one.certain), *members):
        for person in _shown(member):
            at.setdefault(person.url, member)
    fits: dict[str, list[str]] = {}
    for member in members:
        for person in _shown(member):
            fits.setdefault(person.url, []).append(member.asked)
    return tuple(_once(member, at, fits) for member in members)


def _once(member: Asked, at: Mapping[str, Asked], fits: Mapping[str, Sequence[str]]) -> Asked:
    elsewhere = [one for one in _shown(member) if at[one.url] is not member]
    certain = member.certain if member.certain not in elsewhere else None
    return member._replace(
        certain=certain,
        possible=tuple(one for one in member.possible if one not in elsewhere),
        again=tuple(Again(one.name, at[one.url].asked, at[one.url].number) for one in elsewhere),
        rows={url: "; and ".join(rows) for url, rows in fits.items() if len(rows) > 1},
    )


def _shown(member: Asked) -> list[Found]:
    """Everybody shown of one who was asked for, but for lines that lead nowhere and name nobody."""
    people = [member.certain] if member.certain else []
    return [one for one in (*people, *member.possible) if one.url]


def _open_ones(members: Sequence[FamilyMember], urls: Mapping[str, str], wrong: Wrong) -> Iterator[Open]:
    """Everybody who is open to somebody, once under each heading, however many rows they fit."""
    files = {one.footprint.person_id: one.footprint for one in members if one.footprint}
    for file in files.values():
        for heading, some in groupby(open_to(file, wrong), key=lambda one: one.heading):
            said = INVESTIGATED if heading == RING_POLICE else heading
            yield Open(file.name, urls.get(file.person_id, ""), tuple(some), said)


def _other(one: NotAsked, urls: Mapping[str, str], hub: Ring | None) -> Other:
    return Other(
        name=one.name,
        url=urls.get(one.person_id, ""),
        what=_what(one),
        born=born(one.birth, one.age),
        marks=marks(one.standing, is_child=one.is_child, unborn=one.unborn, died=one.died),
        note=NOTES.get(one.standing, ""),
        ring=hub if one.standing in BY_HUB else None,
    )


def _what(one: NotAsked) -> str:
    """What the sentence says beside the name and the birthday, which stand above it."""
    said = one.sentence.removeprefix(f"{words.known_by(one.name, one.birth)}: ").removesuffix(
        " Not asked for."
    )
    return f"{said[:1].upper()}{said[1:]}"
