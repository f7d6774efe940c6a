"""What guardians read of sentences that are held back: those of their partnership, and nothing else of a referral."""

from __future__ import annotations

from itertools import islice
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from footprint.web.accounts.actor import Actor
from footprint.web.referrals.models import HeldSentence
from footprint.web.referrals.own_family import not_theirs, refuse
from footprint.web.referrals.queries import NotFound

MOST: Final = 100
_LATELY: Final = 30
_NAMED: Final = ("version__referral__partner", "decided_by__user")


def waiting(actor: Actor) -> list[HeldSentence]:
    """Return what nobody ruled on, that of urgent referrals first and then the oldest."""
    # The same words in a later version were ruled on with the earlier ones.
    ruled = HeldSentence.objects.filter(
        version__referral=OuterRef("version__referral"),
        place=OuterRef("place"),
        text=OuterRef("text"),
        kind=OuterRef("kind"),
    ).exclude(decided="")
    found = HeldSentence.objects.filter(~Exists(ruled), decided="").select_related(*_NAMED)
    rows = _within(actor, found.order_by("pk"), MOST)
    return sorted(rows, key=lambda row: (not row.version.referral.is_urgent, row.version.at, row.pk))


def ruled_lately(actor: Actor) -> list[HeldSentence]:
    """Return what was ruled on last, so that it can be ruled otherwise."""
    ruled = HeldSentence.objects.exclude(decided="").select_related(*_NAMED)
    return _within(actor, ruled.order_by("-decided_at", "-pk"), _LATELY)


def sentence_of(actor: Actor, sentence_id: int) -> HeldSentence:
    """Return one held sentence of the actor's partnership. Raises NotFound, and NotYours for one about their own family."""
    found = HeldSentence.objects.select_related(*_NAMED).filter(pk=sentence_id).first()
    if found is None or found.version.referral.partnership_id != actor.partnership:
        raise NotFound
    if found.version.referral_id in not_theirs(actor):
        refuse(actor, found.version.referral, "held-sentence")
    return found


def _within(actor: Actor, found: QuerySet[HeldSentence], most: int) -> list[HeldSentence]:
    """The first so many of the actor's partnership that are not about their own family.

    Few are held, and all partnerships' are fewer than one's referrals.
    """
    close = not_theirs(actor)
    mine = (
        one
        for one in found.iterator()
        if one.version.referral.partnership_id == actor.partnership and one.version.referral_id not in close
    )
    return list(islice(mine, most))
