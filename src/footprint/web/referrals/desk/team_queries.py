"""What a supervisor reads of their team's referrals, and a referral unit of any of its teams: of teams, never of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from itertools import takewhile
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from footprint.calendars import LONDON
from footprint.referrals import missing
from footprint.referrals.clocks import Clock, Due, Timescales, due, due_if_any, is_late
from footprint.referrals.feedback import ACKNOWLEDGED
from footprint.referrals.referral import decode
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.queries import ever_held_by
from footprint.web.cases.scope import NotShared, own_incidents
from footprint.web.referrals.auditing.sample.blindness import blind_to
from footprint.web.referrals.desk.grading_queries import graded
from footprint.web.referrals.desk.incident_queries import ASKS_FOR, Incidents, stood
from footprint.web.referrals.desk.queries import entered, with_content
from footprint.web.referrals.desk.reading import timescales
from footprint.web.referrals.desk.within import of_team, partner_of
from footprint.web.referrals.models import Feedback, Referral

#: How far back each list looks: long enough for a fortnight's leave.
LATELY: Final = dt.timedelta(days=14)
INCIDENTS: Final = dt.timedelta(days=28)
UNREAD: Final = dt.timedelta(days=90)
MOST: Final = 100


class Late(NamedTuple):
    """A referral that came later than it should after it was noticed, and when it was due."""

    referral: Referral
    due: Due


class Unread(NamedTuple):
    """An answer that its author should have acknowledged by now, and when that was due."""

    feedback: Feedback
    due: Due


class Team(NamedTuple):
    """A supervisor's day. `today` are rows with `latest` (the text of the latest version), `grade`, `scale` and `read_by`, the
    instant by which they were to be read or None; `more` is how many of these are not shown.
    """

    today: tuple[Any, ...]
    more: int
    late: tuple[Late, ...]
    undecided: tuple[Referral, ...]
    unread: tuple[Unread, ...]
    incidents: Incidents
    receipt: str


def team(actor: Actor, now: dt.datetime, of: str) -> Team:
    """Return the day of a team of the actor's organisation, entered as read before it leaves. Without a name it is no team's."""
    mine = of_team(actor, of)
    recent = list(
        mine.filter(sent_at__gte=now - LATELY)
        .order_by("-sent_at", "pk")
        .values_list("pk", "sent_at", "noticed_at")[: 5 * MOST]
    )
    midnight = dt.datetime.combine(timezone.localdate(now), dt.time(), tzinfo=LONDON)
    unread = _unseen(actor, mine)
    keys = list(unread.order_by("-is_urgent", "-sent_at", "pk").values_list("pk", flat=True)[: MOST + 1])
    waiting = len(keys) if len(keys) <= MOST else unread.count()
    read = [key for key, sent, _ in recent if sent >= midnight and key not in keys]
    shown = [*keys, *read][:MOST]
    today = list(graded(with_content(Referral.objects.filter(pk__in=shown))))
    today.sort(key=lambda one: (one.pk in keys and one.is_urgent, one.sent_at), reverse=True)
    blind, rules = blind_to(actor), timescales()
    for row in today:
        row.read_by = _read_by(row, rules)
        if row.pk in blind:
            row.grade = None
    undecided = mine.filter(is_waiting=True, decided_at__isnull=True, due_at__lt=now)
    incidents = incidents_in(actor, now, of)
    return Team(
        today=tuple(today),
        more=waiting + len(read) - len(today),
        late=tuple(_late(recent)),
        undecided=tuple(_named(undecided).order_by("due_at")[:MOST]),
        unread=tuple(_unread(mine, now)),
        incidents=incidents,
        receipt=entered(actor, "referral-team", len(today)),
    )


def unseen(actor: Actor, of: str) -> QuerySet[Referral]:
    """Return what no supervisor of a team has said to have read, however long ago it was sent, but what the actor wrote."""
    return _unseen(actor, of_team(actor, of))


def incidents_of(actor: Actor, now: dt.datetime) -> Incidents:
    """Return how the incidents of the actor's own team stand at which a child was, as far as they may know of them."""
    return incidents_in(actor, now, actor.team)


def incidents_in(actor: Actor, now: dt.datetime, of: str | None) -> Incidents:
    """Return the same of a team of the actor's organisation, or of all of them where none is named."""
    since = timezone.localdate(now - INCIDENTS).isoformat()
    try:
        there = own_incidents(actor, ASKS_FOR, since)
    except NotShared as error:
        return Incidents((), frozenset(), str(error))
    named = {missing.folded(one.reference) for one in there if of in (None, one.team)}
    return stood(actor, there, of, _sent(actor, now, named), now)


def _named(found: QuerySet[Referral]) -> QuerySet[Referral]:
    return found.select_related("by__user", "taken_by", "partner")


def _unseen(actor: Actor, found: QuerySet[Referral]) -> QuerySet[Referral]:
    return found.filter(seen_by_supervisor_at__isnull=True).exclude(by__in=ever_held_by(actor.user_id))


def _read_by(referral: Referral, rules: Timescales) -> dt.datetime | None:
    """When a supervisor was to have read it: counted from when it was sent. None where no rule is as old as it is."""
    if referral.seen_by_supervisor_at is not None:
        return None
    by = due_if_any(Clock.SUPERVISOR, referral.sent_at, rules)
    return by.at if by else None


def _late(recent: Iterable[tuple[str, dt.datetime, dt.datetime | None]]) -> list[Late]:
    rules = timescales()
    timed = {key: due_if_any(Clock.FORM, noticed, rules) for key, _, noticed in recent if noticed}
    late = {
        key: when
        for key, sent, _ in recent
        if (when := timed.get(key)) and is_late(when.at, now=sent, done=sent)
    }
    held = {one.pk: one for one in _named(Referral.objects.filter(pk__in=late))}
    return [Late(held[key], when) for key, when in late.items() if key in held]


def _unread(mine: QuerySet[Referral], now: dt.datetime) -> list[Unread]:
    rules = timescales()
    # Of what a file brought, or somebody told who is no user, nobody can say to have read it.
    waiting = Feedback.objects.filter(
        referral__in=mine.filter(by__isnull=False),
        kind__in=ACKNOWLEDGED,
        acknowledged_at__isnull=True,
        at__gte=now - UNREAD,
    ).order_by("at", "pk")
    # First which are late: what came later is due later.
    timed = (
        (key, due(Clock.ACKNOWLEDGEMENT, at, rules)) for key, at in waiting.values_list("pk", "at")[:MOST]
    )
    late = dict(takewhile(lambda one: is_late(one[1].at, now), timed))
    rows = Feedback.objects.filter(pk__in=late).select_related("referral__by__user", "referral__taken_by")
    return [Unread(one, late[one.pk]) for one in rows.order_by("at", "pk")]


def _sent(actor: Actor, now: dt.datetime, named: Collection[str]) -> Iterable[missing.Sent]:
    """The referrals of the own organisation that name one of these incidents, folded; of those that name none, their crime."""
    since = now - INCIDENTS - LATELY
    found = Referral.objects.filter(partner=partner_of(actor), sent_at__gte=since)
    # By the incident's own index, which begins with the partnership: of thousands that were sent only those that may belong.
    naming = found.filter(partnership=actor.partnership, incident_key__in=named)
    for one, at, incident in naming.order_by().values_list("pk", "sent_at", "incident"):
        yield missing.Sent(one, at, incident)
    for row in with_content(found.filter(incident="")):
        if row.latest:
            yield missing.Sent(row.pk, row.sent_at, "", decode(row.latest).links.crime)
