"""Reminds whoever marks for the parties that what a briefing was about is to be audited again: once, when its day has come."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from footprint.answer.words import day
from footprint.web.notices.services import notify, remind_once
from footprint.web.referrals.auditing.framework.queries import base
from footprint.web.referrals.auditing.framework.services import NOTICE
from footprint.web.referrals.auditing.learning.queries import due_again
from footprint.web.referrals.auditing.sample.candidates import seats
from footprint.web.referrals.models import Briefing

#: The title was written by somebody, and stands on the page alone.
_SAYS: Final = "What the briefing of {} was about is to be audited again since {}."


def remind(now: dt.datetime | None = None) -> int:
    """Tell the markers of every briefing that is due to be audited again and was not told of yet; return how many."""
    at = now or timezone.now()
    return sum(_remind(one, at) for one in due_again(timezone.localdate(at)))


def _remind(briefing: Briefing, at: dt.datetime) -> bool:
    with transaction.atomic():
        if not briefing.again_on or not remind_once(f"audited-again:{briefing.pk}", at):
            return False
        says = _SAYS.format(day(briefing.given_on.isoformat()), day(briefing.again_on.isoformat()))
        partnership = briefing.partnership_id
        markers = [seat.membership for seat in seats(partnership, base(partnership))]
        notify(markers, NOTICE, says, reverse("referrals:audit"))
    return True
