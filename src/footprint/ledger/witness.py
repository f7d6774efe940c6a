"""A witness: an outsider (another partner, an independent chair) who remembers one head and signs only what follows it.

It keeps a single small file and sees no entry. As long as one witness is honest, the log's operator cannot show two
histories, or rewrite one, without being found out. Source: C2SP tlog-witness, for how it decides.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from footprint.ledger.errors import (
    HeadRefused,
    HeadUnsigned,
    LogUnknown,
    SizeDiffers,
    SubmissionMalformed,
)
from footprint.ledger.private_files import create_private, read_private, replace_private
from footprint.ledger.signing import Signer
from footprint.ledger.verifier.heads import Head, check_head, read_note
from footprint.ledger.verifier.report import Report
from footprint.ledger.verifier.tree import EMPTY_ROOT, verify_consistency


class Witness:
    """Watches the log that signs with `log_keys` (verifier keys) and remembers its last head in the file `memory`."""

    def __init__(self, memory: Path, signer: Signer, origin: str, log_keys: Sequence[str]) -> None:
        self.memory = memory
        self.signer = signer
        self.origin = origin
        self.log_keys = log_keys

    def begin(self, time: int) -> bool:
        """Remember the empty log, unless something is remembered already; say whether this began. Once in a witness's life.

        Nothing else makes a memory. One that is lost must not come back empty, as it would then sign for any history.
        """
        if self.memory.exists():
            return False
        empty = self.signer.sign(Head(self.origin, 0, EMPTY_ROOT), time).encode()
        return create_private(self.memory, empty) == empty

    def last(self) -> Head:
        """Return the head that was cosigned last, that of an empty log before the first. KeyUnusable without memory."""
        return read_note(self.note())[0]

    def note(self) -> str:
        """Return the last head as it was cosigned, for the log's examiner to hold the log to."""
        return read_private(self.memory).decode()

    def cosign(self, note: str, proof: Sequence[bytes], time: int, old: int | None = None) -> str:
        """Return `note` with this witness's signature, given the consistency proof from `last().size` to it.

        `old` is the size that the sender believes to be the last. Raises HeadRefused (SizeDiffers, HeadUnsigned,
        LogUnknown, SubmissionMalformed), and remembers nothing, unless the log signed the head and it continues the last
        one. The head is remembered before it is signed: a crash between the two costs a signature, never the memory.
        """
        head = self._signed_by_the_log(note)
        if old is not None and old > head.size:
            raise SubmissionMalformed(f"A proof from {old} entries cannot lead to {head.size}.")
        with self._alone():
            _refuse_unless_next(self.last(), head, proof, old)
            signed = note + self.signer.lines(head, time)
            replace_private(self.memory, signed.encode())
        return signed

    def _signed_by_the_log(self, note: str) -> Head:
        """Return the note's head, once it is this log's, and signed by it."""
        try:
            head, _ = read_note(note)
            if not note.endswith("\n"):
                raise ValueError("its last line has no end.")
        except ValueError as error:
            raise SubmissionMalformed(f"A head could not be read: {error}") from error
        if head.origin != self.origin:
            raise LogUnknown(
                f"This head is of the log '{head.origin}'; this witness watches '{self.origin}'."
            )
        report = Report()
        check_head(report, note, self.log_keys)
        if not report.sound:
            raise HeadUnsigned(" ".join(report.faults))
        return head

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let nobody else of this witness, thread or process, decide at the same time."""
        descriptor = os.open(self.memory.with_name(self.memory.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _refuse_unless_next(last: Head, head: Head, proof: Sequence[bytes], old: int | None) -> None:
    if old is not None and old != last.size:
        raise SizeDiffers(f"The head seen last has {last.size} entries, not {old}.", last.size)
    if head.size < last.size:
        raise SizeDiffers(
            f"This head has {head.size} entries, {last.size - head.size} fewer than seen before.", last.size
        )
    rewritten = (
        f"The log does not show that it still holds the {last.size} entries seen before, unchanged. Ask for"
        f" a proof from {last.size}; if there is none, the log was rewritten: tell the other witnesses."
    )
    if head.size == last.size and head.root != last.root:
        raise SizeDiffers(rewritten, last.size)
    if not verify_consistency(last.size, head.size, last.root, head.root, proof):
        raise HeadRefused(rewritten)
