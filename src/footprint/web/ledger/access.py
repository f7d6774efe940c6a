"""Who may reach the ledger's pages: everybody their own look-ups; the information-governance lead who opened whom.

An auditor reads single entries by the receipts handed to them, and whether the record is whole; an overseer figures alone.
"""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import SIGNED_IN, Access, holding

_GOVERNS: Final = holding("govern")
_CHECKS: Final = holding("govern", "audit")

ACCESS: Final = {
    "ledger:mine": Access(SIGNED_IN),
    "ledger:oversight": Access(_CHECKS, _CHECKS),
    "ledger:entry": Access(_CHECKS),
    "ledger:person": Access(_GOVERNS),
    "ledger:user": Access(_GOVERNS),
    "ledger:pairs": Access(_GOVERNS),
    "ledger:heads": Access(_CHECKS, _CHECKS),
    "ledger:use": Access(holding("oversee")),
}
