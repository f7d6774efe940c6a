"""A referral that was sent, as its author and everybody else within reach read it, and one's own referrals as a list."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils import timezone

from footprint.answer import words
from footprint.referrals import states
from footprint.referrals.codes import DECISIONS, ROUTES
from footprint.referrals.feedback import ACKNOWLEDGED, Kind, now_said
from footprint.referrals.gaps import gaps
from footprint.referrals.referral import Referral as Said
from footprint.referrals.states import DECISION_REASONS, STATE_LABELS, Verb
from footprint.referrals.versions import changes
from footprint.web.cases.person.presenters.ring import Piece, pieces
from footprint.web.design.words import moment
from footprint.web.referrals.desk.presenters.moving import untold
from footprint.web.referrals.desk.presenters.queue import interest_said, name_of
from footprint.web.referrals.desk.presenters.timing import When, when_due
from footprint.web.referrals.ending import ends_on
from footprint.web.referrals.models import Draft, Referral, Version
from footprint.web.referrals.protecting import words_read_by
from footprint.web.referrals.writing.presenters.sheets import SheetShown, sheets_of
from footprint.web.referrals.writing.queries import Answer, Came, said_in

_TOLD: Final[Mapping[str, str]] = {
    Kind.RECEIPT: "It was sent",
    Kind.ROUTED: "The front door passed it to the family’s worker",
    Kind.ACCEPTED: "Somebody at the front door has taken it on",
    Kind.MORE: "More would help",
    Kind.DECISION: "It was decided",
    Kind.QUALITY: "How well the form was written",
    Kind.CLOSURE: "What happened next",
    Kind.NOTED: "The front door added what somebody told it",
    Kind.REOPENED: "It was opened again",
    Kind.PUT_BACK: "It is back in the front door’s queue",
}
#: Of these the first line says which decision, and which grade.
_SAYS_WHICH: Final = frozenset({Kind.DECISION, Kind.QUALITY})

_DONE: Final[Mapping[str, str]] = {
    Verb.RECEIVE: "Sent",
    Verb.ROUTE: "Passed to the family’s worker",
    Verb.ACCEPT: "Accepted",
    Verb.PUT_BACK: "Put back into the queue",
    Verb.DECIDE: "Decided",
    Verb.SEND_BACK: "Asked for more",
    Verb.ADD: "Added to",
    Verb.ADD_DANGER: "Added to: danger now",
    Verb.NOTE: "Taken down at the front door",
    Verb.READ: "What was added marked as read",
    Verb.CLOSE: "Closed",
    Verb.REOPEN: "Opened again",
}


class VersionShown(NamedTuple):
    """One version: its number, when and by whom, its ledger receipt, and what it changed, in words."""

    number: int
    at: str
    by: str
    receipt: str
    changes: tuple[str, ...]


class StepShown(NamedTuple):
    """What was done with it: what, by whom and when, the decision and its reason, and what was said."""

    what: str
    by: str
    at: str
    outcome: str
    reason: str
    words: str


class FeedbackShown(NamedTuple):
    """What the author is told. `id` is that of an answer which they have yet to acknowledge, or None."""

    title: str
    at: str
    by: str
    words: tuple[str, ...]
    points: tuple[str, ...]
    id: int | None
    acknowledged: str


class ReferralPage(NamedTuple):
    """All that one reader may see of a referral."""

    id: str
    reference: str
    is_urgent: bool
    danger_unread: bool
    is_author: bool
    may_add: bool
    sender: str
    ring: tuple[Piece, ...]
    route: str
    sent: str
    due: str
    due_tag: When | None
    is_decided: bool
    now: str
    state: str
    outcome: str
    earlier: tuple[tuple[str, str], ...]
    interest: str
    sheets: tuple[SheetShown, ...]
    versions: tuple[VersionShown, ...]
    steps: tuple[StepShown, ...]
    feedback: tuple[FeedbackShown, ...]
    gaps: tuple[str, ...]
    is_kept_blind: bool
    untold: str


class ReferralLine(NamedTuple):
    """One's own referral in a list."""

    id: str
    reference: str
    about: str
    sent: str
    state: str
    unread: int


class DraftLine(NamedTuple):
    """One's own draft in a list."""

    id: str
    about: str
    saved: str
    ends: str
    adds_to: str


class Reader(NamedTuple):
    """Who reads: whether it is the author, or somebody at the front door, whose reach is every referral; the words of levels.
    `is_blind` says that they are still to mark its form and must not learn how others did;
    `user` is who it is.
    """

    is_author: bool
    is_front_door: bool
    levels: Mapping[str, str]
    sector: str
    is_blind: bool = False
    earlier: Sequence[Referral] = ()
    user: uuid.UUID | None = None


