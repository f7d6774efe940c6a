"""One delivery that is to be settled, and the change that it makes, as values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec

from footprint.feeds.arrivals import Arrival, Resolved
from footprint.feeds.contract import Contract
from footprint.feeds.parsed import Parsed
from footprint.feeds.stored import Engine


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A change that is about to take effect: what the ledger enters first. No personal value is in it."""

    kind: str
    feed: str
    generation: int
    by: str = ""
    reason: str = ""
    records: int = 0
    content: str = ""


#: Called before a change takes effect. If it raises, nothing changes.
OnChange = Callable[[Change], None]


class Settlement(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery to settle. `waited` is its arrival where it was held or parked before; `released` lets the gates that
    hold or park pass, for a person has looked. `engine` is lent: opening one takes longer than a school's merge."""

    data: Path
    contract: Contract
    parsed: Parsed
    folder: Path
    now: dt.datetime
    engine: Engine
    on_change: OnChange | None = None
    waited: Arrival | None = None
    released: Resolved | None = None

    @property
    def feed(self) -> str:
        return self.contract.feed_name(self.parsed.instance)

    @property
    def as_of(self) -> dt.date:
        return self.parsed.as_of or self.now.date()

    @property
    def sequence(self) -> int | None:
        """The number that the delivery gives itself."""
        return self.parsed.manifest.sequence if self.parsed.manifest else None

    @property
    def names_its_feed(self) -> bool:
        """Whether we know whose delivery it is: a school's file that cannot be read names no school."""
        return bool(self.parsed.instance) or not self.contract.instances
