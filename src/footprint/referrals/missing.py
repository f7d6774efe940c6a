"""Incidents with a child present of which no referral came, and those of which it came late.

An incident and a referral belong together when the referral names the incident's or the crime's reference, however it is typed.
Not every such incident needs a referral: whoever decides so says why, and it is seen, not hidden.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from footprint.referrals.clocks import Clock, Timing, due, timing

#: Why an incident with a child present needs no referral of its own.
NOT_NEEDED: Final = MappingProxyType(
    {
        "with-worker": "Told to the worker whom the family already has",
        "same-event": "Another referral of the same event says it",
        "no-child": "There was no child after all",
        "supervisor": "A supervisor decided so, and wrote why",
    }
)
#: The reason that explains nothing without words.
IN_WORDS: Final = "supervisor"


class Attended(NamedTuple):
    """An incident from the police's feed. `noticed` is when whoever attended knew of the children, an instant with its offset."""

    reference: str
    team: str
    noticed: dt.datetime
    children: int
    crime: str = ""
    not_needed: str = ""


class Sent(NamedTuple):
    """A referral as far as it is looked for here: what it names, and when it was sent (an instant with its offset)."""

    id: str
    sent: dt.datetime
    incident: str = ""
    crime: str = ""


class How(StrEnum):
    """How an incident stands: what wants a supervisor's eye comes first."""

    MISSING = "missing"
    LATE = "late"
    AWAITED = "awaited"
    NOT_NEEDED = "not-needed"
    IN_TIME = "in-time"


_ORDER: Final = MappingProxyType({how: place for place, how in enumerate(How)})
_TIMED: Final = MappingProxyType(
    {
        Timing.OVERDUE: How.MISSING,
        Timing.LATE: How.LATE,
        Timing.RUNNING: How.AWAITED,
        Timing.IN_TIME: How.IN_TIME,
    }
)


class Standing(NamedTuple):
    """An incident with a child present, how it stands, when its referral was or is due, and the first that came."""

    incident: Attended
    how: How
    due: dt.datetime
    referral: Sent | None = None


def _form_due(noticed: dt.datetime) -> dt.datetime:
    return due(Clock.FORM, noticed).at


def standings(
    incidents: Iterable[Attended],
    referrals: Iterable[Sent],
    now: dt.datetime,
    due_at: Callable[[dt.datetime], dt.datetime] = _form_due,
) -> list[Standing]:
    """Return how each incident with a child present stands, those that want an eye first and of these the oldest first.

    `due_at` gives from when it was noticed when the referral is due; without it the limit that comes with Footprint.
    """
    by_name: dict[str, Sent] = {}
    for sent in sorted(referrals, key=lambda one: one.sent, reverse=True):
        by_name |= {folded(name): sent for name in (sent.incident, sent.crime) if folded(name)}
    found = []
    for one in incidents:
        if one.children < 1:
            continue
        came = [by_name[name] for name in map(folded, (one.reference, one.crime)) if name in by_name]
        first = min(came, key=lambda sent: sent.sent, default=None)
        at = due_at(one.noticed)
        how = _TIMED[timing(at, now, first.sent if first else None)]
        if first is None and one.not_needed in NOT_NEEDED:
            how = How.NOT_NEEDED
        found.append(Standing(one, how, at, first))
    return sorted(found, key=lambda one: (_ORDER[one.how], one.due, one.incident.reference))


@lru_cache(maxsize=1 << 16)
def folded(reference: str) -> str:
    """Return a reference without what people type otherwise: 20/123456-A/25 and 20 123456a 25 are one."""
    return "".join(sign for sign in reference.casefold() if sign.isalnum())
