"""What a user may know exists, as a value that search and answers respect before they count, score or order anything.

A mask says nothing about why: policy makes it, search applies it, and neither knows the other.
"""

from __future__ import annotations

import msgspec


class Mask(msgspec.Struct, frozen=True, kw_only=True):
    """The partners whose records may be known, and the records that may not, whoever's they are.

    `partners` None means every partner; `hidden_records` holds record keys (PARTNER/SCHEME/ID).
    """

    partners: frozenset[str] | None = None
    hidden_records: frozenset[str] = frozenset()

    def sees(self, partner: str, key: str) -> bool:
        """Say whether the record `key` of `partner` exists for this user."""
        return (self.partners is None or partner in self.partners) and key not in self.hidden_records
