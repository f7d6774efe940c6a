"""Who may reach the pages of feeds: whoever asks sees how fresh they are, stewards see receipts, release, and correct numbers."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import Access, holding

_SEES: Final = holding("feeds")
_RELEASES: Final = holding("release")
# A steward keeps every partner's data in order, and a partner's lead knows its own numbers.
_KNOWS_NUMBERS: Final = holding("steward", "govern")

ACCESS: Final = {
    "feeds:status": Access(holding("feeds", "freshness", "ask", "ask-own-pupils")),
    "feeds:numbers": Access(_KNOWS_NUMBERS),
    "feeds:right_number": Access(None, _KNOWS_NUMBERS),
    "feeds:receipts": Access(_SEES),
    "feeds:receipt": Access(_SEES),
    "feeds:held": Access(_RELEASES),
    "feeds:release": Access(_RELEASES, _RELEASES),
}
