"""Rulings of the decisions room as this app makes them, and the one way in which it enters an event: with what it tells of."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import cast

from django.utils import timezone

from footprint.decisions import Decision, Subject
from footprint.decisions.decision import Kind
from footprint.ledger import Event, Receipt
from footprint.web.ledger.store import ledger


def ruling(
    kind: str, one: Iterable[str], other: Iterable[str], partnership: str, by: str, reason: str
) -> Decision:
    """Return a ruling about two sides of records, made now."""
    return Decision(
        id=f"d-{secrets.token_hex(8)}",
        kind=cast("Kind", kind),
        subjects=_side(one),
        others=_side(other),
        partnership=partnership,
        reason=reason,
        by=by,
        at=timezone.now().isoformat(timespec="milliseconds"),
    )


def entered(event: Event) -> Receipt:
    """Enter an event in the transaction that is open. Raises LedgerUnavailable: then nothing of it happened."""
    return ledger().record(event, join=True)


def _side(records: Iterable[str]) -> tuple[Subject, ...]:
    return tuple(Subject("record", record) for record in dict.fromkeys(records))
