"""How fresh each feed is: when its next delivery was due, and from when on what stands is late, stale, or an alarm.

The hours of a contract count from the hour of delivery on the day of the data. Days on which nothing is delivered (a
weekend, for a feed of working days) count for nothing.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import msgspec

from footprint.calendars import LONDON, next_working_day
from footprint.feeds import arrivals
from footprint.feeds.contract import INSTANCE, Cadence, Contract
from footprint.feeds.contract_reading import load_contracts
from footprint.feeds.generations import Standing, current_generations
from footprint.feeds.receipt import Outcome
from footprint.records.published import FeedState

_DAY: Final = dt.timedelta(days=1)
#: A school year has three terms; their dates are each authority's own.
_TERM: Final = dt.timedelta(days=122)


class Moments(msgspec.Struct, frozen=True):
    """When the next delivery is due (late from then on), and when what stands is stale and when it is a cause for alarm."""

    due: dt.datetime
    stale: dt.datetime
    alarm: dt.datetime


class FeedStatus(msgspec.Struct, frozen=True, kw_only=True):
    """One feed as it stands. `state` is fresh, late, stale or unconnected; `waiting` counts held and parked deliveries.

    `title` and `every` are the contract's: what the feed is, and how often it comes.
    """

    feed: str
    partner: str
    name: str
    state: str
    title: str = ""
    every: str = ""
    alarm: bool = False
    as_of: dt.date | None = None
    received_at: dt.datetime | None = None
    due: dt.datetime | None = None
    last_outcome: Outcome | None = None
    last_received_at: dt.datetime | None = None
    generation: int = 0
    records: int = 0
    involvements: int = 0
    waiting: int = 0


def moments(as_of: dt.date, cadence: Cadence) -> Moments:
    """Return from when on data of the day `as_of` is late, stale and alarming."""
    due = dt.datetime.combine(_next_day(as_of, cadence), cadence.expected_by, tzinfo=LONDON)
    return Moments(
        due=due,
        stale=due + dt.timedelta(hours=cadence.stale_after_hours) - _DAY,
        alarm=due + dt.timedelta(hours=cadence.alarm_after_hours) - _DAY,
    )


def _next_day(day: dt.date, cadence: Cadence) -> dt.date:
    if cadence.every == "working-day":
        return next_working_day(day)
    if cadence.every == "day":
        return day + _DAY
    if cadence.every == "term":
        return day + _TERM
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)


def feed_states(data: Path) -> list[FeedState]:
    """Return every feed that delivered, and every contract under which nobody did, as a snapshot carries them."""
    contracts = load_contracts(data)
    delivering = [one.standing for one in current_generations(data)]
    connected = {standing.contract for standing in delivering}
    return [_state(standing, contracts.get(standing.contract)) for standing in delivering] + [
        _unconnected(contract) for name, contract in sorted(contracts.items()) if name not in connected
    ]


def partners_of_one_number(data: Path) -> frozenset[str]:
    """Return the partners whose contract says that they give each person one number."""
    contracts = load_contracts(data)
    return frozenset(
        standing.partner
        for standing in (one.standing for one in current_generations(data))
        if (contract := contracts.get(standing.contract)) and contract.one_number_each
    )


def status(data: Path, now: dt.datetime) -> list[FeedStatus]:
    """Return how every feed stands at `now` (aware), those under a contract that never delivered included."""
    contracts = load_contracts(data)
    standing = {one.standing.feed: one.standing for one in current_generations(data)}
    return [_status(data, state, standing.get(state.feed), contracts, now) for state in feed_states(data)]


def _state(standing: Standing, contract: Contract | None) -> FeedState:
    """Return a feed's state; one whose contract was taken away is stale from the day of its data."""
    when = moments(standing.as_of, contract.cadence) if contract else None
    since = dt.datetime.combine(standing.as_of, dt.time(), tzinfo=LONDON)
    return FeedState(
        feed=standing.feed,
        partner=standing.partner,
        name=standing.name,
        sector=standing.sector,
        duty=standing.duty,
        as_of=standing.as_of.isoformat(),
        received_at=standing.received_at.isoformat(timespec="seconds"),
        late_from=(when.due if when else since).isoformat(),
        stale_from=(when.stale if when else since).isoformat(),
        title=contract.title if contract else "",
        every=contract.cadence.every if contract else "",
    )


def _unconnected(contract: Contract) -> FeedState:
    partner = contract.partner
    return FeedState(
        feed=contract.feed,
        partner=partner.id.replace(INSTANCE, "").strip("-"),
        name=partner.name,
        sector=partner.sector,
        duty=partner.duty,
        title=contract.title,
        every=contract.cadence.every,
    )


def _status(
    data: Path, state: FeedState, standing: Standing | None, contracts: dict[str, Contract], now: dt.datetime
) -> FeedStatus:
    history = arrivals.history(data, state.feed)
    last = arrivals.receipt_in(history[-1].folder) if history else None
    status = FeedStatus(
        feed=state.feed,
        partner=state.partner,
        name=state.name,
        state=state.condition(now),
        title=state.title,
        every=state.every,
        last_outcome=last.outcome if last else None,
        last_received_at=last.received_at if last else None,
        waiting=sum(arrival.waits for arrival in history),
    )
    if standing is None:
        return status
    contract = contracts.get(standing.contract)
    when = moments(standing.as_of, contract.cadence) if contract else None
    return msgspec.structs.replace(
        status,
        alarm=bool(when and now >= when.alarm),
        as_of=standing.as_of,
        received_at=standing.received_at,
        due=when.due if when else None,
        generation=standing.number,
        records=standing.records,
        involvements=standing.involvements,
    )
