"""Generations: per feed, numbered, immutable states of what it holds; one of them stands, named by one small file.

DATA/generations/FEED/current names the line of descent; DATA/generations/FEED/000012/ holds records.parquet,
involvements.parquet, statistics.json and receipt.json. Whoever reads `current` once reads one whole generation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from footprint.feeds.durable import place_whole, remove, write_whole
from footprint.feeds.parsed import INVOLVEMENTS, RECORDS, Statistics
from footprint.feeds.receipt import Receipt
from footprint.records import DutyContact

KEPT: Final = 35
_STATISTICS: Final = "statistics.json"
_RECEIPT: Final = "receipt.json"
_BUILDING: Final = ".building"
_CURRENT: Final = "current"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a generation beside its rows: whose it is, as of when, and what the gates compare with.

    `as_of`, `content`, `statistics` and `recent` are of the last delivery that was accepted whole, `sequence` of the last
    that was taken in any part, `opened` the number with which the feed began. `recent` holds the rows of each table
    in the last seven of them, oldest first.
    """

    feed: str
    contract: str
    partner: str
    name: str
    sector: str
    duty: DutyContact
    instance: str = ""
    number: int = 0
    as_of: dt.date
    received_at: dt.datetime
    sequence: int | None = None
    opened: int | None = None
    content: str = ""
    statistics: Statistics = Statistics()
    recent: dict[str, tuple[int, ...]] = {}
    records: int = 0
    involvements: int = 0


_STANDING: Final = msgspec.json.Decoder(Standing)


class Lineage(msgspec.Struct, frozen=True, kw_only=True):
    """The generations that led to the one that stands, oldest first, itself last; and the highest number ever given."""

    line: tuple[int, ...]
    highest: int


_LINEAGE: Final = msgspec.json.Decoder(Lineage)


class Generation(msgspec.Struct, frozen=True):
    """One whole generation on the disk."""

    folder: Path
    standing: Standing

    @property
    def records(self) -> Path:
        return self.folder / RECORDS

    @property
    def involvements(self) -> Path:
        return self.folder / INVOLVEMENTS


def home(data: Path, feed: str) -> Path:
    """Return the folder of a feed's generations."""
    return data / "generations" / feed


def feeds_with_generations(data: Path) -> list[str]:
    """Return the names of the feeds that have a generation standing, in order."""
    return sorted(path.parent.name for path in (data / "generations").glob(f"*/{_CURRENT}"))


def current_generations(data: Path) -> list[Generation]:
    """Return the generation that stands of each feed: what publishing reads."""
    found = (current(data, feed) for feed in feeds_with_generations(data))
    return [generation for generation in found if generation]


def current(data: Path, feed: str) -> Generation | None:
    """Return the generation that stands, or None where the feed has none."""
    lineage = read_lineage(data, feed)
    return load(home(data, feed) / _folder(lineage.line[-1])) if lineage and lineage.line else None


def load(folder: Path) -> Generation:
    """Return the generation in `folder`."""
    return Generation(folder, _STANDING.decode((folder / _STATISTICS).read_bytes()))


def read_lineage(data: Path, feed: str) -> Lineage | None:
    """Return the line of descent, or None where nothing was ever accepted."""
    try:
        return _LINEAGE.decode((home(data, feed) / _CURRENT).read_bytes())
    except FileNotFoundError:
        return None


def start_building(data: Path, feed: str) -> Path:
    """Return an empty folder in which the next generation is built, out of every reader's sight."""
    folder = home(data, feed) / _BUILDING
    remove(folder)
    folder.mkdir(parents=True)
    return folder


def next_number(data: Path, feed: str) -> int:
    """Return the number of the next generation: never one that was given before, even to one recalled since."""
    lineage = read_lineage(data, feed)
    return lineage.highest + 1 if lineage else 1


def swap_in(data: Path, built: Path, standing: Standing, receipt: Receipt) -> Generation:
    """Make the generation in `built` the one that stands. Killed before the last step, the old one stands whole."""
    base = home(data, standing.feed)
    lineage = read_lineage(data, standing.feed) or Lineage(line=(), highest=0)
    (built / _STATISTICS).write_bytes(msgspec.json.encode(standing))
    (built / _RECEIPT).write_bytes(msgspec.json.encode(receipt))
    target = base / _folder(standing.number)
    remove(target)  # left by a loader that was killed between the next two steps
    place_whole(built, target)
    line = (*lineage.line, standing.number)[-KEPT:]
    _point(base, Lineage(line=line, highest=max(lineage.highest, standing.number)))
    sweep(data, standing.feed)
    return Generation(target, standing)


def previous(data: Path, feed: str) -> Generation | None:
    """Return the generation before the one that stands, or None where there is none."""
    lineage = read_lineage(data, feed)
    return load(home(data, feed) / _folder(lineage.line[-2])) if lineage and len(lineage.line) > 1 else None


def step_back(data: Path, feed: str) -> None:
    """Make the generation before the current one stand again; where there is none, nothing happens."""
    lineage = read_lineage(data, feed)
    if lineage and len(lineage.line) > 1:
        _point(home(data, feed), Lineage(line=lineage.line[:-1], highest=lineage.highest))
        sweep(data, feed)


def sweep(data: Path, feed: str) -> None:
    """Remove what no line of descent names: half-built folders, generations recalled or older than those kept."""
    base = home(data, feed)
    if not base.is_dir():
        return
    lineage = read_lineage(data, feed)
    kept = {_folder(number) for number in lineage.line} if lineage else set()
    for folder in list(_leftovers(base, kept)):
        remove(folder)


def _leftovers(base: Path, kept: set[str]) -> Iterator[Path]:
    for path in base.iterdir():
        if path.is_dir() and path.name not in kept and path.name != _BUILDING:
            yield path


def _point(base: Path, lineage: Lineage) -> None:
    write_whole(base / _CURRENT, msgspec.json.encode(lineage))


def _folder(number: int) -> str:
    return f"{number:06}"


def is_feed_name(text: str) -> bool:
    """Say whether a text can be a feed's name with its instance, and so a folder's."""
    return bool(re.fullmatch(r"[a-z0-9-]{1,60}(?:--[A-Za-z0-9]{1,20})?", text))
