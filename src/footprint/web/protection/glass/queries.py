"""The only readers of broken glass: whether it is open for somebody, whether its user may break more, what waits for a review."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from footprint.watching.terms import Unit, is_suspended, may_review
from footprint.web.accounts.actor import Actor
from footprint.web.cases.models import LookUp
from footprint.web.cases.scope import Scope, widened
from footprint.web.protection.models import BreakGlass

#: Over how many days the share of look-ups is told, and how many uses are listed.
SHARE_OVER: Final = dt.timedelta(days=30)
_MOST: Final = 200


class Share(NamedTuple):
    """How many of the look-ups of the last thirty days broke the glass."""

    uses: int
    look_ups: int

    @property
    def ratio(self) -> float:
        """The share, between none and all."""
        return self.uses / self.look_ups if self.look_ups else 0.0


def lent(scope: Scope, person_id: str) -> Scope:
    """Return the scope in which to show this person: the same, unless this actor's glass is open for them in this case.

    It is open for whoever it was broken for, in every part of which they consist now.
    """
    mine = BreakGlass.objects.filter(
        membership=scope.actor.membership_id, case=scope.case, until__gt=scope.now
    )
    for glass in mine.order_by("-until"):
        wide = widened(scope, glass.reference, glass.person_id, glass.until)
        if wide.lent and person_id in wide.lent.people:
            return wide
    return scope


def is_suspended_for(actor: Actor) -> bool:
    """Say whether this user may break no glass until an earlier use is reviewed."""
    waiting = BreakGlass.objects.filter(membership__user=actor.user_id, reviewed_at__isnull=True)
    return is_suspended(waiting.values_list("opened_at", flat=True), timezone.localdate())


def uses(actor: Actor) -> list[BreakGlass]:
    """Return every use in the partnership but the reader's own: those that wait for a review first, the oldest of them first."""
    waiting = _of(actor).filter(reviewed_at__isnull=True).order_by("opened_at", "pk")
    reviewed = _of(actor).filter(reviewed_at__isnull=False).order_by("-reviewed_at", "-pk")
    return [*waiting, *reviewed[:_MOST]]


def use_of(actor: Actor, reference: str) -> BreakGlass:
    """Return one use. Raises Http404 for one of another partnership, and for the reader's own."""
    found = _of(actor).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def may_review_use(actor: Actor, use: BreakGlass) -> bool:
    """Say whether this reader may review a use: it is nobody's with whom they work."""
    held = use.membership
    return use.reviewed_at is None and may_review(
        str(actor.user_id),
        Unit(actor.organisation, actor.team),
        str(held.user_id),
        Unit(held.partner.code, held.team),
    )


def share(actor: Actor) -> Share:
    """Return how many look-ups of the last thirty days broke the glass, in this partnership."""
    since = timezone.now() - SHARE_OVER
    broken = BreakGlass.objects.filter(
        membership__partner__partnership=actor.partnership, opened_at__gte=since
    )
    asked = LookUp.objects.filter(case__partnership=actor.partnership, at__gte=since)
    return Share(broken.count(), asked.count())


def _of(actor: Actor) -> QuerySet[BreakGlass]:
    return (
        BreakGlass.objects.select_related("membership__user", "membership__partner", "reviewed_by__user")
        .filter(membership__partner__partnership=actor.partnership)
        .exclude(membership__user=actor.user_id)
    )
