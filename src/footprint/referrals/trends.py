"""How the criteria of referrals' forms go from month to month, of how many each share is, and whether a briefing moved them.

By team and month, never by person: there is nowhere to put a person's name. A small month says little, and its interval says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from footprint.referrals.criteria import CRITERIA, MARKS
from footprint.referrals.intervals import Interval, Proportion, difference

#: From which mark on a criterion is met: adequate.
MET_FROM: Final = 2
THEMES: Final = 3


class Marked(NamedTuple):
    """That forms of a team's month (2026-11) were given an agreed mark under a criterion, so many times: a database may count."""

    team: str
    month: str
    criterion: str
    mark: int
    times: int = 1


class Point(NamedTuple):
    """One criterion in one month: how many were marked, how many of these meet it, and how often each mark was given."""

    criterion: str
    month: str
    met: Proportion
    marks: Mapping[int, int]


def points(marked: Iterable[Marked], team: str | None = None) -> list[Point]:
    """Return every criterion and month of which there are marks, in order; of one team, or of all.

    Raises ValueError for a mark or a criterion that there is not: left out it would make a share look better than it is.
    """
    counted: dict[tuple[str, str], Counter[int]] = {}
    for one in marked:
        if one.criterion not in CRITERIA or one.mark not in MARKS:
            raise ValueError(f"{one.criterion} cannot be marked {one.mark}.")
        if team in (None, one.team):
            counted.setdefault((one.criterion, one.month), Counter())[one.mark] += one.times
    order = {code: place for place, code in enumerate(CRITERIA)}
    return [
        Point(code, month, _met(marks), {mark: marks[mark] for mark in MARKS})
        for (code, month), marks in sorted(
            counted.items(), key=lambda entry: (order[entry[0][0]], entry[0][1])
        )
    ]


def _met(marks: Counter[int]) -> Proportion:
    return Proportion(sum(count for mark, count in marks.items() if mark >= MET_FROM), marks.total())


def together(some: Iterable[Point]) -> dict[str, Proportion]:
    """Return by criterion how many of all marks in these points meet it."""
    found: dict[str, Proportion] = {}
    for one in some:
        found[one.criterion] = found.get(one.criterion, Proportion(0, 0)).plus(one.met)
    return found


def themes(some: Iterable[Point], most: int = THEMES) -> list[tuple[str, Proportion]]:
    """Return the criteria of which a briefing would help most: those of which we are surest that they are met least.

    The order is by the upper end of the interval, so that two poor forms of a quiet month set no theme.
    """
    known = [(code, share, share.interval) for code, share in together(some).items()]
    ranked = sorted((interval.high, code, share) for code, share, interval in known if interval)
    return [(code, share) for high, code, share in ranked if high < 1][:most]


class Movement(NamedTuple):
    """A criterion before and after a briefing, and the interval of how far its share rose."""

    criterion: str
    before: Proportion
    after: Proportion
    rise: Interval | None

    @property
    def moved(self) -> str:
        """Return "up", "down", or "" where nobody can say that it moved."""
        if self.rise is None or self.rise.holds(0):
            return ""
        return "up" if self.rise.low > 0 else "down"


def movement(before: Sequence[Point], after: Sequence[Point], criterion: str) -> Movement:
    """Return whether a criterion moved between an audit and the one after the briefing."""
    nothing = Proportion(0, 0)
    first, second = together(before).get(criterion, nothing), together(after).get(criterion, nothing)
    rise = difference(first, second) if first.of and second.of else None
    return Movement(criterion, first, second, rise)
