"""A link that was ruled wrong and had been shown: a breach is opened with its clock, and worked off step by step.

The steps are for the information-governance lead. What it is about is named by references alone.
"""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Partner
from footprint.web.cases.models import Viewing
from footprint.web.design.words import moment
from footprint.web.identity import words
from footprint.web.identity.clock import due_after
from footprint.web.identity.models import Breach, BreachShown, BreachStepTaken, Dispute
from footprint.web.identity.queries import steps_taken, viewings_of_link
from footprint.web.identity.rulings import entered
from footprint.web.identity.states import BreachStep, check_step
from footprint.web.ledger.store import Facts, event
from footprint.web.notices.services import notify_leads_of

_KIND = "breach"


def open_breach(actor: Actor, dispute: Dispute) -> Breach | None:
    """Open a breach where the link was shown to anybody; tell the leads. Called where it is ruled that they are two."""
    shown = viewings_of_link(dispute)
    if not shown:
        return None
    now = timezone.now()
    breach = Breach.objects.create(
        partnership=dispute.partnership, dispute=dispute, known_at=now, due_at=due_after(now)
    )
    BreachShown.objects.bulk_create(_shown(breach, one) for one in shown)
    BreachStepTaken.objects.create(breach=breach, step=BreachStep.OPENED)
    facts: Facts = {"breach": breach.reference, "dispute": dispute.reference, "viewings": len(shown)}
    entered(event(actor, "change", "breach-opened", facts))
    users = len({one.membership.user_id for one in shown})
    count = f"{users} user{'' if users == 1 else 's'}"
    sentence = words.BREACH.format(breach=breach.reference, count=count, due=moment(breach.due_at))
    notify_leads_of(_partners(shown), _KIND, sentence, _page(breach), due=breach.due_at)
    return breach


def ruling_taken_back(actor: Actor, dispute: Dispute) -> None:
    """Note in the breaches of a dispute that are not closed that its ruling was taken back, and tell the leads."""
    for breach in dispute.breaches.order_by("pk"):
        if BreachStep.CLOSED not in steps_taken(breach):
            BreachStepTaken.objects.create(breach=breach, step=BreachStep.TAKEN_BACK)
            entered(event(actor, "change", "breach-ruling-taken-back", {"breach": breach.reference}))
            partners = Partner.objects.filter(memberships__in=breach.shown.values("membership")).distinct()
            sentence = words.BREACH_TAKEN_BACK.format(breach=breach.reference)
            notify_leads_of(partners, _KIND, sentence, _page(breach))


def take_step(actor: Actor, breach: Breach, step: BreachStep, reason: str) -> None:
    """Take a step of a breach. Raises IllegalMove where it cannot follow from those taken."""
    with transaction.atomic():
        locked = Breach.objects.select_for_update().get(pk=breach.pk)
        check_step(steps_taken(locked), step)
        BreachStepTaken.objects.create(breach=locked, step=step, by_id=actor.membership_id, reason=reason)
        entered(
            event(
                actor,
                "change",
                f"breach-{step.value}",
                {"breach": breach.reference},
                personal={"reason": reason},
            )
        )


def _shown(breach: Breach, viewing: Viewing) -> BreachShown:
    return BreachShown(
        breach=breach,
        membership=viewing.membership,
        at=viewing.at,
        how=viewing.how,
        case_reference=viewing.case.entry_reference,
        receipt=viewing.receipt,
    )


def _partners(shown: list[Viewing]) -> list[Partner]:
    return [one.membership.partner for one in shown]


def _page(breach: Breach) -> str:
    return reverse("identity:breach", args=[breach.pk])
