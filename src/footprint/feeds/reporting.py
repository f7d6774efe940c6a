"""The receipt of a delivery, made from what was read and what the gates found."""

from __future__ import annotations

from typing import Final

from footprint.feeds.generations import Generation
from footprint.feeds.receipt import Changes, Finding, Outcome, Receipt
from footprint.feeds.settlement import Settlement

_SENTENCES: Final[dict[Outcome, str]] = {
    "accepted": "It stands whole.",
    "held": "Nothing that was known is removed or changed.",
    "refused": "Nothing of it was taken, and nothing that stands was touched.",
    "parked": "It came early and waits.",
}


def sentence_for(outcome: Outcome, changes: Changes) -> str:
    """Return what a delivery came to, in one sentence."""
    if outcome != "held":
        return _SENTENCES[outcome]
    records, facts = changes.records_added, changes.involvements_added
    return f"{_SENTENCES[outcome]} Taken: {records:,} unseen records, {facts:,} unseen involvements. The rest waits for a person."


def receipt_for(
    task: Settlement, outcome: Outcome, findings: list[Finding], current: Generation | None
) -> Receipt:
    """Return the receipt of a delivery as it is judged, before anything of it is taken."""
    parsed = task.parsed
    waits = " It waits for a person." if outcome == "held" else ""
    said = parsed.refused or f"{_SENTENCES[outcome]}{waits}"
    return Receipt(
        feed=task.feed if task.names_its_feed else task.contract.feed,
        outcome=outcome,
        sentence=said,
        received_at=task.now,
        partner=task.contract.partner_id(parsed.instance),
        sequence=task.sequence,
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
