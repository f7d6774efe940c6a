"""What can go wrong with the ledger: few errors, each with a sentence that says what to do.

No message may hold a personal value: errors end in logs.
"""


class LedgerError(Exception):
    """Anything that the ledger refuses or cannot do."""


class LedgerUnavailable(LedgerError):
    """The entry is not safely written, so nothing may be answered: no ledger, no answer."""


class EntryInvalid(LedgerError):
    """The caller's entry lacks something, or says something that an entry may not say in clear."""


class KeyUnusable(LedgerError):
    """A key file is missing, damaged, readable by others, or belongs to another ledger."""


class KeyHeld(LedgerError):
    """A hold forbids destroying this key."""


class HeadRefused(LedgerError):
    """A head may not be signed: it does not follow from one that was signed before, or nobody vouches for it."""


class LogUnknown(HeadRefused):
    """A witness was sent the head of a log that it does not watch."""


class HeadUnsigned(HeadRefused):
    """A head bears no valid signature by a key that the witness knows the log by, or bears a false one."""


class SubmissionMalformed(HeadRefused):
    """What a witness was sent cannot be read, or makes no sense in itself."""


class SizeDiffers(HeadRefused):
    """The witness remembers another head than the sender thinks; `known` is the size of the one that it remembers."""

    def __init__(self, sentence: str, known: int) -> None:
        super().__init__(sentence)
        self.known = known
