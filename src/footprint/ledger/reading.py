"""Reading the ledger: by actor, by subject, by case, by number; personal values in clear only when asked for.

It must not know who may read what: that is for the caller, who enters the reading itself as an entry of kind `reading`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from footprint.ledger.data_keys import key_with_id
from footprint.ledger.database import Database
from footprint.ledger.envelope import ERASED, UNREADABLE, unseal
from footprint.ledger.filters import Filter, conditions
from footprint.ledger.keys import KeyRing
from footprint.ledger.leaf import Leaf, read_leaf
from footprint.ledger.store import TERMS
from footprint.ledger.verifier.packs import receipt_number
from footprint.ledger.verifier.tree import leaf_hash

SEALED: Final = "Not shown: this value is sealed, and you did not ask to open it."

Order = Literal["oldest", "newest"]
ORDERS: Final[Mapping[Order, str]] = {"oldest": "ASC", "newest": "DESC"}


class RecordedEntry(msgspec.Struct, frozen=True):
    """An entry as it stands in the log, with its receipt, and its personal values as far as they can be read.

    A value that is sealed, erased or altered has a sentence in its place; `terms` then has the one key "terms".
    `erased` says that the key is gone for good.
    """

    leaf: Leaf
    receipt_number: str
    terms: dict[str, str]
    personal: dict[str, str]
    erased: bool


def find_entries(
    database: Database,
    ring: KeyRing,
    filters: Mapping[str, Filter],
    *,
    limit: int,
    reveal: bool,
    order: Order = "oldest",
) -> list[RecordedEntry]:
    """Return the entries that pass every one of `filters` (keys of FILTERS), in this order, at most `limit`."""
    asked, values = conditions(filters)
    sql = f"SELECT body FROM ledger_entry WHERE {asked} ORDER BY sequence {ORDERS[order]} LIMIT ?"  # noqa: S608 - from FILTERS
    with database.reading():
        rows = database.rows(sql, [*values, limit])
        return [_recorded(database, ring, bytes(body), reveal=reveal) for (body,) in rows]


def count_entries(database: Database, filters: Mapping[str, Filter]) -> int:
    """Return how many entries pass every one of `filters`."""
    asked, values = conditions(filters)
    with database.reading():
        return int(database.rows(f"SELECT COUNT(*) FROM ledger_entry WHERE {asked}", values)[0][0])  # noqa: S608 - from FILTERS


def _recorded(database: Database, ring: KeyRing, body: bytes, *, reveal: bool) -> RecordedEntry:
    leaf = read_leaf(body)
    number = receipt_number(leaf.sequence, leaf_hash(body))
    if leaf.personal is None:
        return RecordedEntry(leaf, number, {}, {}, erased=False)
    key = key_with_id(database, ring, leaf.personal.key)
    if reveal or key is None:
        values = unseal(key, leaf.event, leaf.personal.values)
    else:
        values = dict.fromkeys(leaf.personal.values, SEALED)
    terms = _terms(values.pop(TERMS, None))
    return RecordedEntry(leaf, number, terms, values, erased=key is None)


def _terms(value: str | None) -> dict[str, str]:
    if value is None:
        return {}
    if value in (SEALED, ERASED, UNREADABLE):
        return {TERMS: value}
    terms: dict[str, str] = json.loads(value)
    return terms
