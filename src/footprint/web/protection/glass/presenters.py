"""What the pages of break-glass show, as finished texts. No name of anybody who was looked at is among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.urls import reverse

from footprint.answer import words
from footprint.sharing import Purpose
from footprint.sharing.roles import ROLES
from footprint.watching.terms import TARGET_SHARE, TOO_LARGE_A_SHARE
from footprint.web.design.words import moment, number
from footprint.web.protection.glass.queries import Share
from footprint.web.protection.models import BreakGlass


class Use(NamedTuple):
    """One use, as governance reads it."""

    reference: str
    href: str
    who: str
    role: str
    at: str
    case: str
    purpose: str
    reason: str
    about: str
    receipt: str
    due: str
    is_late: bool
    state: str
    finding: str


def use_of(use: BreakGlass, today: str, purposes: Mapping[str, Purpose]) -> Use:
    """Return a use; `today` (ISO) says whether its review is late, `purposes` what its purpose is called."""
    held = use.membership
    role = ROLES[held.role].label if held.role in ROLES else held.role
    waiting = use.reviewed_at is None
    due = use.review_due.isoformat()
    return Use(
        reference=use.reference,
        href=reverse("protection:glass_review", args=[use.reference]),
        who=held.user.name,
        role=f"{role}, {held.partner.name}" + (f", {held.team}" if held.team else ""),
        at=moment(use.opened_at),
        case=use.case_reference,
        purpose=purposes[use.purpose].label if use.purpose in purposes else use.purpose,
        reason=use.reason,
        about="Somebody of their own household or family" if use.own_household else "Somebody of a case",
        receipt=use.receipt,
        due=words.day(due),
        is_late=waiting and due < today,
        state=_state(use),
        finding=use.finding,
    )


def share_sentence(share: Share) -> str:
    """Say how large the share of look-ups is that broke the glass, and what that means."""
    if not share.look_ups:
        return "Nobody looked anybody up in the last 30 days."
    said = (
        f"{number(share.uses)} of {number(share.look_ups)} look-ups in the last 30 days ({share.ratio:.1%})."
    )
    if share.ratio > TOO_LARGE_A_SHARE:
        return (
            f"{said} That is more than 2%: the sharing agreement does not give people what their work needs."
        )
    if share.ratio >= TARGET_SHARE:
        return f"{said} The aim is less than 0.5%."
    return f"{said} That is within the aim of less than 0.5%."


def _state(use: BreakGlass) -> str:
    if use.reviewed_at is None or use.reviewed_by is None:
        return "Waits for a review"
    return f"{use.get_outcome_display()}. Reviewed by {use.reviewed_by.user.name}, {moment(use.reviewed_at)}"
