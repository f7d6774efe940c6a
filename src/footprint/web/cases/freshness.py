"""How fresh partners' data is, where there are many partners: on the first page what is too old, beside an answer all of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from footprint.answer.freshness import partner_states
from footprint.answer.values import PartnerState
from footprint.records.codes import SECTORS
from footprint.web.cases.published import published_or_none

# A sector with more partners than this is told in one line.
_ONE_BY_ONE: Final = 3
_STATES: Final = {
    "fresh": "fresh",
    "late": "late with the next delivery",
    "stale": "too old to rely on",
    "unconnected": "not connected",
}
NOTHING: Final = "Nothing is published yet, so nothing can be answered."


class Fresh(NamedTuple):
    """How fresh a partner, or a sector of many partners, is."""

    name: str
    says: str


def freshness(states: Iterable[PartnerState]) -> tuple[Fresh, ...]:
    """Return how fresh every partner is, a sector of many in one line."""
    return tuple(_fresh(states))


def stale_partners(now: dt.datetime) -> tuple[str, ...]:
    """Return a sentence for each partner, or sector of many, whose data is stale; and one where nothing is published."""
    opened = published_or_none()
    if opened is None:
        return (NOTHING,)
    states = partner_states(opened.content.feeds, now)
    stale = [state for state in states if state.state == "stale"]
    return tuple(f"{one.name}: {one.says}" for one in _fresh(stale))


def _fresh(states: Iterable[PartnerState]) -> Iterator[Fresh]:
    for sector, group in groupby(states, key=lambda state: state.sector):
        listed = list(group)
        if len(listed) <= _ONE_BY_ONE:
            yield from (Fresh(state.name, state.says) for state in listed)
            continue
        counts = Counter(state.state for state in listed)
        said = ", ".join(f"{count} {_STATES[state]}" for state, count in counts.most_common())
        yield Fresh(f"{SECTORS.get(sector, sector)} ({len(listed)} partners)", f"{said}.")
