"""What is read of users and their memberships, for every other app too."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from footprint.sharing.roles import ASKING, ROLES, Right
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import DeclaredAddress, DeclaredRelative, Membership, User
from footprint.web.accounts.session_words import CHOSEN, STRENGTH, THROUGH

#: How long a declaration holds, and how long what was taken back still blocks.
_YEAR = dt.timedelta(days=365)


def held_on(day: dt.date) -> QuerySet[Membership]:
    """Return the memberships that hold on a day: begun, not over, and not ended at once. Every other query begins here."""
    return Membership.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day, ended_at__isnull=True
    )


def held_now() -> QuerySet[Membership]:
    """Return the memberships that hold today, of users who may sign in."""
    return held_on(timezone.localdate()).filter(user__is_active=True)


def with_right(right: Right) -> QuerySet[Membership]:
    """Return the memberships in whose roles somebody has this right today."""
    return held_now().filter(role__in=[role.id for role in ROLES.values() if right in role.rights])


def is_held(membership: Membership) -> bool:
    """Say whether a membership holds today, as `held_now` does of all."""
    return held_now().filter(pk=membership.pk).exists()


def memberships_of(user: User, day: dt.date) -> list[Membership]:
    """Return a user's memberships that hold on a day, the oldest first."""
    held = held_on(day).filter(user=user).select_related("partner")
    return sorted(held, key=lambda one: (one.starts, one.pk))


def ever_held_by(user_id: uuid.UUID) -> list[int]:
    """Return the keys of all memberships that a user has or had, over or not: for what somebody did, never for what they may."""
    return list(Membership.objects.filter(user=user_id).values_list("pk", flat=True))


def offered(user: User, session: SessionBase) -> list[Membership]:
    """Return the memberships among which this session may choose.

    Who came through a partner's identity provider acts for that partner alone: it vouches for its own people.
    """
    held = [one for one in memberships_of(user, timezone.localdate()) if one.role in ROLES]
    through = session.get(THROUGH)
    return [one for one in held if through is None or one.partner_id == through]


def actor_for(user: User | AnonymousUser, session: SessionBase) -> Actor | None:
    """Return who this user is in this session, or None for nobody and for somebody without a membership today."""
    return actor_among(offered(user, session), user, session) if isinstance(user, User) else None


def actor_among(held: Sequence[Membership], user: User, session: SessionBase) -> Actor | None:
    """Return who this user is among the memberships that this session is offered: the chosen one, or else the oldest."""
    chosen = session.get(CHOSEN)
    membership = next((one for one in held if one.pk == chosen), held[0] if held else None)
    if membership is None:
        return None
    return acting_in(membership, user, session=session_mark(session), strength=session.get(STRENGTH, ""))


def acting_in(membership: Membership, user: User, *, session: str, strength: str) -> Actor:
    """Return who a user is in a membership of theirs, as its role is today, whatever session that is in."""
    role, partner = ROLES[membership.role], membership.partner
    return Actor(
        user_id=user.pk,
        username=user.username,
        name=user.name,
        membership_id=membership.pk,
        role=membership.role,
        role_label=role.label,
        rights=role.rights,
        partnership=partner.partnership_id,
        organisation=partner.code,
        organisation_name=partner.name,
        sector=partner.sector,
        team=membership.team,
        session=session,
        strength=strength,
    )


def session_mark(session: SessionBase) -> str:
    """Return a short id of a browser session that tells nothing and opens nothing."""
    return hashlib.sha256((session.session_key or "").encode()).hexdigest()[:12]


def signed_in(request: HttpRequest) -> User:
    """Return the user, in a view that the access table opens only to those who are signed in."""
    if not isinstance(request.user, User):
        raise LookupError("This view was reached by nobody: its row in the access table is wrong.")
    return request.user


# ---------------------------------------------------------------- what users declared about themselves


class Declaration(NamedTuple):
    """What somebody declared about their own homes and family."""

    addresses: tuple[DeclaredAddress, ...]
    relatives: tuple[DeclaredRelative, ...]


def declared_by(user: User) -> Declaration:
    """Return what a user declares now."""
    return Declaration(
        tuple(user.declared_addresses.filter(withdrawn__isnull=True).order_by("-is_now", "pk")),
        tuple(user.declared_relatives.filter(withdrawn__isnull=True).order_by("pk")),
    )


def not_theirs_to_look_up(user_id: uuid.UUID) -> Declaration:
    """Return whom and where a user may not look up: what they declare, and what they took back within the last year.

    Otherwise taking a name from the list would be all it needs.
    """
    return whom_they_may_not_look_up([user_id]).get(user_id, Declaration((), ()))


def whom_they_may_not_look_up(user_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Declaration]:
    """Return the same for several users; for one who declared nothing there is no entry."""
    since = timezone.now() - _YEAR
    addresses: dict[uuid.UUID, list[DeclaredAddress]] = {}
    for address in DeclaredAddress.objects.filter(user__in=user_ids).order_by("pk"):
        if address.withdrawn is None or address.withdrawn > since:
            addresses.setdefault(address.user_id, []).append(address)
    relatives: dict[uuid.UUID, list[DeclaredRelative]] = {}
    for relative in DeclaredRelative.objects.filter(user__in=user_ids).order_by("pk"):
        if relative.withdrawn is None or relative.withdrawn > since:
            relatives.setdefault(relative.user_id, []).append(relative)
    return {
        user: Declaration(tuple(addresses.get(user, ())), tuple(relatives.get(user, ())))
        for user in addresses.keys() | relatives.keys()
    }


def must_choose(held: Sequence[Membership], session: SessionBase) -> bool:
    """Say whether a user of several roles has not said yet in which they work now."""
    return CHOSEN not in session and len(held) > 1


def must_declare(actor: Actor, user: User) -> bool:
    """Say whether somebody who may ask has not declared home and relatives within the last year."""
    if actor.rights.isdisjoint(ASKING):
        return False
    return user.declared_at is None or user.declared_at < timezone.now() - _YEAR
