"""Involvements as lines that a duty worker reads: by kind and role, open ones first, and whom to ring about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from footprint.answer import words
from footprint.answer.values import InvolvementLine, Span, Worker
from footprint.records import DutyContact, Involvement
from footprint.records.codes import INVOLVEMENTS, ROLES
from footprint.records.published import Reported
from footprint.records.window import Window, is_episode, is_open

# Episodes that last without anybody working with the person because of them.
_NO_CASE: Final = frozenset({"on-roll", "persistent-absence"})
# Where an open episode is a team's to work on, whether or not anybody is named for it.
_OPEN_TO_A_TEAM: Final = frozenset({"childrens-social-care", "adult-social-care"})


class Seldom(NamedTuple):
    """A feed of a partner beside the one that comes most often: what it is, and the ISO day of its data."""

    what: str
    as_of: str


_NO_OTHERS: Final[Mapping[str, Seldom]] = MappingProxyType({})


def shown(reported: Iterable[Reported], window: Window, since: str = "") -> list[Reported]:
    """Return those inside the window, and none that began before `since` (an ISO day; the severance of an adoption)."""
    return [one for one in reported if window.shows(one.involvement) and one.involvement.start >= since]


def lines(
    reported: Iterable[Reported], as_of: str, duty: DutyContact, others: Mapping[str, Seldom] = _NO_OTHERS
) -> tuple[InvolvementLine, ...]:
    """Return the lines of one partner, whose data is as of that ISO day and whose duty contact stands in for missing ones.

    Every open episode is a line of its own; the rest are counted by kind and role. Open first, then the latest first.
    `others` are the partner's feeds that come more seldom, by id: what only they tell is counted by itself.
    """
    groups: dict[tuple[str, ...], list[Reported]] = {}
    for one in _told_once(reported, others):
        involvement = one.involvement
        key = (involvement.code, involvement.role, involvement.id if is_open(involvement) else "")
        groups.setdefault((*key, one.feed if one.feed in others else ""), []).append(one)
    found = [_line(group, as_of, duty, others.get(group[0].feed)) for group in groups.values()]
    found.sort(key=lambda line: (line.code, line.role, line.reference))
    found.sort(key=lambda line: line.last or line.first, reverse=True)
    return tuple(sorted(found, key=lambda line: not line.open))


def when(line: InvolvementLine) -> str:
    """Return how often and how lately, and as whom; "open" only as far as it was confirmed."""
    if line.open:
        said = words.open_since(line.first, line.confirmed_on, line.not_reported_since)
    elif line.count > 1:
        said = f"{line.count} times, last {words.day(line.last)}"
    else:
        said = words.day(line.last)
    role = "" if line.role == words.SUBJECT else f", as {line.role}"
    unreported = line.not_reported_since if not line.open else ""
    only_by = f", told only by {line.only_by}" if line.only_by else ""
    return f"{said}{role}{f', not reported since {words.day(unreported)}' if unreported else ''}{only_by}"


def workers(partner: str, name: str, sector: str, shared: Iterable[InvolvementLine]) -> list[Worker]:
    """Return those to whom the person is open, each once, as these lines of one partner tell.

    An episode for which nobody is named is the only named worker's where there is but one, and its team's where there is none.
    """
    open_lines = [line for line in shared if line.open and line.code not in _NO_CASE]
    unnamed = [line for line in open_lines if not line.contact.worker]
    found: dict[tuple[str, str], list[InvolvementLine]] = {}
    for line in open_lines:
        if line.contact.worker:
            found.setdefault((line.contact.worker, line.contact.team), []).append(line)
    if len(found) == 1:
        next(iter(found.values())).extend(unnamed)
    elif not found and sector in _OPEN_TO_A_TEAM:
        for line in unnamed:
            found.setdefault(("", line.contact.team), []).append(line)
    return [_worker(partner, name, lines) for lines in found.values()]


def _worker(partner: str, name: str, lines: Sequence[InvolvementLine]) -> Worker:
    latest = lines[0]
    return Worker(
        partner=partner,
        name=name,
        label=latest.label,
        role=latest.role,
        since=latest.first,
        confirmed_on=latest.confirmed_on,
        contact=latest.contact,
        not_reported_since=latest.not_reported_since,
        episodes=tuple(dict.fromkeys(line.label for line in lines)),
        only_by=latest.only_by,
        code=latest.code,
    )


def _told_once(reported: Iterable[Reported], others: Mapping[str, Seldom]) -> list[Reported]:
    """Without what a feed that comes seldom said once of a fact that the partner's own latest data tells as it is now."""
    listed = list(reported)
    if not others:
        return listed
    now = {_fact(one.involvement) for one in listed if one.feed not in others}
    return [one for one in listed if one.feed not in others or _fact(one.involvement) not in now]


def _fact(involvement: Involvement) -> tuple[str, str, str]:
    return involvement.record, involvement.code, involvement.start


def _line(
    group: Sequence[Reported], as_of: str, duty: DutyContact, only_by: Seldom | None
) -> InvolvementLine:
    as_of = only_by.as_of if only_by else as_of
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
        days=tuple(sorted(_day(one) for one in group if not is_episode(one.involvement))),
        spans=_spans([one.involvement for one in group if is_episode(one.involvement)]),
        only_by=f"the {only_by.what}, as of {words.day(only_by.as_of)}" if only_by else "",
    )


def _spans(episodes: Iterable[Involvement]) -> tuple[Span, ...]:
    ordered = sorted((one.start, one.end) for one in episodes)
    return tuple(Span(start=start, end=end) for start, end in ordered)


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
