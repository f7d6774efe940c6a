"""A guardian lets a held sentence go, or keeps it, with a reason. Whoever wrote it is told nothing and sees nothing of it."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone

from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import event, ledger
from footprint.web.referrals.models import HeldSentence
from footprint.web.referrals.outbox.services import enqueue
from footprint.web.referrals.protecting import piece_of
from footprint.web.referrals.queries import latest_of
from footprint.web.referrals.services import PURPOSE

RELEASED: Final = "released"
KEPT: Final = "kept"
AFTER: Final = (RELEASED, KEPT)


class DecidedAlready(ValueError):
    """Another guardian was quicker and ruled the same: there is nothing left to do."""


def rule(actor: Actor, sentence: HeldSentence, after: str, reason: str) -> int:
    """Rule on a sentence, wherever the same stands in this referral; return in how many places. Raises DecidedAlready."""
    if after not in AFTER:
        raise ValueError(f"A held sentence is {' or '.join(AFTER)}, not '{after}'.")
    with transaction.atomic():
        referral = sentence.version.referral
        rows = HeldSentence.objects.select_for_update(of=("self",)).filter(version__referral=referral)
        key = piece_of(sentence).key
        same = [one for one in rows.order_by("pk") if piece_of(one).key == key and one.decided != after]
        if not same:
            raise DecidedAlready(DecidedAlready.__doc__)
        HeldSentence.objects.filter(pk__in=[one.pk for one in same]).update(
            decided=after,
            decided_by_id=actor.membership_id,
            decided_at=timezone.now(),
            reason=reason,
        )
        ledger().record(
            event(
                actor,
                "decision",
                f"sentence-{after}",
                {"referral": referral.reference, "piece": key, "places": len(same)},
                case=referral.reference,
                purpose=PURPOSE,
                personal={"reason": reason},
            ),
            join=True,
        )
        if after == RELEASED:
            # Who got a copy with a mask in it gets one without.
            enqueue(referral, "addition", latest_of(referral))
    return len(same)
