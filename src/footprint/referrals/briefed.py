"""Who was briefed: of each role how many, and who not yet. For whoever arranges a briefing; of nobody a figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from footprint.referrals.intervals import Proportion


class Colleague(NamedTuple):
    """Somebody who should be briefed: their role, and the day on which they were, where they were."""

    id: str
    role: str
    briefed: dt.date | None = None


class Briefed(NamedTuple):
    """How many of a role were briefed, and who was not: for whoever arranges the briefing, and not for a table."""

    share: Proportion
    not_yet: tuple[str, ...]


def briefings(people: Sequence[Colleague], since: dt.date) -> dict[str, Briefed]:
    """Return by role who was briefed on a day from `since` on. Whoever holds a role in two teams is one of it."""
    found = {}
    each = tuple(dict.fromkeys(people))
    for role in sorted({one.role for one in each}):
        group = [one for one in each if one.role == role]
        not_yet = tuple(sorted(one.id for one in group if one.briefed is None or one.briefed < since))
        found[role] = Briefed(Proportion(len(group) - len(not_yet), len(group)), not_yet)
    return found
