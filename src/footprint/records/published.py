"""What a snapshot says beside the records themselves, as values: written by publishing, read by answers.

The two may not know each other; this is all that they share. File names stand here too, once.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

import msgspec

from footprint.records.involvements import DutyContact, Involvement

PEOPLE: Final = "people"
RECORDS: Final = "records"
INDEX: Final = "index"
FEEDS: Final = "feeds"

FeedCondition = Literal["fresh", "late", "stale", "unconnected"]


class Reported(msgspec.Struct, frozen=True, omit_defaults=True):
    """An involvement, the days of the data (ISO) in which its partner first and last reported it, and on which feed."""

    involvement: Involvement
    first_reported: str
    last_reported: str
    feed: str = ""


class Tie(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Why two records are held together, or might be: the link's evidence as a snapshot keeps it.

    `one` and `other` are record keys, `weight` is in bits, `rule` E1 to E4, "stayed" or empty, `why` finished sentences.
    """

    one: str
    other: str
    verdict: Literal["joined", "possible"]
    weight: float
    rule: str = ""
    why: tuple[str, ...] = ()


class Kinship(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """That another record names this one as its relative: `kind` is what *this* person is to the other's."""

    record: str
    other: str
    kind: str
    start: str = ""
    end: str = ""


class FeedState(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One feed at the time of publishing, and from when on it counts as late and as stale.

    `title` is what its contract calls it and `every` how often it comes, as the contract says it: by these people tell two feeds
    of one partner apart. `as_of` is the day of its data (ISO), empty for a feed that has never delivered; `received_at`,
    `late_from` and `stale_from` are ISO instants with offset. The clock is read when an answer is made, not when a snapshot is.
    """

    feed: str
    partner: str
    name: str
    sector: str
    duty: DutyContact = DutyContact()
    as_of: str = ""
    received_at: str = ""
    late_from: str = ""
    stale_from: str = ""
    title: str = ""
    every: str = ""

    def condition(self, now: dt.datetime) -> FeedCondition:
        """Say how fresh the feed is at `now` (with an offset)."""
        if not self.as_of:
            return "unconnected"
        if self.stale_from and now >= dt.datetime.fromisoformat(self.stale_from):
            return "stale"
        if self.late_from and now >= dt.datetime.fromisoformat(self.late_from):
            return "late"
        return "fresh"
