"""What two guardians let somebody see once behind a shield: sector, kind and dates of involvements, and nothing else.

No address, school, area, team, site, contact, reference, or partner by name: any of these tells a place. A seal stays shut.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from footprint.answer import words
from footprint.answer.involvements import shown as within
from footprint.answer.people import People
from footprint.answer.values import Value
from footprint.records import Involvement
from footprint.records.codes import INVOLVEMENTS, SECTORS
from footprint.records.disclosure import Disclosure
from footprint.records.window import Window, is_open


class BehindLine(Value, frozen=True, kw_only=True):
    """One involvement: the sector of its partner, its kind, and when, in words."""

    sector: str
    label: str
    when: str


def behind_the_shield(people: People, person_id: str, disclosure: Disclosure) -> tuple[BehindLine, ...]:
    """Return what is behind a shield, the latest first: no more than the agreement lets this user know of others in full.

    Of somebody who is not protected, or closed for an adoption, nothing.
    """
    shown = people.find(person_id)
    if shown is None or shown.standing != "protected":
        return ()
    sectors = {feed.partner: feed.sector for feed in people.content.feeds}
    found = [
        (one.end or one.start, BehindLine(sector=_sector(sector), label=_label(one), when=_when(one)))
        for one, sector in _told(people, person_id, sectors, disclosure)
    ]
    return tuple(line for _, line in sorted(found, key=lambda item: (item[0], item[1].sector), reverse=True))


def _told(
    people: People, person_id: str, sectors: dict[str, str], disclosure: Disclosure
) -> Iterator[tuple[Involvement, str]]:
    """The involvements of which everything may be told, each within its kind's window."""
    shown = people.find(person_id)
    day = dt.date.fromisoformat(people.content.day)
    for entry in shown.entries if shown else ():
        key = entry.record.key
        since = people.overlay.severed.get(str(key), "")
        for one in entry.reported:
            code = one.involvement.code
            window = Window.on(day, shown_months=disclosure.months_of(code))
            if disclosure.level(key.partner, code) == "content" and within([one], window, since):
                yield one.involvement, sectors.get(key.partner, "")


def _sector(sector: str) -> str:
    return SECTORS.get(sector, sector)


def _label(involvement: Involvement) -> str:
    code = INVOLVEMENTS.get(involvement.code)
    return code.label if code else involvement.code


def _when(involvement: Involvement) -> str:
    if is_open(involvement):
        return f"open since {words.day(involvement.start)}"
    return words.span(involvement.start, involvement.end or involvement.start)
