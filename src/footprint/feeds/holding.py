"""What a person does with deliveries afterwards: see which wait, release one, roll a feed back.

Each takes the feed's lock, tells the ledger before anything takes effect, and moves one pointer.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from footprint.feeds import arrivals, generations
from footprint.feeds.arrivals import Arrival, Resolved
from footprint.feeds.contract_reading import load_contracts
from footprint.feeds.durable import locked, scratch
from footprint.feeds.generations import Generation
from footprint.feeds.receipt import Receipt
from footprint.feeds.settlement import Change, OnChange, Settlement
from footprint.feeds.settling import settle
from footprint.feeds.stored import MERGING, connect


class NotPossibleError(ValueError):
    """What was asked for cannot be done as things stand; the message says why and what can be."""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery that waits for a person, or for the one before it, with its receipt."""

    feed: str
    arrival: int
    receipt: Receipt


def held(data: Path) -> list[Waiting]:
    """Return every delivery that waits, feed by feed, the oldest first."""
    base = data / "deliveries"
    feeds = (
        sorted(path.name for path in base.iterdir() if generations.is_feed_name(path.name))
        if base.is_dir()
        else []
    )
    return [
        Waiting(feed=feed, arrival=arrival.number, receipt=arrivals.receipt_in(arrival.folder))
        for feed in feeds
        for arrival in arrivals.history(data, feed)
        if arrival.waits
    ]


def release(
    data: Path,
    feed: str,
    *,
    by: str,
    reason: str,
    now: dt.datetime,
    arrival: int = 0,
    on_change: OnChange | None = None,
) -> list[Receipt]:
    """Take a delivery that waits as if no gate had held it, and after it those that it lets pass.

    `feed` has its instance (schools--3351234). `arrival` says which where several wait; else the oldest one that can be
    next. Raises NotPossibleError where none waits, ContractError where its contract cannot be read.
    """
    waiting = (
        [one for one in arrivals.history(data, feed) if one.waits] if generations.is_feed_name(feed) else []
    )
    chosen = _choose(waiting, feed, arrival)
    contract = load_contracts(data).get(feed.partition("--")[0])
    if contract is None:
        raise NotPossibleError(f"There is no contract for {feed}. Put it back before releasing.")
    with (
        scratch(data / "deliveries") as folder,
        connect(memory=MERGING, spill=folder / "spill") as engine,
    ):
        return settle(
            Settlement(
                data=data,
                contract=contract,
                parsed=arrivals.parsed_in(chosen.folder),
                folder=chosen.folder,
                now=now,
                engine=engine,
                on_change=on_change,
                waited=chosen,
                released=Resolved(how="released", by=by, reason=reason, at=now),
            )
        )


def _choose(waiting: list[Arrival], feed: str, number: int) -> Arrival:
    if number:
        waiting = [one for one in waiting if one.number == number]
    if not waiting:
        which = f"Delivery {number}" if number else "No delivery"
        raise NotPossibleError(f"{which} of {feed} waits. `footprint feeds held` lists those that do.")
    return min(waiting, key=lambda one: (one.sequence if one.sequence is not None else -1, one.number))


def rollback(
    data: Path, feed: str, *, by: str, reason: str, now: dt.datetime, on_change: OnChange | None = None
) -> Generation:
    """Make the generation before the current one stand again, and return it.

    Raises NotPossibleError where there is none. What was protected or erased since is not undone: that is an overlay's.
    """
    if not generations.is_feed_name(feed) or generations.current(data, feed) is None:
        raise NotPossibleError(f"{feed} has no data yet. `footprint feeds status` lists the feeds that have.")
    with locked(generations.home(data, feed) / ".lock"):
        before = generations.previous(data, feed)
        if before is None:
            raise NotPossibleError(f"{feed} has no earlier generation to return to.")
        recalled = generations.current(data, feed)
        if on_change:
            standing = before.standing
            on_change(
                Change(
                    kind="rolled back",
                    feed=feed,
                    generation=standing.number,
                    by=by,
                    reason=reason,
                    records=standing.records,
                )
            )
        generations.step_back(data, feed)
        for one in arrivals.history(data, feed):
            if (
                recalled
                and one.generation == recalled.standing.number
                and one.outcome in ("accepted", "held")
            ):
                arrivals.resolve(one, Resolved(how="rolled back", by=by, reason=reason, at=now))
        return before
