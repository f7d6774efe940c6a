"""The only writer of the audit framework: a version is proposed, and each party signs it. Neither is ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import yaml
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from footprint.referrals.framework import Framework
from footprint.referrals.reading import ChoiceError
from footprint.sharing.roles import Right
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Partner
from footprint.web.accounts.queries import with_right
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.notices.services import dealt_with, notify
from footprint.web.referrals.auditing.framework.queries import Kept, party_of, said_in
from footprint.web.referrals.desk.reading import scales
from footprint.web.referrals.models import Framework as FrameworkRow
from footprint.web.referrals.models import Signature as SignatureRow

#: The kind of every notice of an audit.
NOTICE: Final = "audit"
_PROPOSED: Final = "A version of the audit framework waits for your side’s signature."
_HOLDS: Final = "Every party has signed a version of the audit framework."


class NotProposed(ValueError):
    """This cannot become a version. The message says why, and what to write instead."""


class NotSigned(ValueError):
    """This cannot be signed by whoever tries. The message says why."""


def document(plain: Mapping[str, Any], partnership: str) -> str:
    """Return what was proposed as the text that is kept and signed."""
    return yaml.safe_dump({**plain, "partnership": partnership}, sort_keys=False, allow_unicode=True)


def propose(actor: Actor, plain: Mapping[str, Any]) -> FrameworkRow:
    """Keep a version, unsigned, and tell whoever may sign it. Raises NotProposed, LedgerError."""
    text = document(plain, actor.partnership)
    try:
        says = said_in(text)
        scales().scale(says.scale)
    except (ChoiceError, ValueError) as error:
        raise NotProposed(str(error)) from None
    if party_of(actor, says) is None:
        raise NotProposed("A version is proposed by somebody who can sign it for one of its parties.")
    try:
        with transaction.atomic():
            row = FrameworkRow.objects.create(
                partnership_id=actor.partnership,
                version=says.version,
                text=text,
                since=says.valid.first,
                proposed_by_id=actor.membership_id,
            )
            _record(actor, "audit-framework-propose", says)
            parties = [party.partner for party in says.parties]
            signers = with_right(Right.GRADE_REFERRALS).filter(
                partner__partnership=actor.partnership, partner__code__in=parties
            )
            others = [one for one in signers if one.pk != actor.membership_id]
            notify(others, NOTICE, _PROPOSED, _page(row))
    except IntegrityError:
        raise NotProposed(f"There is a version {says.version} already. Give this one another name.") from None
    return row


def sign(actor: Actor, kept: Kept) -> None:
    """Sign a version for the actor's party. Raises NotSigned, LedgerError."""
    party = party_of(actor, kept.says)
    if party is None:
        raise NotSigned("Only the office that the framework names for a party signs it.")
    partner = Partner.objects.get(partnership=actor.partnership, code=party.partner)
    with transaction.atomic():
        row = FrameworkRow.objects.select_for_update().get(pk=kept.row.pk)
        before = list(SignatureRow.objects.filter(framework=row).select_related("by").order_by("pk"))
        if any(one.partner_id == partner.pk for one in before):
            raise NotSigned(f"{party.name} has signed this version.")
        if any(one.by.user_id == actor.user_id for one in before):
            raise NotSigned("Nobody signs for two parties.")
        SignatureRow.objects.create(framework=row, partner=partner, by_id=actor.membership_id)
        _record(actor, "audit-framework-sign", kept.says, party=party.partner)
        dealt_with(NOTICE, _page(row), Q(sentence=_PROPOSED, membership__partner=partner))
        if len(before) + 1 == len(kept.says.parties):
            notify([row.proposed_by], NOTICE, _HOLDS, _page(row))


def _record(actor: Actor, action: str, says: Framework, **more: str) -> None:
    facts: Facts = {"framework": says.stamp, "since": says.valid.first.isoformat(), **more}
    ledger().record(event(actor, "change", action, facts), join=True)


def _page(row: FrameworkRow) -> str:
    return reverse("referrals:audit_version", args=[row.pk])
