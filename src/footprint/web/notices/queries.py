"""The only readers of notices: a user's own, of every role that they hold today; and what is still owed by e-mail."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone

from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import User
from footprint.web.accounts.queries import held_now
from footprint.web.notices.models import Mail, Notice
from footprint.web.notices.presenters import HomeNotices, NoticeGroup, groups_of, lines_of

MOST: Final = 200
_ON_HOME: Final = 5


def mine(actor: Actor) -> tuple[NoticeGroup, ...]:
    """Return this user's notices, the most urgent first; at most MOST of them, of those that were read the newest."""
    unread = list(_of(actor).filter(read_at__isnull=True)[:MOST])
    read = list(_of(actor).filter(read_at__isnull=False)[: MOST - len(unread)])
    return groups_of([*unread, *read], actor, timezone.now(), sends_mail=bool(settings.MAIL))


def for_home(actor: Actor) -> HomeNotices:
    """Return what the first page shows: how many are unread, and the most urgent of them."""
    unread = _of(actor).filter(read_at__isnull=True)[:MOST]
    lines = lines_of(unread, actor, timezone.now(), sends_mail=bool(settings.MAIL))
    return HomeNotices(len(lines), lines[:_ON_HOME])


def is_written_to(actor: Actor) -> bool:
    """Say whether an e-mail follows a notice to this user: a server takes it, and they have an address."""
    return bool(settings.MAIL) and User.objects.filter(pk=actor.user_id).exclude(email="").exists()


def states_of_mail() -> dict[str, int]:
    """Return how many e-mails are in each state, for whoever runs the site. No address is among it."""
    return dict(Mail.objects.order_by().values_list("state").annotate(Count("pk")))


def _of(actor: Actor) -> QuerySet[Notice]:
    held = held_now().filter(user=actor.user_id)
    return Notice.objects.select_related("membership__partner", "mail").filter(membership__in=held)
