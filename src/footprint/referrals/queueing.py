"""What comes first in the front door's queue, beside the level and the age: how the writer answered whether danger is now.

An order of answers, and no score: it says of nobody how much danger there is. A form in which nothing stands is taken like any
other, and comes after those in which something does.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import msgspec

from footprint.referrals.referral import Referral, Referrer, Said

#: "Not known" is an answer, and somebody has to find out; "no" and a blank beside other words come next.
DANGER_RANKS: Final = MappingProxyType({Said.YES: 3, Said.NOT_KNOWN: 2})
_SOMETHING_SAID: Final = 1
_EMPTY: Final = 0


def danger_rank(referral: Referral) -> int:
    """Return where a referral stands by its answer on danger: the higher the sooner."""
    answer = referral.safety.danger_now
    if answer is not None and answer in DANGER_RANKS:
        return DANGER_RANKS[answer]
    return _EMPTY if is_empty(referral) else _SOMETHING_SAID


def is_empty(referral: Referral) -> bool:
    """Say whether nothing stands in the form but who writes it, not even a number to ring back."""
    nothing = Referral(referrer=Referrer(), route=referral.route)
    return not referral.referrer.phone.strip() and nothing == msgspec.structs.replace(
        referral, referrer=Referrer()
    )
