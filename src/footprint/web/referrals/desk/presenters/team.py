"""A supervisor's day as finished words. Never a figure of a person."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from footprint.answer import words
from footprint.calendars import LONDON
from footprint.referrals import states
from footprint.referrals.codes import DECISIONS
from footprint.referrals.deciding import passes_by_danger
from footprint.referrals.feedback import Kind
from footprint.referrals.gaps import gaps
from footprint.referrals.grades import Scales
from footprint.referrals.holding import for_recipients
from footprint.referrals.missing import NOT_NEEDED, How, Standing, folded
from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import decode
from footprint.web.design.words import moment, shortened
from footprint.web.referrals.desk.incident_queries import Incidents
from footprint.web.referrals.desk.presenters.queue import (
    Reading,
    about,
    called_said,
    gaps_said,
    masked_of,
    name_of,
    sender_of,
)
from footprint.web.referrals.desk.presenters.timing import When, spoken
from footprint.web.referrals.desk.team_queries import Late, Team, Unread
from footprint.web.referrals.models import Feedback, Referral

NO_TEAM: Final = (
    "Your account names no team, so no referral of one can be shown. Ask whoever manages accounts."
)
_NOT_NAMED: Final = (
    "The police feed names no incident of a team called {team} in the last four weeks. It may call your team otherwise: "
    "ask whoever manages accounts."
)
_NONE_OVERDUE: Final = "None is overdue. That is not a clearance."
_NO_INCIDENT: Final = "Of the incidents that you may see none at which a child was waits for a referral. That is not a clearance."
_MOST_GAPS: Final = 3
_WAITS_FOR: Final = {
    Kind.MORE: "what would help",
    Kind.DECISION: "the decision",
    Kind.QUALITY: "the grade",
    Kind.CLOSURE: "what happened next",
}
_HOW: Final = {
    How.MISSING: ("No referral", "govuk-tag--red"),
    How.LATE: ("Came late", "govuk-tag--yellow"),
    How.AWAITED: ("Due soon", "govuk-tag--grey"),
}


class TeamLine(NamedTuple):
    """One referral that left the team. `unseen` says that its supervisor has not said to have read it.

    Of an urgent one whether 999 was `called` is said, and no gaps: nobody asked for more than five answers.
    """

    id: str
    href: str
    reference: str
    who: str
    sender: str
    sent: str
    tags: tuple[When, ...]
    called: str
    gaps: str
    first_gaps: tuple[str, ...]
    grade: str
    more: str
    unseen: bool


class PlainLine(NamedTuple):
    """A line that leads to a referral: which, a tag, and a sentence. `rule` is where to say that none is needed."""

    href: str
    reference: str
    tag: When | None
    says: str
    rule: str = ""


class RuledLine(NamedTuple):
    """An incident that needs no referral: which ruling, and who ruled so, when and why."""

    id: int
    reference: str
    says: str


class TeamPage(NamedTuple):
    """A supervisor's day. Of incidents with a child no referral of `missing` came in time or since, as the overview of teams
    counts them; of `awaited` none came yet, and of `came_late` it did.
    """

    team: str
    lines: tuple[TeamLine, ...]
    more: str
    missing: tuple[PlainLine, ...]
    no_missing: str
    awaited: tuple[PlainLine, ...]
    came_late: tuple[PlainLine, ...]
    ruled: tuple[RuledLine, ...]
    late: tuple[PlainLine, ...]
    undecided: tuple[PlainLine, ...]
    unread: tuple[PlainLine, ...]
    receipt: str

    @property
    def unseen(self) -> tuple[str, ...]:
        """The ids of those that nobody said to have read."""
        return tuple(one.id for one in self.lines if one.unseen)


def team_page(team: str, found: Team, reading: Reading, scales: Scales, sector: str) -> TeamPage:
    """Return a supervisor's day. `sector` is that of the organisation, whose officers are asked for video and no teacher."""
    return TeamPage(
        team=team,
        lines=tuple(_line(one, reading, scales, sector) for one in found.today),
        more=f"And {found.more:,} more: read these first." if found.more else "",
        missing=_incidents(found, How.MISSING, reading.now),
        no_missing=_no_missing(found, team),
        awaited=_incidents(found, How.AWAITED, reading.now),
        came_late=_incidents(found, How.LATE, reading.now),
        ruled=tuple(ruled_lines(found.incidents)),
        late=tuple(_late(one, reading) for one in found.late),
        undecided=tuple(_undecided(one, reading.now) for one in found.undecided),
        unread=tuple(_unread(found.unread, reading)),
        receipt=found.receipt,
    )


def _line(row: Any, reading: Reading, scales: Scales, sector: str) -> TeamLine:
    said = decode(row.latest) if row.latest else Said()
    protected = masked_of(row, reading)
    found = () if row.is_urgent else gaps(for_recipients(said, protected), sector)
    return TeamLine(
        id=row.pk,
        href=_href(row),
        reference=row.reference,
        who=shortened(about(said, protected)),
        sender=shortened(sender_of(row, reading)),
        sent=moment(row.sent_at),
        tags=tuple(_tags(row, reading.now)),
        called=called_said(said) if row.is_urgent else "",
        gaps="" if row.is_urgent else gaps_said(row.gaps),
        first_gaps=tuple(one.says for one in found[:_MOST_GAPS]),
        grade=grade_said(row.grade, row.scale, scales),
        more=reverse("referrals:move", args=[row.pk, states.Verb.SEND_BACK]),
        unseen=row.seen_by_supervisor_at is None,
    )


