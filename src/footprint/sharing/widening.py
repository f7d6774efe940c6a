"""Two rulings as one that tells no less than either: what somebody sees to whom more was lent for a while."""

from __future__ import annotations

import msgspec

from footprint.records.codes import INVOLVEMENTS
from footprint.records.disclosure import LEVELS, Disclosure
from footprint.sharing.policy import LONGEST, Ruling


def widest(usual: Ruling, lent: Ruling) -> Ruling:
    """Return a ruling that tells of every partner and kind the more that either tells. What does not allow adds nothing."""
    if not lent.allowed:
        return usual
    if not usual.allowed:
        return lent
    partners = usual.partners | lent.partners
    return Ruling(
        allowed=True,
        rule=f"{lent.rule} {usual.rule}"[:LONGEST].strip() if usual.rule != lent.rule else lent.rule,
        version=lent.version,
        disclosure=msgspec.structs.replace(
            lent.disclosure,
            levels={
                partner: {
                    kind: _more(usual.disclosure, lent.disclosure, partner, kind) for kind in INVOLVEMENTS
                }
                for partner in partners
            },
        ),
        partners=partners,
        reach="everyone" if "everyone" in (usual.reach, lent.reach) else "own-pupils",
    )


def _more(one: Disclosure, other: Disclosure, partner: str, kind: str) -> str:
    return max(one.level(partner, kind), other.level(partner, kind), key=LEVELS.index)
