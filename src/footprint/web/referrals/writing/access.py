"""Who may reach what stands in writing."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import Access, holding

_WRITERS: Final = holding("refer")
_READERS: Final = holding("refer", "supervise-referrals", "grade-referrals", "decide-referrals")

ACCESS: Final[dict[str, Access]] = {
    "referrals:mine": Access(_WRITERS),
    "referrals:start": Access(_WRITERS, _WRITERS),
    "referrals:from_case": Access(_WRITERS, _WRITERS),
    "referrals:draft": Access(_WRITERS),
    "referrals:check": Access(_WRITERS),
    "referrals:send": Access(None, _WRITERS),
    "referrals:discard": Access(_WRITERS, _WRITERS),
    "referrals:kept": Access(_WRITERS),
    "referrals:wrong_number": Access(_READERS, _READERS),
    "referrals:fill": Access(_WRITERS, _WRITERS),
    "referrals:occurrence": Access(_WRITERS, _WRITERS),
    "referrals:step": Access(_WRITERS, _WRITERS),
    "referrals:part": Access(_WRITERS, _WRITERS),
    "referrals:remove": Access(None, _WRITERS),
    "referrals:referral": Access(_READERS),
    "referrals:receipt": Access(_WRITERS),
    "referrals:print": Access(_READERS),
    "referrals:add": Access(None, _WRITERS),
    "referrals:acknowledge": Access(None, _WRITERS),
}
