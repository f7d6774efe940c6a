"""Involvements as lines that a duty worker reads: by kind and role, open ones first, and whom to ring about each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from footprint.answer.values import InvolvementLine, Worker
from footprint.records import DutyContact
from footprint.records.codes import INVOLVEMENTS, ROLES
from footprint.records.published import Reported
from footprint.records.window import Window, is_open

# Episodes that last without anybody working with the person because of them.
_NO_CASE: Final = frozenset({"on-roll", "persistent-absence"})


def shown(reported: Iterable[Reported], window: Window, since: str = "") -> list[Reported]:
    """Return those inside the window, and none that began before `since` (an ISO day; the severance of an adoption)."""
    return [one for one in reported if window.shows(one.involvement) and one.involvement.start >= since]


def lines(reported: Iterable[Reported], as_of: str, duty: DutyContact) -> tuple[InvolvementLine, ...]:
    """Return the lines of one partner, whose data is as of that ISO day and whose duty contact stands in for missing ones.

    Every open episode is a line of its own; the rest are counted by kind and role. Open first, then the latest first.
    """
    groups: dict[tuple[str, ...], list[Reported]] = {}
    for one in reported:
        involvement = one.involvement
        key = (involvement.code, involvement.role, involvement.id if is_open(involvement) else "")
        groups.setdefault(key, []).append(one)
    found = [_line(group, as_of, duty) for group in groups.values()]
    found.sort(key=lambda line: (line.code, line.role, line.reference))
    found.sort(key=lambda line: line.last or line.first, reverse=True)
    return tuple(sorted(found, key=lambda line: not line.open))


def workers(partner: str, name: str, shared: Iterable[InvolvementLine]) -> list[Worker]:
    """Return the workers to whom the person is open, one for each name, as these lines of one partner tell."""
    found: dict[tuple[str, str], Worker] = {}
    for line in shared:
        if line.open and line.contact.worker and line.code not in _NO_CASE:
            found.setdefault(
                (line.contact.worker, line.contact.team),
                Worker(
                    partner=partner,
                    name=name,
                    label=line.label,
                    since=line.first,
                    confirmed_on=line.confirmed_on,
                    contact=line.contact,
                ),
            )
    return list(found.values())


def _line(group: Sequence[Reported], as_of: str, duty: DutyContact) -> InvolvementLine:
    latest = max(group, key=lambda one: (_day(one), one.last_reported, one.involvement.id))
    involvement = latest.involvement
    code = INVOLVEMENTS.get(involvement.code)
    opened = is_open(involvement)
    return InvolvementLine(
        code=involvement.code,
        label=code.label if code else involvement.code,
        role=ROLES.get(involvement.role, involvement.role),
        count=len(group),
        first=min(one.involvement.start for one in group),
        last="" if opened else _day(latest),
        open=opened,
        confirmed_on=latest.last_reported if opened else "",
        not_reported_since=latest.last_reported if latest.last_reported < as_of else "",
        reference=involvement.reference,
        site=involvement.site,
        contact=_with_duty(involvement.contact, duty),
    )


def _day(one: Reported) -> str:
    return one.involvement.end or one.involvement.start


def _with_duty(contact: DutyContact, duty: DutyContact) -> DutyContact:
    """The contact of the involvement, its gaps filled from the partner's duty contact; never one's number, other's hours."""
    if contact.phone:
        return msgspec.structs.replace(contact, fallback=contact.fallback or duty.fallback)
    return DutyContact(
        worker=contact.worker,
        team=contact.team or duty.team,
        phone=duty.phone,
        hours=duty.hours,
        fallback=contact.fallback or duty.fallback,
    )
