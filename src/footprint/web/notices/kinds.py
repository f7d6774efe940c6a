"""What a notice is, in words, how soon somebody must look at it, and which notices say the same thing twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from enum import IntEnum
from typing import Final, NamedTuple

from footprint.web.notices.models import Notice


class Urgency(IntEnum):
    """How soon somebody must look at it; the most urgent first."""

    OVERDUE = 0
    AT_ONCE = 1
    TODAY = 2
    IN_TIME = 3


#: As a page says it.
URGENCIES: Final[dict[Urgency, str]] = {
    Urgency.OVERDUE: "Overdue",
    Urgency.AT_ONCE: "Act at once",
    Urgency.TODAY: "Look at it today",
    Urgency.IN_TIME: "When you have time",
}


class Kind(NamedTuple):
    """A kind of notice. `one_thing`: its link is the very thing that waits, so whoever has dealt with it has with all of them.

    `typed`: somebody's own words stand in it, which are masked at each reading for everybody else.
    """

    label: str
    urgency: Urgency
    one_thing: bool = False
    typed: bool = False


KINDS: Final[dict[str, Kind]] = {
    "breach": Kind("Breach of personal data", Urgency.AT_ONCE, one_thing=True),
    "breach-due": Kind("Breach: the clock for the ICO", Urgency.AT_ONCE, one_thing=True),
    "guardian-request": Kind("Request to the guardians", Urgency.AT_ONCE, one_thing=True),
    "danger": Kind("A referral: danger now", Urgency.AT_ONCE, one_thing=True),
    "danger-in-team": Kind("A referral of your team: danger now", Urgency.AT_ONCE, one_thing=True),
    "danger-unread": Kind("A referral: danger not known", Urgency.AT_ONCE, one_thing=True),
    "danger-unread-in-team": Kind(
        "A referral of your team: danger not known", Urgency.AT_ONCE, one_thing=True
    ),
    "held-in-danger": Kind("Held back of a referral: danger now", Urgency.AT_ONCE, one_thing=True),
    "referral-for-nobody": Kind("A referral that nobody at the front door may read", Urgency.AT_ONCE),
    "referral-file": Kind("A file of referrals that could not be read", Urgency.AT_ONCE),
    "account": Kind("Somebody’s account was changed", Urgency.AT_ONCE),
    "break-glass": Kind("Break-glass to be reviewed", Urgency.TODAY, one_thing=True),
    "alert": Kind("Use that must be looked at", Urgency.TODAY, one_thing=True),
    "limit": Kind("Somebody was stopped at the most look-ups a day", Urgency.TODAY),
    "family-worker": Kind("A referral that names you as the family’s worker", Urgency.TODAY, one_thing=True),
    "held-back": Kind("Held back of a referral", Urgency.TODAY, one_thing=True),
    "outbox": Kind("Copies of referrals for other systems", Urgency.TODAY),
    "guardian-answer": Kind("Answer of the guardians", Urgency.TODAY),
    "who-is-who": Kind("Who is who", Urgency.TODAY),
    "referral": Kind("A referral", Urgency.TODAY),
    "subscription": Kind("Somebody you asked to be told of", Urgency.TODAY),
    "audit": Kind("Audit of referrals", Urgency.IN_TIME),
    "wrong-number": Kind("A duty number that is said to be wrong", Urgency.IN_TIME, typed=True),
}
#: For one of an older version.
_ANY: Final = Kind("Notice", Urgency.IN_TIME)


def kind_of(notice: Notice) -> Kind:
    """Return what a notice is."""
    return KINDS.get(notice.kind, _ANY)


def urgency_of(notice: Notice, now: dt.datetime) -> Urgency:
    """Return how soon somebody must look at a notice; past its time that is overdue, whatever it is."""
    if notice.due_at is not None and notice.due_at <= now:
        return Urgency.OVERDUE
    return kind_of(notice).urgency


def thing_of(notice: Notice) -> Hashable:
    """Return what is the same for notices that say the same thing: shown once, and read together."""
    if kind_of(notice).one_thing and notice.link:
        return notice.kind, notice.link
    return notice.kind, notice.link, notice.sentence
