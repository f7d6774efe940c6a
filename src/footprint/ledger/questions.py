"""Three questions of an information-governance lead: who opened this person, what did this user open, who traced whom.

They are answered from the search columns alone: no sealed value is opened, and no case is read. It must not know who may
ask; whoever does is entered, as an event of kind `reading`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, TypedDict

import msgspec

from footprint.ledger.database import Database
from footprint.ledger.filters import Filter, conditions_of_pairs

#: The kinds of entry that say: this person was shown to that user. An intent alone showed nothing.
SHOWN: Final = ("outcome", "disclosure")

# By the columns of the answer: the newest entry; how often.
NEWEST_FIRST: Final = "6 DESC, 1, 2"
MOST_FIRST: Final = "3 DESC, 6 DESC, 1, 2"


class Span(TypedDict, total=False):
    """Of which time and where, all optional: `since` is included and `until` not; `least` leaves out rarer pairs."""

    partnership: str | None
    since: dt.datetime | None
    until: dt.datetime | None
    kinds: Sequence[str]
    actions: Sequence[str] | None
    least: int
    limit: int
    offset: int


class Traced(msgspec.Struct, frozen=True):
    """One user and one person: how often, first and last when (as entries write it), and the newest entry's number."""

    actor: str
    subject: str
    count: int
    first: str
    last: str
    sequence: int


def traced(
    database: Database, span: Span, order: str, *, actor: str | None = None, subject: str | None = None
) -> list[Traced]:
    """Return the pairs of user and person within a span, of one user or one person where they are given."""
    filters: Mapping[str, Filter] = {
        "actor": actor,
        "partnership": span.get("partnership"),
        "kinds": span.get("kinds", SHOWN),
        "actions": span.get("actions"),
        "since": span.get("since"),
        "until": span.get("until"),
    }
    asked, values = conditions_of_pairs(filters, narrowed=subject is not None)
    if subject is not None:
        asked, values = f"{asked} AND s.subject_id = ?", [*values, subject]
    # Grouped by an expression, or SQLite would walk the index of actors instead of what the filters find.
    sql = f"""SELECT COALESCE(e.actor, e.actor), s.subject_id, COUNT(*), MIN(e.time), MAX(e.time), MAX(e.sequence)
        FROM ledger_subject s JOIN ledger_entry e ON e.sequence = s.sequence WHERE {asked}
        GROUP BY COALESCE(e.actor, e.actor), s.subject_id HAVING COUNT(*) >= ? ORDER BY {order} LIMIT ? OFFSET ?"""  # noqa: S608 - from FILTERS
    page = (span.get("least", 1), span.get("limit", 100), span.get("offset", 0))
    with database.reading():
        rows = database.rows(sql, [*values, *page])
    return [Traced(*row) for row in rows]
