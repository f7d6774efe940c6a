"""From the outbox to the other systems: each message is claimed, sent and settled, at least once and in the order of its record.

A message is claimed in a transaction of its own, which enters the disclosure before anything leaves, and settled in another.
Whoever dies in between leaves a claim; when that has grown old the message goes out again under the same key. A destination that
cannot be reached is left alone until the next round, and holds up no other.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from footprint.ledger import Event
from footprint.referrals.delivering import Attempt, Outcome, Ready, Standing
from footprint.referrals.destinations import Destination, destinations_of
from footprint.web.ledger.store import ledger
from footprint.web.referrals.models import Attempt as AttemptRow
from footprint.web.referrals.models import Outgoing, RecordReference, Referral
from footprint.web.referrals.outbox import by_email, by_folder, by_https
from footprint.web.referrals.outbox.alarm import tell_of_hanging
from footprint.web.referrals.outbox.keys import KeyFileError, keys_of
from footprint.web.referrals.outbox.reached import NotReached
from footprint.web.referrals.outbox.rows import UNREAD, UNSETTLED, add, message_of
from footprint.web.referrals.outbox.saying import without_content
from footprint.web.referrals.outbox.services import PURPOSE, protected_since, spread

log: Final = logging.getLogger(__name__)

#: A claim this old is a dead sender's: no way of sending takes so long.
CLAIMED_FOR: Final = dt.timedelta(minutes=2)
#: Seconds for one destination in a round: one that is slow holds up neither the others nor what else goes by the clock.
LONGEST_ROUND: Final = 30.0
#: What goes by the clock is done by nobody.
_BY_ITSELF: Final = "none"


class Delivered(NamedTuple):
    """What one round did: attempts by outcome, and why a destination was left alone, by its id."""

    outcomes: Mapping[str, int]
    left_alone: Mapping[str, str]


def deliver(
    limit: int = 100, *, now: dt.datetime | None = None, claimed_for: dt.timedelta = CLAIMED_FOR
) -> Delivered:
    """Send what is due, at most `limit` messages to each destination. Raises reading.ChoiceError."""
    everywhere = destinations_of(settings.DATA)
    _spread_all(everywhere)
    outcomes: Counter[str] = Counter()
    left_alone: dict[str, str] = {}
    for destination in everywhere:
        try:
            for ended in _all_to(destination, limit, now, claimed_for):
                outcomes[ended] += 1
        except NotReached as error:
            left_alone[destination.id] = str(error)
            outcomes[Outcome.UNREACHED] += 1
    return Delivered(outcomes, left_alone)


def _all_to(
    destination: Destination, limit: int, now: dt.datetime | None, claimed_for: dt.timedelta
) -> Iterator[Outcome]:
    """Send until nothing is due there any more: what was taken makes room for what comes after it in its record."""
    left, until = limit, time.monotonic() + LONGEST_ROUND
    while left and (rows := list(due(destination, now or timezone.now(), claimed_for)[:left])):
        left -= len(rows)
        for row in rows:
            if time.monotonic() > until:
                return
            ended = _send(destination, row, now or timezone.now())
            if ended is not None:
                yield ended


def due(
    destination: Destination, now: dt.datetime, claimed_for: dt.timedelta = CLAIMED_FOR
) -> QuerySet[Outgoing]:
    """Return what may be sent there now, longest due first: of each record the first message that is not settled.

    This is `footprint.referrals.delivering.ready` as one query; a test holds them against each other.
    """
    earlier = Outgoing.objects.filter(
        referral=OuterRef("referral"),
        destination=OuterRef("destination"),
        number__lt=OuterRef("number"),
        standing__in=UNSETTLED,
    )
    unclaimed = Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - claimed_for)
    rows = Outgoing.objects.filter(
        unclaimed, ~Exists(earlier), destination=destination.id, standing__in=UNSETTLED, due_at__lte=now
    )
    return rows.select_related("referral__partner").order_by("due_at", "key")


def settle(
    row: Outgoing, destination: Destination, attempt: Attempt, claim: dt.datetime | None = None
) -> bool:
    """Write how an attempt ended; False where the message was settled, or claimed by somebody else, meanwhile."""
    claimed = {"claimed_at": claim} if claim is not None else {}
    with transaction.atomic():
        Referral.objects.select_for_update().get(pk=row.referral_id)
        held = Outgoing.objects.filter(pk=row.pk, standing__in=UNSETTLED, **claimed).first()
        if held is None:
            return False
        attempt = without_content(attempt, bytes(held.body))
        before, after = Standing(held.standing), add(held, attempt, destination.schedule)
        if attempt.outcome is Outcome.ACCEPTED and attempt.reference:
            RecordReference.objects.update_or_create(
                referral=held.referral,
                destination=destination.id,
                defaults={"reference": attempt.reference[:80], "at": attempt.at},
            )
        if after not in UNSETTLED:
            _enter(held, destination, "change", "outbox-receipt", outcome=attempt.outcome)
        if after in (Standing.STUCK, Standing.REFUSED) and after is not before:
            tell_of_hanging(destination, held.referral, after, attempt.at)
    return True


def _spread_all(everywhere: tuple[Destination, ...]) -> None:
    waiting = Outgoing.objects.filter(destination=UNREAD, standing__in=UNSETTLED)
    for referral_id in waiting.values_list("referral", flat=True).distinct():
        with transaction.atomic():
            spread(Referral.objects.select_for_update().get(pk=referral_id), everywhere)


def _send(destination: Destination, row: Outgoing, now: dt.datetime) -> Outcome | None:
    """Send one message; None where somebody else has it. Raises NotReached where no other need be tried now."""
    claimed = _claim(row, destination, now)
    if claimed is None:
        return None
    hopeless = None
    try:
        attempt = _through(destination, Ready(message_of(claimed), _after(claimed)), now)
    except NotReached as error:
        attempt = Attempt(at=now, outcome=Outcome.UNREACHED, sentence=str(error))
        hopeless = error if error.for_all else None
    settle(claimed, destination, attempt, now)
    if hopeless is not None:
        raise hopeless
    return attempt.outcome


def _through(destination: Destination, turn: Ready, now: dt.datetime) -> Attempt:
    if destination.kind == "email":
        return by_email.send(destination, turn, now)
    try:
        keys = keys_of(destination, settings.DATA)
    except KeyFileError as error:
        log.error("%s: %s", destination.id, error)
        raise NotReached("A key of ours cannot be used; the log says which.", for_all=True) from None
    way = by_https.send if destination.kind == "https" else by_folder.send
    return way(destination, keys, turn, settings.DATA, now)


def _claim(row: Outgoing, destination: Destination, now: dt.datetime) -> Outgoing | None:
    """The message as it may go out today, claimed at `now`, with its disclosure entered; None where it is somebody else's.

    The row as it was read must be the row as it is: of two senders one goes on.
    """
    with transaction.atomic():
        Referral.objects.select_for_update().get(pk=row.referral_id)
        found = Outgoing.objects.filter(
            pk=row.pk, standing=row.standing, due_at=row.due_at, claimed_at=row.claimed_at
        )
        if not found.update(claimed_at=now):
            return None
        never_left = row.claimed_at is None and not AttemptRow.objects.filter(outgoing=row).exists()
        row.claimed_at = now
        goes = protected_since(row, never_left=never_left)
        if goes is not row:
            return None  # its turn comes under the new number
        if never_left:
            _enter(row, destination, "disclosure", "outbox-send")
    return row


def _after(row: Outgoing) -> int:
    """The number of the last message of this record that the receiver took."""
    taken = Outgoing.objects.filter(
        referral=row.referral_id,
        destination=row.destination,
        number__lt=row.number,
        standing=Standing.DELIVERED,
    )
    return taken.order_by(F("number").desc()).values_list("number", flat=True).first() or 0


def _enter(row: Outgoing, destination: Destination, kind: str, action: str, outcome: str = "") -> None:
    facts: dict[str, str | int | bool | None] = {
        "referral": row.referral.reference,
        "destination": destination.id,
        "to": destination.partner,
        "kind": row.kind,
        "number": row.number,
        "key": row.key,
    }
    entry = Event(
        kind=kind,  # type: ignore[arg-type]
        action=action,
        actor=_BY_ITSELF,
        role=_BY_ITSELF,
        organisation=_BY_ITSELF,
        partnership=row.referral.partnership_id,
        case=row.referral.reference,
        purpose=PURPOSE,
        facts=facts | ({"outcome": outcome} if outcome else {}),
    )
    ledger().record(entry, join=True)
