"""Which recordings a supervisor looks into, so that anybody can tell again, and what they may find.

Whether a recording is drawn follows from its incident, its reference and the partnership alone: its hash lies below the share
that is wanted. So it is drawn on the day on which it is reported, long before it would be deleted; what comes later changes
nothing; and nobody chooses. Of a team's month that ends with none, the lowest hash is drawn.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final, NamedTuple

from footprint.referrals.measures import Incident, Measuring, Recording, deleted_at, month_of
from footprint.referrals.missing import folded

#: What came of looking. Only the first counts as looked into.
LOOKED: Final = "looked"
WAS_THERE: Final = "was-there"
GONE: Final = "gone"
OUTCOMES: Final = MappingProxyType(
    {
        LOOKED: "I looked into it",
        WAS_THERE: "I was there, or am in it: a supervisor of another team looks",
        GONE: "It is not there any more, or cannot be played",
    }
)
CHILD_HEARD: Final = MappingProxyType(
    {
        "yes": "Yes, in the child’s own words",
        "no": "No, though a child was there",
        "nobody": "No child is in it",
        "cannot": "It cannot be told",
    }
)
PROMPT_USED: Final = MappingProxyType(
    {
        "yes": "Yes",
        "partly": "In part",
        "no": "No",
        "nobody": "No child is in it",
        "cannot": "It cannot be told",
    }
)

#: What is counted of recordings that were drawn: a label, and of what it is a share.
COUNTED: Final = MappingProxyType(
    {
        "dip": ("A drawn recording was looked into", "drawn recordings that were looked into or due by now"),
        "dip-heard": (
            "It holds the child’s own words",
            "recordings looked into with a child in them of which it can be told",
        ),
        "dip-prompt": (
            "The prompt was used, in whole",
            "recordings looked into with a child in them of which it can be told",
        ),
    }
)


class Drawn(NamedTuple):
    """A recording that was drawn: of which incident, and by when somebody should have looked."""

    incident: Incident
    asset: str
    started: dt.datetime
    ended: dt.datetime
    due: dt.datetime
    gone: dt.datetime | None

    def is_late(self, now: dt.datetime) -> bool:
        """Say whether it should have been looked into by now."""
        return now > self.due


def lot(partnership: str, incident: str, asset: str) -> float:
    """Return the lot of a recording, from 0 to below 1: the beginning of a SHA-256, as a share of all that it could be."""
    said = f"{partnership}\n{folded(incident)}\n{asset}".encode()
    return int.from_bytes(hashlib.sha256(said).digest()[:6], "big") / (1 << 48)


def as_drawn(incident: Incident, recording: Recording, choices: Measuring) -> Drawn:
    """Return a recording as somebody is given it: due within the days of the choices, and before it is deleted."""
    gone = None if recording.kept else deleted_at(recording, choices)
    due = recording.ended + dt.timedelta(days=choices.dip_within)
    return Drawn(incident, recording.asset, recording.started, recording.ended, min(due, gone or due), gone)


def drawn(
    incidents: Iterable[Incident], choices: Measuring, partnership: str, now: dt.datetime
) -> list[Drawn]:
    """Return the recordings that are drawn of these incidents, those first that should be looked into first.

    Give whole months of whole teams: of a month that is over at least one recording of each team is drawn.
    """
    this_month = month_of(now)
    by_cell: dict[tuple[str, str], list[tuple[float, Drawn]]] = {}
    for one in incidents:
        of = choices.class_of(one.kind)
        if of is None or not of.video:
            continue
        cell = by_cell.setdefault((one.team, month_of(one.at)), [])
        for recording in one.recordings:
            item = as_drawn(one, recording, choices)
            cell.append((lot(partnership, one.reference, recording.asset), item))
    found = []
    for (_, month), cell in by_cell.items():
        below = [item for value, item in cell if value < choices.dip_share]
        if not below and cell and choices.dip_share > 0 and month < this_month:
            below = [min(cell, key=lambda pair: (pair[0], pair[1].asset))[1]]
        found += below
    return sorted(found, key=lambda one: (one.due, one.incident.reference, one.asset))
