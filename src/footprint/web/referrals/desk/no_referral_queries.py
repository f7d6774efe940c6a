"""Reads which incidents somebody ruled to need no referral."""

from __future__ import annotations

from collections.abc import Mapping

from footprint.web.accounts.actor import Actor
from footprint.web.referrals.models import NoReferral
from footprint.web.referrals.protecting import words_read_by


def standing_rulings(actor: Actor) -> Mapping[str, NoReferral]:
    """Return the rulings of the actor's organisation that stand, by the folded reference of the incident.

    Not every such incident may be known to the actor: show them beside incidents that are. Words of others are masked.
    """
    rows = NoReferral.objects.filter(
        partner__partnership=actor.partnership, partner__code=actor.organisation, undone_at__isnull=True
    )
    found = {row.key: row for row in rows.select_related("by__user").order_by("pk")}
    for row in found.values():
        row.words = words_read_by(actor.user_id, row.by, row.words)
    return found
