"""The log checked where it lies: its history by the verifier, and the copies that searches use against the entries.

A removed search row would hide a look-up from the person who asks "who looked at me?", and no proof would show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec

from footprint.ledger.database import Database
from footprint.ledger.heads import signed_notes
from footprint.ledger.leaf import read_leaf
from footprint.ledger.store import CHUNK, as_bytes, bodies, root_at, size
from footprint.ledger.verifier.history import check_history
from footprint.ledger.verifier.report import Report


def check_ledger(database: Database, heads: Sequence[str], keys: Sequence[str]) -> Report:
    """Check everything: entries, links, times, heads, stored tree and search columns.

    `heads` are signed notes from outside, above all the witnesses' own copies; the log's own kept heads are added when
    `keys` (verifier keys) are given to check them by.
    """
    own = signed_notes(database) if keys else iter(())
    with database.reading():
        end = size(database)
    report = check_history(bodies(database, 0, end), chain(own, heads), keys)
    with database.reading():
        try:
            stored = root_at(database, end)
        except KeyError:
            stored = b""
    if stored != report.root:
        report.fault("The stored tree is not that of the entries: proofs made from it are false.")
    for sentence in _index_faults(database, end):
        report.fault(sentence)
    return report


def _index_faults(database: Database, end: int) -> Iterator[str]:
    for first in range(0, end, CHUNK):
        last = min(first + CHUNK, end) - 1
        with database.reading():
            entries = database.rows(
                """SELECT sequence, event_id, time, kind, actor, partnership, case_reference, intent, action, body
                FROM ledger_entry WHERE sequence BETWEEN ? AND ?""",
                (first, last),
            )
            subjects: dict[int, set[str]] = {}
            for sequence, subject in database.rows(
                "SELECT sequence, subject_id FROM ledger_subject WHERE sequence BETWEEN ? AND ?",
                (first, last),
            ):
                subjects.setdefault(sequence, set()).add(subject)
        for *columns, body in entries:
            try:
                leaf = read_leaf(as_bytes(body))
            except msgspec.DecodeError:
                continue  # the history's own check has said so
            true = [
                leaf.sequence, leaf.event, leaf.time, leaf.kind, leaf.actor, leaf.partnership, leaf.case, leaf.intent,
                leaf.action,
            ]  # fmt: skip
            if columns != true:
                yield f"The search columns of entry {columns[0]} do not say what the entry says."
            if subjects.get(columns[0], set()) != set(leaf.concerned):
                yield f"Entry {columns[0]} is not found under just the people whom it concerns."
