"""A referral by its reference, its incident’s or its sender’s own, within reach.

What is not there and what is somebody else’s are the same.
"""

from __future__ import annotations

from typing import Final

from footprint.referrals.missing import folded
from footprint.referrals.references import LONGEST, reference_in, without_name
from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import event, ledger
from footprint.web.referrals.models import Referral
from footprint.web.referrals.queries import within_reach

#: Of one incident there are as many referrals as people who wrote one; so many are named.
MOST: Final = 20
_LEAST: Final = 4


def found_by(actor: Actor, typed: str) -> list[Referral]:
    """Return what bears this reference, its sender’s or its incident’s, the latest first.

    Entered before it leaves. Raises LedgerError.
    Of a referral about the actor's own family it is told no more than of one that is not there.
    """
    reference = reference_in(typed)
    known = "" if reference else folded(without_name(typed[:LONGEST]))
    found: list[Referral] = []
    if reference:
        found = list(within_reach(actor).filter(reference=reference))
    elif len(known) >= _LEAST and any(sign.isdigit() for sign in known):
        # Asked one by one: each has an index, and both at once have none.
        of_each = (
            within_reach(actor).filter(**{key: known}).order_by("-sent_at", "pk")[:MOST]
            for key in ("incident_key", "sender_key")
        )
        either = {one.pk: one for rows in of_each for one in rows}
        found = sorted(either.values(), key=lambda one: (one.sent_at, one.pk), reverse=True)[:MOST]
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
