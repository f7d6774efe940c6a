"""What is read of subscriptions: a user's own, and those that are to be watched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import msgspec
from django.db.models import QuerySet
from django.urls import reverse

from footprint.answer.seen import Seen
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.queries import held_now
from footprint.web.cases.models import Case, KnownPerson, Viewing
from footprint.web.cases.queries import NotFound
from footprint.web.cases.scope import Scope
from footprint.web.subscriptions.models import Subscription
from footprint.web.subscriptions.presenters import SubscriptionLine, line_of

_ENDED_SHOWN: Final = dt.timedelta(days=30)


def mine(actor: Actor, now: dt.datetime) -> list[SubscriptionLine]:
    """Return this user's subscriptions: those that stand, the first to end first, and those that ended lately."""
    all_mine = _of(actor)
    standing = list(all_mine.filter(ended_at__isnull=True).order_by("expires", "pk"))
    ended = list(all_mine.filter(ended_at__gt=now - _ENDED_SHOWN).order_by("-ended_at", "pk"))
    return _lines([*standing, *ended])


def for_home(actor: Actor) -> list[SubscriptionLine]:
    """Return those that stand, for the first page."""
    return _lines(list(_of(actor).filter(ended_at__isnull=True).order_by("expires", "pk")))


def in_case(actor: Actor, case: Case) -> list[SubscriptionLine]:
    """Return those of this user that stand in a case."""
    standing = _of(actor).filter(case=case, ended_at__isnull=True)
    return [line_of(one, "") for one in standing.order_by("expires", "pk")]


def subscription_of(actor: Actor, subscription_id: str) -> Subscription:
    """Return one of this user's own that stands. Raises NotFound."""
    found = _of(actor).filter(ended_at__isnull=True, pk=subscription_id).first()
    if found is None:
        raise NotFound
    return found


def standing_for(scope: Scope, person_id: str) -> Subscription | None:
    """Return the subscription that this user has to this person in this case, or None."""
    return Subscription.objects.filter(
        membership_id=scope.actor.membership_id,
        case=scope.case,
        person_id=person_id,
        ended_at__isnull=True,
    ).first()


def last_seen(scope: Scope, person_id: str) -> Seen | None:
    """Return what this user saw of a person when they opened them in this case last, or None."""
    found = (
        Viewing.objects.filter(
            case=scope.case,
            membership_id=scope.actor.membership_id,
            person_id=person_id,
            how="opened",
            seen__isnull=False,
        )
        .order_by("-at", "-pk")
        .first()
    )
    return msgspec.convert(found.seen, Seen) if found else None


def to_watch() -> list[str]:
    """Return the handles of all that stand, the oldest first."""
    return list(
        Subscription.objects.filter(ended_at__isnull=True)
        .order_by("started_at", "pk")
        .values_list("pk", flat=True)
    )


def page_of(case: Case, person_id: str) -> str:
    """Return where a person's footprint is in a case; the case itself where they have no handle in it yet."""
    known = KnownPerson.objects.filter(case=case, person_id=person_id).first()
    return _page(case.pk, known.handle if known else "")


def _lines(subscriptions: Sequence[Subscription]) -> list[SubscriptionLine]:
    """Return lines that lead to footprints. What leads there is read once for all of them."""
    known = KnownPerson.objects.filter(
        case__in={one.case_id for one in subscriptions},
        person_id__in={one.person_id for one in subscriptions},
    )
    handles = {(one.case_id, one.person_id): one.handle for one in known}
    return [
        line_of(one, _page(one.case_id, handles.get((one.case_id, one.person_id), "")))
        for one in subscriptions
    ]


def _page(case_id: str, handle: str) -> str:
    return (
        reverse("cases:person", args=[case_id, handle]) if handle else reverse("cases:case", args=[case_id])
    )


def _of(actor: Actor) -> QuerySet[Subscription]:
    held = held_now().filter(user=actor.user_id)
    return Subscription.objects.filter(membership__in=held).select_related("case")
