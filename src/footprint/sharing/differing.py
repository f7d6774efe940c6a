"""What changes from one agreement to the next, decision by decision: to be read before the new one is signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from footprint.records.codes import INVOLVEMENTS
from footprint.records.window import SHOWN_MONTHS
from footprint.sharing.agreement import Agreement, Limits
from footprint.sharing.describing import OTHER, merged, partners_of, questions
from footprint.sharing.policy import Ruling, compile_policy

#: Role, recipient, purpose, provider, kinds, before, after.
_Row = tuple[str, str, str, str, tuple[str, ...], str, str]


class Change(msgspec.Struct, frozen=True):
    """One thing that is decided otherwise: kinds of a provider, or without a provider whom the recipient reaches at all."""

    role: str
    recipients: tuple[str, ...]
    purposes: tuple[str, ...]
    provider: str
    kinds: tuple[str, ...]
    before: str
    after: str


def changes(old: Agreement, new: Agreement, day: dt.date) -> list[Change]:
    """Return every decision that the new agreement would make otherwise than the old one on a day."""
    partners = partners_of(old, new)
    before, after = compile_policy(old, partners), compile_policy(new, partners)
    rows = [
        (ask.role, ask.partner, ask.purpose, *difference)
        for ask in questions(partners, {**old.purposes, **new.purposes}, day)
        for difference in _differences(before.decide(ask), after.decide(ask), partners)
    ]
    told: list[_Row] = merged(rows, 4)
    return [Change(*row) for row in merged(merged(_said_once(told), 2), 1)]


def other_changes(old: Agreement, new: Agreement) -> list[str]:
    """Return, as sentences, what differs beside decisions: how long kinds are shown, and the limits."""
    said = [
        f"{kind} is shown for {new.windows.get(kind, SHOWN_MONTHS)} months after its end "
        f"instead of {old.windows.get(kind, SHOWN_MONTHS)}."
        for kind in sorted({*old.windows, *new.windows})
        if old.windows.get(kind, SHOWN_MONTHS) != new.windows.get(kind, SHOWN_MONTHS)
    ]
    return said + [
        f"The limit {name} is {getattr(new.limits, name)} instead of {getattr(old.limits, name)}."
        for name in Limits.__struct_fields__
        if getattr(old.limits, name) != getattr(new.limits, name)
    ]


def _differences(
    before: Ruling, after: Ruling, partners: Iterable[str]
) -> Iterator[tuple[str, str, str, str]]:
    """Provider, kind, and its level before and after, of every cell that differs; and the reach, without a provider."""
    for provider in partners:
        for kind in INVOLVEMENTS:
            was, becomes = (one.disclosure.level(provider, kind) for one in (before, after))
            if was != becomes:
                yield provider, kind, was, becomes
    if before.allowed and after.allowed and before.reach != after.reach:
        yield "", "", before.reach, after.reach


def _said_once(rows: list[_Row]) -> list[_Row]:
    """Without what is said of "other school" where the same is said of "school"."""
    listed = set(rows)
    return [
        row
        for row in rows
        if not (row[3].startswith(OTHER) and (*row[:3], row[3].removeprefix(OTHER), *row[4:]) in listed)
    ]
