"""For which purposes somebody may ask today, as the sharing agreement says. Knows no case and no page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils import timezone

from footprint.sharing import Ask, Policy, Purpose, Ruling
from footprint.sharing.widening import widest
from footprint.web.accounts.actor import Actor
from footprint.web.cases.published import published, published_or_none

#: Whose front door decides, and who therefore sees what every partner shares with it.
_DECIDES: Final = "childrens-social-care"


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


def emergency_ruling(policy: Policy, actor: Actor, purpose: str) -> Ruling:
    """Return what a policy rules today for the role whose sight the agreement lends in an emergency, and no less than usual."""
    usual = ruling_for(policy, actor, purpose)
    role = policy.agreement.emergency
    partner, sector = next(
        ((one, of) for one, of in policy.providers.items() if of == _DECIDES),
        (actor.organisation, actor.sector),
    )
    ruling = policy.decide(
        Ask(role=role, partner=partner, sector=sector, purpose=purpose, day=timezone.localdate())
    )
    return widest(usual, ruling)


def purposes_of(actor: Actor) -> dict[str, Purpose]:
    """Return the purposes for which this actor may ask today, in the agreement's order."""
    policy = published().policy
    every = policy.agreement.purposes
    return {code: purpose for code, purpose in every.items() if ruling_for(policy, actor, code).allowed}


def all_purposes() -> Mapping[str, Purpose]:
    """Return every purpose of the agreement by its code, to name that of a case; none where nothing is published."""
    opened = published_or_none()
    return opened.policy.agreement.purposes if opened else {}
