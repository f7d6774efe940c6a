"""What is known of the next generation beside its rows, worked out from the delivery and from what stands."""

from __future__ import annotations

from typing import Final

import msgspec

from footprint.feeds.generations import Generation, Standing
from footprint.feeds.parsed import Parsed
from footprint.feeds.settlement import Settlement
from footprint.records import DutyContact

_RECENT: Final = 7


def standing_after(
    task: Settlement,
    current: Generation | None,
    number: int,
    records: int,
    involvements: int,
    *,
    only_adds: bool,
) -> Standing:
    """Return the standing of the generation that a delivery makes. What only adds, or came late, leaves it the day it has."""
    parsed, contract = task.parsed, task.contract
    before = current.standing if current else None
    sequence = task.sequence
    numbers = [known for known in (sequence, before.sequence if before else None) if known is not None]
    now = Standing(
        feed=task.feed,
        contract=contract.feed,
        partner=contract.partner_id(parsed.instance),
        name=parsed.name or contract.partner.name,
        sector=contract.partner.sector,
        duty=_duty(task),
        instance=parsed.instance,
        number=number,
        as_of=task.as_of,
        received_at=task.now,
        sequence=max(numbers, default=None),
        opened=before.opened if before else sequence,
        content=parsed.content,
        statistics=parsed.statistics,
        recent=_recent(before, parsed),
        records=records,
        involvements=involvements,
    )
    late = before is not None and task.as_of < before.as_of
    if before is None or not (only_adds or late):
        return now
    return msgspec.structs.replace(
        before, number=number, sequence=now.sequence, records=records, involvements=involvements
    )


def _duty(task: Settlement) -> DutyContact:
    said = {field: value for field, value in msgspec.structs.asdict(task.parsed.duty).items() if value}
    return msgspec.structs.replace(task.contract.partner.duty, **said)


def _recent(before: Standing | None, parsed: Parsed) -> dict[str, tuple[int, ...]]:
    past = before.recent if before else {}
    rows = parsed.statistics.rows
    return {table: (*past.get(table, ()), rows.get(table, 0))[-_RECENT:] for table in sorted({*past, *rows})}
