"""How each team of an organisation stands: what is late, missing and not acknowledged, in counts. Of no person."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from django.db.models import Count, OuterRef, Subquery

from footprint.referrals.clocks import Clock, due, due_if_any, is_late
from footprint.referrals.feedback import ACKNOWLEDGED
from footprint.referrals.missing import How
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.desk.queries import entered
from footprint.web.referrals.desk.reading import timescales
from footprint.web.referrals.desk.team_queries import LATELY, UNREAD, incidents_in
from footprint.web.referrals.desk.within import partner_of
from footprint.web.referrals.models import Feedback, Referral
from footprint.web.referrals.own_family import not_theirs

#: A truth value alone is no comparison to SQLite, and then its index stands idle.
_YES: Final = (True,)


class TeamCounts(NamedTuple):
    """A team's counts: sent and sent late in the last fortnight, not decided in time, answers not acknowledged, no referral.

    `team` is empty for what no known team sent.
    """

    team: str
    sent: int
    late: int
    undecided: int
    unread: int
    missing: int


class Overview(NamedTuple):
    """All teams of an organisation, and why its incidents may not be asked for, where they may not."""

    teams: tuple[TeamCounts, ...]
    refusal: str
    receipt: str


def overview(actor: Actor, now: dt.datetime) -> Overview:
    """Return the counts of every team of the actor's organisation, entered as read before they leave. Raises LedgerError.

    A team that sent nothing and was at an incident with a child is one of them, and last comes what no known team sent, where
    there is any. What is of the actor's own family counts nowhere.
    """
    partner, close = partner_of(actor), not_theirs(actor)
    own = Referral.objects.filter(partner=partner).exclude(pk__in=close)
    recent = own.filter(sent_at__gte=now - LATELY).values_list("team", "noticed_at", "sent_at")
    sent, late = _sent_and_late(recent)
    # By the queue's index: what waits is little beside a year.
    waiting = own.filter(partnership=actor.partnership, is_waiting__in=_YES)
    undecided = Counter(
        dict(
            waiting.filter(decided_at__isnull=True, due_at__lt=now)
            .order_by()
            .values_list("team")
            .annotate(Count("pk"))
        )
    )
    unread = _unread(partner, close, now)
    found = incidents_in(actor, now, None)
    missing = Counter(one.incident.team for one in found.standings if one.how is How.MISSING)
    counted = (sent, late, undecided, unread, missing)
    names = {*teams_of(actor), *found.teams}
    named = sorted((name for name in names if name.strip()), key=str.casefold)
    teams = [TeamCounts(name, *(each[name] for each in counted)) for name in named]
    nobodys = [sum(count for name, count in each.items() if not name.strip()) for each in counted]
    if any(nobodys):
        teams.append(TeamCounts("", *nobodys))
    return Overview(tuple(teams), found.refusal, entered(actor, "referral-teams", len(teams)))


def teams_of(actor: Actor) -> list[str]:
    """Return the teams of the actor's organisation that sent a referral. What is of the actor's own family names none."""
    own = Referral.objects.filter(partner=partner_of(actor)).exclude(pk__in=not_theirs(actor))
    return list(own.order_by("team").values_list("team", flat=True).distinct())


def is_team(actor: Actor, name: str, now: dt.datetime) -> bool:
    """Say whether a team of the actor's organisation is called so, by what it sent or by the organisation's own feed."""
    # Before anything is asked of it: what is no team's name is nothing for a database either.
    return name in teams_of(actor) or name in incidents_in(actor, now, None).teams


def _sent_and_late(
    recent: Iterable[tuple[str, dt.datetime | None, dt.datetime]],
) -> tuple[Counter[str], Counter[str]]:
    rules = timescales()
    sent: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for team, noticed, at in recent:
        sent[team] += 1
        when = due_if_any(Clock.FORM, noticed, rules) if noticed else None
        late[team] += when is not None and is_late(when.at, now=at, done=at)
    return sent, late


def _unread(partner: int, close: frozenset[str], now: dt.datetime) -> Counter[str]:
    """Answers that their authors should have acknowledged, by team. What came later is due later: one cut tells which."""
    rules = timescales()
    # Asked of each: joined, a database without statistics begins with all referrals of the organisation.
    ours = Referral.objects.filter(pk=OuterRef("referral"), partner=partner, by__isnull=False)
    team = ours.values("team")[:1]
    waiting = Feedback.objects.filter(
        kind__in=ACKNOWLEDGED, acknowledged_at__isnull=True, at__gte=now - UNREAD
    ).exclude(referral__in=close)
    rows = list(
        waiting.annotate(team=Subquery(team))
        .filter(team__isnull=False)
        .order_by("at")
        .values_list("team", "at")
    )
    ends = bisect_left(
        rows, 1, key=lambda row: not is_late(due(Clock.ACKNOWLEDGEMENT, row[1], rules).at, now)
    )
    return Counter(team for team, _ in rows[:ends])
