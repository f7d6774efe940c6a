"""Reads which incidents somebody ruled to need no referral."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from footprint.web.accounts.actor import Actor
from footprint.web.referrals.models import NoReferral
from footprint.web.referrals.protecting import words_read_by


class Ruling(NamedTuple):
    """A ruling as somebody may read it: its name here, of which incident, why, in which words, by whom and when."""

    pk: int
    reference: str
    reason: str
    words: str
    by_name: str
    at: dt.datetime


def standing_rulings(actor: Actor) -> Mapping[str, Ruling]:
    """Return the rulings of the actor's organisation that stand, by the folded reference of the incident.

    Not every such incident may be known to the actor: show them beside incidents that are. Words of others are masked.
    """
    rows = NoReferral.objects.filter(
        partner__partnership=actor.partnership, partner__code=actor.organisation, undone_at__isnull=True
    )
    return {
        row.key: Ruling(
            row.pk,
            row.reference,
            row.reason,
            words_read_by(actor.user_id, row.by, row.words),
            row.by.user.name,
            row.at,
        )
        for row in rows.select_related("by__user").order_by("pk")
    }
