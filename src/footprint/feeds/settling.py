"""A parsed delivery settled: judged by the gates, merged as far as it proved sound, and recorded with its receipt.

The order of the steps is what makes a kill harmless: build out of sight, tell the ledger, swap one pointer, then record
the arrival. Killed before the swap the old generation stands whole, after it the new one does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from footprint.feeds import arrivals, generations
from footprint.feeds.arrivals import Arrival, Resolved
from footprint.feeds.contract import Contract
from footprint.feeds.durable import locked
from footprint.feeds.gates import Facts, additions_are_sound, judge
from footprint.feeds.generations import Generation, Standing
from footprint.feeds.merging import Merge, merge, overlap
from footprint.feeds.parsed import Parsed
from footprint.feeds.receipt import Changes, Finding, Outcome, Receipt
from footprint.feeds.stored import Engine
from footprint.records import DutyContact
from footprint.records.window import months_before

_RECENT: Final = 7
_SENTENCES: Final[dict[Outcome, str]] = {
    "accepted": "It stands whole.",
    "held": "Nothing that was known is removed or changed.",
    "refused": "Nothing of it was taken, and nothing that stands was touched.",
    "parked": "It came early and waits.",
}


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


def settle(task: Settlement) -> list[Receipt]:
    """Settle a delivery, and after it every parked one that it lets pass. Takes the feed's lock."""
    if task.parsed.refused and not _names_its_feed(task):
        return [_receipt(task, "refused", [], None)]
    with locked(generations.home(task.data, task.feed) / ".lock"):
        generations.sweep(task.data, task.feed)
        receipts = [_settle(task)]
        receipts += _let_parked_follow(task)
    return receipts


def preview(task: Settlement) -> Receipt:
    """Return the receipt that a delivery would get, touching nothing."""
    current = generations.current(task.data, task.feed) if _names_its_feed(task) else None
    if task.parsed.refused:
        return _receipt(task, "refused", [], current)
    findings = judge(_facts(task, current, arrivals.history(task.data, task.feed)))
    return _receipt(task, _outcome(findings), findings, current)


def _names_its_feed(task: Settlement) -> bool:
    """Say whether we know whose delivery it is: a school's file that cannot be read names no school."""
    return bool(task.parsed.instance) or not task.contract.instances


def _settle(task: Settlement) -> Receipt:
    current = generations.current(task.data, task.feed)
    if task.parsed.refused:
        return _record(task, _receipt(task, "refused", [], current))
    history = arrivals.history(task.data, task.feed)
    if not task.waited and (repeated := _repeat(task, current, history)):
        return repeated
    findings = judge(_facts(task, current, history))
    if task.released:
        # Its number was given to it when it came; what a person released, no gate holds.
        findings = [one for one in findings if one.verdict == "refuse" and one.gate != "sequence new"]
    outcome = _outcome(findings)
    if outcome in ("refused", "parked"):
        return _record(task, _receipt(task, outcome, findings, current))
    if outcome == "held" and not (additions_are_sound(findings) and _adds(task, current)):
        return _record(task, _receipt(task, outcome, findings, current))
    receipt = _take(task, _receipt(task, outcome, findings, current), current)
    if outcome == "accepted":
        _supersede(task, history)
    return receipt


def _facts(task: Settlement, current: Generation | None, history: list[Arrival]) -> Facts:
    taken, spoken_for = _sequences(current, [arrival for arrival in history if arrival != task.waited])
    return Facts(
        contract=task.contract,
        parsed=task.parsed,
        standing=current.standing if current else None,
        overlap=overlap(current, task.folder, task.engine),
        now=task.now,
        taken=taken,
        spoken_for=spoken_for,
    )


def _sequences(current: Generation | None, history: list[Arrival]) -> tuple[int | None, frozenset[int]]:
    """Return the highest number taken, and the numbers that were refused or rolled back and so leave no gap."""
    taken: set[int] = set()
    spoken: set[int] = set()
    if current and current.standing.sequence is not None:
        taken.add(current.standing.sequence)
    for arrival in history:
        if arrival.sequence is None or not arrival.counts or arrival.outcome == "parked":
            continue
        rolled_back = arrival.resolved is not None and arrival.resolved.how == "rolled back"
        # A kill between the pointer and the note leaves the number of a generation that does not stand.
        back = rolled_back or (current is not None and arrival.generation > current.standing.number)
        (spoken if back or arrival.outcome == "refused" else taken).add(arrival.sequence)
    return max(taken, default=None), frozenset(spoken)


def _outcome(findings: list[Finding]) -> Outcome:
    verdicts: dict[str, Outcome] = {"refuse": "refused", "park": "parked", "hold": "held"}
    return verdicts[findings[0].verdict] if findings else "accepted"


def _repeat(task: Settlement, current: Generation | None, history: list[Arrival]) -> Receipt | None:
    """Return a receipt where the very same content stands or waits already: a no-op, whatever the bytes were."""
    same_day = task.parsed.as_of is None or (
        current is not None and current.standing.as_of == task.parsed.as_of
    )
    if current and same_day and current.standing.content == task.parsed.content:
        return _repeated(
            task, "accepted", "The same content stands already: nothing changed.", current, history
        )
    for arrival in history:
        if arrival.waits and arrival.content == task.parsed.content and arrival.as_of == task.parsed.as_of:
            return _repeated(
                task, arrival.outcome, "The same content waits already: nothing changed.", current, history
            )
    return None


