"""The ledger as its callers see it: record before you answer, read, prove, sign, erase, verify."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Unpack

import msgspec

from footprint.ledger import checking, erasure, heads, packs, store
from footprint.ledger.clock import Clock, machine_clock
from footprint.ledger.data_keys import check_master, owners_about
from footprint.ledger.database import Connection, Database
from footprint.ledger.errors import LedgerError, LedgerUnavailable
from footprint.ledger.events import Event, check
from footprint.ledger.filters import Filter
from footprint.ledger.keys import KeyRing
from footprint.ledger.questions import MOST_FIRST, NEWEST_FIRST, Span, Traced, traced
from footprint.ledger.reading import Order, RecordedEntry, count_entries, find_entries
from footprint.ledger.signing import Signer
from footprint.ledger.store import Receipt
from footprint.ledger.tables import create_tables
from footprint.ledger.verifier.report import Report

LONGEST_SEQUENCE = 19  # digits; a longer number is no receipt, and would not fit the databases' 64 bits


class Ledger:
    """One log, over one connection. Not for two threads at once; any number of processes may each have their own.

    Where a method takes `join`, the entry becomes part of the transaction that the caller has open (on SQLite begun
    with BEGIN IMMEDIATE, on PostgreSQL READ COMMITTED) and is durable only once that commits.
    """

    def __init__(self, database: Database, keys: KeyRing, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    @classmethod
    def open(cls, connection: Connection, keys: KeyRing, clock: Clock | None = None) -> Ledger:
        """Open the ledger in this database, made now if there is none. LedgerUnavailable, KeyUnusable."""
        with _or_unavailable("The ledger cannot be opened"):
            database = Database(connection)
            database.prepare()
            create_tables(database, join=database.busy)
            with database.reading():
                check_master(database, keys)
        return cls(database, keys, clock or machine_clock())

    @classmethod
    def over(cls, connection: Connection, keys: KeyRing, clock: Clock | None = None) -> Ledger:
        """Work over a connection that somebody else opened and prepared, in a database where `open` made the ledger.

        Nothing is made or set, and only what costs next to nothing is checked: cheap enough for each request of a web
        application, and for a role that owns no table. Another ledger's keys are noticed when one is used.
        """
        with _or_unavailable("The ledger cannot be opened"):
            database = Database(connection)
            database.check_prepared()
        return cls(database, keys, clock or machine_clock())

    # -- entering

    def record(self, event: Event, *, join: bool = False) -> Receipt:
        """Enter one event and return its receipt. Let nothing leave before this returned.

        Raises EntryInvalid for what the caller must put right, and LedgerUnavailable when it is not safely entered.
        """
        return self.record_all([event], join=join)[0]

    def record_all(self, events: Sequence[Event], *, join: bool = False) -> list[Receipt]:
        """Enter several events, all or none."""
        for event in events:
            check(event)
        with _or_unavailable("The ledger could not be written, so nothing may be answered"):
            return store.append(self._database, self._keys, self._clock, events, join=join)

    def correct_clock(self, entry: Event) -> Receipt:
        """Enter that the machine's clock was ahead and is right again; later entries may then carry earlier times."""
        return self.record(msgspec.structs.replace(entry, kind="change", action="clock-corrected"))

    # -- reading

    def size(self) -> int:
        with self._database.reading():
            return store.size(self._database)

    def entries(
        self, *, limit: int = 100, reveal: bool = False, order: Order = "oldest", **filters: Filter
    ) -> list[RecordedEntry]:
        """Return the entries that fit all filters, oldest first, or newest.

        By actor, case, subject, partnership, kind, kinds, action, actions, event, intent (the entries that answer it),
        first, last (sequences, included), before (a sequence, excluded), since and until (moments; the latter excluded).
        A filter of None does not ask. To go on, ask again with `first`, or newest first with `before`. With `reveal`,
        personal values are opened where their key still exists. Enter who read what, as an event of kind `reading`.
        """
        with _or_unavailable("The ledger cannot be read"):
            return find_entries(self._database, self._keys, filters, limit=limit, reveal=reveal, order=order)

    def count(self, **filters: Filter) -> int:
        """Return how many entries fit all filters (those of `entries`)."""
        with _or_unavailable("The ledger cannot be read"):
            return count_entries(self._database, filters)

    def who_opened(self, subject: str, **span: Unpack[Span]) -> list[Traced]:
        """Return who was shown this person, a line a user, who did last at the top. No sealed value is opened."""
        with _or_unavailable("The ledger cannot be read"):
            return traced(self._database, span, NEWEST_FIRST, subject=subject)

    def opened_by(self, actor: str, **span: Unpack[Span]) -> list[Traced]:
        """Return whom this user was shown, a line a person, the last at the top."""
        with _or_unavailable("The ledger cannot be read"):
            return traced(self._database, span, NEWEST_FIRST, actor=actor)

    def traced(
        self, *, actor: str | None = None, subject: str | None = None, **span: Unpack[Span]
    ) -> list[Traced]:
        """Return which users were shown whom, the most often at the top; of one user or one person where said."""
        with _or_unavailable("The ledger cannot be read"):
            return traced(self._database, span, MOST_FIRST, actor=actor, subject=subject)

    def by_receipt(self, number: str, *, reveal: bool = False) -> RecordedEntry | None:
        """Return the entry that a receipt number is of; None when the log holds no such entry with that hash."""
        sequence = number.partition("-")[0]
        if not (sequence.isascii() and sequence.isdecimal() and len(sequence) < LONGEST_SEQUENCE):
            return None
        found = self.entries(first=int(sequence), last=int(sequence), reveal=reveal)
        return next((entry for entry in found if entry.receipt_number == number), None)

    # -- proving

    def sign_head(self, signer: Signer) -> str:
        """Sign and keep the log's head as it stands; return the note to send to the witnesses (`cosigning.cosign` does).

        Where nothing was entered since the last head, that one is returned, with the signatures that it has.
        """
        with _or_unavailable("The head could not be signed"):
            return heads.sign_head(self._database, signer, self._posix_time())

    def keep_note(self, note: str) -> None:
        """Keep a head to which witnesses added their signatures."""
        with _or_unavailable("The signed head could not be kept"):
            heads.keep_note(self._database, note)

    def signed_notes(self) -> Iterator[str]:
        """Yield every head that was signed or cosigned, oldest first."""
        return heads.signed_notes(self._database)

    def newest_notes(self, limit: int) -> Iterator[str]:
        """Yield the heads that were signed or cosigned, newest first, at most `limit`."""
        return heads.newest_notes(self._database, limit)

    def consistency_proof(self, old: int, new: int) -> Sequence[bytes]:
        """Return the proof for a witness that the first `new` entries only add to the first `old`."""
        with _or_unavailable("The proof could not be made"):
            return heads.consistency_proof(self._database, old, new)

    def inclusion_proof(self, sequence: int, count: int) -> Sequence[bytes]:
        """Return the proof that entry `sequence` is among the first `count`."""
        return packs.inclusion_proof(self._database, sequence, count)

    def pack(self, sequence: int, note: str) -> dict[str, Any]:
        """Return the regulator's pack of one entry under the signed head `note` (`packs.write_pack` writes it)."""
        return packs.make_pack(self._database, sequence, note)

    def write_history(self, path: Path) -> int:
        """Write every entry's bytes, one a line, for a replay elsewhere; return how many. Personal values stay sealed."""
        return packs.write_history(self._database, path)

    def verify(self, witnessed: Sequence[str] = (), keys: Sequence[str] = ()) -> Report:
        """Check the whole log against its own heads and those that witnesses kept, by the verifier keys `keys`."""
        return checking.check_ledger(self._database, witnessed, keys)

    # -- erasing

    def keys_about(self, subject: str) -> list[str]:
        """Return the owners of every key that seals something about this subject, to destroy one by one."""
        with self._database.reading():
            return owners_about(self._database, subject)

    def destroy_key(self, owner: str, entry: Event) -> Receipt:
        """Destroy the key of `subject:<id>` or `entry:<event id>`, and enter who did it. KeyHeld when a hold forbids it."""
        erased = msgspec.structs.replace(entry, kind="erasure", facts={**entry.facts, "key_of": owner})
        with _or_unavailable("The key was not destroyed"), self._database.writing(join=False):
            existed = erasure.delete_key(self._database, owner, self._clock().wall)
            erased = msgspec.structs.replace(erased, facts={**erased.facts, "existed": existed})
            receipt = self.record(erased, join=True)
        erasure.forget_traces(self._database)
        return receipt

    def hold(self, owner: str, until: dt.datetime | None, entry: Event) -> Receipt:
        """Keep an owner's keys (a subject's: and of all entries about them) from being destroyed, and enter why."""
        facts = {**entry.facts, "key_of": owner, "until": None if until is None else until.isoformat()}
        with _or_unavailable("The hold was not placed"), self._database.writing(join=False):
            erasure.put_hold(self._database, owner, until)
            return self.record(
                msgspec.structs.replace(entry, kind="decision", action="hold", facts=facts), join=True
            )

    def release_hold(self, owner: str, entry: Event) -> Receipt:
        facts = {**entry.facts, "key_of": owner}
        with _or_unavailable("The hold was not released"), self._database.writing(join=False):
            erasure.lift_hold(self._database, owner)
            event = msgspec.structs.replace(entry, kind="decision", action="release-hold", facts=facts)
            return self.record(event, join=True)

    def _posix_time(self) -> int:
        return int(self._clock().wall.timestamp())


@contextmanager
def _or_unavailable(what: str) -> Iterator[None]:
    """Turn whatever fails below into LedgerUnavailable, without repeating values that the database may quote."""
    try:
        yield
    except LedgerError:
        raise
    except Exception as error:
        raise LedgerUnavailable(
            f"{what} ({type(error).__name__}). See that the database is up and has room."
        ) from error
