"""Who may reach what stands in desk."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import Access, holding

_DECIDES: Final = holding("decide-referrals")
#: A supervisor and a referral unit may ask for more; the core's table says what else is whose.
_HANDLES: Final = holding("decide-referrals", "supervise-referrals", "grade-referrals")

ACCESS: Final[dict[str, Access]] = {
    "referrals:queue": Access(_DECIDES),
    "referrals:footprint": Access(None, _DECIDES),
    "referrals:move": Access(_HANDLES, _HANDLES),
}
