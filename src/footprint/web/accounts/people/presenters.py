"""What the administrator's pages show, in finished words."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from markupsafe import Markup

from footprint.answer import words
from footprint.sharing.roles import ROLES
from footprint.web.accounts.models import Membership, Partner, User

_KINDS = {"totp": "authenticator app", "webauthn": "passkey", "recovery_codes": "recovery codes"}


def people_rows(users: list[User], factors: dict[uuid.UUID, frozenset[str]]) -> list[list[dict[str, Any]]]:
    """Return a table's rows: name, username, what they do today, and their second factor."""
    return [
        [
            {"html": _link(reverse("accounts:user", args=[user.pk]), user.name)},
            {"text": user.username},
            {
                "text": "; ".join(role_at(one) for one in user.memberships.all() if holds(one))
                or "Nothing today"
            },
            {"text": factor_words(factors[user.pk])},
        ]
        for user in users
    ]


def factor_words(kinds: frozenset[str]) -> str:
    """Return which second factors somebody has."""
    return ", ".join(words for kind, words in _KINDS.items() if kind in kinds) or "None"


def membership_rows(user: User) -> list[dict[str, Any]]:
    """Return a user's memberships as lines, those that hold first."""
    return sorted(
        (
            {
                "number": one.pk,
                "role": ROLES[one.role].label if one.role in ROLES else one.role,
                "partner": one.partner.name,
                "team": one.team,
                "span": _span(one),
                "holds": holds(one),
                "is_over": is_over(one),
            }
            for one in user.memberships.all()
        ),
        key=lambda line: line["is_over"],
    )


def partner_rows(partners: list[Partner]) -> list[list[dict[str, Any]]]:
    """Return a table's rows: name, code, sector, lead."""
    return [
        [
            {"html": _link(reverse("accounts:partner", args=[one.code]), one.name)},
            {"text": one.code},
            {"text": one.sector},
            {"text": one.lead_email or "Nobody yet"},
        ]
        for one in partners
    ]


def pages(page: Page[User], partner: str) -> dict[str, Any]:
    """Return the way through the pages of a long list, as its component takes it; empty for a single page."""
    if page.paginator.num_pages == 1:
        return {}
    chosen = {"partner": partner} if partner else {}

    def to(number: int) -> str:
        return f"?{urlencode(chosen | {'page': number})}"

    found: dict[str, Any] = {
        "items": [
            {"number": number, "href": to(number), "current": number == page.number}
            for number in page.paginator.page_range
        ]
    }
    if page.has_previous():
        found["previous"] = {"href": to(page.previous_page_number())}
    if page.has_next():
        found["next"] = {"href": to(page.next_page_number())}
    return found


def holds(membership: Membership) -> bool:
    """Say whether a membership holds today."""
    return membership.starts <= timezone.localdate() and not is_over(membership)


def is_over(membership: Membership) -> bool:
    """Say whether a membership has ended."""
    past = membership.ends is not None and membership.ends < timezone.localdate()
    return past or membership.ended_at is not None


def role_at(membership: Membership) -> str:
    """Return a membership in a line."""
    label = ROLES[membership.role].label if membership.role in ROLES else membership.role
    return f"{label}, {membership.partner.name}"


def _span(membership: Membership) -> str:
    first = f"from {words.day(membership.starts.isoformat())}"
    return f"{first} to {words.day(membership.ends.isoformat())}" if membership.ends else first


def _link(href: str, text: str) -> Markup:
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(href, text)
