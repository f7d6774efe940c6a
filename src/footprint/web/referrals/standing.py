"""Where a referral stands: derived from its steps by the core's table, and copied onto its row in the step's own transaction."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from footprint.referrals import clocks, states
from footprint.referrals.reading import ChoiceError
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.models import Referral, Step
from footprint.web.referrals.models.typed import as_typed


def history(referral: Referral) -> list[states.Step]:
    """Return a referral's steps as the core reads them, the oldest first."""
    return [as_said(one) for one in Step.objects.filter(referral=referral).order_by("pk")]


def as_said(row: Step) -> states.Step:
    """Return a row as the core's step."""
    return states.Step(
        verb=row.verb,
        part=states.Part(row.part),
        by=row.by_name,
        at=row.at,
        outcome=row.outcome,
        reason=row.reason,
        words=as_typed(row.words),
        seen=row.seen,
    )


def stands(referral: Referral) -> states.Standing:
    """Return where a referral stands now."""
    return states.stand(history(referral))


def write_step(referral: Referral, step: states.Step, actor: Actor | None) -> states.Standing:
    """Write a step and the copies on the row, in the caller's transaction. Raises as `states.take` does: then nothing is written.

    Without an actor it is a record system's. The caller saves the ledger entry and tells whom it concerns.
    """
    standing = states.take(stands(referral), step)
    Step.objects.create(
        referral=referral,
        verb=step.verb,
        part=step.part,
        by_id=actor.membership_id if actor else None,
        by_name=step.by,
        at=step.at,
        outcome=step.outcome,
        reason=step.reason,
        words=step.words,
        seen=step.seen,
    )
    copy(referral, standing)
    if step.verb == states.Verb.DECIDE:
        referral.decided_at = step.at
    elif standing.state not in states.SETTLED:
        # What was opened again, or came back, is decided no more: it counts as late like any other.
        referral.decided_at = None
    referral.save()
    return standing


def copy(referral: Referral, standing: states.Standing) -> None:
    """Put onto the row what follows from its steps. The clock begins anew where it came back or was opened again."""
    referral.state = standing.state
    referral.is_waiting = standing.waits
    referral.asked_for_more = standing.asked
    referral.outcome = standing.outcome
    if standing.received is not None and (
        referral.due_at is None or standing.received != referral.received_at
    ):
        referral.received_at = standing.received
        referral.due_at, referral.due_rule = decision_due(standing.received, urgent=referral.is_urgent)


def decision_due(received: dt.datetime, *, urgent: bool) -> tuple[dt.datetime | None, str]:
    """Return when a decision is due, and by which version of the rule; `urgent` is what says that somebody is in danger now.

    A partnership's own file that cannot be read holds up no referral: then our rule counts. The check of the configuration
    says what is wrong with it.
    """
    try:
        rules = clocks.timescales_of(settings.DATA)
    except ChoiceError:
        rules = clocks.packaged_timescales()
    try:
        found = clocks.due(clocks.Clock.URGENT if urgent else clocks.Clock.DECISION, received, rules)
    except clocks.NoTimescale:
        return None, ""
    return found.at, found.version
