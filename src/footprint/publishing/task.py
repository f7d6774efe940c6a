"""What a publishing is given, and where in the data folder it keeps what outlives it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from footprint.decisions import NOTHING_DECIDED, Overlay
from footprint.linking.model import Model
from footprint.records.published import FeedState

SNAPSHOTS: Final = "snapshots"
FREQUENCIES: Final = "frequencies"
#: The segment that holds a run of linking, so that the next one knows yesterday's people.
LINKS: Final = "links"

Progress = Callable[[str], None]


class Publishing(msgspec.Struct, frozen=True, kw_only=True):
    """What to publish and with what. `day` is the snapshot's day; the latest day of data where it is None.

    `feeds` are all feeds of the partnership as they stand; `unique_partners` those that give each person one number.
    """

    data: Path
    model: Model
    feeds: Sequence[FeedState]
    overlay: Overlay = NOTHING_DECIDED
    day: dt.date | None = None
    unique_partners: frozenset[str] = frozenset()
    threads: int = 2
    memory: str = "2GB"

    @property
    def root(self) -> Path:
        """The folder of the snapshots."""
        return self.data / SNAPSHOTS

    @property
    def frequencies(self) -> Path:
        """The folder of the model's frequency tables, counted at the first publishing with it and frozen."""
        return self.data / FREQUENCIES / self.model.hash


def root(data: Path) -> Path:
    """Return the folder of a data folder's snapshots."""
    return data / SNAPSHOTS
