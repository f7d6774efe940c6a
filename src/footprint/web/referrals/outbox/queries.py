"""What waits to leave, hangs or was refused, by destination, and what came of one referral. Of content nothing is read here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

import msgspec
from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from footprint.referrals.delivering import Outcome, Standing
from footprint.referrals.destinations import Destination, destinations_of
from footprint.referrals.reading import ChoiceError
from footprint.referrals.receiving import Closure, Decision, read_closure, read_decision
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.models import Attempt, Incoming, Outgoing, RecordReference, Referral
from footprint.web.referrals.outbox.rows import UNREAD, UNSETTLED
from footprint.web.referrals.protecting import words_as_recipients_read

#: More than these are not listed; they are counted all the same.
MOST: Final = 100
Came = TypeVar("Came", Decision, Closure)
_LISTED: Final = (Standing.STUCK, Standing.REFUSED, Standing.WAITING)


class Whereto(NamedTuple):
    """The destinations as the file names them, or why it cannot be read."""

    destinations: tuple[Destination, ...]
    fault: str = ""


class Standings(NamedTuple):
    """How many messages of a destination stand where, and since when the oldest that still goes out waits."""

    waiting: int
    stuck: int
    refused: int
    oldest: dt.datetime | None


def whereto() -> Whereto:
    """Return where copies go."""
    try:
        return Whereto(destinations_of(settings.DATA))
    except ChoiceError as error:
        return Whereto((), str(error))


def counts(actor: Actor) -> Mapping[str, Standings]:
    """Return how messages stand by destination; of a destination for which nothing hangs or waits there is no entry."""
    rows = (
        _of(actor)
        .filter(standing__in=_LISTED)
        .values("destination")
        .annotate(
            waiting=Count("pk", filter=Q(standing=Standing.WAITING)),
            stuck=Count("pk", filter=Q(standing=Standing.STUCK)),
            refused=Count("pk", filter=Q(standing=Standing.REFUSED)),
            oldest=Min("created", filter=Q(standing__in=UNSETTLED)),
        )
        .order_by("destination")
    )
    return {
        one["destination"]: Standings(one["waiting"], one["stuck"], one["refused"], one["oldest"])
        for one in rows
    }


def arrived(whereto: Sequence[Destination]) -> Mapping[str, dt.datetime]:
    """Return when each destination last took a message; of one that never did there is no entry."""
    taken = Attempt.objects.filter(outcome=Outcome.ACCEPTED)
    last = {one.id: taken.filter(outgoing__destination=one.id).order_by("-pk").first() for one in whereto}
    return {name: one.at for name, one in last.items() if one is not None}


def unsettled(actor: Actor) -> Sequence[Outgoing]:
    """Return what was not delivered and nobody set aside: stuck, then refused, then what waits; the oldest first."""
    found: list[Outgoing] = []
    for standing in _LISTED:
        rows = _of(actor).filter(standing=standing).order_by("created", "pk")
        found += rows.select_related("referral").defer("body")[: MOST - len(found)]
    return found


def message(actor: Actor, number: int) -> Outgoing | None:
    """Return one message of the actor's partnership by its number in the outbox."""
    return _of(actor).filter(pk=number).select_related("referral").first()


def attempts(rows: Sequence[Outgoing]) -> Mapping[int, Sequence[Attempt]]:
    """Return what was tried with each of these messages, in order of time."""
    found: dict[int, list[Attempt]] = {row.pk: [] for row in rows}
    for one in Attempt.objects.filter(outgoing__in=list(found)).select_related("by").order_by("pk"):
        found[one.outgoing_id].append(one)
    return found


def copies_of(referral: Referral) -> Sequence[Outgoing]:
    """Return the messages about a referral that its page speaks of, by destination, the oldest first.

    None of additions: a guardian who lets a sentence go adds one, and nobody may tell from the page that anything was held.
    """
    rows = Outgoing.objects.filter(referral=referral).exclude(destination=UNREAD).exclude(kind="addition")
    return list(rows.defer("body").order_by("destination", "pk"))


def references_of(referral: Referral) -> Mapping[str, str]:
    """Return by which reference each destination knows a referral."""
    rows = RecordReference.objects.filter(referral=referral).order_by("destination")
    return {row.destination: words_as_recipients_read(row.reference) for row in rows}


def differing_of(referral: Referral) -> Sequence[tuple[str, Decision]]:
    """Return decisions that came in and differ from the one that stands, with the id of the system that sent each, masked."""
    rows = Incoming.objects.filter(referral=referral, kind="decision", how="conflict").order_by("pk")
    return [(row.source, _masked(read_decision(bytes(row.body)))) for row in rows]


def unclosed_of(referral: Referral) -> Sequence[tuple[str, Closure]]:
    """Return what happened next by other systems that closed it where it could not be closed here, or was with other words.

    Masked, as recipients read it.
    """
    rows = Incoming.objects.filter(referral=referral, kind="closure", how="conflict").order_by("pk")
    return [(row.source, _masked(read_closure(bytes(row.body)))) for row in rows]


def _masked(came: Came) -> Came:
    typed = {name: getattr(came, name) for name in ("by", "reason", "words") if hasattr(came, name)}
    masked = {name: words_as_recipients_read(text) for name, text in typed.items()}
    return msgspec.structs.replace(came, **masked)


def _of(actor: Actor) -> QuerySet[Outgoing]:
    # Asked of each row that was found. As a join, SQLite would walk through every referral of the partnership.
    ours = Referral.objects.filter(pk=OuterRef("referral"), partnership=actor.partnership)
    return Outgoing.objects.filter(Exists(ours))
