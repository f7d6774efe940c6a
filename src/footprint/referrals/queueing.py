"""What comes first in the front door's queue, beside the level and the age: how the writer answered whether danger is now.

An order of answers, and no score: it says of nobody how much danger there is. What is not answered is not known, and is no "no".
A form in which nothing stands at all is taken like any other, and comes after those in which something does.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from footprint.referrals.referral import Referral, Referrer, Said

#: Of "not known" and of a blank somebody has to find out: whoever left it blank may have had no time to answer.
DANGER_RANKS: Final[Mapping[Said | None, int]] = MappingProxyType(
    {Said.YES: 3, Said.NOT_KNOWN: 2, None: 2, Said.NO: 1}
)
_EMPTY: Final = 0


def danger_rank(referral: Referral) -> int:
    """Return where a referral stands by its answer on danger: the higher the sooner."""
    return _EMPTY if is_empty(referral) else DANGER_RANKS[referral.safety.danger_now]


def is_empty(referral: Referral) -> bool:
    """Say whether nothing stands in the form but who writes it, not even a number to ring back."""
    nothing = Referral(referrer=Referrer(), route=referral.route)
    return not referral.referrer.phone.strip() and nothing == msgspec.structs.replace(
        referral, referrer=Referrer()
    )
