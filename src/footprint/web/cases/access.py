"""Who may reach the pages of cases and look-ups."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import SIGNED_IN, Access, holding

_WHO_ASKS: Final = holding("ask", "ask-own-pupils")

ACCESS: Final = {
    "home": Access(SIGNED_IN),
}
