"""Stable ids: a person keeps an id for as long as anything of the person stays.

Each group of records takes the id of yesterday's person with whom it shares most records; the oldest record breaks ties.
An id is never given to another person. A new one is made from the group's first key, so that a run that is repeated
gives the same ids, and a record that is deleted and comes back finds its own again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec


class Event(msgspec.Struct, frozen=True):
    """What became of a person in a run: founded, merged (into `other`), split (from `other`) or retired."""

    kind: str
    person: str
    other: str = ""


def minted(key: str) -> str:
    """Return the id of a new person whose first record is `key`: 'p' and 15 letters and digits, telling nothing."""
    return "p" + hashlib.blake2b(key.encode(), digest_size=10, person=b"footprint-person").hexdigest()[:15]


def assign(
    groups: Sequence[Sequence[str]], yesterday: Mapping[str, str], age: Mapping[str, str]
) -> tuple[list[str], list[Event]]:
    """Return today's id of each group of record keys, and what changed.

    `yesterday` gives each record's person then; `age` the ISO day on which each record was first reported.
    """
    claims = []
    for index, group in enumerate(groups):
        held = Counter(yesterday[key] for key in group if key in yesterday)
        for person, count in held.items():
            oldest = min((age.get(key, "9999"), key) for key in group if yesterday.get(key) == person)
            claims.append((-count, oldest, person, index))
    claims.sort()
    ids: list[str] = [""] * len(groups)
    taken: dict[str, int] = {}
    for _, _, person, index in claims:
        if not ids[index] and person not in taken:
            ids[index] = person
            taken[person] = index
    used = set(yesterday.values())
    events: list[Event] = []
    for index, group in enumerate(groups):
        if not ids[index]:
            ids[index] = _fresh(group, used, age)
            used.add(ids[index])
            origin = next((yesterday[key] for key in group if key in yesterday), "")
            events.append(Event("split", ids[index], origin) if origin else Event("founded", ids[index]))
    present: dict[str, str] = {}
    for index, group in enumerate(groups):
        for key in group:
            if key in yesterday:
                present.setdefault(yesterday[key], ids[index])
    for person in sorted(set(yesterday.values()) - set(ids)):
        into = present.get(person, "")
        events.append(Event("merged", person, into) if into else Event("retired", person))
    return ids, events


def _fresh(group: Sequence[str], used: set[str], age: Mapping[str, str]) -> str:
    """Return an id from the oldest record's key; a later record's where the first is taken by somebody else."""
    for key in sorted(group, key=lambda key: (age.get(key, "9999"), key)):
        if (candidate := minted(key)) not in used:
            return candidate
    number = 2
    while (candidate := minted(f"{min(group)}#{number}")) in used:
        number += 1
    return candidate
