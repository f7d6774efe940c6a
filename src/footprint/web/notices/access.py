"""Who may reach the notices: everybody their own."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import SIGNED_IN, Access

ACCESS: Final = {
    "notices:list": Access(SIGNED_IN),
    "notices:read": Access(None, SIGNED_IN),
    "notices:read_all": Access(None, SIGNED_IN),
}
