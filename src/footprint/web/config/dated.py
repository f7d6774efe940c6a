"""A figure of the law, or of the partnership's own rules, written with the day from which it holds: 2018-05-25:72.

Laws change, and what began under an old figure ends under it: a new one is added, with its day, and none is changed.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.conf import settings


class FigureNotUnderstood(ValueError):
    """A dated setting is written DAY:FIGURE, several with commas between. The message names the setting."""


class Dated(NamedTuple):
    """A figure, and the first day on which it holds."""

    first: dt.date
    figure: int


def figures(setting: str, text: str) -> tuple[Dated, ...]:
    """Return what a setting says, the earliest first. Raises FigureNotUnderstood."""
    found = []
    try:
        for part in text.split(","):
            day, _, figure = part.strip().rpartition(":")
            found.append(Dated(dt.date.fromisoformat(day), int(figure)))
    except ValueError as error:
        raise _not_understood(setting) from error
    if any(one.figure <= 0 for one in found):
        raise _not_understood(setting)
    return tuple(sorted(found))


def figure_on(day: dt.date, setting: str) -> int:
    """Return the figure of FOOTPRINT_`setting` that holds on a day; before its first day, the first."""
    found = figures(setting, getattr(settings, setting))
    return next((one.figure for one in reversed(found) if one.first <= day), found[0].figure)


def over(setting: str, today: dt.date) -> tuple[tuple[dt.date | None, dt.date], ...]:
    """Return of which days nothing is kept any more under FOOTPRINT_`setting`, in days by the figure that held on each.

    As spans, the earliest first: from a day on (None: however long ago) and before another.
    """
    found, spans = figures(setting, getattr(settings, setting)), []
    for place, one in enumerate(found):
        first = one.first if place else None
        until = found[place + 1].first if place + 1 < len(found) else dt.date.max
        before = min(until, today - dt.timedelta(days=one.figure - 1))
        if first is None or first < before:
            spans.append((first, before))
    return tuple(spans)


def _not_understood(setting: str) -> FigureNotUnderstood:
    return FigureNotUnderstood(
        f"FOOTPRINT_{setting} is written DAY:FIGURE, several with commas between: 2018-05-25:72."
    )
