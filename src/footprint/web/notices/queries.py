"""The only readers of notices: a user's own, of every role that they hold today; and what is still owed by e-mail."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.db.models import Case, Count, F, Min, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership, User
from footprint.web.accounts.queries import held_now
from footprint.web.notices.kinds import KINDS, Urgency
from footprint.web.notices.models import Mail, Notice, Reminded
from footprint.web.notices.presenters import HomeNotices, NoticeGroup, Thing, groups_of, line_of

MOST: Final = 200
_ON_HOME: Final = 5

#: `kinds.thing_of` as the database says it: of a kind whose link is the thing, the sentence does not tell two apart.
_SAID: Final = Case(
    When(~Q(link=""), kind__in=[name for name, kind in KINDS.items() if kind.one_thing], then=Value("")),
    default=F("sentence"),
)
_SAME: Final = ("kind", "link", "said")


def mine(actor: Actor) -> tuple[NoticeGroup, ...]:
    """Return this user's notices, the most urgent first; at most MOST of them, of those that were read the newest."""
    unread = list(_of(actor).filter(read_at__isnull=True)[:MOST])
    read = list(_of(actor).filter(read_at__isnull=False)[: MOST - len(unread)])
    return groups_of([*unread, *read], actor, timezone.now(), sends_mail=sends_mail())


def for_home(actor: Actor) -> HomeNotices:
    """Return what the first page shows: how many are unread, and the most urgent of them."""
    now = timezone.now()
    unread = _of(actor).filter(read_at__isnull=True).annotate(said=_SAID)
    things = unread.order_by().values(*_SAME).distinct().count()
    last_told = unread.annotate(
        nth=Window(RowNumber(), _SAME, ("-created_at", "-pk")),
        times=Window(Count("pk"), _SAME),
        since=Window(Min("created_at"), _SAME),
    ).filter(nth=1)
    urgent = last_told.order_by(_urgency(now), "-created_at", "-pk")[:_ON_HOME] if things else ()
    lines = (line_of(Thing(one, one.times, one.since), actor, now, sends_mail=sends_mail()) for one in urgent)
    return HomeNotices(things, tuple(lines))


def sends_mail() -> bool:
    """Say whether e-mails follow notices at all."""
    return bool(settings.MAIL)


def is_written_to(actor: Actor) -> bool:
    """Say whether an e-mail follows a notice to this user: a server takes it, and they have an address."""
    return sends_mail() and User.objects.filter(pk=actor.user_id).exclude(email="").exists()


def was_reminded(key: str) -> bool:
    """Say whether somebody was reminded of this, as `services.remind_once` notes it."""
    return Reminded.objects.filter(key=key).exists()


def told_of(kind: str, link: str) -> list[Membership]:
    """Return who was told of one thing by a notice of this kind, whether they have read it or not, the first one first."""
    found = Notice.objects.filter(kind=kind, link=link).select_related("membership__user").order_by("pk")
    return [one.membership for one in found]


def states_of_mail() -> dict[str, int]:
    """Return how many e-mails are in each state, for whoever runs the site. No address is among it."""
    return dict(Mail.objects.order_by().values_list("state").annotate(Count("pk")))


def _urgency(now: dt.datetime) -> Case:
    """`kinds.urgency_of` as the database says it."""
    by_kind = (When(kind=name, then=Value(int(kind.urgency))) for name, kind in KINDS.items())
    overdue = When(due_at__lte=now, then=Value(int(Urgency.OVERDUE)))
    return Case(overdue, *by_kind, default=Value(int(Urgency.IN_TIME)))


def _of(actor: Actor) -> QuerySet[Notice]:
    held = held_now().filter(user=actor.user_id)
    return Notice.objects.select_related("membership__partner", "mail", "typed_by").filter(
        membership__in=held
    )
