"""Whose referrals somebody at a desk may read: a team's, an organisation's, the partnership's; never of their own family."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Partner
from footprint.web.referrals.models import Referral
from footprint.web.referrals.own_family import not_theirs


def of_team(actor: Actor, of: str) -> QuerySet[Referral]:
    """Return the referrals of a team of the actor's organisation. Without a name it is no team's, and there are none."""
    if not of:
        return Referral.objects.none()
    return _others_families(actor, Referral.objects.filter(partner=partner_of(actor), team=of))


def reach(actor: Actor) -> QuerySet[Referral]:
    """Return what somebody who grades may read."""
    return _others_families(actor, Referral.objects.filter(**reached_by(actor)))


def reached_by(actor: Actor) -> dict[str, Any]:
    """Return by which column it is told what somebody who grades may read: one alone, so that an index answers."""
    if actor.may("decide-referrals"):
        return {"partnership": actor.partnership}
    return {"partner": partner_of(actor)}


def partner_of(actor: Actor) -> int:
    """Return the actor's organisation as a partner's key."""
    partner = Partner.objects.filter(partnership=actor.partnership, code=actor.organisation)
    return partner.values_list("pk", flat=True)[0]


def _others_families(actor: Actor, found: QuerySet[Referral]) -> QuerySet[Referral]:
    """All of them but those of the actor's own family, of which nothing tells that they are there."""
    close = not_theirs(actor)
    return found.exclude(pk__in=close) if close else found
