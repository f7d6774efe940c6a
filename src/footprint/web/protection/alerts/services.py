"""What governance does with an alert: reading is entered, a reviewer named, a finding kept. Nothing of it reaches its user."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.protection.alerts.queries import is_theirs_to_review, may_be_reviewed_by
from footprint.web.protection.models import Observation


def enter_reading(actor: Actor, what: str, count: int, facts: Facts | None = None) -> str:
    """Enter that somebody read of another's use, and return the receipt's number. Raises LedgerUnavailable."""
    return ledger().record(event(actor, "reading", what, {"count": count, **(facts or {})})).number


def assign(actor: Actor, alert: Observation, membership_id: int) -> None:
    """Name who reviews an alert. Raises PermissionError for somebody who works with its user, or is its user."""
    with transaction.atomic():
        held = _held(alert)
        if held.closed_at is not None or not may_be_reviewed_by(held, membership_id):
            raise PermissionError("They may not review this.")
        held.reviewer_id = membership_id
        held.save(update_fields=["reviewer"])
        _enter(
            actor, held, "alert-assign", {"reviewer": held.reviewer.user.username if held.reviewer else ""}
        )


def close(actor: Actor, alert: Observation, outcome: str, finding: str) -> None:
    """Keep what a reviewer found. Raises PermissionError where the alert is not theirs to review, or was closed before."""
    with transaction.atomic():
        held = _held(alert)
        if held.closed_at is not None or not is_theirs_to_review(actor, held):
            raise PermissionError("This alert is reviewed by somebody else.")
        held.outcome, held.finding = outcome, finding
        held.closed_by_id, held.closed_at = actor.membership_id, timezone.now()
        held.save(update_fields=["outcome", "finding", "closed_by", "closed_at"])
        _enter(actor, held, "alert-close", {"outcome": outcome}, finding)


def _held(alert: Observation) -> Observation:
    # PostgreSQL locks no row that a join leaves open: the related rows are read after.
    return Observation.objects.select_for_update().get(pk=alert.pk)


def _enter(actor: Actor, alert: Observation, action: str, facts: Facts, finding: str = "") -> None:
    told: Facts = {"alert": alert.reference, "user": alert.user.username, **facts}
    personal = {"finding": finding} if finding else {}
    ledger().record(event(actor, "decision", action, told, personal=personal), join=True)
