"""What the pages of the list show, as finished texts: why and until when somebody is watched over, never who."""

from __future__ import annotations

from typing import NamedTuple

from footprint.answer import words
from footprint.web.design.words import moment
from footprint.web.protection.models import ListEntry


class Line(NamedTuple):
    """One entry."""

    reference: str
    sort: str
    why: str
    by: str
    at: str
    ends: str


def line_of(entry: ListEntry) -> Line:
    """Return an entry as the page shows it."""
    return Line(
        reference=entry.reference,
        sort=str(entry.get_sort_display()),
        why=entry.why,
        by=entry.raised_by.user.name,
        at=moment(entry.raised_at),
        ends=words.day(entry.ends.isoformat()),
    )
