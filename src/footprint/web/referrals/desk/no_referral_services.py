"""The only writer of rulings that an incident needs no referral: by name, with a reason, entered, and to be taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from footprint.referrals.missing import folded
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Partner
from footprint.web.ledger.store import event, ledger
from footprint.web.referrals.desk.no_referral_queries import Ruling
from footprint.web.referrals.models import NoReferral
from footprint.web.referrals.services import PURPOSE


def rule(actor: Actor, reference: str, reason: str, words: str) -> NoReferral:
    """Keep that an incident needs no referral; return the ruling, or the one that stands. Raises LedgerError.

    `reason` is one of `missing.NOT_NEEDED`. Whether the incident is theirs, and may be known to them, the caller has asked.
    """
    with transaction.atomic():
        partner = Partner.objects.select_for_update().get(
            partnership=actor.partnership, code=actor.organisation
        )
        key = folded(reference)
        standing = NoReferral.objects.filter(partner=partner, key=key, undone_at__isnull=True).first()
        if standing is not None:
            return standing
        row = NoReferral.objects.create(
            partner=partner,
            key=key,
            reference=reference,
            reason=reason,
            words=words,
            by_id=actor.membership_id,
        )
        entry = event(
            actor,
            "decision",
            "no-referral",
            {"reason": reason},
            case=reference,
            purpose=PURPOSE,
            personal={"words": words},
        )
        ledger().record(entry, join=True)
    return row


def undo(actor: Actor, ruling: Ruling) -> None:
    """Take a ruling back, once. Raises LedgerError."""
    with transaction.atomic():
        taken_back = NoReferral.objects.filter(pk=ruling.pk, undone_at__isnull=True).update(
            undone_at=timezone.now(), undone_by=actor.membership_id
        )
        if taken_back:
            entry = event(actor, "change", "no-referral-undone", case=ruling.reference, purpose=PURPOSE)
            ledger().record(entry, join=True)
