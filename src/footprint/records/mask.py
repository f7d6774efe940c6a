"""What a user may know exists, as a value that search and answers respect before they count, score or order anything.

A mask says nothing about why: policy and rulings make it, search applies it, and neither knows the other.
"""

from __future__ import annotations

import msgspec


class Mask(msgspec.Struct, frozen=True, kw_only=True):
    """The partners whose records may be known, the records that may not, and the places that nobody may find people by.

    `partners` None means every partner; `hidden_records` holds record keys (PARTNER/SCHEME/ID). A record of `veiled_records`
    is found by name, birthday, sex and number only, as if nobody had said where it lives or how it is reached; so is every
    record at one of `veiled_places` ("POSTCODE|flat|number-or-building", without the flat the whole building, or "uprn:NUMBER").
    With `among` (record keys) only those people exist of whom one of these records may be known; None means everybody.
    """

    partners: frozenset[str] | None = None
    hidden_records: frozenset[str] = frozenset()
    veiled_records: frozenset[str] = frozenset()
    veiled_places: frozenset[str] = frozenset()
    among: frozenset[str] | None = None

    def sees(self, partner: str, key: str) -> bool:
        """Say whether the record `key` of `partner` may be known, where its person is one whom this user reaches."""
        return (self.partners is None or partner in self.partners) and key not in self.hidden_records

    def reaches(self, known: frozenset[str] | set[str]) -> bool:
        """Say whether a person exists for this user of whom exactly the records `known` may be known."""
        return bool(known) and (self.among is None or not self.among.isdisjoint(known))
