"""What a page shows of notices: finished texts, the most urgent first, and what was told twice as one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from footprint.sharing.roles import ROLES
from footprint.web.accounts.actor import Actor
from footprint.web.design.words import moment
from footprint.web.notices.kinds import URGENCIES, Urgency, kind_of, thing_of, urgency_of
from footprint.web.notices.models import Mail, Notice
from footprint.web.referrals.protecting import words_read_by

_READ: Final = "Read"


class NoticeLine(NamedTuple):
    """What was told once or several times. `role` says in which other role it concerns the reader; empty for their own.

    `urgency` is empty for what was read, `due` for what has no time to be done by, `times` for what was told once, `mail`
    where the site sends none.
    """

    reference: str
    what: str
    urgency: str
    is_loud: bool
    due: str
    sentence: str
    link: str
    at: str
    times: str
    role: str
    mail: str
    is_new: bool


class Thing(NamedTuple):
    """What was told once or several times: the newest notice of it, how often, and since when."""

    notice: Notice
    times: int
    since: dt.datetime


class NoticeGroup(NamedTuple):
    """Notices that are as urgent as one another, or were read."""

    heading: str
    lines: tuple[NoticeLine, ...]


class HomeNotices(NamedTuple):
    """The unread ones: how many, and the most urgent."""

    unread: int
    lines: tuple[NoticeLine, ...]


def groups_of(
    notices: Iterable[Notice], actor: Actor, now: dt.datetime, *, sends_mail: bool
) -> tuple[NoticeGroup, ...]:
    """Return notices in groups: the unread ones by their urgency, then those that were read; in each the newest first."""
    groups: dict[str, list[NoticeLine]] = {**{text: [] for text in URGENCIES.values()}, _READ: []}
    for line in lines_of(notices, actor, now, sends_mail=sends_mail):
        groups[line.urgency or _READ].append(line)
    return tuple(NoticeGroup(heading, tuple(lines)) for heading, lines in groups.items() if lines)


def lines_of(
    notices: Iterable[Notice], actor: Actor, now: dt.datetime, *, sends_mail: bool
) -> tuple[NoticeLine, ...]:
    """Return notices as lines, the most urgent first and the newest of those; each thing once, as it was told last."""
    told: dict[object, list[Notice]] = {}
    for one in sorted(notices, key=lambda one: (one.created_at, one.pk), reverse=True):
        told.setdefault((thing_of(one), one.read_at is None), []).append(one)
    things = [Thing(same[0], len(same), same[-1].created_at) for same in told.values()]
    urgent = sorted(things, key=lambda one: urgency_of(one.notice, now))
    return tuple(line_of(one, actor, now, sends_mail=sends_mail) for one in urgent)


def line_of(thing: Thing, actor: Actor, now: dt.datetime, *, sends_mail: bool) -> NoticeLine:
    """Return one thing as a line, as it was told last."""
    notice = thing.notice
    held = notice.membership
    other = held.pk != actor.membership_id and held.role in ROLES
    is_new, urgency = notice.read_at is None, urgency_of(notice, now)
    return NoticeLine(
        reference=notice.reference,
        what=kind_of(notice).label,
        urgency=URGENCIES[urgency] if is_new else "",
        is_loud=is_new and urgency is Urgency.OVERDUE,
        due=moment(notice.due_at) if notice.due_at else "",
        sentence=_sentence(notice, actor),
        link=notice.link,
        at=moment(notice.created_at),
        times=f"Told {thing.times} times since {moment(thing.since)}" if thing.times > 1 else "",
        role=f"As {ROLES[held.role].label}, {held.partner.name}" if other else "",
        mail=_mail(notice.mail) if sends_mail else "",
        is_new=is_new,
    )


def _sentence(notice: Notice, actor: Actor) -> str:
    """What was told. Of what somebody typed the others read no protected place, though it was not protected then."""
    if not kind_of(notice).typed:
        return notice.sentence
    return words_read_by(actor.user_id, notice.typed_by, notice.sentence)


def _mail(mail: Mail) -> str:
    """Say what became of the e-mail."""
    state = Mail.State(mail.state)
    if state is Mail.State.SENT and mail.settled_at:
        twice = ", perhaps twice" if mail.perhaps_twice else ""
        return f"E-mail sent on {moment(mail.settled_at)}{twice}."
    if state is Mail.State.WAITING and mail.attempts:
        tried = "once" if mail.attempts == 1 else f"{mail.attempts} times"
        return f"E-mail not delivered yet; tried {tried}, tried again on {moment(mail.due_at)}."
    return f"E-mail {state.label}."
