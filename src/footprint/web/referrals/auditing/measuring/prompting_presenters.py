"""Who was briefed on the prompt, as finished words: shares by role; names of those who were not to whoever arranges that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from footprint.answer.words import day
from footprint.referrals.briefed import briefings
from footprint.web.referrals.auditing.figures import figure
from footprint.web.referrals.auditing.measuring.prompting_queries import Person


class RoleLine(NamedTuple):
    """A role, how many of it were briefed, and who was not, where the reader may know that."""

    role: str
    share: str
    interval: str
    not_yet: tuple[str, ...]


class Prompted(NamedTuple):
    """By role, and since when the prompt holds."""

    lines: tuple[RoleLine, ...]
    since: str
    named: bool


def prompted(people: Sequence[Person], since: dt.date, *, whole: bool, named: bool, team: str) -> Prompted:
    """Return who was briefed since the prompt holds, of all or of one `team`. `named`: the reader arranges briefings."""
    within = [one for one in people if not team or one.team == team]
    names = {
        one.colleague.id: f"{one.name} ({one.team})" if one.team and not team else one.name for one in within
    }
    lines = []
    for role, had in briefings([one.colleague for one in within], since).items():
        shown = figure(had.share, whole=whole, people=had.share.of)
        not_yet = tuple(sorted(names[one] for one in had.not_yet)) if named else ()
        lines.append(RoleLine(role, shown.text, shown.interval, not_yet))
    return Prompted(tuple(lines), day(since.isoformat()), named)
