"""What one partner may tell of one person: taken away before anything is counted, so that nothing withheld leaves a trace.

Knows a disclosure and a window; nothing of roles, purposes or the agreement that made them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from footprint.answer import involvements
from footprint.answer.people import People, Shown
from footprint.records.disclosure import Disclosure
from footprint.records.published import Reported
from footprint.records.window import SHOWN_MONTHS, Window


class Told(NamedTuple):
    """The involvements of which everything may be told, and whether there is one of which no more than that it is there."""

    content: list[Reported]
    existence: bool


def told(people: People, shown: Shown, partner: str, disclosure: Disclosure) -> Told:
    """Return what one partner may tell of a person: nothing of a protected one, of a new identity nothing from before."""
    if shown.standing != "open":
        return Told([], existence=False)
    day = dt.date.fromisoformat(people.content.day)
    found = [
        one
        for entry in shown.entries
        if entry.record.key.partner == partner
        for one in _within(
            entry.reported, day, disclosure, people.overlay.severed.get(str(entry.record.key), "")
        )
    ]
    levels = [(one, disclosure.level(partner, one.involvement.code)) for one in found]
    usual = Window.on(day)
    return Told(
        [one for one, level in levels if level == "content"],
        # The sentence says "in the last twelve months", whatever else was agreed for the kind.
        existence=any(level == "existence" and usual.shows(one.involvement) for one, level in levels),
    )


def _within(
    reported: Iterable[Reported], day: dt.date, disclosure: Disclosure, since: str
) -> Iterable[Reported]:
    """Those inside their kind's window, and none that began before `since`."""
    windows = {
        months: Window.on(day, shown_months=months) for months in {SHOWN_MONTHS, *disclosure.months.values()}
    }
    for one in reported:
        yield from involvements.shown([one], windows[disclosure.months_of(one.involvement.code)], since)
