"""Referrals about somebody's own family: not theirs to read, to decide, to mark or to supervise, as a footprint is not.

Compared is what a reader may see with what they declared, so that a declaration finds no place that is held back. Whoever wrote
one reads what they wrote, and has no other part in it; the front door is told that its author has declared an interest.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Final, NoReturn

from django.db import transaction
from django.utils import timezone

from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import decode
from footprint.watching import Connection, Own
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership
from footprint.web.ledger.store import event, ledger
from footprint.web.protection.alerts.observing import keep, observed_beside
from footprint.web.protection.own.checks import NotYours
from footprint.web.protection.own.queries import own_of, owns_of
from footprint.web.referrals.closeness import how_close, people_of, sought_by
from footprint.web.referrals.models import Mention, Referral, Version
from footprint.web.referrals.protecting import as_recipients_read

_RULE: Final = "declared-connection"
_PURPOSE: Final = "referral"


def not_theirs(actor: Actor) -> frozenset[str]:
    """Return the referrals of the actor's partnership that are about their own family, whoever wrote them."""
    return _close_to(own_of(actor), actor.partnership)


def not_theirs_of(users: Iterable[uuid.UUID], partnership: str) -> Mapping[uuid.UUID, frozenset[str]]:
    """Return the same for each of several users."""
    return {user: _close_to(mine, partnership) for user, mine in owns_of(users).items()}


def is_own_family(actor: Actor, referral: Referral) -> bool:
    """Say whether a referral is about the actor's own family."""
    return bool(_how_close(own_of(actor), referral))


def declares_an_interest(users: Iterable[uuid.UUID], said: Said) -> bool:
    """Say whether one of those who tell or send this has declared that somebody in it is close to them."""
    people = people_of(said, timezone.localdate())
    return any(how_close(mine, people) for mine in owns_of(users).values())


def without_family(memberships: Iterable[Membership], referral: Referral) -> list[Membership]:
    """Return those of these to whom nobody of a referral is close: the others are not told of it."""
    listed = list(memberships)
    owns = owns_of({one.user_id for one in listed})
    close = {user for user, mine in owns.items() if _how_close(mine, referral)}
    return [one for one in listed if one.user_id not in close]


def refuse(actor: Actor, referral: Referral, action: str) -> NoReturn:
    """Refuse a referral about the actor's own family, entered and seen by whoever watches over use. Raises NotYours."""
    how = _how_close(own_of(actor), referral)
    refusal = event(
        actor,
        "refusal",
        "declared-connection",
        {"asked": action, "referral": referral.reference},
        case=referral.reference,
        purpose=_PURPOSE,
        policy_rule=_RULE,
    )
    with transaction.atomic():
        seen = observed_beside(actor, referral.reference, action, how)
        keep(seen, ledger().record(refusal, join=True).number)
    raise NotYours


def _close_to(mine: Own, partnership: str) -> frozenset[str]:
    sought = sought_by(mine)
    if not sought:
        return frozenset()
    rows = Referral.objects.filter(
        pk__in=Mention.objects.filter(text__in=sought).values("referral"), partnership=partnership
    )
    return frozenset(row.pk for row in rows if _how_close(mine, row))


def _how_close(mine: Own, referral: Referral) -> Connection:
    """How somebody is close to a referral, by any version of it as they would read it."""
    if not sought_by(mine):
        return ""
    for row in Version.objects.filter(referral=referral).order_by("-number"):
        said, sent = decode(row.content), timezone.localdate(row.at)
        # Masking asks the database; few need it.
        if how_close(mine, people_of(said, sent)) and (
            found := how_close(mine, people_of(as_recipients_read(referral, said), sent))
        ):
            return found
    return ""
