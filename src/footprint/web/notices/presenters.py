"""What a page shows of a notice: finished texts."""

from __future__ import annotations

from typing import NamedTuple

from footprint.sharing.roles import ROLES
from footprint.web.accounts.actor import Actor
from footprint.web.design.words import moment
from footprint.web.notices.models import Mail, Notice


class NoticeLine(NamedTuple):
    """One notice. `role` says in which other role it concerns the reader; empty for the one in which they act."""

    reference: str
    sentence: str
    link: str
    at: str
    role: str
    mail: str
    is_new: bool


class HomeNotices(NamedTuple):
    """The unread ones: how many, and the newest."""

    unread: int
    lines: tuple[NoticeLine, ...]


def line_of(notice: Notice, actor: Actor, *, sends_mail: bool) -> NoticeLine:
    """Return a notice as the page shows it."""
    held = notice.membership
    other = held.pk != actor.membership_id and held.role in ROLES
    return NoticeLine(
        reference=notice.reference,
        sentence=notice.sentence,
        link=notice.link,
        at=moment(notice.created_at),
        role=f"As {ROLES[held.role].label}, {held.partner.name}" if other else "",
        mail=_mail(notice.mail) if sends_mail else "This site sends no e-mail.",
        is_new=notice.read_at is None,
    )


def _mail(mail: Mail) -> str:
    """Say what became of the e-mail."""
    state = Mail.State(mail.state)
    if state is Mail.State.SENT and mail.settled_at:
        twice = ", perhaps twice" if mail.perhaps_twice else ""
        return f"E-mail sent on {moment(mail.settled_at)}{twice}."
    if state is Mail.State.WAITING and mail.attempts:
        return f"E-mail not delivered yet; tried {mail.attempts} times, tried again on {moment(mail.due_at)}."
    return f"E-mail {state.label}."
