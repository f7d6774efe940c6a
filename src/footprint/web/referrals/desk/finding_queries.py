"""A referral by its reference, or by its incident’s, within reach: what is not there and what is somebody else’s are the same."""

from __future__ import annotations

from typing import Final

from footprint.referrals.missing import folded
from footprint.referrals.references import LONGEST, reference_in
from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import event, ledger
from footprint.web.referrals.models import Referral
from footprint.web.referrals.queries import within_reach

#: Of one incident there are as many referrals as people who wrote one; so many are named.
MOST: Final = 20
_LEAST: Final = 4


def found_by(actor: Actor, typed: str) -> list[Referral]:
    """Return what bears this reference, or names this incident, the latest first; entered before it leaves. Raises LedgerError.

    Of a referral about the actor's own family it is told no more than of one that is not there.
    """
    reference = reference_in(typed)
    incident = "" if reference else folded(typed[:LONGEST])
    found: list[Referral] = []
    if reference:
        found = list(within_reach(actor).filter(reference=reference))
    elif len(incident) >= _LEAST and any(sign.isdigit() for sign in incident):
        named = within_reach(actor).filter(incident_key=incident)
        found = list(named.order_by("-sent_at", "pk")[:MOST])
    ledger().record(
        event(
            actor,
            "reading",
            "referral-find",
            {"count": len(found), "referral": reference},
            personal={"sought": typed[:LONGEST]},
        )
    )
    return found
