"""What a sharing agreement may not say, as a table of checks: each finds places and says what to change there.

An agreement that names a partner, role, purpose or kind that does not exist would share less than it seems, or more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Final

from footprint.records.codes import INVOLVEMENTS, SECTORS
from footprint.sharing.agreement import ALL, LONGEST_WINDOW, OWN, Agreement, Rule
from footprint.sharing.roles import ASKING, ROLES, Right

Place = tuple[str | int, ...]
Fault = tuple[Place, str]

#: The ledger keeps ids and bases in clear: short, plain, and no sentence about anybody.
LONGEST_BASIS: Final = 200
_ID: Final = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_LONGEST_ID: Final = 40


def faults(agreement: Agreement) -> Iterator[Fault]:
    """Return everything that is wrong with an agreement: where, and what to change."""
    for check in (_ids, _days, _parties, _purposes, _windows, _limits, _emergency, _twice, _rules):
        yield from check(agreement)


def _ids(agreement: Agreement) -> Iterator[Fault]:
    for name in ("id", "partnership", "version"):
        yield from _id((name,), getattr(agreement, name))
    for code in agreement.purposes:
        yield from _id(("purposes", code), code)
    for number, rule in enumerate(agreement.rules):
        yield from _id(("rules", number, "id"), rule.id)


def _id(place: Place, text: str) -> Iterator[Fault]:
    if len(text) > _LONGEST_ID or not _ID.fullmatch(text):
        yield (
            place,
            f"'{text}' is no id. Use small letters, figures, and single hyphens or dots between them; at most {_LONGEST_ID}.",
        )


def _days(agreement: Agreement) -> Iterator[Fault]:
    if agreement.valid.last < agreement.valid.first:
        yield ("valid", "until"), "the last day is before the first."
    for number, rule in enumerate(agreement.rules):
        if rule.last < rule.first:
            yield ("rules", number, "until"), "the last day is before the first."


def _parties(agreement: Agreement) -> Iterator[Fault]:
    if not agreement.parties:
        yield ("parties",), "nobody has signed. Name at least one party."
    for number, party in enumerate(agreement.parties):
        if party.sector not in SECTORS:
            yield ("parties", number, "sector"), _no(party.sector, "sector", SECTORS)


def _purposes(agreement: Agreement) -> Iterator[Fault]:
    if not agreement.purposes:
        yield ("purposes",), "there is no purpose, so nobody may ask. Name at least one."
    for code, purpose in agreement.purposes.items():
        for name in ("label", "short", "basis"):
            text = getattr(purpose, name)
            if not text or len(text) > LONGEST_BASIS or not text.isprintable():
                yield ("purposes", code, name), f"write one line of at most {LONGEST_BASIS} characters."


def _windows(agreement: Agreement) -> Iterator[Fault]:
    for code, months in agreement.windows.items():
        if code not in INVOLVEMENTS:
            yield ("windows", code), _no(code, "kind of involvement", INVOLVEMENTS)
        if not 1 <= months <= LONGEST_WINDOW:
            yield (
                ("windows", code),
                f"write a number of months from 1 to {LONGEST_WINDOW}: longer ago than that nothing is held.",
            )


def _limits(agreement: Agreement) -> Iterator[Fault]:
    limits = agreement.limits
    for name in limits.__struct_fields__:
        if getattr(limits, name) < 1:
            yield ("limits", name), "write a number above 0."
    if limits.hard_per_day < limits.soft_per_day:
        yield ("limits", "hard_per_day"), "the hard limit is below the soft one."


def _emergency(agreement: Agreement) -> Iterator[Fault]:
    name = agreement.emergency
    if name not in ROLES:
        yield ("emergency",), _no(name, "role", ROLES)
    elif Right.ASK not in ROLES[name].rights:
        yield (
            ("emergency",),
            f"'{name}' does not look up everybody, so it sees no more than others. Name a role that does.",
        )


def _twice(agreement: Agreement) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, rule in enumerate(agreement.rules):
        if rule.id in seen:
            yield (
                ("rules", number, "id"),
                f"two rules have the id '{rule.id}'. The ledger must tell them apart.",
            )
        seen.add(rule.id)


def _rules(agreement: Agreement) -> Iterator[Fault]:
    providers = {*SECTORS, *_partners(agreement)}
    for number, rule in enumerate(agreement.rules):
        place: Place = ("rules", number)
        who = rule.recipients
        yield from _named((*place, "of"), rule.of, {OWN, *providers}, "partner or sector")
        yield from _named((*place, "for"), rule.reasons, agreement.purposes, "purpose of this agreement")
        yield from _named((*place, "kinds"), rule.kinds, INVOLVEMENTS, "kind of involvement")
        yield from _each((*place, "with", "roles"), who.roles, ROLES, "role")
        yield from _each((*place, "with", "sectors"), who.sectors, SECTORS, "sector")
        yield from _each(
            (*place, "with", "partners"), who.partners, _partners(agreement), "partner among the parties"
        )
        yield from _askers(place, rule)
        if not rule.basis:
            yield (*place, "basis"), "say on which basis."


def _askers(place: Place, rule: Rule) -> Iterator[Fault]:
    if not rule.recipients.roles:
        yield (*place, "with", "roles"), "name at least one role."
    for number, name in enumerate(rule.recipients.roles):
        if name in ROLES and ASKING.isdisjoint(ROLES[name].rights):
            yield (
                (*place, "with", "roles", number),
                f"'{name}' may never ask, whatever is agreed. Take it out.",
            )


def _named(place: Place, names: tuple[str, ...], known: Collection[str], what: str) -> Iterator[Fault]:
    if not names:
        yield place, f"name at least one {what}, or write '{ALL}'."
    elif ALL in names and len(names) > 1:
        yield place, f"'{ALL}' stands beside others. Write '{ALL}' alone, or take it out."
    elif ALL not in names:
        yield from _each(place, names, known, what)


def _each(place: Place, names: tuple[str, ...], known: Collection[str], what: str) -> Iterator[Fault]:
    for number, name in enumerate(names):
        if name not in known:
            yield (*place, number), _no(name, what, known)


def _no(name: str, what: str, known: Collection[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"Write one of: {', '.join(sorted(known))}."
    return f"'{name}' is no {what}. {hint}"


def _partners(agreement: Agreement) -> set[str]:
    return {party.partner for party in agreement.parties if party.partner}
