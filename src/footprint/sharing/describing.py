"""A policy in a reader's words: who gets what, and what is worth knowing of an agreement before it is signed.

For reading alone. Nothing here decides anything: every word comes from asking the policy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from footprint.records.codes import INVOLVEMENTS
from footprint.sharing.agreement import Agreement
from footprint.sharing.policy import Ask, Policy, Ruling, compile_policy
from footprint.sharing.roles import ASKING, ROLES

#: Of a sector that signed as a whole two partners stand for all: itself, and another of it.
OTHER: Final = "other "


class Share(msgspec.Struct, frozen=True):
    """What one provider shares: kinds with content, and kinds of which no more than existence.

    Where a partner gets more of itself than of others of its sector, these are "own school" and "other school".
    """

    provider: str
    content: tuple[str, ...]
    existence: tuple[str, ...]


class Grant(msgspec.Struct, frozen=True):
    """What people of a role at these recipients get for these purposes, and of whom."""

    role: str
    recipients: tuple[str, ...]
    purposes: tuple[str, ...]
    reach: str
    shares: tuple[Share, ...]


def partners_of(*agreements: Agreement) -> dict[str, str]:
    """Return the partners that are named in agreements, with their sectors; "school" and "other school" stand for all."""
    partners: dict[str, str] = {}
    for party in (party for agreement in agreements for party in agreement.parties):
        partners[party.partner or party.sector] = party.sector
        if not party.partner:
            partners[f"{OTHER}{party.sector}"] = party.sector
    return partners


def questions(partners: Mapping[str, str], purposes: Iterable[str], day: dt.date) -> Iterator[Ask]:
    """Return every question that can be put on a day: of each role that may ask anything, at each partner, for each purpose."""
    listed = list(purposes)
    for role in (name for name, role in ROLES.items() if not ASKING.isdisjoint(role.rights)):
        for partner in (name for name in partners if not name.startswith(OTHER)):
            for purpose in listed:
                yield Ask(role=role, partner=partner, sector=partners[partner], purpose=purpose, day=day)


def grants(policy: Policy, day: dt.date) -> list[Grant]:
    """Return who gets what on a day, role by role, with purposes and recipients together where they get the same."""
    rows = []
    for ask in questions(policy.providers, policy.agreement.purposes, day):
        ruling = policy.decide(ask)
        if ruling.allowed:
            shares = (_share(policy, ruling, provider) for provider in policy.providers)
            rows.append((ask.role, ask.partner, ask.purpose, ruling.reach, tuple(_told_apart(shares))))
    return [Grant(*row) for row in merged(merged(rows, 2), 1)]


def notes(agreement: Agreement, day: dt.date) -> list[str]:
    """Return what is no mistake and yet worth knowing: a review that is due, a rule that decides nothing."""
    if not agreement.valid.holds_on(day):
        return [f"The agreement is not in force on {day}: on that day nobody may ask."]
    policy = compile_policy(agreement, partners_of(agreement))
    deciding = {
        decision.rule
        for ask in questions(policy.providers, agreement.purposes, day)
        for kinds in policy.cells(ask).values()
        for decision in kinds.values()
    }
    due = [f"The review was due on {agreement.review}."] if agreement.review < day else []
    return due + [
        f"Rule '{rule.id}' decides nothing on {day}: other rules say the same, or it meets nobody."
        for rule in agreement.rules
        if rule.effect == "share" and rule.id not in deciding
    ]


def kinds_of(sector: str) -> tuple[str, ...]:
    """Return the kinds of involvement that partners of a sector have."""
    return tuple(kind for kind, entry in INVOLVEMENTS.items() if entry.sector == sector)


def merged(rows: Iterable[tuple[Any, ...]], place: int) -> list[tuple[Any, ...]]:
    """Return rows that are equal in all but one place as one row, with all that stood there in a tuple."""
    found: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        found.setdefault((*row[:place], *row[place + 1 :]), []).append(row[place])
    return [(*rest[:place], tuple(values), *rest[place:]) for rest, values in found.items()]


def _share(policy: Policy, ruling: Ruling, provider: str) -> Share:
    levels = {kind: ruling.disclosure.level(provider, kind) for kind in kinds_of(policy.providers[provider])}
    return Share(
        provider,
        tuple(kind for kind, level in levels.items() if level == "content"),
        tuple(kind for kind, level in levels.items() if level == "existence"),
    )


def _told_apart(shares: Iterable[Share]) -> Iterator[Share]:
    """Each provider that shares anything; own and other of a sector apart only where they share differently."""
    by_name = {share.provider: share for share in shares}
    for name, share in by_name.items():
        other = by_name.get(f"{OTHER}{name}", share)
        if name.startswith(OTHER):
            continue
        either = [msgspec.structs.replace(share, provider=f"own {name}"), other]
        if (other.content, other.existence) == (share.content, share.existence):
            either = [share]
        yield from (one for one in either if one.content or one.existence)
