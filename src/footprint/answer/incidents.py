"""At which of a partner's incidents a child was, as the partner itself reports it: a reference, a day, a team, a record's key.

Reads that partner's records alone; whoever calls keeps the result for a snapshot. Says nothing of what happened to anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final, NamedTuple

from footprint.answer.content import Content
from footprint.records import Involvement, PartialDate

_PRESENT: Final = "child-present"
#: Who was harmed is a child who was there, though nobody wrote "child present" of them.
_HARMED: Final = "victim"
_GROWN: Final = 18


class ChildThere(NamedTuple):
    """That a child was at an incident: its reference and kind, its day (ISO), the team that attended, and the child's record."""

    reference: str
    code: str
    day: str
    team: str
    record: str


def children_there(content: Content, partner: str) -> tuple[ChildThere, ...]:
    """Return every child at every incident of a partner that has a reference, in no particular order."""
    return tuple(_of_partner(content, partner))


def _of_partner(content: Content, partner: str) -> Iterator[ChildThere]:
    for key in content.keys_of_partner(partner):
        entry = content.entry(key)
        for reported in entry.reported:
            one = reported.involvement
            if one.reference and _is_child(one, entry.record.birth):
                yield ChildThere(one.reference, one.code, one.start, one.contact.team, key)


def _is_child(one: Involvement, birth: PartialDate | None) -> bool:
    if one.role == _PRESENT:
        return True
    if one.role != _HARMED or birth is None or birth.year is None:
        return False
    day = dt.date.fromisoformat(one.start)
    return (birth.year + _GROWN, birth.month or 12, birth.day or 31) > (day.year, day.month, day.day)
