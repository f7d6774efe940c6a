"""The only writer of briefings: what was said, and that somebody had it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.db import transaction

from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.referrals.models import Briefed, Briefing


class Theme(NamedTuple):
    """What a briefing says: its title, the criterion that it is about, the text, when it was given and is audited again."""

    title: str
    criterion: str
    text: str
    given_on: dt.date
    again_on: dt.date


def brief(actor: Actor, theme: Theme) -> Briefing:
    """Keep a briefing. Raises LedgerError."""
    with transaction.atomic():
        row = Briefing.objects.create(
            partnership_id=actor.partnership, by_id=actor.membership_id, **theme._asdict()
        )
        facts: Facts = {
            "briefing": row.pk,
            "criterion": theme.criterion,
            "given": theme.given_on.isoformat(),
            "again": theme.again_on.isoformat(),
        }
        personal = {"title": theme.title, "text": theme.text}
        ledger().record(event(actor, "change", "audit-brief", facts, personal=personal), join=True)
    return row


def had(actor: Actor, briefing: Briefing) -> None:
    """Keep that whoever acts had a briefing, once. Raises LedgerError."""
    with transaction.atomic():
        if Briefed.objects.filter(briefing=briefing, membership__user=actor.user_id).exists():
            return
        Briefed.objects.create(briefing=briefing, membership_id=actor.membership_id)
        ledger().record(event(actor, "change", "audit-briefed", {"briefing": briefing.pk}), join=True)
