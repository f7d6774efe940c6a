"""What guardians read of sentences that are held back: those of their partnership, and nothing else of a referral."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from footprint.web.accounts.actor import Actor
from footprint.web.referrals.models import HeldSentence
from footprint.web.referrals.queries import NotFound

MOST: Final = 100
_LATELY: Final = 30


def waiting(actor: Actor) -> list[HeldSentence]:
    """Return what nobody ruled on, that of urgent referrals first and then the oldest."""
    # The same words in a later version were ruled on with the earlier ones.
    ruled = HeldSentence.objects.filter(
        version__referral=OuterRef("version__referral"),
        place=OuterRef("place"),
        text=OuterRef("text"),
        kind=OuterRef("kind"),
    ).exclude(decided="")
    found = _of(actor).filter(~Exists(ruled), decided="")
    return list(found.order_by("-version__referral__is_urgent", "version__at", "pk")[:MOST])


def ruled_lately(actor: Actor) -> list[HeldSentence]:
    """Return what was ruled on last, so that it can be ruled otherwise."""
    return list(_of(actor).exclude(decided="").order_by("-decided_at", "-pk")[:_LATELY])


def sentence_of(actor: Actor, sentence_id: int) -> HeldSentence:
    """Return one held sentence of the actor's partnership. Raises NotFound."""
    found = _of(actor).filter(pk=sentence_id).first()
    if found is None:
        raise NotFound
    return found


def _of(actor: Actor) -> QuerySet[HeldSentence]:
    found = HeldSentence.objects.select_related("version__referral__partner", "decided_by__user")
    return found.filter(version__referral__partnership=actor.partnership)
