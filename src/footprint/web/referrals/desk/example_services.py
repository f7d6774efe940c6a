"""The only writer of examples: one is offered by whoever read it, and withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.referrals.models import Example


def offer(actor: Actor, criterion: str, lines: Sequence[tuple[str, str]]) -> Example:
    """Keep an example: pairs of a label and a text. The entry, too, names no referral. Raises LedgerError."""
    with transaction.atomic():
        row = Example.objects.create(
            partnership_id=actor.partnership,
            criterion=criterion,
            lines=[list(line) for line in lines],
            offered_by_id=actor.membership_id,
            offered_on=timezone.localdate(),
        )
        facts: Facts = {"example": row.pk, "criterion": criterion, "lines": len(lines)}
        ledger().record(event(actor, "change", "example-offered", facts), join=True)
    return row


def withdraw(actor: Actor, example: Example) -> None:
    """Take an example out of the list. Its text goes: what was withdrawn may have told of somebody. Raises LedgerError."""
    with transaction.atomic():
        example.withdrawn_by_id, example.withdrawn_on = actor.membership_id, timezone.localdate()
        example.lines = []
        example.save()
        ledger().record(event(actor, "change", "example-withdrawn", {"example": example.pk}), join=True)
