"""A whole history, first entry to last: recompute everything from the entries' own bytes, and hold it to signed heads.

One signed head that an outsider kept is enough to show every change, removal, insertion or move before it, even one by
somebody who rebuilt the whole log afterwards. What it cannot show is a lie that was told when the entry was written.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from .heads import Head, check_head
from .report import Report
from .tree import Frontier, leaf_hash

VERSION = 1
STEP_BACK = dt.timedelta(
    seconds=2
)  # the clocks of several machines differ by less; more is a clock that was set back

NO_INTENT, INTENT, ANSWERED = 0, 1, 2


def canonical(value: dict[str, Any]) -> bytes:
    """Return the one permitted spelling: UTF-8 JSON, keys sorted, no spaces, only what must be escaped is escaped."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def read_time(text: str) -> dt.datetime:
    """Return the UTC time of an entry. The one form is 2026-11-23T07:15:00.000000Z; ValueError for any other."""
    if len(text) != 27 or not text.endswith("Z"):
        raise ValueError(text)
    return dt.datetime.fromisoformat(text)


def check_history(bodies: Iterable[bytes], heads: Iterable[str] = (), keys: Sequence[str] = ()) -> Report:
    """Check the entries' bytes, first to last, against signed notes `heads` by the verifier keys `keys`."""
    report = Report()
    expected = _expected(report, heads, keys)
    rules, tree = _Rules(report), Frontier()
    vouched = _vouched(report, expected, tree, 0)
    for position, body in enumerate(bodies):
        rules.check(position, body)
        tree.append(leaf_hash(body))
        vouched = _vouched(report, expected, tree, vouched)
    report.entries, report.root = tree.size, tree.root()
    for size in sorted(size for size in expected if size > tree.size):
        report.fault(
            f"A head was signed over {size} entries, but {size - tree.size} of them are gone from the end."
        )
    unanswered = rules.links.count(INTENT)
    if unanswered:
        report.remarks.append(
            f"{unanswered} look-up(s) have an intent and no outcome: no answer left for them."
        )
    return report


def _expected(report: Report, heads: Iterable[str], keys: Sequence[str]) -> dict[int, set[Head]]:
    """Return what was signed, by size, and say in the report who signed how far."""
    expected: dict[int, set[Head]] = {}
    reach: dict[str, int] = {}
    for head, signers in filter(None, (check_head(report, note, keys) for note in heads)):
        expected.setdefault(head.size, set()).add(head)
        reach.update({signer: max(head.size, reach.get(signer, 0)) for signer in signers})
    report.remarks += [f"{signer} signed a head of {size} entries." for signer, size in sorted(reach.items())]
    return expected


def _vouched(report: Report, expected: dict[int, set[Head]], tree: Frontier, vouched: int) -> int:
    """Hold the tree to the heads of its size, if any; return the size up to which all is as it was signed."""
    heads = expected.get(tree.size)
    if not heads:
        return vouched
    root = tree.root()
    if all(head.root == root for head in heads):
        return tree.size
    report.fault(
        f"The first {tree.size} entries are not those that were signed: after the first {vouched},"
        " one was changed, added, removed or moved."
    )
    return vouched


class _Rules:
    """What must hold between an entry and those before it. Keeps one byte an entry, for the links."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.links = bytearray()
        self.time: dt.datetime | None = None
        self.boot, self.uptime = "", 0

    def check(self, position: int, body: bytes) -> None:
        self.links.append(NO_INTENT)
        try:
            entry = json.loads(body)
            if canonical(entry) != body or entry["version"] != VERSION:
                self.report.fault(
                    f"Entry {position} is not in the one permitted spelling of version {VERSION}."
                )
            self._order(position, entry)
            self._link(position, entry)
        except (ValueError, TypeError, KeyError, RecursionError):
            self.report.fault(f"Entry {position} cannot be read as an entry.")

    def _order(self, position: int, entry: dict[str, Any]) -> None:
        if type(entry["sequence"]) is not int or entry["sequence"] != position:
            self.report.fault(
                f"Entry {position} calls itself {entry['sequence']}: one was added, removed or moved."
            )
        time, boot, uptime = read_time(entry["time"]), entry["boot"], entry["uptime_ms"]
        corrected = entry["kind"] == "change" and entry["action"] == "clock-corrected"
        if self.time and time < self.time - STEP_BACK and not corrected:
            self.report.fault(f"Entry {position} is dated before the entry that it follows.")
        if boot == self.boot and uptime < self.uptime - STEP_BACK / dt.timedelta(milliseconds=1):
            self.report.fault(
                f"Entry {position} is older, by its machine's own clock, than the entry that it follows."
            )
        self.time, self.boot, self.uptime = time, boot, uptime

    def _link(self, position: int, entry: dict[str, Any]) -> None:
        if entry["kind"] == "intent":
            self.links[position] = INTENT
        intent = entry["intent"]
        if intent is None and entry["kind"] != "outcome":
            return
        if not (type(intent) is int and 0 <= intent < position and self.links[intent]):
            self.report.fault(f"Entry {position} names no intent that came before it.")
        elif entry["kind"] == "outcome":
            self.links[intent] = ANSWERED
