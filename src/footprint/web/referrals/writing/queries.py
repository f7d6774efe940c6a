"""What the pages of writing read: one's own drafts, what one sent, and what came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec
from django.db.models import QuerySet

from footprint.referrals import states
from footprint.referrals.feedback import ACKNOWLEDGED, Kind
from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import decode
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Partner
from footprint.web.cases.told import as_read_by
from footprint.web.referrals.models import Draft, Feedback, Referral, Step, Subject, Version
from footprint.web.referrals.protecting import (
    as_recipients_read,
    typed_by,
    words_as_recipients_read,
    words_read_by,
)
from footprint.web.referrals.queries import (
    NotFound,
    is_author,
    own,
    sent_or_took_down,
    versions_of,
    within_reach,
    wrote_all,
)
from footprint.web.referrals.recognising import SAME_CHILD, earlier
from footprint.web.referrals.standing import as_said

_SHOWN: Final = 200


class DraftGone(NotFound):
    """There is no such draft of this user: it was sent or thrown away, or never was theirs."""


class Came(NamedTuple):
    """What came of a referral: its steps, and what its author was told, both as somebody may read them."""

    steps: tuple[states.Step, ...]
    feedback: tuple[Answer, ...]


class Answer(NamedTuple):
    """What its author was told: its name here, what it is, by whom and when, its words and points, and when they read it."""

    pk: int
    kind: str
    by_name: str
    at: dt.datetime
    words: str
    points: tuple[str, ...]
    acknowledged_at: dt.datetime | None


def draft_of(actor: Actor, draft_id: str) -> Draft:
    """Return the actor's own draft. Raises DraftGone for every other."""
    found = _own_drafts(actor).filter(pk=draft_id).first()
    if found is None:
        raise DraftGone
    if found.case is not None:
        as_read_by(actor, found.case)
    return found


def drafts_of(actor: Actor) -> list[Draft]:
    """Return what the actor has begun and not sent, the latest first."""
    return list(_own_drafts(actor))


def draft_under(actor: Actor, submission: str) -> Draft | None:
    """Return the actor's own draft of a form that was begun before, or None."""
    return _own_drafts(actor).filter(submission=submission).first()


def adding_to(actor: Actor, referral: Referral) -> Draft | None:
    """Return the addition that the actor has begun and not sent, or None."""
    return _own_drafts(actor).filter(adds_to=referral).first()


def said_in(draft: Draft) -> Said:
    """Return what a draft says so far."""
    return decode(draft.content)


def sent_by(actor: Actor) -> list[Referral]:
    """Return what the actor sent or took down, the latest first: for others what is theirs to read."""
    found = own(actor) | within_reach(actor).filter(taken_by__user=actor.user_id)
    return list(found.order_by("-sent_at", "-pk")[:_SHOWN])


def came_of(actor: Actor, referral: Referral) -> Came:
    """Return what came of a referral, the words of others as recipients read them. That it arrived is a step already."""
    steps = Step.objects.filter(referral=referral).select_related("by").order_by("pk")
    answers = Feedback.objects.filter(referral=referral).exclude(kind=Kind.RECEIPT)
    return Came(
        tuple(
            msgspec.structs.replace(
                as_said(row), by=_called(row), words=words_read_by(actor.user_id, row.by, row.words)
            )
            for row in steps
        ),
        tuple(_answer(actor, row) for row in answers.select_related("by").order_by("pk")),
    )


def _answer(actor: Actor, row: Feedback) -> Answer:
    return Answer(
        row.pk,
        row.kind,
        _called(row),
        row.at,
        words_read_by(actor.user_id, row.by, row.words),
        tuple(words_read_by(actor.user_id, row.by, one) for one in row.points),
        row.acknowledged_at,
    )


def _called(row: Step | Feedback) -> str:
    """Who did it. What another system calls them was typed there."""
    return row.by_name if row.by is not None else words_as_recipients_read(row.by_name)


def read_by(actor: Actor, referral: Referral) -> list[tuple[Version, Said]]:
    """Return every version as this actor may read it: the author what was written, others without what is held but theirs."""
    versions = versions_of(referral)
    if is_author(actor, referral):
        return versions
    typed = typed_by(actor.user_id, versions) if sent_or_took_down(actor, referral) else frozenset()
    return [(row, as_recipients_read(referral, said, typed)) for row, said in versions]


def earlier_than(actor: Actor, referral: Referral) -> list[Referral]:
    """Return the referrals of the twelve months before that name one of its children, as far as the actor reads them."""
    children = Subject.objects.filter(referral=referral).values(*SAME_CHILD)
    # First which, and then whether this reader reads them: joined, every referral within reach is looked at.
    before = within_reach(actor).filter(pk__in=earlier(referral, children))
    return list(before.order_by("-sent_at", "pk"))


def latest_said(actor: Actor, referrals: Sequence[Referral]) -> list[tuple[Referral, Said]]:
    """Return what each of these referrals says last: one's own as it was written, others as recipients read them."""
    rows = Version.objects.filter(referral__in=referrals).order_by("number")
    last = {row.referral_id: row for row in rows}
    said = ((one, decode(last[one.pk].content)) for one in referrals if one.pk in last)
    return [(one, what if wrote_all(actor, one) else as_recipients_read(one, what)) for one, what in said]


def unread_by(actor: Actor) -> dict[str, int]:
    """Return how many answers the actor has yet to acknowledge, by referral. That somebody has it asks for nothing."""
    waiting = Feedback.objects.filter(
        referral__in=own(actor), kind__in=ACKNOWLEDGED, acknowledged_at__isnull=True
    )
    found: dict[str, int] = {}
    for referral in waiting.values_list("referral_id", flat=True):
        found[referral] = found.get(referral, 0) + 1
    return found


def partners_of(actor: Actor) -> dict[str, str]:
    """Return for whose people the actor may take something down: partners by name, with their sectors; none for most."""
    if not actor.may("decide-referrals"):
        return {}
    rows = Partner.objects.filter(partnership=actor.partnership).order_by("name")
    return dict(rows.values_list("name", "sector"))


def feedback_of(referral: Referral, feedback_id: int) -> Feedback:
    """Return an answer to this referral. Raises NotFound for one to another."""
    found = Feedback.objects.filter(referral=referral, pk=feedback_id).first()
    if found is None:
        raise NotFound
    return found


def _own_drafts(actor: Actor) -> QuerySet[Draft]:
    drafts = Draft.objects.select_related("case__opened_by", "adds_to")
    return drafts.filter(by__user=actor.user_id, by__partner__partnership=actor.partnership).order_by(
        "-saved_at", "-pk"
    )
