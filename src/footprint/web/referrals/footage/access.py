"""Who may reach the pages of footage: supervisors alone. What there is of a recording is its reference and its times."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import Access, holding

_SUPERVISES: Final = holding("supervise-referrals")

ACCESS: Final[dict[str, Access]] = {
    "referrals:looks": Access(_SUPERVISES),
    "referrals:look": Access(_SUPERVISES, _SUPERVISES),
}
