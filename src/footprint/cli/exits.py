"""How a command ends: one table of exit codes, and which error ends in which.

Errors are named by where they live, so that no engine need be loaded to print a sentence.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Exit(IntEnum):
    """The exit codes. Each is explained in MEANINGS, which `footprint help exit-codes` prints."""

    DONE = 0
    NOTHING_FOUND = 1
    WRONG_COMMAND = 2
    SAY_MORE = 3
    REFUSED = 4
    NOT_READY = 5
    NO_LEDGER = 6
    FAULTS = 7
    HELD = 8
    BROKEN = 70


MEANINGS: Final[dict[Exit, str]] = {
    Exit.DONE: "Done. A search found a match, a possible one or several.",
    Exit.NOTHING_FOUND: "Nobody was found, or nobody has this id. This is not a clearance.",
    Exit.WRONG_COMMAND: "The command line is wrong; the message says how to write it.",
    Exit.SAY_MORE: "Too little was said: narrow the search, or name the flat.",
    Exit.REFUSED: "What was given cannot be taken: a delivery, a decision, a file. The message says why.",
    Exit.NOT_READY: "Something must be done first: receive deliveries, publish, make the borough, reach a witness.",
    Exit.NO_LEDGER: "The ledger could not be written, so nothing was answered or changed.",
    Exit.FAULTS: "A check found faults: a damaged snapshot, a ledger that was tampered with, a witness that refuses.",
    Exit.HELD: "The delivery is held: what it adds is taken, the rest waits for a person.",
    Exit.BROKEN: "Something failed that should not. FOOTPRINT_DEBUG=1 shows where.",
}

#: Errors that speak: their message is the sentence to print. Any other is a fault of ours.
SPEAKING: Final[dict[str, Exit]] = {
    "footprint.cli.exits.CommandError": Exit.REFUSED,
    "footprint.decisions.decision.InvalidDecisionError": Exit.REFUSED,
    "footprint.decisions.store.NoSuchDecisionError": Exit.REFUSED,
    "footprint.decisions.store.NotUndoableError": Exit.REFUSED,
    "footprint.ledger.errors.HeadRefused": Exit.FAULTS,
    "footprint.ledger.errors.LedgerError": Exit.NO_LEDGER,
    "footprint.publishing.errors.PublishingError": Exit.NOT_READY,
    "footprint.feeds.terms.ContractError": Exit.REFUSED,
    "footprint.feeds.holding.NotPossibleError": Exit.NOT_READY,
    "footprint.feeds.refusing.RefusedError": Exit.REFUSED,
    "footprint.linking.model.ModelError": Exit.REFUSED,
    "footprint.records.foreign_tables.TableError": Exit.REFUSED,
    "footprint.records.mapping.MappingError": Exit.REFUSED,
    "footprint.search.index.UnusableIndex": Exit.NOT_READY,
    "footprint.search.question.NotUnderstood": Exit.SAY_MORE,
    "footprint.sharing.reading.AgreementError": Exit.REFUSED,
    "footprint.sharing.partnership.PartnershipError": Exit.REFUSED,
    "footprint.snapshot.errors.SnapshotError": Exit.NOT_READY,
}


class CommandError(Exception):
    """A command that cannot go on, and why, in one sentence that says what to do. It ends with `code`."""

    def __init__(self, sentence: str, code: Exit = Exit.REFUSED) -> None:
        super().__init__(sentence)
        self.code = code


def exit_of(error: BaseException) -> Exit | None:
    """Return how a command ends that raised this, or None where the error does not speak."""
    if isinstance(error, CommandError):
        return error.code
    names = (f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__)
    return next((SPEAKING[name] for name in names if name in SPEAKING), None)
