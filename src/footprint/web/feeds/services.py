"""Releases a held delivery: entered in the ledger before it takes effect, or nothing changes."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from footprint.feeds.holding import release as run
from footprint.feeds.receipt import Receipt
from footprint.feeds.settlement import Change
from footprint.web.accounts.actor import Actor
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