def grade_said(grade: str | None, scale: str | None, scales: Scales) -> str:
    """Return a grade's label; its code, where the scale has changed since; nothing where there is none."""
    if not grade:
        return ""
    try:
        return scales.scale(scale or "").grade(grade).label
    except ValueError:
        return grade


def _tags(row: Any, now: dt.datetime) -> Iterator[When]:
    if row.is_urgent:
        yield When("In danger now", "govuk-tag--red")
    if row.seen_by_supervisor_at is None:
        late = row.read_by is not None and now > row.read_by
        yield When(
            f"Not read, late by {spoken(now - row.read_by)}" if late else "Not yet read",
            "govuk-tag--red" if late else "govuk-tag--yellow",
        )
    decided = DECISIONS[row.outcome].label if row.outcome in DECISIONS else ""
    below = row.outcome and passes_by_danger(row.outcome, danger=row.is_urgent)
    yield When(
        decided or states.STATE_LABELS.get(row.state, row.state),
        "govuk-tag--orange" if below else "govuk-tag--green" if decided else "govuk-tag--grey",
    )
    if row.asked_for_more:
        yield When("More was asked for", "govuk-tag--blue")


def _incidents(found: Team, how: How, now: dt.datetime) -> tuple[PlainLine, ...]:
    return tuple(missing_line(one, now) for one in found.incidents.standings if one.how is how)


def missing_line(one: Standing, now: dt.datetime) -> PlainLine:
    """Return an incident of which a referral is missing, late or due soon."""
    text, colour = _HOW[one.how]
    late = f", {spoken(now - one.due)} ago" if one.due < now else ""
    reference = one.incident.reference
    return PlainLine(
        reverse("referrals:referral", args=[one.referral.id]) if one.referral else "",
        reference,
        When(text, colour),
        f"{_attended(one)}. A referral was due by {moment(one.due)}{late}.",
        "" if one.referral else f"{reverse('referrals:no_referral')}?{urlencode({'incident': reference})}",
    )


def ruled_lines(found: Incidents) -> Iterator[RuledLine]:
    """Yield the incidents of which somebody ruled that they need no referral, with the ruling."""
    for one in found.standings:
        ruling = found.ruled.get(folded(one.incident.reference))
        if one.how is How.NOT_NEEDED and ruling is not None:
            why = NOT_NEEDED[ruling.reason] + (f": {ruling.words}" if ruling.words else "")
            yield RuledLine(
                ruling.pk,
                one.incident.reference,
                f"{_attended(one)}. {why}. {ruling.by_name}, {moment(ruling.at)}.",
            )


def _attended(one: Standing) -> str:
    count = one.incident.children
    day = words.day((one.incident.noticed - dt.timedelta(hours=12)).astimezone(LONDON).date().isoformat())
    return f"{day}, {count} {'child' if count == 1 else 'children'} there"


def _no_missing(found: Team, team: str) -> str:
    if found.incidents.refusal:
        return found.incidents.refusal
    if team not in found.incidents.teams:
        return _NOT_NAMED.format(team=team)
    is_awaited = any(one.how is How.AWAITED for one in found.incidents.standings)
    return _NONE_OVERDUE if is_awaited else _NO_INCIDENT


def _late(one: Late, reading: Reading) -> PlainLine:
    after = spoken(one.referral.sent_at - one.due.start)
    return PlainLine(
        _href(one.referral),
        one.referral.reference,
        None,
        f"{sender_of(one.referral, reading)}. Sent {moment(one.referral.sent_at)}, {after} after it was noticed; "
        f"it was due {moment(one.due.at)}.",
    )


def _undecided(one: Referral, now: dt.datetime) -> PlainLine:
    late = spoken(now - one.due_at) if one.due_at else ""
    return PlainLine(
        _href(one), one.reference, When(f"Late by {late}", "govuk-tag--red"), f"Sent {moment(one.sent_at)}."
    )


def _unread(answers: Iterable[Unread], reading: Reading) -> Iterator[PlainLine]:
    """Of each referral one line, with every answer to it; in the order of their first ones."""
    of_each: dict[str, list[Unread]] = defaultdict(list)
    for one in answers:
        of_each[one.feedback.referral_id].append(one)
    for waiting in of_each.values():
        referral, ago = waiting[0].feedback.referral, spoken(reading.now - waiting[0].due.at)
        what = words.listed(_answer(one.feedback) for one in waiting)
        due = "the first of these was" if len(waiting) > 1 else "that was"
        says = f"{name_of(referral, reading.reader, reading.protected)} has not acknowledged {what}; {due} due {ago} ago."
        yield PlainLine(_href(referral), referral.reference, None, says)


def _answer(one: Feedback) -> str:
    return f"{_WAITS_FOR.get(Kind(one.kind), 'an answer')} ({words.day(one.at.astimezone(LONDON).date().isoformat())})"


def _href(referral: Referral) -> str:
    return reverse("referrals:referral", args=[referral.pk])
