"""Releases a held delivery, and marks a duty number that is said to be wrong: entered in the ledger, or nothing changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from footprint.feeds.holding import release as run
from footprint.feeds.receipt import Receipt
from footprint.feeds.settlement import Change
from footprint.web.accounts.actor import Actor
from footprint.web.feeds.models import WrongNumber
from footprint.web.ledger.store import event, ledger


def release(actor: Actor, feed: str, arrival: int, reason: str) -> Sequence[Receipt]:
    """Take a delivery that waits as if no gate had held it. Raises NotPossibleError where it does not wait any more."""

    def enter(change: Change) -> None:
        entry = event(
            actor,
            "change",
            f"feed {change.kind}",
            {"feed": change.feed, "generation": change.generation, "records": change.records},
            personal={"reason": reason},
        )
        ledger().record(entry)

    return run(
        settings.DATA,
        feed,
        by=actor.username,
        reason=reason,
        now=timezone.localtime(),
        arrival=arrival,
        on_change=enter,
    )


def mark_wrong(partnership: str, partner: str, number: str, now: dt.datetime) -> None:
    """Mark a number for every reader. Whoever says so enters it in the ledger, in the same transaction."""
    WrongNumber.objects.update_or_create(
        partnership_id=partnership, partner=partner, number=number, right_at=None, defaults={"said_at": now}
    )


def confirm_right(actor: Actor, marked: WrongNumber) -> None:
    """Take the mark from a number that was found to be right."""
    entry = event(
        actor, "change", "right-number", {"partner": marked.partner}, terms={"number": marked.number}
    )
    with transaction.atomic():
        ledger().record(entry, join=True)
        marked.right_at = timezone.now()
        marked.save(update_fields=["right_at"])
