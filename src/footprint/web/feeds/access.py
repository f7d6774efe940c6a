"""Who may reach the pages of feeds: those who ask see how fresh they are; stewards see receipts and release."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import Access, holding

_SEES: Final = holding("feeds")
_RELEASES: Final = holding("release")

ACCESS: Final = {
    "feeds:status": Access(holding("feeds", "freshness", "ask", "ask-own-pupils")),
    "feeds:receipts": Access(_SEES),
    "feeds:receipt": Access(_SEES),
    "feeds:held": Access(_RELEASES),
    "feeds:release": Access(_RELEASES, _RELEASES),
}
