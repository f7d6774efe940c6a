"""Of which referrals somebody must not yet learn how their form was marked: those that they or their side are still to mark."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from footprint.web.accounts.actor import Actor
from footprint.web.referrals.models import Assigned, Marking


def blind_to(actor: Actor) -> frozenset[str]:
    """Return the referrals whose marks and grade are kept from an actor until their own side's marks are in.

    Those that were given to them, in whichever role they act now, and those that any colleague of their side may take over.
    """
    theirs = Q(marker__user=actor.user_id)
    if actor.may("grade-referrals"):
        theirs |= Q(side=actor.organisation)
    marked = Marking.objects.filter(drawn=OuterRef("drawn"), side=OuterRef("side"))
    waiting = Assigned.objects.filter(
        theirs, ~Exists(marked), drawn__sample__framework__partnership=actor.partnership
    )
    return frozenset(waiting.values_list("drawn__referral", flat=True))
