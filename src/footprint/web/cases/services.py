"""What changes of a case: opened, completed, closed, reached from another system, asked in. Each change has its entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from footprint.ledger import Event
from footprint.sharing import Ruling
from footprint.web.accounts.actor import Actor
from footprint.web.cases.linking import Link, LinkError, link_of
from footprint.web.cases.models import Case, LookUp, UsedLink
from footprint.web.cases.published import published
from footprint.web.cases.purposes import purposes_of, ruling_for
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.subscriptions.services import end_with_case

#: How long a case may do without a reference.
WITHOUT_REFERENCE: Final = dt.timedelta(hours=24)


class CaseNotOpened(Exception):
    """The agreement lets this actor not ask for this purpose. The message is the sentence to show."""


def open_case(
    actor: Actor, *, purpose: str, concerns: str, reference: str = "", system: str = "", told: bool = False
) -> Case:
    """Open a case for a purpose for which this actor may ask; `system` is the other system that sent them, if one did.

    `told` says that they did not type whom it concerns.
    """
    ruling = ruling_for(published().policy, actor, purpose)
    if not ruling.allowed:
        raise CaseNotOpened(ruling.sentence)
    with transaction.atomic():
        case = Case.objects.create(
            partnership_id=actor.partnership,
            opened_by_id=actor.membership_id,
            purpose=purpose,
            reference=reference,
            reference_due=None if reference else timezone.now() + WITHOUT_REFERENCE,
            concerns=concerns,
            told=told,
        )
        sent_by: Facts = {"system": system} if system else {}
        ledger().record(
            _change(actor, case, "case-open", sent_by, ruling=ruling, personal={"concerns": concerns}),
            join=True,
        )
    return case


def complete_reference(actor: Actor, case: Case, reference: str) -> None:
    """Give a case its reference. The entry says under which handle it stood until now."""
    with transaction.atomic():
        held = Case.objects.select_for_update().get(pk=case.pk)
        before, late = held.entry_reference, held.is_overdue(timezone.now())
        held.reference = reference
        held.save(update_fields=["reference"])
        ledger().record(_change(actor, held, "case-reference", {"before": before, "late": late}), join=True)


def close_case(actor: Actor, case: Case) -> None:
    """Close a case: nothing more is asked in it, and nobody is told of anything new in it, from this moment."""
    with transaction.atomic():
        held = Case.objects.select_for_update().get(pk=case.pk)
        if held.closed_at is None:
            held.closed_at = timezone.now()
            held.save(update_fields=["closed_at"])
            ledger().record(_change(actor, held, "case-close"), join=True)
            end_with_case(actor, held)


def follow_link(actor: Actor, token: str) -> Link:
    """Return what a signed link says, once. A link that leads nowhere is entered, and raises LinkError."""
    try:
        return _followed(actor, token)
    except LinkError as error:
        ledger().record(event(actor, "refusal", "link", {"why": error.code}))
        raise


def _followed(actor: Actor, token: str) -> Link:
    now = timezone.now()
    link = link_of(token, settings.DATA, now)
    if link.system.partner != actor.organisation:
        raise LinkError("another-partner")
    if link.purpose not in purposes_of(actor):
        raise LinkError("purpose")
    try:
        with transaction.atomic():
            UsedLink.objects.filter(expires__lt=now).delete()
            UsedLink.objects.create(system=link.system.id, nonce=link.nonce, expires=link.expires)
            followed = event(
                actor, "change", "link", {"system": link.system.id}, case=link.reference, purpose=link.purpose
            )
            ledger().record(followed, join=True)
    except IntegrityError:
        raise LinkError("followed-before") from None
    return link


def submit(
    actor: Actor, case: Case, kind: str, terms: Mapping[str, Any], reason: str = "", *, told: bool = False
) -> LookUp:
    """Keep what was asked, so that it can be answered, corrected and asked again. The answer enters itself.

    `told` says that they did not type it.
    """
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(used_at=timezone.now())
        return LookUp.objects.create(
            case=case,
            membership_id=actor.membership_id,
            kind=kind,
            terms=dict(terms),
            reason=reason,
            told=told,
        )


def _change(
    actor: Actor,
    case: Case,
    action: str,
    facts: Facts | None = None,
    *,
    ruling: Ruling | None = None,
    personal: Mapping[str, str] | None = None,
) -> Event:
    return event(
        actor,
        "change",
        action,
        facts,
        case=case.entry_reference,
        purpose=case.purpose,
        policy_rule=ruling.rule if ruling else None,
        policy_version=ruling.version if ruling else None,
        personal=dict(personal or {}),
    )
