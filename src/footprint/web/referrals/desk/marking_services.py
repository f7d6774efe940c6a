"""How well a form is written, as the unit marks it: the marks are kept, grade and up to three points go to the author."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from django.db import transaction
from django.utils import timezone

from footprint.referrals.criteria import VERSION
from footprint.referrals.feedback import Point, Quality, check_quality, messages
from footprint.referrals.grades import Scale
from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.referrals.auditing.sample.blindness import given_to
from footprint.web.referrals.desk.services import tell_author
from footprint.web.referrals.models import Marking, Referral
from footprint.web.referrals.models.audit import UNIT
from footprint.web.referrals.outbox.services import enqueue
from footprint.web.referrals.protecting import protected_today
from footprint.web.referrals.queries import is_author, referral_of
from footprint.web.referrals.services import PURPOSE

_IN_AUDIT: Final = (
    "The audit gave you this form to mark. A colleague grades it, or you do once both sides have agreed."
)
_TAKEN_DOWN: Final = (
    "The front door took this down for whoever told it. It is nobody’s own writing, so nobody is graded by it: it is in no "
    "figure of forms, and in no sample."
)


class OwnForm(PermissionError):
    """Nobody marks a form that they wrote or took down themselves."""


class NotToGrade(PermissionError):
    """This form is not for this actor to grade. The message says why, and who may."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody gives a form: marks by criterion, a grade of a scale, points, and the version that they read."""

    marks: Mapping[str, int]
    grade: str
    points: Sequence[Point]
    scale: Scale
    version: int


def why_not(actor: Actor, referral: Referral) -> str:
    """Return in a sentence why somebody who grades may not grade this form of somebody else; nothing where they may."""
    if referral.taken_by_id is not None:
        return _TAKEN_DOWN
    return _IN_AUDIT if referral.pk in given_to(actor) else ""


def grade(actor: Actor, referral: Referral, given: Given) -> Marking:
    """Keep marks and grade beside the earlier ones, and tell the author.

    Raises OwnForm, NotToGrade, MarkError, FeedbackError, NotFound.
    """
    quality = Quality(given.grade, actor.name, timezone.now(), tuple(given.points), given.scale.id)
    check_quality(quality, given.marks, given.scale)
    with transaction.atomic():
        held = Referral.objects.select_for_update().get(pk=referral_of(actor, referral.pk).pk)
        if is_author(actor, held):
            raise OwnForm(OwnForm.__doc__)
        if why := why_not(actor, held):
            raise NotToGrade(why)
        marking = Marking.objects.create(
            referral=held,
            side=UNIT,
            by_id=actor.membership_id,
            at=quality.at,
            version=given.version,
            criteria=VERSION,
            scale=given.scale.id,
            marks=dict(given.marks),
            grade=given.grade,
            points=[msgspec.to_builtins(one._asdict()) for one in given.points],
        )
        if held.graded_at is None:
            held.graded_at = quality.at
            held.save(update_fields=["graded_at"])
        facts: Facts = {
            "referral": held.reference,
            "version": given.version,
            "grade": given.grade,
            "scale": given.scale.id,
            "criteria": VERSION,
        }
        ledger().record(
            event(
                actor,
                "decision",
                "referral-grade",
                facts,
                case=held.reference,
                purpose=PURPOSE,
                personal={"points": "\n".join(one.words for one in given.points)},
            ),
            join=True,
        )
        (told,) = messages((), [quality], protected=protected_today(), scales={given.scale.id: given.scale})
        # Points stand in a list of their own.
        tell_author(actor, held, told._replace(says=()), told.says)
        body = {"kind": told.kind, "at": told.at.isoformat(), "by": told.by, "title": told.title}
        enqueue(held, "feedback", {**body, "says": list(told.says)})
    return marking
