"""Figures as a page may show them: to the parties as they are, to everybody else suppressed.

Suppressed are a share in which few were counted, on either side of it, or which few people made; others are rounded, and there
are no totals, so that nothing small can be worked out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from footprint.referrals.intervals import Interval, Proportion
from footprint.web.ledger.suppressing import FEWEST_PEOPLE, ROUNDED_TO, SMALL

#: What stands for a figure that would say too much, and for one that there is not.
TOO_FEW: Final = "too few to show"
NONE: Final = "none"
Cell = str | int | float | None


class Figure(NamedTuple):
    """A share in words, with its interval; and the same as numbers for a spreadsheet, None where they are not shown."""

    text: str
    interval: str
    number: int | None = None
    of: int | None = None
    low: float | None = None
    high: float | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return it as cells: number, of how many, lower and upper end of the interval; or why there are none."""
        if self.number is None:
            return (self.text, None, None, None)
        return (self.number, self.of, self.low, self.high)


#: The heads of the cells of a figure.
HEADS: Final = ("number", "of", "interval from", "interval to")


def figure(share: Proportion, *, whole: bool, people: int = 0) -> Figure:
    """Return a share as it may be shown. `people` is how many made it; `whole` says that the reader sees it as it is."""
    if not share.of:
        return Figure(NONE, "")
    shown = share if whole else _suppressed(share, people)
    interval = shown.interval if shown else None
    if shown is None or interval is None:
        return Figure(TOO_FEW, "")
    return Figure(
        text=f"{shown.number:,} of {shown.of:,} ({shown.number / shown.of:.0%})",
        interval=span(interval),
        number=shown.number,
        of=shown.of,
        low=round(interval.low, 4),
        high=round(interval.high, 4),
    )


def span(interval: Interval) -> str:
    """Return an interval of shares in words."""
    return f"{interval.low:.0%} to {interval.high:.0%}"


def differs(interval: Interval) -> str:
    """Return how far a share rose, as an interval in percentage points."""
    return f"{interval.low * 100:+.0f} to {interval.high * 100:+.0f} points"


def guarded(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula: a text that begins like one is a text, with a mark before it."""
    if isinstance(cell, str) and cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "|", "%")):
        return f"'{cell}"
    return cell


def table(rows: Iterable[Iterable[Cell]]) -> list[list[Cell]]:
    """Return the rows of a spreadsheet, each cell guarded."""
    return [[guarded(cell) for cell in row] for row in rows]


def _suppressed(share: Proportion, people: int) -> Proportion | None:
    if min(share.number, share.of - share.number) <= SMALL or people < FEWEST_PEOPLE:
        return None
    return Proportion(_rounded(share.number), _rounded(share.of))


def _rounded(count: int) -> int:
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO
