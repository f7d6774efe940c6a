"""Reads what the agreement in force rules for an actor, purpose by purpose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils import timezone

from footprint.records.published import FeedState
from footprint.sharing import Agreement, Ask, Purpose, Ruling
from footprint.web.accounts.actor import Actor
from footprint.web.cases.published import published


class Ruled(NamedTuple):
    """What the agreement rules for one purpose."""

    purpose: Purpose
    ruling: Ruling


class Shared(NamedTuple):
    """The agreement in force, what it rules for each purpose, and every feed."""

    agreement: Agreement
    ruled: Sequence[Ruled]
    feeds: Sequence[FeedState]


def shared_with(actor: Actor) -> Shared:
    """Return what is shared with an actor, by purpose."""
    now = published()
    day = timezone.localdate()
    agreement = now.policy.agreement
    ruled = [
        Ruled(
            purpose,
            now.policy.decide(
                Ask(role=actor.role, partner=actor.organisation, sector=actor.sector, purpose=code, day=day)
            ),
        )
        for code, purpose in agreement.purposes.items()
    ]
    return Shared(agreement, ruled, now.content.feeds)
