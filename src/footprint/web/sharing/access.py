"""Who may reach the agreement's page: everybody, for what it says of their own role."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import SIGNED_IN, Access

ACCESS: Final = {"sharing:mine": Access(SIGNED_IN)}
