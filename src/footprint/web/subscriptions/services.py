"""Starting, renewing and ending a subscription, each with its ledger entry in one transaction. Watching is in `watching`."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec
from django.db import transaction
from django.utils import timezone

from footprint.answer.footprint import footprint
from footprint.web.accounts.actor import Actor
from footprint.web.cases.models import Case
from footprint.web.cases.scope import Scope
from footprint.web.ledger.store import event, ledger
from footprint.web.subscriptions import words
from footprint.web.subscriptions.models import Subscription
from footprint.web.subscriptions.queries import last_seen, standing_for
from footprint.web.subscriptions.whom import refusal_of

#: For how many months somebody may be told; the first is offered.
MONTHS: Final = (3, 1, 6, 12)


class NotPossible(ValueError):
    """Nobody can be told of what is new here. The message is the sentence to show."""


def check_startable(scope: Scope, person_id: str) -> None:
    """Raise NotPossible where this user cannot be told of what is new of this person."""
    seen = last_seen(scope, person_id)
    if seen is None:
        raise NotPossible(words.LOOK_FIRST)
    found = footprint(scope.people, person_id, scope.now, hub=scope.hub, disclosure=scope.ruling.disclosure)
    if found is None or seen.died:
        raise NotPossible(words.NOT_ANY_MORE)
    if refusal := refusal_of(found):
        raise NotPossible(refusal)


def start(scope: Scope, person_id: str, months: int, called: str) -> Subscription:
    """Start to tell this user of what is new since they looked; one that stands is renewed. Raises NotPossible."""
    check_startable(scope, person_id)
    stands = standing_for(scope, person_id)
    if stands is not None:
        renew(scope.actor, stands, months, called)
        return stands
    with transaction.atomic():
        made = Subscription.objects.create(
            membership_id=scope.actor.membership_id,
            case=scope.case,
            person_id=person_id,
            called=called,
            seen=msgspec.to_builtins(last_seen(scope, person_id)),
            expires=after(timezone.localdate(), months),
            watched=scope.content.snapshot,
        )
        _enter(scope.actor, made, "subscribe", months)
    return made


def renew(actor: Actor, subscription: Subscription, months: int, called: str = "") -> None:
    """Let a subscription go on for so many months from today."""
    with transaction.atomic():
        subscription.expires = after(timezone.localdate(), months)
        subscription.reminded = False
        subscription.called = called or subscription.called
        subscription.save(update_fields=["expires", "reminded", "called"])
        _enter(actor, subscription, "renew-subscription", months)


def end(actor: Actor, subscription: Subscription) -> None:
    """End a subscription, as its owner wishes."""
    with transaction.atomic():
        Subscription.objects.filter(pk=subscription.pk, ended_at__isnull=True).update(
            ended_at=timezone.now(), ended=Subscription.Ended.BY_USER
        )
        _enter(actor, subscription, "end-subscription")


def end_with_case(actor: Actor, case: Case) -> None:
    """End every subscription that stands in a case, in the transaction in which somebody closes it."""
    for one in (
        Subscription.objects.select_for_update().filter(case=case, ended_at__isnull=True).order_by("pk")
    ):
        one.ended_at, one.ended = timezone.now(), Subscription.Ended.CASE_CLOSED
        one.save(update_fields=["ended_at", "ended"])
        _enter(actor, one, "end-subscription")


def after(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last day of a month that is too short."""
    if months not in MONTHS:
        raise ValueError(f"A subscription lasts {sorted(MONTHS)} months.")
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))


def _enter(actor: Actor, subscription: Subscription, action: str, months: int = 0) -> None:
    ledger().record(
        event(
            actor,
            "change",
            action,
            {"months": months} if months else {},
            case=subscription.case.entry_reference,
            purpose=subscription.case.purpose,
            subjects=(subscription.person_id,),
        ),
        join=True,
    )
