"""After each publishing: is there anything new for each subscriber, through what they may see at this moment and no more?

Idempotent per snapshot. Where nothing is new for them nothing is entered and nothing is told; where something is, that they
are shown so is in the ledger before the notice is written.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Final, NamedTuple

import msgspec
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from footprint.answer.changes import Change, changes
from footprint.answer.footprint import footprint
from footprint.answer.seen import Seen, seen
from footprint.answer.values import Footprint
from footprint.sharing.roles import Right, holds
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership
from footprint.web.accounts.queries import acting_in, is_held
from footprint.web.cases.looking_up import disclosed
from footprint.web.cases.published import published_or_none
from footprint.web.cases.scope import NotShared, Scope, scope_of
from footprint.web.notices.services import notify
from footprint.web.protection.own.near import Near
from footprint.web.subscriptions import words
from footprint.web.subscriptions.models import Subscription
from footprint.web.subscriptions.queries import page_of, to_watch

Ended = Subscription.Ended

KIND: Final = "subscription"
#: How long before its end somebody is asked whether they still need it.
REMINDED_BEFORE: Final = dt.timedelta(days=7)
#: How fresh a partner's data is says nothing of the child.
_NO_NEWS: Final = frozenset({"stale", "fresh"})


class Watched(NamedTuple):
    """What one round did: how many it compared, for how many there was something new, and how many ended."""

    compared: int
    news: int
    ended: int


def watch() -> Watched | None:
    """Compare every subscription with what is published now; tell who is to be told. None where nothing is published.

    Raises LedgerError: whoever was not told yet is told in the next round.
    """
    opened = published_or_none()
    if opened is None:
        return None
    snapshot = opened.content.snapshot
    done = Counter(_watch(one, snapshot) for one in to_watch())
    return Watched(done["compared"] + done["news"], done["news"], done["ended"])


def _watch(subscription_id: str, snapshot: str) -> str:
    found = (
        Subscription.objects.select_related("membership__user", "membership__partner", "case__partnership")
        .filter(pk=subscription_id, ended_at__isnull=True)
        .first()
    )
    if found is None:
        return "gone"
    if why := _why_it_ends(found):
        _end(found, why, words.EXPIRED if why is Ended.EXPIRED else "")
        return "ended"
    _remind(found)
    return "before" if found.watched == snapshot else _compare(found, snapshot)


def _why_it_ends(subscription: Subscription) -> Subscription.Ended | None:
    membership, today = subscription.membership, timezone.localdate()
    if not (is_held(membership) and holds(membership.role, Right.SUBSCRIBE)):
        return Ended.NOT_IN_ROLE
    if subscription.case.closed_at is not None:
        return Ended.CASE_CLOSED
    return Ended.EXPIRED if subscription.expires < today else None


def _compare(subscription: Subscription, snapshot: str) -> str:
    try:
        scope = scope_of(subscriber(subscription.membership), subscription.case)
    except NotShared:
        return "not shared"
    before = msgspec.convert(subscription.seen, Seen)
    person_id = _now_called(scope, subscription.person_id, before)
    now = _footprint(scope, person_id)
    if now is None:
        return _settle(subscription, snapshot)
    found = [one for one in changes(before, now, scope.people) if one.kind not in _NO_NEWS]
    if not found and (now.is_child or now.standing != "open"):
        return _settle(subscription, snapshot, now)
    return _tell(subscription, scope, now, found)


def _tell(subscription: Subscription, scope: Scope, now: Footprint, found: list[Change]) -> str:
    """Enter that the subscriber is told that there is something, then tell them; nothing where they may not know."""
    snapshot = scope.content.snapshot
    if now.standing == "restricted" or Near(scope).is_declared(now.person_id):
        return _settle(subscription, snapshot)
    disclosed(scope, "watch", [now.person_id], {"snapshot": snapshot})
    link = page_of(subscription.case, now.person_id)
    if any(one.kind == "died" for one in found):
        return "ended" if _end(subscription, Ended.WITH_CARE, words.WITH_CARE, link) else "before"
    if not now.is_child and now.standing == "open":
        return "ended" if _end(subscription, Ended.GROWN, words.GROWN, link) else "before"
    return _settle(subscription, snapshot, now, words.NEWS, link)


def _settle(
    subscription: Subscription,
    snapshot: str,
    now: Footprint | None = None,
    sentence: str = "",
    link: str = "",
) -> str:
    """Note that this snapshot was compared, what there is to compare the next one with, and tell; all or nothing, once."""
    with transaction.atomic():
        locked = Subscription.objects.select_for_update().get(pk=subscription.pk)
        if locked.watched == snapshot or locked.ended_at is not None:
            return "before"
        locked.watched = snapshot
        if now is not None:
            locked.seen, locked.person_id = msgspec.to_builtins(seen(now)), now.person_id
        if sentence:
            locked.news_at = timezone.now()
            notify([subscription.membership], KIND, _filled(sentence, subscription), link)
        locked.save()
    return "news" if sentence else "compared"


def _end(subscription: Subscription, why: Subscription.Ended, sentence: str, link: str = "") -> bool:
    with transaction.atomic():
        ended = Subscription.objects.filter(pk=subscription.pk, ended_at__isnull=True).update(
            ended_at=timezone.now(), ended=why
        )
        if ended and sentence:
            notify([subscription.membership], KIND, _filled(sentence, subscription), link)
    return bool(ended)


def _remind(subscription: Subscription) -> None:
    if subscription.reminded or subscription.expires - REMINDED_BEFORE > timezone.localdate():
        return
    with transaction.atomic():
        if Subscription.objects.filter(pk=subscription.pk, reminded=False).update(reminded=True):
            sentence = _filled(words.NEARLY_UP, subscription)
            notify([subscription.membership], KIND, sentence, reverse("subscriptions:list"))


def _now_called(scope: Scope, person_id: str, before: Seen) -> str:
    """The id of whoever has most of the records that were seen: the same person, if not always under the same id."""
    found = (scope.people.by_record(key) for key in before.records)
    counts = Counter(one.id for one in found if one is not None)
    return max(counts, key=lambda one: (counts[one], one == person_id, one), default=person_id)


def _footprint(scope: Scope, person_id: str) -> Footprint | None:
    return footprint(scope.people, person_id, scope.now, hub=scope.hub, disclosure=scope.ruling.disclosure)


def _filled(sentence: str, subscription: Subscription) -> str:
    reference = words.of_case(subscription.case.reference)
    return sentence.format(case=reference, day=words.day(subscription.expires))


def subscriber(membership: Membership) -> Actor:
    """Return whoever subscribed, as they would ask now: in their role of today, and nobody signed in."""
    return acting_in(membership, membership.user, session="subscription", strength="not-signed-in")
