"""Every feed of the partnership as it stands, connected or not, for the snapshot that is about to be published."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from footprint.feeds.contract import Cadence, Contract
    from footprint.feeds.generations import Standing
    from footprint.records.published import FeedState

HERE: Final = ZoneInfo("Europe/London")
_SATURDAY: Final = 5


def feed_states(data: Path) -> list[FeedState]:
    """Return the state of every feed that delivered, and of every contract under which none did."""
    from footprint.feeds.contract_reading import load_contracts
    from footprint.feeds.generations import current_generations

    contracts = load_contracts(data)
    standing = [one.standing for one in current_generations(data)]
    silent = [
        contract for name, contract in contracts.items() if name not in {one.contract for one in standing}
    ]
    return [_delivering(one, contracts[one.contract]) for one in standing] + [
        _silent(contract) for contract in silent if not contract.instances
    ]


def _delivering(one: Standing, contract: Contract) -> FeedState:
    from footprint.records.published import FeedState

    late, stale = _ages(one.as_of, contract.cadence)
    return FeedState(
        feed=one.feed,
        partner=one.partner,
        name=one.name,
        sector=one.sector,
        duty=one.duty,
        as_of=one.as_of.isoformat(),
        received_at=one.received_at.isoformat(timespec="seconds"),
        late_from=late.isoformat(),
        stale_from=stale.isoformat(),
    )


def _silent(contract: Contract) -> FeedState:
    from footprint.records.published import FeedState

    partner = contract.partner
    return FeedState(
        feed=contract.feed, partner=partner.id, name=partner.name, sector=partner.sector, duty=partner.duty
    )


def _ages(as_of: dt.date, cadence: Cadence) -> tuple[dt.datetime, dt.datetime]:
    """When the next delivery is overdue, and when this one is too old to rely on."""
    due = dt.datetime.combine(as_of, cadence.expected_by, tzinfo=HERE)
    stale = due + dt.timedelta(hours=cadence.stale_after_hours)
    if cadence.every not in {"day", "working-day"}:
        return stale, stale
    following = due + dt.timedelta(days=1)
    while cadence.every == "working-day" and following.weekday() >= _SATURDAY:
        following += dt.timedelta(days=1)
    return following + dt.timedelta(hours=1), max(stale, following + dt.timedelta(hours=2))
