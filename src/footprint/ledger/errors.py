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
