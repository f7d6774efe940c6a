"""Who may reach the pages of cases and look-ups."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import SIGNED_IN, Access, holding

_WHO_ASKS: Final = holding("ask", "ask-own-pupils")

ACCESS: Final = {
    "home": Access(SIGNED_IN),
    "cases:new": Access(_WHO_ASKS, _WHO_ASKS),
    "cases:arrive": Access(_WHO_ASKS),
    "cases:case": Access(_WHO_ASKS),
    "cases:reference": Access(_WHO_ASKS, _WHO_ASKS),
    "cases:close": Access(_WHO_ASKS, _WHO_ASKS),
    "cases:ask_person": Access(_WHO_ASKS, _WHO_ASKS),
    "cases:ask_address": Access(_WHO_ASKS, _WHO_ASKS),
    "cases:ask_family": Access(_WHO_ASKS, _WHO_ASKS),
    "cases:results": Access(_WHO_ASKS, _WHO_ASKS),
    "cases:person": Access(_WHO_ASKS),
    "cases:print": Access(_WHO_ASKS),
    "cases:pdf": Access(_WHO_ASKS),
    "cases:summary": Access(_WHO_ASKS),
    "cases:family_summary": Access(_WHO_ASKS),
    "cases:wrong_number": Access(None, _WHO_ASKS),
}
