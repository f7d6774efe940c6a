"""A parsed delivery settled: judged by the gates, merged as far as it proved sound, and recorded with its receipt.

The order of the steps is what makes a kill harmless: build out of sight, tell the ledger, swap one pointer, then record
the arrival. Killed before the swap the old generation stands whole, after it the new one does.
"""

from __future__ import annotations

from typing import Final

import msgspec

from footprint.feeds import arrivals, generations
from footprint.feeds.arrivals import Arrival, Resolved
from footprint.feeds.durable import locked
from footprint.feeds.gates import Facts, additions_are_sound, judge
from footprint.feeds.generations import Generation, Standing
from footprint.feeds.merging import Merge, merge, overlap
from footprint.feeds.numbering import numbers, rolled_back
from footprint.feeds.receipt import Finding, Outcome, Receipt, Verdict
from footprint.feeds.reporting import receipt_for, sentence_for
from footprint.feeds.settlement import Change, Settlement
from footprint.feeds.succession import standing_after
from footprint.records.window import months_before

_OUTCOMES: Final[dict[Verdict, Outcome]] = {"refuse": "refused", "park": "parked", "hold": "held"}


def settle(task: Settlement) -> list[Receipt]:
    """Settle a delivery, and after it every parked one that it lets pass. Takes the feed's lock."""
    if task.parsed.refused and not task.names_its_feed:
        return [receipt_for(task, "refused", [], None)]
    with locked(generations.home(task.data, task.feed) / ".lock"):
        generations.sweep(task.data, task.feed)
        receipts = [_settle(task)]
        receipts += _let_parked_follow(task)
    return receipts


def preview(task: Settlement) -> Receipt:
    """Return the receipt that a delivery would get, touching nothing."""
    current = generations.current(task.data, task.feed) if task.names_its_feed else None
    if task.parsed.refused:
        return receipt_for(task, "refused", [], current)
    findings = judge(_facts(task, current, arrivals.history(task.data, task.feed)))
    return receipt_for(task, _outcome(findings), findings, current)


def _settle(task: Settlement) -> Receipt:
    current = generations.current(task.data, task.feed)
    if task.parsed.refused:
        return _record(task, receipt_for(task, "refused", [], current))
    history = arrivals.history(task.data, task.feed)
    if not task.waited and (repeated := _repeat(task, current, history)):
        return repeated
    findings = judge(_facts(task, current, history))
    if task.released:
        # Its number was given to it when it came; what a person released, no gate holds.
        findings = [one for one in findings if one.verdict == "refuse" and one.gate != "sequence new"]
    outcome = _outcome(findings)
    if outcome in ("refused", "parked"):
        return _record(task, receipt_for(task, outcome, findings, current))
    if outcome == "held" and not additions_are_sound(findings):
        return _record(task, receipt_for(task, outcome, findings, current))
    receipt = _take(task, receipt_for(task, outcome, findings, current), current)
    if outcome == "accepted":
        _supersede(task, history)
    return receipt


def _facts(task: Settlement, current: Generation | None, history: list[Arrival]) -> Facts:
    given = numbers(current, [arrival for arrival in history if arrival != task.waited])
    return Facts(
        contract=task.contract,
        parsed=task.parsed,
        standing=current.standing if current else None,
        overlap=overlap(current, task.folder, task.engine),
        now=task.now,
        taken=max(given.seen, default=None),
        spoken_for=given.spoken_for,
        seen=given.seen,
    )


def _outcome(findings: list[Finding]) -> Outcome:
    return _OUTCOMES[findings[0].verdict] if findings else "accepted"


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
        same = arrival.content == task.parsed.content and arrival.as_of == task.parsed.as_of
        if same and arrival.waits:
            return _repeated(
                task, arrival.outcome, "The same content waits already: nothing changed.", current, history
            )
        known = same and arrival.sequence == task.sequence and arrival.outcome == "accepted"
        if known and task.sequence is not None and not rolled_back(arrival, current):
            return _repeated(
                task, "accepted", "The same delivery was taken before: nothing changed.", current, history
            )
    return None


def _repeated(
    task: Settlement, outcome: Outcome, sentence: str, current: Generation | None, history: list[Arrival]
) -> Receipt:
    receipt = msgspec.structs.replace(receipt_for(task, outcome, [], current), repeat=True, sentence=sentence)
    taken = max(numbers(current, history).seen, default=0)
    if outcome == "accepted" and receipt.sequence is not None and receipt.sequence > taken:
        return arrivals.keep(task.data, task.folder, receipt)  # or its number would be missed tomorrow
    return receipt


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
    standing = standing_after(task, current, number, records, involvements, only_adds=only_adds)
    receipt = msgspec.structs.replace(
        receipt, generation=number, changes=changes, sentence=sentence_for(receipt.outcome, changes)
    )
    _announce(task, "released" if task.released else receipt.outcome, standing)
    generations.swap_in(task.data, built, standing, receipt)
    return _record(task, receipt)


def _announce(task: Settlement, kind: str, standing: Standing) -> None:
    if task.on_change:
        by, reason = (task.released.by, task.released.reason) if task.released else ("", "")
        task.on_change(
            Change(
                kind=kind,
                feed=task.feed,
                generation=standing.number,
                by=by,
                reason=reason,
                records=standing.records,
                content=task.parsed.content,
            )
        )


def _supersede(task: Settlement, history: list[Arrival]) -> None:
    """A whole extract that is accepted makes the held ones before it past: what they would have said is said again."""
    for arrival in history:
        earlier = arrival.as_of is None or arrival.as_of <= task.as_of
        if arrival.waits and arrival.outcome == "held" and arrival != task.waited and earlier:
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
