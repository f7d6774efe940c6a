"""What was said of rows and fields while a delivery was read: counted whole, shown by example.

A reason is a sentence for the person who made the extract. It quotes codes and dates of casework, never a name, an
address, a birthday or a number of a person: the line number finds those in the partner's own file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

import msgspec

#: set aside: a field, the row lives. quarantined: a row that cannot be used. noted: odd, and taken all the same.
#: not taken: a column outside the contract. file: about a whole file.
Kind = Literal["set aside", "quarantined", "noted", "not taken", "file"]

EXAMPLES: Final = 20
_DIFFERENT: Final = 2000


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One thing said of one place: the file, its line (0: the file as a whole), our field or the column, and why."""

    file: str
    line: int
    field: str
    reason: str
    kind: Kind = "noted"


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """How often one reason was given in one file, examples or not."""

    file: str
    field: str
    reason: str
    kind: Kind
    count: int


class Reasons:
    """A bounded collection: every reason is counted, the first twenty places of each are kept.

    A file can be wrong in ever new words. Beyond two thousand different reasons only the count of their kind goes on.
    """

    def __init__(self) -> None:
        self._places: dict[tuple[Kind, str, str, str], list[int]] = {}
        self._counts: dict[tuple[Kind, str, str, str], int] = {}

    def add(self, kind: Kind, file: str, line: int, field: str, reason: str) -> None:
        """Count a reason, and keep its place while there are few of its like."""
        what = (kind, file, field, reason)
        if what not in self._counts and len(self._counts) >= _DIFFERENT:
            what = (kind, file, "", "Further reasons of other kinds: see the first ones.")
        self._counts[what] = self._counts.get(what, 0) + 1
        places = self._places.setdefault(what, [])
        if len(places) < EXAMPLES:
            places.append(line)

    def count(self, kind: Kind) -> int:
        """Return how many reasons of one kind were given."""
        return sum(count for what, count in self._counts.items() if what[0] == kind)

    def examples(self) -> list[Reason]:
        """Return the kept places, file by file and line by line."""
        return sorted(self._each(), key=lambda found: (found.file, found.line, found.field, found.reason))

    def totals(self) -> list[Total]:
        """Return every reason with its count, the most frequent first."""
        listed = [
            Total(kind=kind, file=file, field=field, reason=reason, count=count)
            for (kind, file, field, reason), count in self._counts.items()
        ]
        return sorted(listed, key=lambda total: (-total.count, total.file, total.field, total.reason))

    def _each(self) -> Iterator[Reason]:
        for (kind, file, field, reason), lines in self._places.items():
            for line in lines:
                yield Reason(kind=kind, file=file, line=line, field=field, reason=reason)
