"""The small words in which a comparison is declared. Each says something about two rows of comparable columns.

They are data. `reference.holds` gives their meaning in plain Python, `sql.condition` the same in an engine's SQL, and
the search kernel is generated from them; a test shows that all agree. Every edit distance is Levenshtein's, because it
is the one that DuckDB, Spark and RapidFuzz compute alike, to the last bit.
"""

from __future__ import annotations

import msgspec


class Equal(msgspec.Struct, frozen=True, tag=True):
    """Both texts are known and the same."""

    column: str


class Shares(msgspec.Struct, frozen=True, tag=True):
    """The two lists have a value in common."""

    column: str


class Crossed(msgspec.Struct, frozen=True, tag=True):
    """The one row's `text` is known and stands in the other row's `listed`, in either direction."""

    text: str
    listed: str


class Swapped(msgspec.Struct, frozen=True, tag=True):
    """Each row's `text` is known and stands in the other row's `listed`: the two have changed places."""

    text: str
    listed: str


class OneSlip(msgspec.Struct, frozen=True, tag=True):
    """Both texts have four letters or more, and one letter is wrong, missing, or changed places with its neighbour.

    A swap of neighbours is two edits that leave the same letters: `letters` names the column of sorted letters.
    """

    column: str
    letters: str


class Near(msgspec.Struct, frozen=True, tag=True):
    """Both texts have `length` letters or more, and at most `distance` edits lie between them."""

    column: str
    distance: int
    length: int


class Initial(msgspec.Struct, frozen=True, tag=True):
    """Both texts are known, one of them is a single letter, and they begin alike."""

    column: str


class SameNumber(msgspec.Struct, frozen=True, tag=True):
    """Both whole numbers are known (not 0) and the same."""

    column: str


class NumbersCrossed(msgspec.Struct, frozen=True, tag=True):
    """Each row's `first` is the other row's `second`, and all four are known."""

    first: str
    second: str


class NumberWithin(msgspec.Struct, frozen=True, tag=True):
    """Both whole numbers are known and lie at most `distance` apart."""

    column: str
    distance: int


class SomeUnknown(msgspec.Struct, frozen=True, tag=True):
    """The whole number is not known (0) in one row or both."""

    column: str


class Known(msgspec.Struct, frozen=True, tag=True):
    """The text or list is not empty, in both rows."""

    column: str


class Flag(msgspec.Struct, frozen=True, tag=True):
    """The yes-or-no column is set in one row at least."""

    column: str


class Every(msgspec.Struct, frozen=True, tag=True):
    """All of the parts hold."""

    parts: tuple[Predicate, ...]


class Some(msgspec.Struct, frozen=True, tag=True):
    """One of the parts holds at least."""

    parts: tuple[Predicate, ...]


class Never(msgspec.Struct, frozen=True, tag=True):
    """The part does not hold."""

    part: Predicate


Predicate = (
    Equal
    | Shares
    | Crossed
    | Swapped
    | OneSlip
    | Near
    | Initial
    | SameNumber
    | NumbersCrossed
    | NumberWithin
    | SomeUnknown
    | Known
    | Flag
    | Every
    | Some
    | Never
)


def every(*parts: Predicate) -> Every:
    """Return the predicate that holds where all `parts` hold."""
    return Every(parts)


def some(*parts: Predicate) -> Some:
    """Return the predicate that holds where one of `parts` holds."""
    return Some(parts)
