"""Breaking the glass and reviewing that it was broken. Each is written with its entry and with whom it tells, or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from footprint.calendars import LONDON
from footprint.watching.terms import GLASS_LASTS, review_due
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Partner
from footprint.web.cases.queries import NotFound
from footprint.web.cases.scope import Scope, widened
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.notices.services import notify_leads_of
from footprint.web.protection.glass.queries import is_suspended_for, may_review_use
from footprint.web.protection.models import BreakGlass
from footprint.web.protection.own.near import Near


class GlassHolds(Exception):
    """The glass cannot be broken here. The message is the sentence to show."""


SUSPENDED = (
    "Break-glass is suspended for you: an earlier use has waited for its review for more than three working days. "
    "Ring your information-governance lead. If a child is in danger, ring 999 or the safeguarding hub."
)
PROTECTED = (
    "Break-glass opens no shield. Ask the hub to pass on a question, or ask to look behind the shield."
)


def check(scope: Scope, person_id: str) -> None:
    """Raise GlassHolds where the glass may not be broken for this person, and NotFound where there is nobody."""
    shown = scope.people.find(person_id)
    if shown is None:
        raise NotFound
    if shown.standing != "open":
        raise GlassHolds(PROTECTED)
    if is_suspended_for(scope.actor):
        raise GlassHolds(SUSPENDED)


def break_glass(scope: Scope, person_id: str, reason: str) -> BreakGlass:
    """Open one person for a quarter of an hour, and tell the leads of all partners concerned. Raises GlassHolds and NotFound."""
    check(scope, person_id)
    now = timezone.now()
    use = BreakGlass(
        membership_id=scope.actor.membership_id,
        case=scope.case,
        case_reference=scope.case.entry_reference,
        purpose=scope.case.purpose,
        person_id=person_id,
        reason=reason,
        own_household=False,
        opened_at=now,
        until=now + GLASS_LASTS,
        review_due=review_due(now),
    )
    wide = widened(scope, use.reference, person_id, use.until)
    opened = wide.lent.people if wide.lent else (person_id,)
    use.own_household = any(map(Near(scope).is_declared, opened))
    entry = event(
        scope.actor,
        "disclosure",
        "break-glass",
        {"break-glass": use.reference, "own-household": use.own_household},
        case=scope.case.entry_reference,
        purpose=scope.case.purpose,
        legal_basis=scope.purpose.basis,
        policy_rule=wide.ruling.rule,
        policy_version=wide.ruling.version,
        subjects=opened,
        personal={"reason": reason},
    )
    with transaction.atomic():
        use.receipt = ledger().record(entry, join=True).number
        use.save(force_insert=True)
        _tell(use, _concerned(wide, opened))
    return use


def review(actor: Actor, use: BreakGlass, outcome: str, finding: str) -> None:
    """Keep what a reviewer found. Raises PermissionError where it is not theirs to review, or was reviewed before."""
    with transaction.atomic():
        held = BreakGlass.objects.select_for_update().select_related("membership__partner").get(pk=use.pk)
        if not may_review_use(actor, held):
            raise PermissionError("This use is reviewed by somebody else.")
        held.reviewed_by_id, held.reviewed_at = actor.membership_id, timezone.now()
        held.outcome, held.finding = outcome, finding
        held.save()
        facts: Facts = {"break-glass": held.reference, "outcome": outcome}
        ledger().record(
            event(actor, "decision", "review-break-glass", facts, personal={"finding": finding}), join=True
        )


def _concerned(wide: Scope, opened: Iterable[str]) -> list[Partner]:
    """The partner of who asks, and every partner whose data they now see."""
    shown = [found for found in map(wide.people.find, opened) if found]
    codes = {entry.record.key.partner for one in shown for entry in one.entries}
    return list(
        Partner.objects.filter(
            partnership=wide.actor.partnership, code__in=codes | {wide.actor.organisation}
        ).order_by("pk")
    )


def _tell(use: BreakGlass, partners: Iterable[Partner]) -> None:
    """Tell each partner's leads, with no word about whom: the review page is theirs, the case is not."""
    link = reverse("protection:glass_review", args=[use.reference])
    due = use.review_due
    at = use.opened_at.astimezone(LONDON)
    sentence = (
        f"Break-glass {use.reference} was used at {at:%H:%M}, where data or staff of a partner is concerned for which "
        f"you answer. It is to be reviewed by {due.day} {due:%B %Y}."
    )
    ends = dt.datetime.combine(due, dt.time(23, 59), LONDON)
    notify_leads_of(partners, "break-glass", sentence, link, due=ends)
