"""What every page of the audit enters in the ledger before its figures leave."""

from __future__ import annotations

from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import event, ledger


def enter_reading(actor: Actor, what: str) -> None:
    """Enter that figures are read. Raises LedgerError."""
    ledger().record(event(actor, "reading", what))
