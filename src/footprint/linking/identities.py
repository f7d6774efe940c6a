"""Stable ids: a person keeps an id for as long as anything of the person stays.

Each group of records takes the id of yesterday's person with whom it shares most records; the oldest record breaks ties.
An id is never given to another person. A new one is made from the group's first key, so that a run that is repeated
gives the same ids, and a record that is deleted and comes back finds its own again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec


class Event(msgspec.Struct, frozen=True, order=True):
    """What became of a person in a run: founded, returned, merged (into `other`), split (from `other`) or retired."""

    kind: str
    person: str
    other: str = ""


class History(NamedTuple):
    """What earlier runs left.

    `people` gives each record's person yesterday; `former`, for a record that had gone by then, the person it last was
    (by its mark, `minted(key)`, for the keys of what has gone are not ours to keep); `spent` the ids that nobody had
    yesterday and that nobody else may be given.
    """

    people: Mapping[str, str] = {}
    former: Mapping[str, str] = {}
    spent: frozenset[str] = frozenset()

    def before(self, key: str) -> str:
        """Return the person whom a record was when it was last seen, or an empty string."""
        if key in self.people or not self.former:
            return self.people.get(key, "")
        return self.former.get(minted(key), "")

    def after(self, people: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return what to keep for tomorrow beside today's `people` (key, person): marks of what has gone, ids spent."""
        today = dict(people)
        gone = {minted(key): person for key, person in self.people.items() if key not in today}
        back = {minted(key) for key in today} if self.former else set()
        marks = {mark: person for mark, person in (dict(self.former) | gone).items() if mark not in back}
        spent = (self.spent | set(self.people.values())) - set(today.values()) - set(marks.values())
        return sorted([*marks.items(), *(("", person) for person in spent)])


def minted(key: str) -> str:
    """Return the id of a new person whose first record is `key`: 'p' and 15 letters and digits, telling nothing."""
    return "p" + hashlib.blake2b(key.encode(), digest_size=10, person=b"footprint-person").hexdigest()[:15]


class _Claim(NamedTuple):
    """A group's claim to a person's id; the first in order is the strongest."""

    fewer: int
    oldest: tuple[str, str]
    person: str
    group: int


def assign(
    groups: Sequence[Sequence[str]],
    history: History,
    age: Mapping[str, str],
    hidden: frozenset[str] = frozenset(),
) -> tuple[list[str], list[Event]]:
    """Return today's id of each group of record keys, and what changed.

    `age` gives the ISO day on which each record was first reported. Records of a hidden kind (`hidden`) have no say in the
    id of a group that others are in.
    """
    speaking = [[key for key in group if key not in hidden] or list(group) for group in groups]
    claims = sorted(_claims(speaking, history, age, hidden))
    ids, taken = [""] * len(groups), set[str]()
    for claim in claims:
        if not ids[claim.group] and claim.person not in taken:
            ids[claim.group] = claim.person
            taken.add(claim.person)
    used = {*history.people.values(), *history.former.values(), *history.spent}
    living = set(history.people.values())
    events = [Event("returned", person) for person in ids if person and person not in living]
    origins: dict[int, str] = {}
    for claim in claims:
        origins.setdefault(claim.group, claim.person)
    for index, group in enumerate(speaking):
        if not ids[index]:
            ids[index] = _fresh(group, used, age)
            used.add(ids[index])
            origin = origins.get(index, "")
            events.append(Event("split", ids[index], origin) if origin else Event("founded", ids[index]))
    heirs: dict[str, str] = {}
    for claim in claims:
        heirs.setdefault(claim.person, ids[claim.group])
    for person in sorted(living - set(ids)):
        into = heirs.get(person, "")
        events.append(Event("merged", person, into) if into else Event("retired", person))
    return ids, sorted(events)


def _claims(
    groups: Sequence[Sequence[str]], history: History, age: Mapping[str, str], hidden: frozenset[str]
) -> Iterable[_Claim]:
    """Give each group's claims: by its records of yesterday, and by those that come back to a person who is no more.

    A group of hidden records alone claims no person in whom others are, were, or may have been.
    """
    living = set(history.people.values())
    seen = {person for key, person in history.people.items() if key not in hidden} if hidden else set()
    for index, group in enumerate(groups):
        if group[0] in hidden:
            before = {key: history.people.get(key, "") for key in group}
            held = {key: person for key, person in before.items() if person and person not in seen}
        else:
            before = {key: history.before(key) for key in group}
            held = {
                key: person
                for key, person in before.items()
                if person and (key in history.people or person not in living)
            }
        for person, count in Counter(held.values()).items():
            oldest = min((age.get(key, "9999"), key) for key, was in held.items() if was == person)
            yield _Claim(-count, oldest, person, index)


def _fresh(group: Sequence[str], used: set[str], age: Mapping[str, str]) -> str:
    """Return an id from the oldest record's key; a later record's where the first is taken by somebody else."""
    for key in sorted(group, key=lambda key: (age.get(key, "9999"), key)):
        if (candidate := minted(key)) not in used:
            return candidate
    number = 2
    while (candidate := minted(f"{min(group)}#{number}")) in used:
        number += 1
    return candidate
