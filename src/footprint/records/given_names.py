"""Families of given names: nicknames, spellings and transliterations that one person may go by.

The table is curated by hand for the communities of an English borough (`tables/given_names.csv`: a family's label, the
community it comes from, its forms). A form may belong to several families (Alex, Sam, Jo). A name that is in no family has
none: equality is enough for it. Belonging to one family says "may be the same name", never "is the same person".
"""

from __future__ import annotations

from functools import cache, lru_cache

from footprint.records.tables import families_by_form
from footprint.records.text import fold


@cache
def _families() -> dict[str, tuple[str, ...]]:
    return families_by_form("given_names.csv", "family")


@lru_cache(maxsize=1 << 15)
def given_families(name: str) -> tuple[str, ...]:
    """Return the labels of the families to which a given name belongs, in the table's order; none is common."""
    return _families().get(fold(name).replace(" ", ""), ())
