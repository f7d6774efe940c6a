"""What an administrator reads: the people and partners of their own partnership, and of no other."""

from __future__ import annotations

import uuid

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, QuerySet

from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership, Partner, Partnership, User

PER_PAGE = 50


def people(actor: Actor, partner: str = "") -> QuerySet[User]:
    """Return the users who ever worked in this partnership, by name; with `partner`, for that one."""
    held = Membership.objects.filter(partner__partnership_id=actor.partnership)
    if partner:
        held = held.filter(partner__code=partner)
    return (
        User.objects.filter(pk__in=held.values("user"))
        .prefetch_related(Prefetch("memberships", queryset=_memberships(actor)))
        .order_by("name", "username")
    )


def person(actor: Actor, user_id: uuid.UUID) -> User | None:
    """Return a user of this partnership."""
    return people(actor).filter(pk=user_id).first()


def membership(actor: Actor, user_id: uuid.UUID, number: int) -> Membership | None:
    """Return a membership of a user in this partnership."""
    return _memberships(actor).filter(user_id=user_id, pk=number).first()


def partners(actor: Actor) -> QuerySet[Partner]:
    """Return the partners of this partnership, by name."""
    return Partner.objects.filter(partnership_id=actor.partnership).order_by("name")


def partner(actor: Actor, code: str) -> Partner | None:
    """Return a partner of this partnership by its code."""
    return partners(actor).filter(code=code).first()


def partnership(actor: Actor) -> Partnership:
    """Return the administrator's own partnership."""
    return Partnership.objects.get(pk=actor.partnership)


def second_factors(users: list[User]) -> dict[uuid.UUID, frozenset[str]]:
    """Return which kinds of second factor each user has."""
    kinds: dict[uuid.UUID, set[str]] = {user.pk: set() for user in users}
    for owner, kind in Authenticator.objects.filter(user__in=users).values_list("user_id", "type"):
        kinds[owner].add(kind)
    return {owner: frozenset(found) for owner, found in kinds.items()}


def _memberships(actor: Actor) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(partner__partnership_id=actor.partnership)
        .select_related("partner")
        .order_by("starts", "pk")
    )


def is_taken(username: str) -> bool:
    """Say whether somebody, in any partnership, has this username in any spelling."""
    return User.objects.filter(username__iexact=username).exists()
