"""The tamper-evident log: every look-up, disclosure, decision and change, before its effect leaves the house.

Entries form an RFC 6962 tree; heads of it are signed and kept by witnesses; personal values lie under keys that can be
destroyed. One store speaks SQL through a connection that it is given. This room knows no page, no policy and no record.
"""

from footprint.ledger.database import SQLITE_INIT_COMMAND
from footprint.ledger.errors import (
    EntryInvalid,
    HeadRefused,
    KeyHeld,
    KeyUnusable,
    LedgerError,
    LedgerUnavailable,
)
from footprint.ledger.events import Event, outcome_of
from footprint.ledger.keys import KeyRing
from footprint.ledger.ledger import Ledger
from footprint.ledger.questions import Span, Traced
from footprint.ledger.reading import RecordedEntry
from footprint.ledger.signing import Signer
from footprint.ledger.store import Receipt
from footprint.ledger.witness import Witness

__all__ = [
    "SQLITE_INIT_COMMAND",
    "EntryInvalid",
    "Event",
    "HeadRefused",
    "KeyHeld",
    "KeyRing",
    "KeyUnusable",
    "Ledger",
    "LedgerError",
    "LedgerUnavailable",
    "Receipt",
    "RecordedEntry",
    "Signer",
    "Span",
    "Traced",
    "Witness",
    "outcome_of",
]
