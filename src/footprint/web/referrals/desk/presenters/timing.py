"""When something is due, in words and in a colour that the words say too."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from footprint.referrals.clocks import Timescales, unconfirmed
from footprint.web.design.words import moment

_SOON: Final = dt.timedelta(hours=2)
#: From so many minutes on nobody can tell how long they are, and after so long no minute matters.
_TOLD_IN_MINUTES: Final = 120
_TOLD_IN_DAYS: Final = dt.timedelta(days=2)
UNCONFIRMED: Final = "How long each thing may take is a suggestion until the partnership confirms it."


class When(NamedTuple):
    """A tag: its words, and its colour."""

    text: str
    colour: str


def when_due(at: dt.datetime | None, now: dt.datetime, *, urgent: bool = False) -> When | None:
    """Return until when something that waits is due, how late it is or how soon; None where nothing says.

    What is `urgent` is told to the minute.
    """
    if at is None:
        return None
    if urgent and now > at:
        return When(f"Late by {in_minutes(now - at)}", "govuk-tag--red")
    if urgent:
        return When(f"Due in {in_minutes(at - now)}", "govuk-tag--yellow")
    if now > at:
        return When(f"Late by {spoken(now - at)}", "govuk-tag--red")
    if at - now <= _SOON:
        return When(f"Due in {spoken(at - now)}", "govuk-tag--yellow")
    return When(f"Due {moment(at)}", "govuk-tag--grey")


def spoken(time: dt.timedelta) -> str:
    """Return how long something is: "3 days", "5 hours", "20 minutes"."""
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        count = int(time.total_seconds()) // size
        if count >= 1:
            return _several(count, unit)
    return "less than a minute"


def in_minutes(time: dt.timedelta) -> str:
    """Return how long something is to the minute: "95 minutes", "16 hours 34 minutes"; of two days and more the days."""
    count = int(time.total_seconds()) // 60
    if count < _TOLD_IN_MINUTES:
        return _several(count, "minute")
    if time >= _TOLD_IN_DAYS:
        return spoken(time)
    hours, minutes = divmod(count, 60)
    return f"{_several(hours, 'hour')} {_several(minutes, 'minute')}"


def _several(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"


def caution(rules: Timescales) -> str:
    """Return the sentence to show where nobody in the field confirmed how long things may take; nothing where all is."""
    return UNCONFIRMED if unconfirmed(rules) else ""
