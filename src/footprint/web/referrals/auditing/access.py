"""Who may reach what stands in auditing."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import Access

ACCESS: Final[dict[str, Access]] = {}
