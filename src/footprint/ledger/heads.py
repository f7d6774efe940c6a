"""The log's signed heads: made from the stored tree, never against an earlier one, and kept beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from footprint.ledger.database import Database
from footprint.ledger.errors import HeadRefused
from footprint.ledger.proofs import consistency_plan
from footprint.ledger.signing import Signer
from footprint.ledger.store import CHUNK, root_at, size, subtree_roots
from footprint.ledger.verifier.heads import Head, VerifierKey, read_note
from footprint.ledger.verifier.tree import verify_consistency

LARGEST: Final = 2**63 - 1


def sign_head(database: Database, signer: Signer, time: int) -> str:
    """Sign the log as it stands, keep the note and return it; where nothing was entered since, the one that is kept.

    Raises HeadRefused when the log does not continue the one that was signed last: a log may never say two things.
    """
    with database.writing(join=False):
        head = Head(signer.name, size(database), root_at(database, size(database)))
        before = last_note(database)
        if before:
            _refuse_other_history(database, read_note(before)[0], head)
            if read_note(before)[0] == head and _signed_with(signer, before):
                return before
        note = signer.sign(head, time)
        _keep(database, head.size, note)
    return note


def keep_note(database: Database, note: str) -> None:
    """Keep a copy of a head to which witnesses added their signatures."""
    head, _ = read_note(note)
    with database.writing(join=False):
        _keep(database, head.size, note)


def signed_notes(database: Database) -> Iterator[str]:
    """Yield the kept notes, oldest first, in bounded memory."""
    last = -1
    while True:
        with database.reading():
            rows = database.rows(
                "SELECT number, note FROM ledger_head WHERE number > ? ORDER BY number LIMIT ?", (last, CHUNK)
            )
        if not rows:
            return
        yield from (note for _, note in rows)
        last = rows[-1][0]


def last_note(database: Database) -> str | None:
    return next(iter(newest_notes(database, 1)), None)


def newest_notes(database: Database, limit: int) -> Iterator[str]:
    """Yield the kept notes, newest first, at most `limit`."""
    number = LARGEST
    for _ in range(limit):
        with database.reading():
            rows = database.rows(
                "SELECT number, note FROM ledger_head WHERE number < ? ORDER BY number DESC LIMIT 1",
                (number,),
            )
        if not rows:
            return
        number = rows[0][0]
        yield rows[0][1]


def consistency_proof(database: Database, old: int, new: int) -> Sequence[bytes]:
    """Return the proof that the first `new` entries only add to the first `old`."""
    with database.reading():
        return subtree_roots(database, consistency_plan(old, new))


def _signed_with(signer: Signer, note: str) -> bool:
    """Say whether every key of the signer signed this note: after a change of keys it is signed anew."""
    signed = {(one.name, one.key_id) for one in read_note(note)[1]}
    return {(key.name, key.id) for key in map(VerifierKey.read, signer.verifier_keys)} <= signed


def _refuse_other_history(database: Database, before: Head, now: Head) -> None:
    proof = (
        subtree_roots(database, consistency_plan(before.size, now.size)) if before.size <= now.size else []
    )
    if before.origin != now.origin or not verify_consistency(
        before.size, now.size, before.root, now.root, proof
    ):
        raise HeadRefused(
            f"This log does not continue the one that was signed at {before.size} entries. Sign nothing; run the"
            " verification against a witness's head and tell whoever is responsible for the ledger."
        )


def _keep(database: Database, head_size: int, note: str) -> None:
    (last,) = database.rows("SELECT MAX(number) FROM ledger_head")[0]
    database.execute(
        "INSERT INTO ledger_head (number, size, note) VALUES (?, ?, ?)",
        (0 if last is None else last + 1, head_size, note),
    )
