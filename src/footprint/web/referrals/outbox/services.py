"""What is written into the outbox: messages, in the transaction that caused them, and what a person does with one that hangs.

Nothing of this delays a referral: where copies go cannot be read, a copy waits without a destination until it can.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from footprint.referrals import delivering, states
from footprint.referrals.delivering import Kind, Outcome, Standing
from footprint.referrals.destinations import SCHEDULES, Destination, destinations_of
from footprint.referrals.reading import ChoiceError
from footprint.referrals.receiving import Decision, read_decision
from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import event, ledger
from footprint.web.referrals.models import Incoming, Outgoing, Referral, Step
from footprint.web.referrals.models.typed import as_typed
from footprint.web.referrals.outbox.content import Body, content, masked_today
from footprint.web.referrals.outbox.rows import UNREAD, UNSETTLED, add, attempts_of, message_of, write

log: Final = logging.getLogger(__name__)

PURPOSE: Final = "referral"
#: What our own decisions name as the system in which they were made.
HERE: Final = "footprint"


class NotWithItsCause(RuntimeError):
    """A message is written in the transaction of what it tells of: call this inside `transaction.atomic()`."""


class NotPossible(ValueError):
    """This cannot be done with a message as it stands now. The message is the sentence to show."""


def enqueue(referral: Referral, kind: Kind, body: Body, *, except_for: str = "") -> None:
    """Write a message for every destination that gets this kind of this referral, masked, in the caller's transaction.

    `body` is the version as it was sent (a `referral.Referral`, for kinds "referral" and "addition"), a
    `receiving.Decision`, or names with texts (for "feedback"). `except_for` is the destination from which it came.
    """
    if not connection.in_atomic_block:
        raise NotWithItsCause(NotWithItsCause.__doc__)
    # One at a time, so that numbers follow one another as what they tell of does.
    Referral.objects.select_for_update().get(pk=referral.pk)
    try:
        everywhere = destinations_of(settings.DATA)
    except ChoiceError:
        log.exception("Where copies go cannot be read; a copy waits in the outbox until it can.")
        write(referral, UNREAD, kind, content(referral, body, ""), timezone.now())
        return
    spread(referral, everywhere)
    for one in _whereto(referral, kind, everywhere):
        if one.id != except_for:
            write(referral, one.id, kind, content(referral, body, one.partner), timezone.now())


def decided(referral: Referral, step: Step, *, except_for: str = "") -> None:
    """Tell every destination of a decision, made here or in another system, so that nobody decides twice."""
    enqueue(referral, "decision", _as_decision(referral, step), except_for=except_for)


def spread(referral: Referral, everywhere: Iterable[Destination]) -> None:
    """Send on what was written while nobody could read where it goes. In a transaction that holds the referral's lock."""
    waiting = Outgoing.objects.filter(referral=referral, destination=UNREAD, standing__in=UNSETTLED)
    listed = list(everywhere)
    if not listed:
        return  # a file that was taken away to be mended decides nothing about what waits
    for row in waiting.select_related("referral__partner").order_by("number"):
        for one in _whereto(row.referral, row.kind, listed):
            write(row.referral, one.id, row.kind, bytes(row.body), row.created)  # type: ignore[arg-type]
        gone_on = delivering.Attempt(
            at=timezone.now(), outcome=Outcome.SET_ASIDE, sentence="It goes on under its destinations."
        )
        add(row, gone_on, delivering.RETRY)


def send_again(actor: Actor, row: Outgoing, reason: str) -> Outgoing:
    """Send a message again, now: as it is, or under a new number where its old place is past. Return what goes out.

    Raises NotPossible where it has arrived.
    """
    with transaction.atomic():
        held = _held(row)
        if held.standing == Standing.DELIVERED:
            raise NotPossible("It has arrived meanwhile: the other system gave a receipt.")
        if held.standing == Standing.SET_ASIDE and held.destination == UNREAD:
            raise NotPossible("It went on under its destinations. Send it again there.")
        _enter(actor, "outbox-send-again", held, reason)
        schedule = _schedule(held)
        later = Outgoing.objects.filter(
            referral=held.referral,
            destination=held.destination,
            number__gt=held.number,
            standing=Standing.DELIVERED,
        )
        if not later.exists():
            add(held, _by_hand(Outcome.AGAIN, reason), schedule, actor)
            return held
        fresh = write(
            held.referral,
            held.destination,
            held.kind,  # type: ignore[arg-type]
            masked_today(held.referral, bytes(held.body)),
            timezone.now(),
        )
        add(held, _by_hand(Outcome.SET_ASIDE, f"Sent again as number {fresh.number}."), schedule, actor)
        return fresh


