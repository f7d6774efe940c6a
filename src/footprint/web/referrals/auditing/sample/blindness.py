"""Of which referrals somebody must not yet learn how their form was marked, and which they must not grade: the audit's."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from footprint.web.accounts.actor import Actor
from footprint.web.referrals.models import Assigned, Marking
from footprint.web.referrals.models.audit import MODERATED


def blind_to(actor: Actor) -> frozenset[str]:
    """Return the referrals whose marks and grade are kept from an actor as long as they may give marks of their own.

    Those that were given to them, in whichever role they act now, until every side has marked: until then they may mark anew. And
    those that any colleague of their side may take over, until their side has marked.
    """
    unmarked = ~Exists(Marking.objects.filter(drawn=OuterRef("drawn"), side=OuterRef("side")))
    others = Assigned.objects.filter(unmarked, drawn=OuterRef("drawn"))
    may_mark = Q(Exists(others), marker__user=actor.user_id)
    if actor.may("grade-referrals"):
        may_mark |= Q(unmarked, side=actor.organisation)
    waiting = Assigned.objects.filter(may_mark, drawn__sample__framework__partnership=actor.partnership)
    return frozenset(waiting.values_list("drawn__referral", flat=True))


def given_to(actor: Actor) -> frozenset[str]:
    """Return the referrals that the audit gave an actor to mark, until both sides have agreed on their marks.

    Meanwhile somebody else grades them for the referral unit: nobody does both.
    """
    agreed = Marking.objects.filter(drawn=OuterRef("drawn"), side=MODERATED)
    given = Assigned.objects.filter(
        ~Exists(agreed),
        marker__user=actor.user_id,
        drawn__sample__framework__partnership=actor.partnership,
    )
    return frozenset(given.values_list("drawn__referral", flat=True))
