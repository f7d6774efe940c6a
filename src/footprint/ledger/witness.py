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

from footprint.ledger.errors import HeadRefused
from footprint.ledger.private_files import read_private, replace_private
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

    def last(self) -> Head:
        """Return the head that was cosigned last; that of an empty log before the first."""
        if not self.memory.exists():
            return Head(self.origin, 0, EMPTY_ROOT)
        return read_note(read_private(self.memory).decode())[0]

    def cosign(self, note: str, proof: Sequence[bytes], time: int) -> str:
        """Return `note` with this witness's signature, given the consistency proof from `last().size` to it.

        Raises HeadRefused, and remembers nothing, unless the log signed the head and it continues the last one. The
        head is remembered before it is signed: a crash between the two costs a signature, never the memory.
        """
        report = Report()
        checked = check_head(report, note, self.log_keys)
        if checked is None or not report.sound:
            raise HeadRefused(" ".join(report.faults))
        head, _ = checked
        with self._alone():
            last = self.last()
            if head.origin != self.origin:
                raise HeadRefused(
                    f"This head is of the log '{head.origin}'; this witness watches '{self.origin}'."
                )
            if head.size < last.size:
                raise HeadRefused(
                    f"This head has {head.size} entries, {last.size - head.size} fewer than seen before."
                )
            if not verify_consistency(last.size, head.size, last.root, head.root, proof):
                raise HeadRefused(
                    f"The log does not show that it still holds the {last.size} entries seen before, unchanged. Ask for"
                    f" a proof from {last.size}; if there is none, the log was rewritten: tell the other witnesses."
                )
            signed = note + self.signer.lines(head, time)
            replace_private(self.memory, signed.encode())
        return signed

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let no second process of this witness decide at the same time."""
        self.memory.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self.memory.with_name(self.memory.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
