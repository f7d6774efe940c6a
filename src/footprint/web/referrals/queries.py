"""Who reaches which referral. One that is not there and one of somebody else are the same.

Whoever sent it, or took it down, reaches their own; a supervisor those of their team; a referral unit those of its own
organisation; the front door every one of its partnership. Everybody else none.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from django.db.models import Q, QuerySet
from django.http import Http404

from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import decode
from footprint.referrals.states import Part, parts_of
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.models import Referral, Version
from footprint.web.referrals.own_family import is_own_family, not_theirs, refuse

_NONE: Final = Q(pk__in=[])


class NotFound(Http404):
    """There is no such referral, or it is not within this actor's reach."""


def referral_of(actor: Actor, referral_id: str) -> Referral:
    """Return a referral within the actor's reach. Raises NotFound, and NotYours for one of the actor's own family."""
    found = within_reach(actor).filter(pk=referral_id).first()
    if found is not None:
        return found
    kept_back = _with_names().filter(_by_their_work(actor), partnership=actor.partnership, pk=referral_id)
    if (theirs := kept_back.first()) is not None:
        refuse(actor, theirs, "referral")
    raise NotFound


def within_reach(actor: Actor) -> QuerySet[Referral]:
    """Return every referral that the actor may read: what they wrote, and by their work all but those of their own family."""
    reach = _own(actor)
    if parts_of(actor.role):
        reach |= _by_their_work(actor) & ~Q(pk__in=not_theirs(actor))
    return _with_names().filter(reach, partnership=actor.partnership)


def own(actor: Actor) -> QuerySet[Referral]:
    """Return what the actor sent or took down, the latest first."""
    return _with_names().filter(_own(actor), partnership=actor.partnership)


def by_hand(actor: Actor, referral_id: str) -> Referral:
    """Return what came in by this actor's hand, whoever is its author and whomever it is about: to say that it arrived.

    Raises NotFound. What it says is read by `referral_of` alone.
    """
    hand = Q(by__user=actor.user_id) | Q(taken_by__user=actor.user_id)
    found = _with_names().filter(hand, partnership=actor.partnership, pk=referral_id).first()
    if found is None:
        raise NotFound
    return found


def is_author(actor: Actor, referral: Referral) -> bool:
    """Say whether this actor sent the referral, or took it down for somebody."""
    sender = referral.by or referral.taken_by
    return sender is not None and sender.user_id == actor.user_id


def sent_or_took_down(actor: Actor, referral: Referral) -> bool:
    """Say whether it came in by this actor's hand, whoever is its author."""
    taken = referral.taken_by
    return is_author(actor, referral) or (taken is not None and taken.user_id == actor.user_id)


def wrote_all(actor: Actor, referral: Referral) -> bool:
    """Say whether all of it came by this actor's hand: a mask in it would tell them what is protected."""
    if is_author(actor, referral):
        return True
    others = Version.objects.filter(referral=referral).exclude(by__user=actor.user_id)
    return sent_or_took_down(actor, referral) and not others.exists()


def parts_in(actor: Actor, referral: Referral) -> frozenset[Part]:
    """Return the parts that the actor plays for a referral within their reach: of their own family's that of its author alone."""
    if not is_author(actor, referral):
        return parts_of(actor.role)
    if parts_of(actor.role) and is_own_family(actor, referral):
        return frozenset({Part.AUTHOR})
    return parts_of(actor.role, is_author=True)


def versions_of(referral: Referral) -> list[tuple[Version, Said]]:
    """Return every version as it was sent, the first one first. What others than the author read is masked by `protecting`."""
    rows = Version.objects.filter(referral=referral).select_related("by__user").order_by("number")
    return [(row, decode(row.content)) for row in rows]


def latest_of(referral: Referral) -> Said:
    """Return the latest version as it was sent, with what is held back in it."""
    row = Version.objects.filter(referral=referral).order_by("-number").first()
    if row is None:
        raise NotFound
    return decode(row.content)


def _with_names() -> QuerySet[Referral]:
    return Referral.objects.select_related("by__user", "taken_by__user", "partner", "partnership")


def _own(actor: Actor) -> Q:
    return Q(by__user=actor.user_id) | Q(by__isnull=True, taken_by__user=actor.user_id)


def _by_their_work(actor: Actor) -> Q:
    reach = _NONE
    for part in parts_of(actor.role):
        reach |= _REACH.get(part, _nothing)(actor)
    return reach


def _nothing(_actor: Actor) -> Q:
    return _NONE


def _of_the_team(actor: Actor) -> Q:
    """A supervisor without a team supervises nobody: an empty name is no team."""
    return Q(partner__code=actor.organisation, team=actor.team) if actor.team else _NONE


def _of_the_partner(actor: Actor) -> Q:
    return Q(partner__code=actor.organisation)


def _of_the_partnership(actor: Actor) -> Q:
    return Q(partnership=actor.partnership)


_REACH: Final = MappingProxyType[Part, Callable[[Actor], Q]](
    {
        Part.SUPERVISOR: _of_the_team,
        Part.REFERRAL_UNIT: _of_the_partner,
        Part.FRONT_DOOR: _of_the_partnership,
    }
)
