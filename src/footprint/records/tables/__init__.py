"""Curated tables of names, as package data, and the one way of reading them."""

from __future__ import annotations

import csv
from importlib.resources import files


def families_by_form(table: str, label: str) -> dict[str, tuple[str, ...]]:
    """Return form -> the labels of the rows in which it stands, from a table with the columns `label` and "forms".

    Forms are parted by spaces; the label is a form of its own row. Everything in a table is folded, without spaces.
    """
    found: dict[str, dict[str, None]] = {}
    for row in csv.DictReader((files(__name__) / table).read_text(encoding="utf-8").splitlines()):
        for form in (row[label], *row["forms"].split()):
            found.setdefault(form, {})[row[label]] = None
    return {form: tuple(labels) for form, labels in found.items()}
