"""The only readers of observations and of the list of those who are watched over. An alert's own user reads none of theirs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from footprint.sharing.roles import Right
from footprint.watching.terms import Unit, may_review
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership
from footprint.web.accounts.queries import with_right
from footprint.web.protection.models import ListDigest, Observation

_MOST: Final = 200


def watched_over(partnership: str) -> frozenset[str]:
    """Return the digests of everybody who is watched over today. The same work whoever looks at whomever."""
    digests = ListDigest.objects.filter(
        entry__partnership=partnership, entry__ended_at__isnull=True, entry__ends__gte=timezone.localdate()
    )
    return frozenset(digests.values_list("digest", flat=True))


def waiting(actor: Actor) -> list[Observation]:
    """Return the alerts of the partnership that wait, but the reader's own: those with the most points first."""
    return list(_alerts(actor).filter(closed_at__isnull=True).order_by("-score", "at", "pk")[:_MOST])


def closed(actor: Actor) -> list[Observation]:
    """Return the alerts that were reviewed, the latest first."""
    return list(_alerts(actor).filter(closed_at__isnull=False).order_by("-closed_at", "-pk")[:_MOST])


def alert_of(actor: Actor, reference: str) -> Observation:
    """Return one alert. Raises Http404 for one of another partnership, and for the reader's own."""
    found = _alerts(actor).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def is_theirs_to_review(actor: Actor, alert: Observation) -> bool:
    """Say whether an actor may write the finding: who was named, or where nobody was, whoever does not work with its user."""
    if alert.reviewer_id is not None:
        return alert.reviewer_id == actor.membership_id
    return may_be_reviewed_by(alert, actor.membership_id)


def may_be_reviewed_by(alert: Observation, membership_id: int) -> bool:
    """Say whether this member may review an alert at all."""
    return any(one.pk == membership_id for one in reviewers(alert))


def reviewers(alert: Observation) -> list[Membership]:
    """Return who may review an alert: governance of this partnership today, and nobody who works with its user."""
    watched = alert.membership
    at = Unit(watched.partner.code, watched.team)
    return [
        one
        for one in governing(watched.partner.partnership_id)
        if may_review(str(one.user_id), Unit(one.partner.code, one.team), str(watched.user_id), at)
    ]


def governing(partnership: str) -> list[Membership]:
    """Return everybody who governs in a partnership today."""
    held = with_right(Right.GOVERN).filter(partner__partnership=partnership)
    return list(held.select_related("user", "partner").order_by("user__name", "pk"))


def same_user(alert: Observation) -> list[Observation]:
    """Return the other alerts of the same user, the latest first: what repeats, stands together."""
    others = Observation.objects.filter(user=alert.user_id, is_alert=True).exclude(pk=alert.pk)
    return list(others.order_by("-at", "-pk")[:_MOST])


def look_ups_of(user_id: uuid.UUID, days: Iterable[dt.date]) -> list[Observation]:
    """Return what was seen of a user's look-ups on these days, in order."""
    found = Observation.objects.filter(user=user_id, day__in=list(days), span=Observation.Span.LOOK_UP)
    return list(found.order_by("at", "pk"))


def _alerts(actor: Actor) -> QuerySet[Observation]:
    return (
        Observation.objects.select_related(
            "user", "membership__partner", "reviewer__user", "reviewer__partner", "closed_by__user"
        )
        .filter(is_alert=True, membership__partner__partnership=actor.partnership)
        .exclude(user=actor.user_id)
    )
