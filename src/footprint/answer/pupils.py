"""Whom a school's lead may reach: the people on the school's roll now, as the school itself says.

Reads that partner's records alone, so it is quick in a borough of any size; whoever calls keeps the result for a snapshot.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from footprint.answer.content import Content, Entry
from footprint.answer.freshness import principal
from footprint.records.window import is_open

_ON_ROLL: Final = "on-roll"
#: A pupil whom the school's later data no longer names stays within reach for so long: the delivery may have been short.
#: After that the child has left, though nobody wrote an end.
GRACE_DAYS: Final = 28


def own_pupils(content: Content, partner: str) -> frozenset[str]:
    """Return the keys of the records of those who are on a partner's roll; of a partner that has no roll none."""
    feeds = [feed for feed in content.feeds if feed.partner == partner]
    as_of = principal(feeds).as_of if feeds else ""
    if not as_of:
        return frozenset()
    since = (dt.date.fromisoformat(as_of) - dt.timedelta(days=GRACE_DAYS)).isoformat()
    return frozenset(key for key in content.keys_of_partner(partner) if _is_pupil(content.entry(key), since))


def _is_pupil(entry: Entry, since: str) -> bool:
    return any(
        one.involvement.code == _ON_ROLL and is_open(one.involvement) and one.last_reported >= since
        for one in entry.reported
    )