def referral_page(
    referral: Referral, versions: Sequence[tuple[Version, Said]], came: Came, reader: Reader
) -> ReferralPage:
    """Return the page. `versions` are as this reader may read them, and so are the words in `came`."""
    row, latest = versions[-1]
    return ReferralPage(
        id=referral.pk,
        reference=referral.reference,
        is_urgent=referral.is_urgent,
        danger_unread=latest.imported.danger_unread,
        is_author=reader.is_author,
        may_add=reader.is_author,
        sender=_sender(referral, reader),
        ring=() if reader.is_author else pieces(latest.referrer.phone),
        route=ROUTES.get(referral.route, ""),
        sent=moment(referral.sent_at),
        due=moment(referral.due_at) if referral.due_at and not referral.decided_at else "",
        # Whoever decides reads it beside what they may do.
        due_tag=None if reader.is_front_door else _due_tag(referral, timezone.now()),
        is_decided=referral.decided_at is not None,
        # The page says once, and so that it can be tapped, on which number.
        now=now_said(came.steps),
        state=STATE_LABELS.get(referral.state, referral.state),
        outcome=_outcome(referral.outcome),
        # As many as are named: a number beside them would tell of one that is not this reader's.
        earlier=tuple(
            (reverse("referrals:referral", args=[one.pk]), one.reference) for one in reader.earlier
        ),
        interest=interest_said(referral) if reader.is_front_door else "",
        sheets=sheets_of(latest, reader.sector, reader.levels, row.filled),
        versions=tuple(_versions(versions, reader.levels)),
        steps=tuple(map(_step, came.steps)),
        feedback=tuple(
            _feedback(one, reader)
            for one in reversed(came.feedback)
            if not (reader.is_blind and one.kind == Kind.QUALITY)
        ),
        gaps=tuple(gap.says for gap in gaps(latest, reader.sector)),
        is_kept_blind=reader.is_blind,
        untold=untold(referral),
    )


def _due_tag(referral: Referral, now: dt.datetime) -> When | None:
    """In minutes, where somebody is in danger now and nothing is decided: whoever sent it must not wait unknowing."""
    if not referral.is_urgent or referral.decided_at:
        return None
    return when_due(referral.due_at, now, urgent=True)


def own_lines(sent: Iterable[tuple[Referral, Said]], unread: Mapping[str, int]) -> list[ReferralLine]:
    """Return one's own referrals as lines."""
    return [
        ReferralLine(
            one.pk,
            one.reference,
            about(said),
            moment(one.sent_at),
            _outcome(one.outcome) or STATE_LABELS.get(one.state, one.state),
            unread.get(one.pk, 0),
        )
        for one, said in sent
    ]


def draft_lines(drafts: Iterable[Draft]) -> list[DraftLine]:
    """Return one's own drafts as lines."""
    return [
        DraftLine(
            one.pk,
            about(said_in(one)),
            moment(one.saved_at),
            words.day(ends_on(one.saved_at).isoformat()),
            one.adds_to.reference if one.adds_to else "",
        )
        for one in drafts
    ]


def about(said: Said) -> str:
    """Return whom a referral is about, in a few words for whoever wrote it."""
    names = [child.name for child in said.children if child.name]
    return ", ".join(names) or said.who or said.place or "Nobody named yet"


def _sender(referral: Referral, reader: Reader) -> str:
    partner = referral.partner.name if referral.partner else ""
    name, team = name_of(referral, reader.user), words_read_by(reader.user, referral.taken_by, referral.team)
    return ", ".join(part for part in (name, team, partner) if part) or "Somebody who gave no name"


def _outcome(code: str) -> str:
    return DECISIONS[code].label if code in DECISIONS else code


def _versions(versions: Sequence[tuple[Version, Said]], levels: Mapping[str, str]) -> Iterable[VersionShown]:
    before: Said | None = None
    for row, said in versions:
        found = changes(before, said, levels) if before is not None else ()
        by = row.by.user.name if row.by else ""
        yield VersionShown(
            row.number, moment(row.at), by, row.receipt, tuple(change.says for change in found)
        )
        before = said


def _step(row: states.Step) -> StepShown:
    return StepShown(
        _DONE.get(row.verb, row.verb),
        row.by,
        moment(row.at),
        _outcome(row.outcome),
        DECISION_REASONS.get(row.reason, row.reason),
        row.words,
    )


def _feedback(row: Answer, reader: Reader) -> FeedbackShown:
    waits = reader.is_author and row.kind in ACKNOWLEDGED and row.acknowledged_at is None
    title, said = _TOLD.get(row.kind, row.kind), row.words.splitlines()
    if row.kind in _SAYS_WHICH and len(said) > 1:
        title, *said = said
    return FeedbackShown(
        title,
        moment(row.at),
        row.by_name,
        tuple(said),
        row.points,
        row.pk if waits else None,
        moment(row.acknowledged_at) if row.acknowledged_at else "",
    )
