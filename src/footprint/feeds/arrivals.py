"""The deliveries of a feed as they came: their receipts, and what is kept of those that wait for a person.

DATA/deliveries/FEED/000007/ holds receipt.json, receipt.txt and quarantine.jsonl, and for a held or parked delivery its
parsed tables. The partner's own files are not kept: what a contract does not name must not lie in a corner.
"""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Final, Literal

import msgspec

from footprint.feeds.durable import place_whole, remove, write_whole
from footprint.feeds.parsed import INVOLVEMENTS, QUARANTINE, RECORDS, SUMMARY, Parsed
from footprint.feeds.receipt import Outcome, Receipt, as_text

_PARSED: Final = msgspec.json.Decoder(Parsed)
_RECEIPTS: Final = msgspec.json.Decoder(Receipt)

KEPT: Final = 35
_RECEIPT: Final = "receipt.json"
_TEXT: Final = "receipt.txt"
_RESOLVED: Final = "resolved.json"
_TABLES: Final = (RECORDS, INVOLVEMENTS, SUMMARY)

How = Literal["released", "superseded", "rolled back"]


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a delivery after its receipt: by whom, why, when."""

    how: How
    by: str
    reason: str
    at: dt.datetime


_RULED: Final = msgspec.json.Decoder(Resolved)


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery of the past, as far as the next ones must know it."""

    number: int
    folder: Path
    outcome: Outcome
    sequence: int | None
    as_of: dt.date | None
    content: str
    generation: int
    counts: bool
    resolved: Resolved | None

    @property
    def waits(self) -> bool:
        """Say whether a person or an earlier delivery still has to come."""
        return self.outcome in ("held", "parked") and self.resolved is None


def home(data: Path, feed: str) -> Path:
    """Return the folder of a feed's deliveries."""
    return data / "deliveries" / feed


def history(data: Path, feed: str) -> list[Arrival]:
    """Return the deliveries of a feed that are remembered, in the order in which they came."""
    base = home(data, feed)
    folders = sorted(path for path in base.glob("[0-9]*") if path.is_dir()) if base.is_dir() else []
    return [_arrival(folder) for folder in folders]


def receipt_in(folder: Path) -> Receipt:
    """Return the receipt of the delivery in `folder`."""
    return _RECEIPTS.decode((folder / _RECEIPT).read_bytes())


def parsed_in(folder: Path) -> Parsed:
    """Return the summary of a delivery that waits."""
    return _PARSED.decode((folder / SUMMARY).read_bytes())


def keep(data: Path, work: Path, receipt: Receipt) -> Receipt:
    """Make the folder in which a delivery was parsed the record of its arrival, and return the receipt with its number.

    Of a delivery that waits the parsed tables stay; of every other only the receipt and the quarantine.
    """
    base = home(data, receipt.feed)
    base.mkdir(parents=True, exist_ok=True)
    earlier = [int(path.name) for path in base.glob("[0-9]*")]
    receipt = msgspec.structs.replace(receipt, arrival=max(earlier, default=0) + 1)
    _thin(work, keep_tables=receipt.outcome in ("held", "parked"))
    (work / _RECEIPT).write_bytes(msgspec.json.encode(receipt))
    (work / _TEXT).write_text(as_text(receipt), encoding="utf-8")
    # What was accepted stands in its generation already; only what waits would be lost with its folder.
    place_whole(work, base / f"{receipt.arrival:06}", durable=receipt.outcome in ("held", "parked"))
    _prune(base)
    return receipt


def amend(arrival: Arrival, receipt: Receipt) -> None:
    """Replace the receipt of a delivery that waited and was judged again."""
    write_whole(arrival.folder / _TEXT, as_text(receipt).encode())
    write_whole(arrival.folder / _RECEIPT, msgspec.json.encode(receipt))
    if receipt.outcome not in ("held", "parked"):
        _thin(arrival.folder, keep_tables=False)


def resolve(arrival: Arrival, resolved: Resolved) -> None:
    """Say what became of a delivery; the tables of one that waited are no longer needed."""
    write_whole(arrival.folder / _RESOLVED, msgspec.json.encode(resolved))
    _thin(arrival.folder, keep_tables=False)


def _arrival(folder: Path) -> Arrival:
    receipt = receipt_in(folder)
    path = folder / _RESOLVED
    return Arrival(
        number=int(folder.name),
        folder=folder,
        outcome=receipt.outcome,
        sequence=receipt.sequence,
        as_of=receipt.as_of,
        content=receipt.content,
        generation=receipt.generation,
        counts=not any(finding.gate in ("feed", "sender", "sequence new") for finding in receipt.gates),
        resolved=_RULED.decode(path.read_bytes()) if path.exists() else None,
    )


def _thin(folder: Path, *, keep_tables: bool) -> None:
    wanted = {_RECEIPT, _TEXT, _RESOLVED, QUARANTINE, *(_TABLES if keep_tables else ())}
    for path in folder.iterdir():
        if path.is_dir():
            remove(path)
        elif path.name not in wanted:
            path.unlink()


def _prune(base: Path) -> None:
    """Forget the oldest deliveries beyond those kept, never one that waits; and what a kill left half removed."""
    for left in base.glob(".removed-*"):
        shutil.rmtree(left, ignore_errors=True)
    folders = sorted(path for path in base.glob("[0-9]*") if path.is_dir())
    for folder in folders[:-KEPT]:
        if not _arrival(folder).waits:
            remove(folder)
