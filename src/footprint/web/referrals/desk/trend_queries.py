"""The marks of some months, counted by team, month and criterion: of teams, never of a person."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Final

import msgspec
from django.db.models import TextField
from django.db.models.functions import Cast

from footprint.referrals.measures import month_of
from footprint.referrals.trends import Marked
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.auditing.sample.blindness import blind_to
from footprint.web.referrals.desk.within import of_team, reach
from footprint.web.referrals.models import Marking
from footprint.web.referrals.models.audit import UNIT

MONTHS: Final = 6
#: A year's marks are read as text: what the database's own reading makes of thousands takes longer than the page may.
_MARKS: Final = msgspec.json.Decoder(dict[str, int])


def marked(actor: Actor, now: dt.datetime) -> list[Marked]:
    """Return the marks of the last months within the actor's supervision or reach, of each form the newest."""
    since = now - dt.timedelta(days=31 * MONTHS)
    within = of_team(actor, actor.team) if actor.may("supervise-referrals") else reach(actor)
    # Of few forms the figures are the marks.
    seen = within.exclude(pk__in=blind) if (blind := blind_to(actor)) else within
    rows = Marking.objects.filter(side=UNIT, at__gte=since, referral__in=seen).order_by("pk")
    # What was taken down for somebody is no writing of their team's, where it was graded all the same.
    rows = rows.filter(referral__taken_by__isnull=True)
    texts = rows.annotate(text=Cast("marks", TextField()))
    newest = {
        referral: (of, at, text)
        for referral, of, at, text in texts.values_list(
            "referral_id", "referral__team", "referral__sent_at", "text"
        )
    }
    # London's month begins on the hour, so one hour of UTC is of one month.
    months: dict[tuple[dt.date, int], str] = {}
    counted: Counter[tuple[str, str, str, int]] = Counter()
    for of, at, text in newest.values():
        hour = at.date(), at.hour
        month = months[hour] if hour in months else months.setdefault(hour, month_of(at))
        counted.update((of, month, criterion, mark) for criterion, mark in _MARKS.decode(text).items())
    return [Marked(*of, times) for of, times in sorted(counted.items())]
