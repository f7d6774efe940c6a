"""What a user may be told of each kind of involvement, as a value that answers respect before they count anything.

A disclosure says nothing about why: the sharing agreement makes it, answers apply it, and neither knows the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from footprint.records.window import SHOWN_MONTHS

#: content: the line with kind, count, dates and whom to ring; existence: that there is something, and whom to ring.
Level = Literal["nothing", "existence", "content"]

LEVELS: Final[tuple[Level, ...]] = ("nothing", "existence", "content")


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """What each partner shares, by partner id and code of involvement; of what is not named, `otherwise`.

    `months` gives the kinds that are shown for longer or shorter than twelve months after their end.
    """

    levels: Mapping[str, Mapping[str, Level]] = {}
    otherwise: Level = "nothing"
    months: Mapping[str, int] = {}

    def level(self, partner: str, code: str) -> Level:
        """Return what may be told of involvements of this code with this partner."""
        return self.levels.get(partner, {}).get(code, self.otherwise)

    def months_of(self, code: str) -> int:
        """Return for how many months after its end an involvement of this code is shown."""
        return self.months.get(code, SHOWN_MONTHS)


EVERYTHING: Final = Disclosure(otherwise="content")
NOTHING: Final = Disclosure()
