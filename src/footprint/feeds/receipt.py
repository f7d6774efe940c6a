"""The receipt of a delivery: what came, what was kept, what was not and why. JSON for machines, a page for the partner.

It names lines, fields, codes and dates of casework; never a person.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

import msgspec

from footprint.feeds.parsed import FileRead
from footprint.feeds.reasons import Reason, Total

#: accepted: stands whole. held: what it adds is taken, the rest waits for a person. refused: nothing is taken.
#: parked: it came early, and waits for the one before it.
Outcome = Literal["accepted", "held", "refused", "parked"]
Verdict = Literal["hold", "park", "refuse"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What a gate found: its name, what must follow, and the sentence for the partner."""

    gate: str
    verdict: Verdict
    sentence: str


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What a delivery changed in the generation. `not_reported` stay as they were, with the day they were last reported."""

    records_added: int = 0
    records_changed: int = 0
    records_not_reported: int = 0
    involvements_added: int = 0
    involvements_not_reported: int = 0
    past_retention: int = 0


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The receipt. Rows in = kept + quarantined + outside the cohort; `set_aside` counts fields, in rows that live.

    `feed` names the feed with its instance; `arrival` numbers the deliveries of a feed as they came, 0 when nothing was
    stored; `generation` is the one that stands afterwards, 0 if none. `repeat` marks content that stood already.
    """

    feed: str
    outcome: Outcome
    sentence: str
    received_at: dt.datetime
    partner: str = ""
    arrival: int = 0
    sequence: int | None = None
    as_of: dt.date | None = None
    generation: int = 0
    repeat: bool = False
    rows_in: int = 0
    kept: int = 0
    quarantined: int = 0
    outside_cohort: int = 0
    set_aside: int = 0
    expired: int = 0
    records: int = 0
    involvements: int = 0
    changes: Changes = Changes()
    content: str = ""
    files: tuple[FileRead, ...] = ()
    gates: tuple[Finding, ...] = ()
    reasons: tuple[Reason, ...] = ()
    totals: tuple[Total, ...] = ()


_KINDS: Final = {
    "file": "About the files",
    "not taken": "Not in the contract, not taken",
    "quarantined": "Rows that could not be used",
    "set aside": "Fields set aside; the rest of the row is kept",
    "noted": "Noted; taken all the same",
}


def as_text(receipt: Receipt) -> str:
    """Return the receipt as a page of plain text, for an e-mail or a terminal."""
    day = receipt.as_of.isoformat() if receipt.as_of else "not said"
    number = f", number {receipt.sequence}" if receipt.sequence is not None else ""
    older = f", {receipt.expired:,} older than the retention" if receipt.expired else ""
    lines = [
        f"{receipt.feed}: {receipt.outcome}. {receipt.sentence}",
        f"Received {receipt.received_at:%d %B %Y %H:%M}, data as of {day}{number}.",
        "",
        _rows(receipt),
        f"Records {receipt.records:,}, involvements {receipt.involvements:,}{older}.",
        *(f"* {finding.gate}: {finding.sentence}" for finding in receipt.gates),
    ]
    for kind, title in _KINDS.items():
        lines += _section(receipt, kind, title)
    return "\n".join(lines) + "\n"


def _rows(receipt: Receipt) -> str:
    kept = f"kept {receipt.kept:,}, quarantined {receipt.quarantined:,}, outside the cohort {receipt.outside_cohort:,}"
    return f"Rows in {receipt.rows_in:,}: {kept}. Fields set aside {receipt.set_aside:,}."


def _section(receipt: Receipt, kind: str, title: str) -> list[str]:
    totals = [total for total in receipt.totals if total.kind == kind]
    # A delivery that is refused before it is counted has reasons and no totals.
    loose = [reason for reason in receipt.reasons if reason.kind == kind] if not receipt.totals else []
    if not (totals or loose):
        return []
    lines = ["", f"{title}:"]
    for total in totals:
        places = [
            str(reason.line)
            for reason in receipt.reasons
            if (reason.kind, reason.file, reason.field, reason.reason)
            == (kind, total.file, total.field, total.reason)
            and reason.line
        ]
        more = ", ..." if total.count > len(places) and places else ""
        where = f" (line {', '.join(places)}{more})" if places else ""
        field = f" {total.field}:" if total.field else ""
        lines.append(f"  {total.count:>6,} x {total.file}:{field} {total.reason}{where}")
    lines += [
        f"  {reason.file}:{f' line {reason.line}:' if reason.line else ''} {reason.reason}"
        for reason in loose
    ]
    return lines


def as_check(receipt: Receipt) -> dict[str, object]:
    """Return what `feeds check` prints: outcome, counts, and each reason with its place."""
    return {
        "outcome": receipt.outcome,
        "rows_in": receipt.rows_in,
        "kept": receipt.kept,
        "quarantined": receipt.quarantined,
        "reasons": [
            {
                "line": reason.line,
                "field": reason.field,
                "reason": reason.reason,
                "file": reason.file,
                "kind": reason.kind,
            }
            for reason in receipt.reasons
        ]
        + [
            {"line": 0, "field": finding.gate, "reason": finding.sentence, "file": "", "kind": "gate"}
            for finding in receipt.gates
        ],
        "feed": receipt.feed,
        "sentence": receipt.sentence,
        "outside_cohort": receipt.outside_cohort,
        "set_aside": receipt.set_aside,
    }
