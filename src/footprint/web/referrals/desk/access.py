"""Who may reach what stands in desk."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import Access, holding

_DECIDES: Final = holding("decide-referrals")
_SUPERVISES: Final = holding("supervise-referrals")
_GRADES: Final = holding("grade-referrals")
_GUARDS: Final = holding("guard")
#: A supervisor and a referral unit may ask for more; the core's table says what else is whose.
_HANDLES: Final = holding("decide-referrals", "supervise-referrals", "grade-referrals")

ACCESS: Final[dict[str, Access]] = {
    # A referral unit reads what its own organisation sent; the page offers it nothing to do.
    "referrals:queue": Access(holding("decide-referrals", "grade-referrals")),
    "referrals:find": Access(_HANDLES),
    "referrals:footprint": Access(None, _DECIDES),
    "referrals:move": Access(_HANDLES, _HANDLES),
    # A referral unit reads how its own organisation’s teams stand, and says of nothing that it was seen.
    "referrals:team": Access(holding("supervise-referrals", "grade-referrals")),
    "referrals:seen": Access(None, _SUPERVISES),
    "referrals:no_referral": Access(_SUPERVISES, _SUPERVISES),
    "referrals:no_referral_undo": Access(None, _SUPERVISES),
    "referrals:unanswered": Access(holding("supervise-referrals", "grade-referrals")),
    "referrals:trends": Access(holding("supervise-referrals", "grade-referrals")),
    "referrals:grading": Access(_GRADES),
    "referrals:grade": Access(_GRADES, _GRADES),
    "referrals:example_offer": Access(_GRADES, _GRADES),
    "referrals:examples": Access(holding("refer", "supervise-referrals", "grade-referrals")),
    "referrals:example_withdraw": Access(None, _GRADES),
    "referrals:held": Access(_GUARDS),
    "referrals:held_one": Access(_GUARDS, _GUARDS),
}
