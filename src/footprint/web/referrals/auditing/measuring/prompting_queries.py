"""Reads who was briefed on the prompt for the child's voice: of those who write referrals in one sector, by role and team."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Final, NamedTuple

from django.conf import settings
from django.utils import timezone

from footprint.referrals.briefed import Colleague
from footprint.referrals.prompts import BRIEFED_ON, load_prompts
from footprint.referrals.reading import ChoiceError
from footprint.sharing.roles import ROLES, Right
from footprint.web.accounts.queries import with_right
from footprint.web.referrals.models import Briefed

log: Final = logging.getLogger(__name__)


class Person(NamedTuple):
    """Somebody who should know the prompt, with name and team: for whoever arranges the briefing."""

    colleague: Colleague
    name: str
    team: str


def prompt_since() -> dt.date:
    """Return from when the newest prompt holds: whoever was briefed before was briefed on another."""
    try:
        prompts = load_prompts(settings.DATA)
    except ChoiceError:
        log.exception("The prompts cannot be read; ours are used.")
        prompts = load_prompts()
    return max(one.since for one in prompts.values())


def prompted(partnership: str, sector: str) -> list[Person]:
    """Return everybody of a sector who writes referrals today, and the day on which they last had a briefing on the prompt."""
    rows = with_right(Right.REFER).filter(partner__partnership=partnership, partner__sector=sector)
    had: dict[object, dt.date] = {}
    for user, at in (
        Briefed.objects.filter(briefing__partnership=partnership, briefing__criterion=BRIEFED_ON)
        .order_by("at")
        .values_list("membership__user", "at")
    ):
        had[user] = timezone.localdate(at)
    listed = rows.order_by("user__name", "pk").values_list("user", "user__name", "role", "team")
    return [
        Person(Colleague(str(user), ROLES[role].label, had.get(user)), name, team)
        for user, name, role, team in listed
    ]
