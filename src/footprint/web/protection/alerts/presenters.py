"""What governance reads of an alert: who, when, and which rules spoke. Never whom it was about, nor what a case holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse

from footprint.sharing.roles import ROLES
from footprint.watching import RULES
from footprint.web.accounts.models import Membership
from footprint.web.design.words import moment
from footprint.web.protection.models import Observation


class Reason(NamedTuple):
    """A rule that spoke, and what it weighs."""

    sentence: str
    points: str


class Receipt(NamedTuple):
    """A receipt of the ledger's, and where it is read."""

    number: str
    href: str


class Alert(NamedTuple):
    """One alert."""

    reference: str
    href: str
    score: str
    who: str
    role: str
    over: str
    at: str
    case: str
    reasons: tuple[Reason, ...]
    receipts: tuple[Receipt, ...]
    reviewer: str
    state: str
    finding: str
    is_closed: bool


def alert_of(one: Observation) -> Alert:
    """Return an alert as governance reads it."""
    held = one.membership
    role = ROLES[held.role].label if held.role in ROLES else held.role
    return Alert(
        reference=one.reference,
        href=reverse("protection:alert", args=[one.reference]),
        score=f"{one.score:g}",
        who=one.user.name,
        role=f"{role}, {held.partner.name}" + (f", {held.team}" if held.team else ""),
        over=str(one.get_span_display()),
        at=moment(one.at),
        case=one.case_reference,
        reasons=tuple(_reason(code, points) for code, points in one.signs),
        receipts=tuple(Receipt(number, reverse("ledger:entry", args=[number])) for number in one.receipts),
        reviewer=one.reviewer.user.name if one.reviewer else "",
        state=_state(one),
        finding=one.finding,
        is_closed=one.closed_at is not None,
    )


def clusters(alerts: Sequence[Alert]) -> tuple[tuple[str, tuple[Alert, ...]], ...]:
    """Return alerts by the user whom they are about: whoever has the weightiest first, with all of theirs."""
    found: dict[str, list[Alert]] = {}
    for one in alerts:
        found.setdefault(f"{one.who}, {one.role}", []).append(one)
    return tuple((who, tuple(theirs)) for who, theirs in found.items())


def reviewer_choices(members: Sequence[Membership]) -> list[tuple[str, str]]:
    """Return who may review, as choices."""
    return [(str(one.pk), f"{one.user.name}, {one.partner.name}") for one in members]


def _reason(code: str, points: float) -> Reason:
    sentence = RULES[code].sentence if code in RULES else code
    return Reason(sentence, f"{points:+g}")


def _state(one: Observation) -> str:
    if one.closed_at is None or one.closed_by is None:
        return f"With {one.reviewer.user.name}" if one.reviewer else "Nobody reviews it yet"
    return f"{one.get_outcome_display()}. Reviewed by {one.closed_by.user.name}, {moment(one.closed_at)}"