def set_aside(actor: Actor, row: Outgoing, reason: str) -> None:
    """Let a message rest, with a reason, until somebody sends it again. Raises NotPossible where it is settled."""
    with transaction.atomic():
        held = _held(row)
        if held.standing not in (*UNSETTLED, Standing.REFUSED):
            raise NotPossible("It is settled meanwhile.")
        _enter(actor, "outbox-set-aside", held, reason)
        add(held, _by_hand(Outcome.SET_ASIDE, reason), _schedule(held), actor)


def protected_since(row: Outgoing, *, never_left: bool) -> Outgoing:
    """Return what may go out of a message today, in a transaction that holds it.

    Where something in it is protected since it was written it is written anew: in its place, where it has never left, and under
    a new number where it may have, for a receiver refuses other content under a key that it knows.
    """
    today = masked_today(row.referral, bytes(row.body))
    if today == bytes(row.body):
        return row
    if never_left:
        row.body = today
        row.save(update_fields=["body"])
        return row
    Referral.objects.select_for_update().get(pk=row.referral_id)
    fresh = write(row.referral, row.destination, row.kind, today, timezone.now())  # type: ignore[arg-type]
    aside = delivering.Attempt(
        at=timezone.now(), outcome=Outcome.SET_ASIDE, sentence=f"Written anew as number {fresh.number}."
    )
    add(row, aside, _schedule(row))
    return fresh


def _whereto(referral: Referral, kind: str, everywhere: Iterable[Destination]) -> list[Destination]:
    partner = referral.partner.code if referral.partner else None
    return [one for one in everywhere if one.gets(kind, partner)]


def _as_decision(referral: Referral, step: Step) -> Decision:
    if step.part == states.Part.RECORD_SYSTEM:
        came = (
            Incoming.objects.filter(referral=referral, kind="decision", how="taken").order_by("-pk").first()
        )
        if came is not None:
            return read_decision(bytes(came.body))  # under the name and reference of the system that made it
    return Decision(
        decision=step.outcome,
        reason=as_typed(step.words),
        by=step.by_name,
        at=step.at,
        system=HERE,
        reference=f"{referral.reference}/{step.pk}",
        replaces=_earlier(referral, step),
    )


def _earlier(referral: Referral, step: Step) -> str:
    """The reference of our decision before this one, which this one takes back."""
    before = Step.objects.filter(
        referral=referral, verb=states.Verb.DECIDE, part=states.Part.FRONT_DOOR, pk__lt=step.pk
    )
    last = before.order_by("-pk").first()
    return f"{referral.reference}/{last.pk}" if last else ""


def _held(row: Outgoing) -> Outgoing:
    Referral.objects.select_for_update().get(pk=row.referral_id)
    return Outgoing.objects.select_for_update(of=("self",)).select_related("referral__partner").get(pk=row.pk)


def _schedule(row: Outgoing) -> delivering.Schedule:
    """When it is tried again. A destination that is not there, or not to be read, has none of its own."""
    try:
        kinds = [one.kind for one in destinations_of(settings.DATA) if one.id == row.destination]
    except ChoiceError:
        kinds = []
    return SCHEDULES[kinds[0]] if kinds else delivering.RETRY


def _by_hand(outcome: Outcome, sentence: str) -> delivering.Attempt:
    return delivering.Attempt(at=timezone.now(), outcome=outcome, sentence=sentence)


def _enter(actor: Actor, action: str, row: Outgoing, reason: str) -> None:
    entry = event(
        actor,
        "change",
        action,
        {
            "referral": row.referral.reference,
            "destination": row.destination,
            "number": row.number,
            "attempts": len(attempts_of(row)),
            "key": message_of(row).key,
        },
        case=row.referral.reference,
        purpose=PURPOSE,
        personal={"reason": reason},
    )
    ledger().record(entry, join=True)
