"""Rows of the outbox as the values that the core's rules speak, and what follows from them, copied onto the row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from footprint.referrals import delivering
from footprint.referrals.delivering import Message, Outcome, Schedule, Standing
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.models import Attempt, Outgoing, Referral
from footprint.web.referrals.models.typed import as_typed

#: As long as a message still goes out by itself.
UNSETTLED: Final = (Standing.WAITING, Standing.STUCK)
#: The destination of what was written while DATA/destinations.yaml could not be read; it goes on once it can.
UNREAD: Final = ""


def record_of(referral: Referral) -> str:
    """Return how other systems name this record of ours."""
    return f"referral/{referral.reference}"


def message_of(row: Outgoing) -> Message:
    """Return a row as the core's message."""
    return Message(
        destination=row.destination,
        record=record_of(row.referral),
        number=row.number,
        kind=row.kind,  # type: ignore[arg-type]
        created=row.created,
        body=bytes(row.body),
    )


def attempts_of(row: Outgoing) -> list[delivering.Attempt]:
    """Return what was tried, in the order of time."""
    return [
        delivering.Attempt(
            at=one.at, outcome=Outcome(one.outcome), reference=one.reference, sentence=as_typed(one.sentence)
        )
        for one in Attempt.objects.filter(outgoing=row).order_by("pk")
    ]


def add(row: Outgoing, attempt: delivering.Attempt, schedule: Schedule, by: Actor | None = None) -> Standing:
    """Write an attempt and what follows from it, in the caller's transaction, and free the claim. Return where it stands now.

    `by` is the person who did it by hand.
    """
    Attempt.objects.create(
        outgoing=row,
        at=attempt.at,
        outcome=attempt.outcome,
        reference=attempt.reference[:80],
        sentence=attempt.sentence[:300],
        by_id=by.membership_id if by else None,
        by_name=by.name[:200] if by else "",
    )
    copy(row, attempts_of(row), schedule)
    return Standing(row.standing)


def copy(row: Outgoing, attempts: Sequence[delivering.Attempt], schedule: Schedule) -> None:
    """Put onto the row what follows from its attempts."""
    row.standing = delivering.standing(attempts, schedule)
    row.due_at = delivering.due(message_of(row), attempts, schedule)
    row.claimed_at = None
    row.save(update_fields=["standing", "due_at", "claimed_at"])


def write(
    referral: Referral, destination: str, kind: delivering.Kind, body: bytes, at: dt.datetime
) -> Outgoing:
    """Write a message under the next number of its record at a destination. The caller holds the referral's lock."""
    last = Outgoing.objects.filter(referral=referral, destination=destination).order_by("-number").first()
    row = Outgoing(
        referral=referral,
        destination=destination,
        number=last.number + 1 if last else 1,
        kind=kind,
        created=at,
        body=body,
        standing=Standing.WAITING,
        due_at=at,
    )
    row.key = message_of(row).key
    row.save()
    return row
