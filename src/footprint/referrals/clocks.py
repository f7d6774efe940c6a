"""When something is due, and whether it is late: timescales as dated settings, counted in hours or in working days of England.

Hours are hours as they pass: twenty-four of them end an hour later by the clock on the wall when summer time begins. Working
days end at an hour by the wall in London. A due instant is kept with the version of the rule that gave it, so that a rule
which changes tomorrow moves nothing that was begun today. No clock can be paused.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import msgspec

from footprint.calendars import LONDON, working_days_after
from footprint.referrals.reading import Choice, Dated, load

FILE: Final = "timescales.yaml"
PACKAGED: Final = Path(__file__).parent / FILE


class Clock(StrEnum):
    """What is timed. The form counts from noticing, more from asking, acknowledgement from the feedback; others from receipt.

    `URGENT` stands for `DECISION` where the referral says that somebody is in danger now.
    """

    DECISION = "decision"
    URGENT = "urgent"
    FORM = "form"
    CALL = "call"
    SUPERVISOR = "supervisor"
    MORE = "more"
    ACKNOWLEDGEMENT = "acknowledgement"


#: A time of the day in quotation marks, as people write it.
_Wall = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
_Count = Annotated[int, msgspec.Meta(ge=0, le=366)]


class Timescale(Choice, frozen=True, kw_only=True):
    """How long one thing may take, from a day on: so many hours, or the end (`by`) of so many working days after the day."""

    clock: Clock
    label: str
    since: dt.date
    source: str
    verified: bool
    hours: _Count = 0
    working_days: _Count = 0
    by: _Wall = ""

    def __post_init__(self) -> None:
        if bool(self.hours) is bool(self.working_days):
            raise ValueError(f"'{self.clock}' needs hours or working_days, and one of them alone.")
        if bool(self.working_days) is not bool(self.by):
            raise ValueError(f"'{self.clock}' needs 'by', an hour like \"17:00\", with working_days alone.")

    @property
    def version(self) -> str:
        """Return the name under which a due instant keeps the rule that gave it: decision/2018-07-01."""
        return f"{self.clock}/{self.since.isoformat()}"

    @property
    def said(self) -> str:
        """Return how long it is, in words."""
        if self.hours:
            return _many(self.hours, "hour")
        return f"{_many(self.working_days, 'working day')}, by {self.by}"


class Timescales(Dated, frozen=True, kw_only=True):
    """A partnership's timescales, older ones beside those that replaced them."""

    timescales: tuple[Timescale, ...]

    def __post_init__(self) -> None:
        versions = [one.version for one in self.timescales]
        if twice := sorted({one for one in versions if versions.count(one) > 1}):
            raise ValueError(
                f"'{twice[0]}' stands twice: two rules for one thing begin on one day. Keep one."
            )

    def at(self, clock: Clock, start: dt.datetime) -> Timescale:
        """Return the rule in force in London when a clock begins. Raises NoTimescale where none is."""
        day = _local(start).date()
        in_force = [one for one in self.timescales if one.clock is clock and one.since <= day]
        if not in_force:
            raise NoTimescale(
                f"No timescale for '{clock}' is in force on {day.isoformat()}. Add one to {FILE}."
            )
        return max(in_force, key=lambda one: one.since)


class NoTimescale(LookupError):
    """Nothing says how long this may take. The message says which clock and which day, and where to write it."""


_NO_CALENDAR: Final = (
    "Nothing can be due so near to an end of the calendar. Look at the time from which it counts."
)


class Due(NamedTuple):
    """An instant (UTC) by which something is due, from when it was counted (UTC), and the version of the rule that said so."""

    clock: Clock
    start: dt.datetime
    at: dt.datetime
    version: str


class Timing(StrEnum):
    """How something stands towards its due instant. On the dot is in time."""

    RUNNING = "running"
    OVERDUE = "overdue"
    IN_TIME = "in-time"
    LATE = "late"


def timescales_of(data: Path) -> Timescales:
    """Return the timescales of a data folder; ours, where nobody wrote the file. Raises ChoiceError.

    A clock of which the partnership's own file says nothing keeps our rule: no clock stands still because a line is missing.
    """
    own = data / FILE
    return filled(load(own, Timescales)) if own.exists() else packaged_timescales()


@lru_cache(maxsize=1)
def packaged_timescales() -> Timescales:
    """Return the timescales that come with Footprint, none of which the field has confirmed."""
    return load(PACKAGED, Timescales)


def filled(own: Timescales) -> Timescales:
    """Return a partnership's timescales with ours for clocks of which it says nothing, and before its first day."""
    said = {one.version for one in own.timescales}
    ours = (one for one in packaged_timescales().timescales if one.version not in said)
    return msgspec.structs.replace(own, timescales=(*own.timescales, *ours))


def due(clock: Clock, start: dt.datetime, rules: Timescales | None = None) -> Due:
    """Return when something is due that is counted from `start`, an instant with an offset. Raises NoTimescale, ValueError."""
    try:
        return _due(clock, start, rules or packaged_timescales())
    except OverflowError:
        raise NoTimescale(_NO_CALENDAR) from None


def due_if_any(clock: Clock, start: dt.datetime, rules: Timescales | None = None) -> Due | None:
    """Return the same, or None where no rule is as old as `start`: what somebody typed as a time may be of any century."""
    try:
        return due(clock, start, rules)
    except NoTimescale:
        return None


def _due(clock: Clock, start: dt.datetime, rules: Timescales) -> Due:
    rule = rules.at(clock, start)
    begun = _instant(start)
    if rule.hours:
        return Due(clock, begun, begun + dt.timedelta(hours=rule.hours), rule.version)
    day = working_days_after(_local(start).date(), rule.working_days)
    wall = dt.datetime.combine(day, dt.time.fromisoformat(rule.by), tzinfo=LONDON)
    return Due(clock, begun, wall.astimezone(dt.UTC), rule.version)


def timing(at: dt.datetime, now: dt.datetime, done: dt.datetime | None = None) -> Timing:
    """Say how something that is due `at` stands `now`; `done` is when it was done, where it was."""
    if done is not None:
        return Timing.LATE if _instant(done) > _instant(at) else Timing.IN_TIME
    return Timing.OVERDUE if _instant(now) > _instant(at) else Timing.RUNNING


def is_late(at: dt.datetime, now: dt.datetime, done: dt.datetime | None = None) -> bool:
    """Say whether something that is due `at` was done after it, or is not done and the time has passed."""
    return timing(at, now, done) in {Timing.LATE, Timing.OVERDUE}


def unconfirmed(rules: Timescales) -> tuple[Timescale, ...]:
    """Return the rules that nobody in the field has confirmed: a page that shows them says so."""
    return tuple(one for one in rules.timescales if not (rules.verified and one.verified))


def instant_of(text: str) -> dt.datetime | None:
    """Return the instant (UTC) that a form says, or None where it says none that has an offset and lies within the calendar."""
    try:
        found = dt.datetime.fromisoformat(text)
        return found.astimezone(dt.UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _instant(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        raise ValueError("This time has no offset from UTC, so nobody knows when it was. Give one.")
    return moment.astimezone(dt.UTC)


def _local(moment: dt.datetime) -> dt.datetime:
    return _instant(moment).astimezone(LONDON)


def _many(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"
