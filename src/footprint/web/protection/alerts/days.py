"""What shows only over a day or some weeks, and telling governance of alerts: run every few minutes, and twice does nothing more.

Whoever is told gets a reference and a link. Sending is not part of a look-up, so no look-up takes longer for it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from footprint.watching import Day, Figures, Sign, near_misses, score, signs_of_day
from footprint.web.notices.services import notify
from footprint.web.protection.alerts.observing import figures
from footprint.web.protection.alerts.queries import governing, look_ups_of, reviewers
from footprint.web.protection.models import Observation

#: How far back a user's days are counted to know what is usual, and how many days a run looks at again.
_USUAL_DAYS: Final = 60
_AGAIN: Final = 2
_KEPT: Final = 50  # receipts


def watch(now: dt.datetime | None = None) -> int:
    """Look at today, yesterday and the weeks before, tell of every alert that nobody was told of, and return how many."""
    at = now or timezone.now()
    today = timezone.localdate(at)
    days = [today - dt.timedelta(days=back) for back in range(_AGAIN)]
    rules = figures()
    seen = Observation.objects.filter(day__in=days, span=Observation.Span.LOOK_UP)
    for user_id in list(seen.order_by("user").values_list("user_id", flat=True).distinct()):
        for day in days:
            _watch_day(user_id, day, at, rules)
        _watch_weeks(user_id, at, rules)
    return _tell(at)


def _watch_day(user_id: uuid.UUID, day: dt.date, at: dt.datetime, rules: Figures) -> None:
    """Make or renew the alert of a user's day, where its signs and its weightiest look-up come to one."""
    looked = look_ups_of(user_id, [day])
    if not looked:
        return
    signs = signs_of_day(_day(user_id, day, looked), rules)
    # A look-up that is an alert was told by itself; a day adds to what was not.
    quiet = [one for one in looked if not one.is_alert]
    heaviest = max(quiet, key=lambda one: one.score, default=None)
    whole = [*signs, *(_signs(heaviest) if heaviest else ())]
    if not signs or score(whole) < rules.alert_at:
        return
    receipts = [receipt for one in looked for receipt in one.receipts][-_KEPT:]
    fields = {"score": score(whole), "signs": [list(one) for one in whole], "receipts": receipts}
    made = {"action": "", "at": at, "is_alert": True, "membership_id": looked[-1].membership_id}
    alert, is_new = Observation.objects.get_or_create(
        user_id=user_id, day=day, span=Observation.Span.DAY, defaults=made | fields
    )
    if not is_new:
        # What a reviewer has closed stays as they saw it.
        Observation.objects.filter(pk=alert.pk, closed_at__isnull=True).update(**fields)


def _watch_weeks(user_id: uuid.UUID, at: dt.datetime, rules: Figures) -> None:
    """Make an alert of look-ups that each came near one, unless they were told together before."""
    last = Observation.objects.filter(user=user_id, span=Observation.Span.USER).aggregate(at=Max("at"))["at"]
    since = max(filter(None, (at - dt.timedelta(days=rules.near_miss_days), last)))
    near = Observation.objects.filter(
        user=user_id,
        span=Observation.Span.LOOK_UP,
        at__gt=since,
        score__gte=rules.near_miss_at,
        score__lt=rules.alert_at,
    ).order_by("at", "pk")
    # Searching and then opening somebody is one look at them.
    each = list({one.weightiest or one.pk: one for one in near}.values())
    signs = near_misses([one.score for one in each], rules)
    if signs:
        Observation.objects.create(
            span=Observation.Span.USER,
            user_id=user_id,
            membership_id=each[-1].membership_id,
            action="",
            at=at,
            day=timezone.localdate(at),
            is_alert=True,
            score=score(signs),
            signs=[list(one) for one in signs],
            receipts=[receipt for one in each for receipt in one.receipts][-_KEPT:],
        )


def _day(user_id: uuid.UUID, day: dt.date, looked: Sequence[Observation]) -> Day:
    return Day(
        people=len({person for one in looked for person in one.people}),
        without_reference=sum(one.is_submission and not one.has_reference for one in looked),
        streets=_streets(looked),
        before=_before(user_id, day),
    )


def _streets(looked: Iterable[Observation]) -> dict[str, int]:
    """For each street how many of its people were opened; those of one case with a reference count once, as a family does."""
    found: dict[str, set[str]] = {}
    for one in looked:
        for street, person in one.streets:
            found.setdefault(street, set()).add(one.case_reference if one.has_reference else person)
    return {street: len(people) for street, people in found.items()}


def _before(user_id: uuid.UUID, day: dt.date) -> list[int]:
    """How many people the user opened on each of their earlier days."""
    since = day - dt.timedelta(days=_USUAL_DAYS)
    rows = Observation.objects.filter(
        user=user_id, span=Observation.Span.LOOK_UP, day__gte=since, day__lt=day
    )
    people: dict[dt.date, set[str]] = {}
    for on, opened in rows.values_list("day", "people"):
        people.setdefault(on, set()).update(opened)
    return [len(opened) for opened in people.values()]


def _signs(one: Observation) -> list[Sign]:
    return [Sign(code, points) for code, points in one.signs]


def _tell(at: dt.datetime) -> int:
    """Tell governance of every alert that nobody was told of: those who may review it, and where there is none, the others."""
    told = 0
    for alert in Observation.objects.filter(is_alert=True, told_at__isnull=True).order_by("at", "pk"):
        with transaction.atomic():
            held = Observation.objects.select_for_update().filter(pk=alert.pk, told_at__isnull=True).first()
            if held is None:
                continue
            held.told_at = at
            held.save(update_fields=["told_at"])
            everybody = governing(held.membership.partner.partnership_id)
            whom = reviewers(held) or [one for one in everybody if one.user_id != held.user_id]
            link = reverse("protection:alert", args=[held.reference])
            notify(whom, "alert", f"Alert {held.reference} waits for a review.", link)
            told += 1
    return told
