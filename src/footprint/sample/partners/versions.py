"""A record as it reads over the delivery days: a new version when the person's life, or the partner's picture of it, changed."""

from __future__ import annotations

import datetime as dt

import msgspec

from footprint.sample import rates
from footprint.sample.dice import Dice
from footprint.sample.partners.habits import AT_CORRECTED, AT_DAY, TAPE, Habits, learnt_after
from footprint.sample.partners.held import Held, hold
from footprint.sample.timeline import Timeline
from footprint.sample.world.people import Person


class Version(msgspec.Struct, frozen=True):
    """A record as it reads from one delivery day to another, both included."""

    held: Held
    first: int
    last: int


def versions(
    person: Person,
    habits: Habits,
    dice: Dice,
    timeline: Timeline,
    since: dt.date | None = None,
) -> list[Version]:
    """Return a record as it reads over the delivery days, oldest first: one version, unless something changed.

    `since` is the day on which the partner came to know the person: no version before.
    """
    if person.pieces is not None:
        return told(person, habits, timeline)
    tape = dice.tape(TAPE)
    first = timeline.seen(since) if since else 0
    last = timeline.last
    if first > last:
        return []
    starts = sorted({first, *(day for day in changes(person, tape, timeline) if first < day <= last)})
    mended = timeline.last + 1
    if timeline.days > 1 and tape[AT_CORRECTED] < rates.CORRECTED * timeline.days / 30:
        mended = 1 + int(tape[AT_DAY] * timeline.last)
        if first < mended <= last:
            starts = sorted({*starts, mended})
    ends = [*(day - 1 for day in starts[1:]), last]
    return [
        Version(
            hold(person, habits, tape, timeline.delivery_days[start], careful=start >= mended), start, end
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def told(person: Person, habits: Habits, timeline: Timeline) -> list[Version]:
    """Return the record of somebody in a storyline: just what the story says, without chance."""
    piece = (person.pieces or {}).get(habits.partner)
    if piece is None:
        return []
    held = hold(person, habits, [0.5] * TAPE, timeline.end, careful=True)
    for field, value in piece.says.items():
        setattr(held, field, value)
        held.slips.append(f"{field}:story")
    return [Version(held, 0, timeline.last)]


def changes(person: Person, tape: list[float], timeline: Timeline) -> list[int]:
    """Return the delivery days on which a partner's picture of a person may change."""
    if timeline.days == 1:
        return []
    lag = learnt_after(tape)
    dates = [stay.start + lag for stay in person.stays[1:]] + [former.until + lag for former in person.former]
    if person.birth is not None:
        dates.append(person.birth)
    return [(date - timeline.first).days for date in dates if timeline.first < date <= timeline.end]
