"""Where in life a person is on a day: expected, a child, grown, dead. Told of everybody alike, wherever an answer names them.

Of a child lost before birth nothing speaks of a birth any more: neither a day on which it is expected nor an age.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from footprint.answer import words
from footprint.answer.statements import Source, likeliest_birth
from footprint.records import PartialDate

GROWN: Final = 18
_DAY_NOT_SAID: Final = "day not said"


class Life(NamedTuple):
    """Birthday and age as people write them, the day of death, and whether this is a child (under 18) or an expected one.

    An expected child counts as a child. Somebody who died is as old as on that day, and has no `age`.
    """

    birth: str
    age: str
    died: str
    is_child: bool
    unborn: bool


def life(sources: Sequence[Source], day: str) -> Life:
    """Return what these records say of the person's life on an ISO day."""
    birth = likeliest_birth(sources)
    on = dt.date.fromisoformat(day)
    dead = has_died(sources)
    expected = None if dead else due(sources)
    unborn = birth is None and expected is not None
    last = min([on, *(one for one in _days_of_death(sources) if one)])
    return Life(
        birth=words.birth(birth, expected),
        age=words.age(birth, on) if birth and not dead else "",
        died=died(sources),
        is_child=unborn or (birth is not None and may_be_under(GROWN, birth, last)),
        unborn=unborn,
    )


def has_died(sources: Iterable[Source]) -> bool:
    """Say whether any partner says that this person has died."""
    return any(one.record.death for one in sources)


def lost_before_birth(sources: Sequence[Source]) -> bool:
    """Say whether this is an expected child of whom a partner says that it died, and nobody that it was born."""
    return has_died(sources) and likeliest_birth(sources) is None and due(sources) is not None


def died(sources: Iterable[Source]) -> str:
    """Return the day of death as people write it, the fullest that is said; "day not said", or empty for the living."""
    deaths = [one.record.death for one in sources if one.record.death]
    if not deaths:
        return ""
    return words.birth(max(deaths, key=lambda death: (len(death.iso), death.iso))) or _DAY_NOT_SAID


def due(sources: Iterable[Source]) -> PartialDate | None:
    """Return when a child is expected, the latest that was said."""
    said = [(one.on, one.record.expected) for one in sources if one.record.expected]
    return max(said, key=lambda pair: (pair[0], pair[1].iso))[1] if said else None


def _days_of_death(sources: Iterable[Source]) -> Iterable[dt.date | None]:
    return (one.record.death.whole for one in sources if one.record.death)


def may_be_under(years: int, birth: PartialDate, day: dt.date) -> bool:
    """Say whether somebody is under so many years on a day, or may be: a birthday in part counts for the latest it may be."""
    latest = _latest(birth)
    return latest is not None and (latest.year + years, latest.month, latest.day) > (
        day.year,
        day.month,
        day.day,
    )


def _latest(birth: PartialDate) -> dt.date | None:
    """The last day that this birthday may mean; an estimate may mean any of its year."""
    if birth.year is None:
        return None
    if birth.whole and "E" not in birth.accuracy:
        return birth.whole
    year = birth.year
    month = birth.month if birth.month and 1 <= birth.month <= 12 and "E" not in birth.accuracy else 12
    return dt.date(year, month, calendar.monthrange(year, month)[1])
