"""What a referral unit, or the front door, reads to grade forms: which wait, which were graded lately, and what was given."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from footprint.web.accounts.actor import Actor
from footprint.web.accounts.queries import ever_held_by
from footprint.web.referrals.auditing.sample.blindness import blind_to, given_to
from footprint.web.referrals.desk.within import reach, reached_by
from footprint.web.referrals.models import Marking, Referral, Version
from footprint.web.referrals.models.audit import UNIT
from footprint.web.referrals.own_family import not_theirs

PAGE: Final = 100
_LATELY: Final = 20
#: In which order forms wait to be graded, by the word in the address; the first where there is none. An index has each.
ORDERS: Final = MappingProxyType(
    {"latest": ("-sent_at", "pk"), "urgent": ("-sent_at", "pk"), "oldest": ("sent_at", "-pk")}
)


class ToGrade(NamedTuple):
    """A page of forms that nobody has graded: its number from 1, and how many pages, forms, and urgent ones there are."""

    rows: tuple[Referral, ...]
    number: int
    pages: int
    total: int
    urgent: int


def to_grade(actor: Actor, order: str, number: int) -> ToGrade:
    """Return a page of what a referral unit, or the front door, has not graded yet; never the own ones, nor what the audit gave
    them to mark, nor what was taken down for somebody.
    """
    waiting = reach(actor).filter(graded_at__isnull=True, taken_by__isnull=True)
    waiting = waiting.exclude(by__in=ever_held_by(actor.user_id))
    if audited := given_to(actor):
        waiting = waiting.exclude(pk__in=audited)
    counted = waiting.aggregate(total=Count("pk"), urgent=Count("pk", filter=Q(is_urgent=True)))
    total, urgent = counted["total"], counted["urgent"]
    if order == "urgent":
        waiting, listed = waiting.filter(is_urgent=True), urgent
    else:
        listed = total
    pages = max(1, -(-listed // PAGE))
    number = min(max(1, number), pages)
    # First which, then who wrote them: a page far down joins nothing of those before it.
    ordered = waiting.order_by(*ORDERS[order]).values_list("pk", flat=True)
    keys = list(ordered[(number - 1) * PAGE : number * PAGE])
    rows = Referral.objects.filter(pk__in=keys).select_related("by__user", "partner")
    held = {one.pk: one for one in rows}
    return ToGrade(tuple(held[key] for key in keys if key in held), number, pages, total, urgent)


def graded_lately(actor: Actor) -> list[Marking]:
    """Return the marks that were given last within reach, but those which the actor must not see before they have marked."""
    hidden = blind_to(actor) | not_theirs(actor)
    # Asked of each, the newest first: joined, a database without statistics begins with all referrals.
    reached = Referral.objects.filter(pk=OuterRef("referral"), **reached_by(actor))
    found = Marking.objects.filter(Exists(reached), side=UNIT)
    found = found.exclude(referral__in=hidden) if hidden else found
    # First which, by the newest alone, and then what they say.
    keys = list(found.order_by("-pk").values_list("pk", flat=True)[:_LATELY])
    return list(Marking.objects.filter(pk__in=keys).select_related("referral", "by__user").order_by("-pk"))


def marking_of(referral: Referral) -> Marking | None:
    """Return the newest marks that the unit gave a referral's form, or None."""
    return Marking.objects.filter(referral=referral, side=UNIT).order_by("-pk").first()


def version_of(referral: Referral) -> Version:
    """Return the latest version of a referral."""
    return Version.objects.filter(referral=referral).latest("number")


def graded(found: QuerySet[Any]) -> QuerySet[Any]:
    """Return referrals with the unit's newest grade and its scale."""
    newest = Marking.objects.filter(referral=OuterRef("pk"), side=UNIT).order_by("-pk")
    with_grade: QuerySet[Any] = found.annotate(
        grade=Subquery(newest.values("grade")[:1]), scale=Subquery(newest.values("scale")[:1])
    )
    return with_grade
