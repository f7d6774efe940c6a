"""Entries in their tables: appended in order under one lock, with the tree's new nodes, and read back.

Must not know who may read: it returns what it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from footprint.ledger import data_keys
from footprint.ledger.clock import Clock, Reading
from footprint.ledger.database import Database
from footprint.ledger.envelope import fingerprint, seal
from footprint.ledger.errors import EntryInvalid, LedgerUnavailable
from footprint.ledger.events import Event
from footprint.ledger.keys import KeyRing
from footprint.ledger.leaf import Leaf, Sealed, leaf_of, write_leaf
from footprint.ledger.proofs import Tile, tiles
from footprint.ledger.verifier.history import STEP_BACK, read_time
from footprint.ledger.verifier.packs import receipt_number
from footprint.ledger.verifier.tree import Frontier, fold, leaf_hash

TERMS: Final = "terms"  # the name under which what was typed is sealed
CHUNK: Final = 1_000


class Receipt(msgspec.Struct, frozen=True):
    """Proof for the person who asked: the entry's number, its leaf hash, and both in short for a page."""

    sequence: int
    leaf_hash: bytes
    number: str


def append(
    database: Database, ring: KeyRing, clock: Clock, events: Sequence[Event], *, join: bool = False
) -> list[Receipt]:
    """Enter checked events, all or none, and return their receipts. Durable on return, or with `join` once committed.

    Raises EntryInvalid for a link to no intent, LedgerUnavailable when the clock was set back; the database's own
    errors pass through.
    """
    with database.writing(join=join):
        tree, last = _tail(database)
        hashing_key = data_keys.key_of(database, ring, data_keys.FINGERPRINT_OWNER).key
        leaves: list[Leaf] = []
        nodes: list[tuple[int, bytes]] = []
        bodies: list[bytes] = []
        for event in events:
            _check_link(database, event, leaves, tree.size)
            reading = clock()
            last = _later(last, reading, event)
            query = fingerprint(hashing_key, event.terms) if event.terms else None
            leaf = leaf_of(event, tree.size, reading, query, _sealed(database, ring, event))
            leaves.append(leaf)
            bodies.append(write_leaf(leaf))
            closed = tree.append(leaf_hash(bodies[-1]))
            nodes += [(Tile(level, index).position, digest) for level, index, digest in closed]
        _insert(database, leaves, bodies, nodes)
    digests = [leaf_hash(body) for body in bodies]
    return [
        Receipt(leaf.sequence, digest, receipt_number(leaf.sequence, digest))
        for leaf, digest in zip(leaves, digests, strict=True)
    ]


def size(database: Database) -> int:
    """Return how many entries there are."""
    # MAX is null for an empty table and 0 for a ledger of one entry: the two must not be taken for each other.
    (last,) = database.rows("SELECT MAX(sequence) FROM ledger_entry")[0]
    return 0 if last is None else int(last) + 1


def subtree_roots(database: Database, plan: Sequence[Sequence[Tile]]) -> list[bytes]:
    """Return the hash of each step of a plan of complete subtrees (`proofs`), fetched at one go."""
    wanted = [tile.position for step in plan for tile in step]
    sql = "SELECT position, hash FROM ledger_node WHERE position IN (" + ", ".join("?" * len(wanted)) + ")"  # noqa: S608 - only place-holders
    hashes = {position: bytes(digest) for position, digest in database.rows(sql, wanted)} if wanted else {}
    return [fold([hashes[tile.position] for tile in step]) for step in plan]


def root_at(database: Database, count: int) -> bytes:
    """Return the root over the first `count` entries, from the stored subtrees."""
    return subtree_roots(database, [tiles(0, count)])[0]


def bodies(database: Database, first: int = 0, end: int | None = None) -> Iterator[bytes]:
    """Yield the bytes of the entries first to end (excluded; default all that are there now), in bounded memory."""
    with database.reading():
        end = size(database) if end is None else end
    for start in range(first, end, CHUNK):
        with database.reading():
            rows = database.rows(
                "SELECT body FROM ledger_entry WHERE sequence >= ? AND sequence < ? ORDER BY sequence",
                (start, min(start + CHUNK, end)),
            )
        yield from (as_bytes(body) for (body,) in rows)


def as_bytes(value: object) -> bytes:
    """Return what a column of bytes holds, even where somebody put text into it: the check must see it, not stumble."""
    return value if isinstance(value, bytes) else str(value).encode()


def _tail(database: Database) -> tuple[Frontier, str | None]:
    """Return the tree as it stands, ready to grow, and the time of its last entry."""
    found = database.rows("SELECT sequence, time FROM ledger_entry ORDER BY sequence DESC LIMIT 1")
    if not found:
        return Frontier(), None
    count = int(found[0][0]) + 1
    peaks = subtree_roots(database, [[tile] for tile in tiles(0, count)])
    return Frontier(count, peaks), found[0][1]


def _check_link(database: Database, event: Event, pending: Sequence[Leaf], end: int) -> None:
    """Refuse an event that answers no intent; the intent may be in the same batch."""
    if event.intent is None:
        return
    first = end - len(pending)
    if first <= event.intent < end:
        kinds = [pending[event.intent - first].kind]
    else:
        kinds = [
            kind
            for (kind,) in database.rows("SELECT kind FROM ledger_entry WHERE sequence = ?", (event.intent,))
        ]
    if kinds != ["intent"]:
        raise EntryInvalid(
            f"Entry {event.intent} is no intent: enter the intent first and pass its receipt's sequence."
        )


def _later(last: str | None, reading: Reading, event: Event) -> str:
    """Return the new last time; refuse one that lies before the old. `Ledger.correct_clock` is the way out."""
    corrected = event.kind == "change" and event.action == "clock-corrected"
    if last is not None and reading.wall < read_time(last) - STEP_BACK and not corrected:
        raise LedgerUnavailable(
            f"This machine says it is {reading.time}, but the last entry was made at {last}. Set the clock right; if it"
            " was ahead before, enter the correction with `correct_clock`."
        )
    return reading.time


def _sealed(database: Database, ring: KeyRing, event: Event) -> Sealed | None:
    values = dict(event.personal)
    if event.terms:
        values[TERMS] = json.dumps(event.terms)
    if not values:
        return None
    subject = event.keyed_to
    owner = data_keys.entry_owner(event.event_id) if subject is None else data_keys.subject_owner(subject)
    data_key = data_keys.key_of(database, ring, owner)
    return Sealed(data_key.key_id, seal(data_key.key, event.event_id, values))


def _insert(
    database: Database, leaves: Sequence[Leaf], bodies: Sequence[bytes], nodes: Sequence[tuple[int, bytes]]
) -> None:
    database.many(
        """INSERT INTO ledger_entry (sequence, event_id, time, kind, actor, partnership, case_reference, intent, body,
            action)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (
                leaf.sequence,
                leaf.event,
                leaf.time,
                leaf.kind,
                leaf.actor,
                leaf.partnership,
                leaf.case,
                leaf.intent,
                body,
                leaf.action,
            )
            for leaf, body in zip(leaves, bodies, strict=True)
        ],
    )
    database.many(
        "INSERT INTO ledger_subject (subject_id, sequence) VALUES (?, ?)",
        [(subject, leaf.sequence) for leaf in leaves for subject in leaf.concerned],
    )
    database.many("INSERT INTO ledger_node (position, hash) VALUES (?, ?)", nodes)
