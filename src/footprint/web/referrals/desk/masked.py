"""Whom the front door rings for what it must not read where somebody is in danger now: a mask sends nobody anywhere.

What they are told must stand nowhere here, for others read it. Whoever typed it reads it, and reads none of this.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings

from footprint.records import DutyContact
from footprint.referrals.holding import MASK
from footprint.referrals.referral import Referral as Said
from footprint.sharing.partnership import partnership_of
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.models import Referral
from footprint.web.referrals.protecting import as_recipients_read, typed_by
from footprint.web.referrals.queries import sent_or_took_down, versions_of, wrote_all

_MASKED: Final = "Somebody is in danger now, and part of what it says is held back from you."
_GUARDIAN: Final = "A guardian may read it: ring {}."
_SENDER: Final = "Ring whoever sent it{}; do not write here what they tell you."
_NO_ANSWER: Final = "If nobody answers, ring whoever sent it{}. Do not write here what they tell you."


def whom_to_ring(actor: Actor, referral: Referral) -> str:
    """Return whom to ring about what is masked for this reader at the front door; nothing where nothing is, or without danger.

    The guardians' number as `partnership.yaml` gives it, and the sender's.
    """
    if not referral.is_urgent or not actor.may("decide-referrals") or wrote_all(actor, referral):
        return ""
    versions = versions_of(referral)
    typed = typed_by(actor.user_id, versions) if sent_or_took_down(actor, referral) else frozenset()
    said = versions[-1][1]
    shown = as_recipients_read(referral, said, typed)
    return _said(partnership_of(settings.DATA).guardian, shown) if shown != said else ""


def _said(guardian: DutyContact, shown: Said) -> str:
    number = shown.referrer.phone.strip()
    sender = f" on {number}" if number and MASK not in number else ""
    if not guardian.phone:
        return f"{_MASKED} {_SENDER.format(sender)}"
    hours = ", ".join(
        filter(None, (guardian.hours, guardian.fallback and f"at other times {guardian.fallback}"))
    )
    who = f"{guardian.team or 'the guardians'} on {guardian.phone}" + (f" ({hours})" if hours else "")
    return f"{_MASKED} {_GUARDIAN.format(who)} {_NO_ANSWER.format(sender)}"
