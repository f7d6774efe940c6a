"""Reminds the leads of a breach whose clock runs out or has run out: before, when it is overdue, and again while it is.

Run again and again: each reminder is told once. Whoever was away for days is told where it stands, not of each day missed.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from footprint.web.accounts.models import Partner
from footprint.web.config.dated import figure_on
from footprint.web.design.words import moment
from footprint.web.identity import words
from footprint.web.identity.models import Breach
from footprint.web.identity.queries import steps_taken
from footprint.web.identity.states import clock_runs
from footprint.web.notices.services import notify_leads_of, remind_once

KIND = "breach-due"


def remind(now: dt.datetime | None = None) -> int:
    """Tell the leads of every breach that is due or overdue and was not told of yet at this stage; return how many."""
    at = now or timezone.now()
    before = dt.timedelta(hours=figure_on(timezone.localdate(at), "BREACH_REMINDS"))
    again = dt.timedelta(hours=figure_on(timezone.localdate(at), "BREACH_REMINDS_AGAIN"))
    told = 0
    for breach in Breach.objects.filter(due_at__lte=at + before).order_by("due_at", "pk"):
        if clock_runs(steps_taken(breach)):
            told += _remind(breach, stage_at(breach, at, again), at)
    return told


def stage_at(breach: Breach, at: dt.datetime, again: dt.timedelta) -> int:
    """Return 0 before a breach is overdue, 1 when it is, and one more each time that `again` has passed since."""
    return 0 if at < breach.due_at else 1 + (at - breach.due_at) // again


def _remind(breach: Breach, stage: int, at: dt.datetime) -> bool:
    with transaction.atomic():
        if not remind_once(f"breach:{breach.pk}:{stage}", at):
            return False
        partners = Partner.objects.filter(memberships__in=breach.shown.values("membership")).distinct()
        sentence = words.BREACH_OVERDUE if stage else words.BREACH_DUE
        notify_leads_of(
            partners,
            KIND,
            sentence.format(breach=breach.reference, due=moment(breach.due_at)),
            reverse("identity:breach", args=[breach.pk]),
            due=breach.due_at,
        )
    return True
