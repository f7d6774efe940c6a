"""Who may reach the ledger's pages: everybody their own look-ups; the information-governance lead who opened whom."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import SIGNED_IN, Access, holding

_GOVERNS: Final = holding("govern")

ACCESS: Final = {
    "ledger:mine": Access(SIGNED_IN),
    "ledger:oversight": Access(_GOVERNS, _GOVERNS),
    "ledger:entry": Access(_GOVERNS),
    "ledger:person": Access(_GOVERNS),
    "ledger:user": Access(_GOVERNS),
    "ledger:pairs": Access(_GOVERNS),
    "ledger:heads": Access(_GOVERNS, _GOVERNS),
}
