"""For which purposes somebody may ask today, as the sharing agreement says. Knows no case and no page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from footprint.sharing import Ask, Policy, Purpose, Ruling
from footprint.web.accounts.actor import Actor
from footprint.web.cases.published import published


def ruling_for(policy: Policy, actor: Actor, purpose: str) -> Ruling:
    """Return what a policy rules today for this actor and this purpose."""
    ask = Ask(
        role=actor.role,
        partner=actor.organisation,
        sector=actor.sector,
        purpose=purpose,
        day=timezone.localdate(),
    )
    return policy.decide(ask)


def purposes_of(actor: Actor) -> dict[str, Purpose]:
    """Return the purposes for which this actor may ask today, in the agreement's order."""
    policy = published().policy
    every = policy.agreement.purposes
    return {code: purpose for code, purpose in every.items() if ruling_for(policy, actor, code).allowed}


def all_purposes() -> Mapping[str, Purpose]:
    """Return every purpose of the agreement by its code, to name the purpose of a case that was opened earlier."""
    return published().policy.agreement.purposes
