"""Families of given names: nicknames, spellings and transliterations that one person may go by.

The table is curated by hand for the communities of an English borough (`tables/given_names.csv`: a family's label, then
its forms). A form may belong to several families (Alex, Sam, Jo). A name that is in no family has none: equality is
enough for it. Belonging to one family says "may be the same name", never "is the same person".
"""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib.resources import files

from footprint.records.text import fold


@cache
def families_by_form() -> dict[str, tuple[str, ...]]:
    """Return form -> labels of its families, both folded and without spaces. Read once for each process."""
    table = files("footprint.records") / "tables" / "given_names.csv"
    found: dict[str, dict[str, None]] = {}
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        label = _join(row["family"])
        for form in (label, *map(_join, row["forms"].split())):
            found.setdefault(form, {})[label] = None
    return {form: tuple(labels) for form, labels in found.items()}


@lru_cache(maxsize=1 << 15)
def given_families(name: str) -> tuple[str, ...]:
    """Return the labels of the families to which a given name belongs, in the table's order; none is common."""
    return families_by_form().get(_join(name), ())


def _join(name: str) -> str:
    return fold(name).replace(" ", "")
