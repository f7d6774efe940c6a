"""The families of the invented borough about whom referrals are invented: of police incidents, and of pupils.

Reads what was published whole, as the one who invented it may. Outside the demonstration nothing here is called.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from footprint.answer.content import Content
from footprint.referrals.prefilling import Source, fill, offers
from footprint.referrals.referral import Referral
from footprint.web.cases.published import published

POLICE = "police"
_MOST = 4


class Family(NamedTuple):
    """Children and adults as a referral has them, and where they come from: the incident's reference, team and day."""

    said: Referral
    incident: str = ""
    team: str = ""
    day: str = ""


def of_incidents(dice: Random, count: int, team: str = "") -> list[Family]:
    """Return so many families of incidents at which a child was, the latest first, of one team or of all."""
    content = published().content
    there: dict[tuple[str, str, str], list[str]] = {}
    for one in published().children_there(POLICE):
        if one.team == team or not team:
            there.setdefault((one.day, one.reference, one.team), []).append(one.record)
    latest = sorted(there.items(), reverse=True)[: 2 * count]
    chosen = sorted(dice.sample(latest, min(count, len(latest))), reverse=True)
    found = []
    for (day, reference, of), keys in chosen:
        family = _family(content, keys, of=dt.date.fromisoformat(content.day))
        if family.children:
            found.append(Family(family, reference, of, day))
    return found


def of_school(dice: Random, school: str, count: int) -> list[Family]:
    """Return so many families of pupils of a school."""
    content = published().content
    keys = sorted(published().pupils_of(school))
    today = dt.date.fromisoformat(content.day)
    return [
        Family(family)
        for key in dice.sample(keys, min(count, len(keys)))
        if (family := _family(content, [key], of=today)).children
    ]


def _family(content: Content, keys: list[str], *, of: dt.date) -> Referral:
    """Some children and whom their records name as relatives, as a form has them; nobody who is protected."""
    sources = list(_sources(content, keys))
    lines = [line for offer in offers(sources, of) for line in offer.lines]
    return fill(Referral(), lines).referral


def _sources(content: Content, keys: list[str]) -> Iterator[Source]:
    entries = [content.entry(key) for key in dict.fromkeys(keys[:_MOST])]
    if any(one.record.protected for one in entries):
        return
    named = [tie.other for one in entries for tie in one.record.relationships if not tie.end]
    others = [
        content.entry(key)
        for key in dict.fromkeys(named[:_MOST])
        if content.number_of_record(key) is not None
    ]
    for entry in (*entries, *others):
        if not entry.record.protected:
            yield Source(entry.record, entry.record.key.partner, entry.last_reported)