def _repeated(
    task: Settlement, outcome: Outcome, sentence: str, current: Generation | None, history: list[Arrival]
) -> Receipt:
    receipt = msgspec.structs.replace(_receipt(task, outcome, [], current), repeat=True, sentence=sentence)
    taken, _ = _sequences(current, history)
    if outcome == "accepted" and receipt.sequence is not None and receipt.sequence > (taken or 0):
        return arrivals.keep(task.data, task.folder, receipt)  # or its number would be missed tomorrow
    return receipt


def _adds(task: Settlement, current: Generation | None) -> bool:
    if current is None:
        return True
    return task.parsed.records > 0 or task.parsed.involvements > 0


def _take(task: Settlement, receipt: Receipt, current: Generation | None) -> Receipt:
    """Build the next generation, tell the ledger, swap it in, and record the arrival."""
    only_adds = receipt.outcome == "held"
    built = generations.start_building(task.data, task.feed)
    changes, records, involvements = merge(
        Merge(
            old=current,
            parsed=task.folder,
            target=built,
            as_of=task.as_of,
            kept_from=months_before(task.as_of, task.contract.retention_months),
            additions_only=only_adds,
        ),
        task.engine,
    )
    if only_adds and not (changes.records_added or changes.involvements_added):
        return _record(task, receipt)
    number = generations.next_number(task.data, task.feed)
    standing = _standing(task, current, number, records, involvements, only_adds=only_adds)
    receipt = msgspec.structs.replace(
        receipt, generation=number, changes=changes, sentence=_sentence(receipt.outcome, changes)
    )
    _announce(task, "released" if task.released else receipt.outcome, standing)
    generations.swap_in(task.data, built, standing, receipt)
    return _record(task, receipt)


def _announce(task: Settlement, kind: str, standing: Standing) -> None:
    if task.on_change:
        released = task.released
        task.on_change(
            Change(
                kind=kind,
                feed=task.feed,
                generation=standing.number,
                by=released.by if released else "",
                reason=released.reason if released else "",
                records=standing.records,
                content=task.parsed.content,
            )
        )


def _standing(
    task: Settlement,
    current: Generation | None,
    number: int,
    records: int,
    involvements: int,
    *,
    only_adds: bool,
) -> Standing:
    parsed, contract = task.parsed, task.contract
    before = current.standing if current else None
    sequence = parsed.manifest.sequence if parsed.manifest else None
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
        content=parsed.content,
        statistics=parsed.statistics,
        recent=_recent(before, parsed),
        records=records,
        involvements=involvements,
    )
    if not (only_adds and before):
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


def _supersede(task: Settlement, history: list[Arrival]) -> None:
    """A whole extract that is accepted makes the held ones before it past: what they would have said is said again."""
    for arrival in history:
        if arrival.waits and arrival.outcome == "held" and arrival != task.waited:
            arrivals.resolve(
                arrival, Resolved(how="superseded", by="", reason="A later delivery stands.", at=task.now)
            )


def _record(task: Settlement, receipt: Receipt) -> Receipt:
    if task.waited is None:
        return arrivals.keep(task.data, task.folder, receipt)
    receipt = msgspec.structs.replace(receipt, arrival=task.waited.number)
    arrivals.amend(task.waited, receipt)
    if task.released:
        arrivals.resolve(task.waited, task.released)
    return receipt


def _let_parked_follow(task: Settlement) -> list[Receipt]:
    """Settle parked deliveries for as long as one of them is the next."""
    receipts: list[Receipt] = []
    while True:
        history = arrivals.history(task.data, task.feed)
        parked = [arrival for arrival in history if arrival.waits and arrival.outcome == "parked"]
        for arrival in sorted(parked, key=lambda arrival: arrival.sequence or 0):
            again = msgspec.structs.replace(
                task,
                parsed=arrivals.parsed_in(arrival.folder),
                folder=arrival.folder,
                waited=arrival,
                released=None,
            )
            current = generations.current(task.data, task.feed)
            if not any(finding.verdict == "park" for finding in judge(_facts(again, current, history))):
                receipts.append(_settle(again))
                break
        else:
            return receipts


def _sentence(outcome: Outcome, changes: Changes) -> str:
    if outcome != "held":
        return _SENTENCES[outcome]
    added = (
        f"{changes.records_added:,} new records and {changes.involvements_added:,} new involvements are taken"
    )
    return f"{_SENTENCES[outcome]} {added}; the rest waits for a person."


def _receipt(
    task: Settlement, outcome: Outcome, findings: list[Finding], current: Generation | None
) -> Receipt:
    parsed = task.parsed
    waits = " It waits for a person." if outcome == "held" else ""
    said = parsed.refused or f"{_SENTENCES[outcome]}{waits}"
    return Receipt(
        feed=task.feed if _names_its_feed(task) else task.contract.feed,
        outcome=outcome,
        sentence=said,
        received_at=task.now,
        partner=task.contract.partner_id(parsed.instance),
        sequence=parsed.manifest.sequence if parsed.manifest else None,
        as_of=parsed.as_of,
        generation=current.standing.number if current else 0,
        rows_in=parsed.rows_in,
        kept=parsed.kept if outcome != "refused" else 0,
        quarantined=parsed.quarantined,
        outside_cohort=parsed.outside_cohort,
        set_aside=parsed.set_aside,
        expired=parsed.expired,
        records=parsed.records,
        involvements=parsed.involvements,
        content=parsed.content,
        files=parsed.files,
        gates=tuple(findings),
        reasons=parsed.reasons,
        totals=parsed.totals,
    )
