"""What an administrator changes. Each change and its entry in the ledger are one transaction.

Nobody changes what they themselves may do: a change of one's own role is refused, whoever makes it.
"""

from __future__ import annotations

import datetime as dt

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from footprint.web.accounts.actor import Actor, acting
from footprint.web.accounts.entries import entered
from footprint.web.accounts.links import link_token
from footprint.web.accounts.models import Membership, Partner, User
from footprint.web.accounts.people import queries
from footprint.web.accounts.queries import memberships_of
from footprint.web.accounts.sessions import end_sessions
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.notices.services import notify, notify_leads


class NotOneself(Exception):
    """An administrator may not change their own role. Ask another administrator."""


def create_user(actor: Actor, *, username: str, name: str, email: str, **membership: object) -> str:
    """Make a user and their first membership; return the token of the link by which they set a password."""
    with transaction.atomic():
        user = User.objects.create_user(username, None, name=name, email=email)
        _enter(actor, "user-created", {"user": username}, {"user": name})
        _add(actor, user, **membership)
        return link_token(user)


def add_membership(actor: Actor, user: User, **membership: object) -> None:
    """Let a user work for a partner in a role. Raises NotOneself."""
    _not_oneself(actor, user)
    with transaction.atomic():
        _add(actor, user, **membership)


def end_membership(actor: Actor, membership: Membership, last_day: dt.date | None) -> None:
    """End a membership with a day, or at once: then it is over in open sessions too. Raises NotOneself."""
    _not_oneself(actor, membership.user)
    with transaction.atomic():
        if last_day is None:
            membership.ended_at, membership.ends = (
                timezone.now(),
                max(membership.starts, timezone.localdate()),
            )
        else:
            membership.ends = last_day
        membership.save(update_fields=["ends", "ended_at"])
        facts: Facts = {
            "user": membership.user.username,
            "role": membership.role,
            "at": membership.partner.code,
            "ends": str(last_day) if last_day else "at once",
        }
        _enter(actor, "membership-ended", facts)


def new_link(actor: Actor, user: User) -> str:
    """Return the token of a new link to set a password; the old password and every earlier link end. Raises NotOneself."""
    _not_oneself(actor, user)
    with transaction.atomic():
        user.set_unusable_password()
        user.save(update_fields=["password"])
        _enter(actor, "link-issued", {"user": user.username})
        _tell_leads(user, "An administrator made a link by which a user sets a new password")
    end_sessions(user)
    return link_token(user)


def reset_second_factor(actor: Actor, user: User, reason: str) -> None:
    """Take away a user's second factors, end their sessions, and tell them and those who govern. Raises NotOneself."""
    _not_oneself(actor, user)
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        _enter(actor, "second-factor-reset", {"user": user.username}, {"user": user.name, "reason": reason})
        _tell_leads(user, "An administrator took away a user’s second factor")
        notify(
            memberships_of(user, timezone.localdate()),
            "account",
            "An administrator took away your second factor. If you did not ask for it, tell them at once.",
        )
    end_sessions(user)


def end_sessions_of(actor: Actor, user: User) -> int:
    """End every session that a user has open, as when a laptop is lost; return how many."""
    with transaction.atomic():
        _enter(actor, "sessions-ended", {"user": user.username})
    return end_sessions(user)


def change_details(actor: Actor, user: User, *, name: str, email: str) -> None:
    """Write a user's name and e-mail anew."""
    with transaction.atomic():
        before, user.name, user.email = user.name, name, email
        user.save(update_fields=["name", "email"])
        _enter(actor, "user-changed", {"user": user.username}, {"before": before, "now": name})


def save_partner(actor: Actor, partner: Partner | None, *, code: str, **fields: str) -> None:
    """Make a partner, or write its name, sector and lead anew; its code stays what its feeds call it."""
    with transaction.atomic():
        if partner is None:
            Partner.objects.create(partnership_id=actor.partnership, code=code, **fields)
        else:
            for name, value in fields.items():
                setattr(partner, name, value)
            partner.save(update_fields=list(fields))
        _enter(actor, "partner-changed" if partner else "partner-added", {"partner": code})


def name_partnership(actor: Actor, name: str) -> None:
    """Name the partnership anew."""
    with transaction.atomic():
        found = queries.partnership(actor)
        found.name = name
        found.save(update_fields=["name"])
        _enter(actor, "partnership-changed", {})


def refuse_oneself(request: HttpRequest, user: User) -> None:
    """Enter that somebody tried to change what they themselves may do."""
    entered(request, "refusal", "change-own-role", {"user": user.username, "by": acting(request).username})


def _add(actor: Actor, user: User, **membership: object) -> None:
    made = Membership.objects.create(user=user, **membership)
    facts: Facts = {
        "user": user.username,
        "role": made.role,
        "at": made.partner.code,
        "from": str(made.starts),
        "until": str(made.ends or ""),
    }
    _enter(actor, "membership-added", facts)


def _not_oneself(actor: Actor, user: User) -> None:
    if user.pk == actor.user_id:
        raise NotOneself(NotOneself.__doc__)


def _enter(actor: Actor, action: str, facts: Facts, personal: dict[str, str] | None = None) -> None:
    ledger().record(event(actor, "change", action, facts, personal=personal or {}), join=True)


def _tell_leads(user: User, what: str) -> None:
    # Whoever may set both anew could act as somebody else: so others hear of it, in their own place.
    for partner in {one.partner for one in memberships_of(user, timezone.localdate())}:
        notify_leads(partner, "account", f"{what}: {user.username}.", reverse("ledger:user", args=[user.pk]))
