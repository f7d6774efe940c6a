"""The only readers of requests and shields. What a shield protects is told to nobody: of an address not a word."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from footprint.decisions import Decision
from footprint.sharing.roles import Right
from footprint.watching.terms import shield_review_due
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership, User
from footprint.web.accounts.queries import with_right
from footprint.web.cases.scope import Scope
from footprint.web.ledger.store import decisions
from footprint.web.protection.models import GuardianRequest, ShieldReview

_MOST: Final = 200


class Shield(NamedTuple):
    """A shield that stands, who made it, and when it is to be looked at again."""

    decision: Decision
    by: str
    due: dt.date
    looked_at: dt.date | None


def guardians(partnership: str) -> list[Membership]:
    """Return everybody who guards in a partnership today."""
    held = with_right(Right.GUARD).filter(partner__partnership=partnership)
    return list(held.select_related("user").order_by("pk"))


def waiting(actor: Actor) -> list[GuardianRequest]:
    """Return the requests that wait, the oldest first."""
    return list(_of(actor).filter(state=GuardianRequest.State.OPEN)[:_MOST])


def settled(actor: Actor) -> list[GuardianRequest]:
    """Return what was settled, the latest first."""
    done = _of(actor).exclude(state=GuardianRequest.State.OPEN)
    return list(done.order_by("-settled_at", "-pk")[:_MOST])


def request_of(actor: Actor, reference: str) -> GuardianRequest:
    """Return one request. Raises Http404 for one of another partnership."""
    found = _of(actor).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def granted_override(scope: Scope, person_id: str) -> GuardianRequest | None:
    """Return the leave to look behind the shield of a person that this user was given in this case and has not used."""
    granted = GuardianRequest.objects.filter(
        kind=GuardianRequest.Kind.OVERRIDE,
        state=GuardianRequest.State.GRANTED,
        case=scope.case,
        person_id=person_id,
        asked_by=scope.actor.membership_id,
    )
    return granted.order_by("settled_at").first()


def shields(actor: Actor) -> list[Shield]:
    """Return the shields of the partnership that stand, those first that are to be looked at soonest."""
    made = decisions().all(actor.partnership)
    lifted = {one.value for decision in made if decision.kind == "lift" for one in decision.subjects}
    looked: dict[str, dt.date] = {}
    for decision, at in ShieldReview.objects.order_by("at").values_list("decision", "at"):
        looked[decision] = timezone.localdate(at)
    standing = [one for one in made if one.kind == "shield" and one.id not in lifted]
    names = dict(
        User.objects.filter(username__in={one.by for one in standing}).values_list("username", "name")
    )
    found = [_shield(one, names.get(one.by, one.by), looked.get(one.id)) for one in standing]
    return sorted(found, key=lambda one: (one.due, one.decision.id))


def shield_of(actor: Actor, decision: str) -> Shield:
    """Return one shield that stands. Raises Http404 for any other."""
    found = next((one for one in shields(actor) if one.decision.id == decision), None)
    if found is None:
        raise Http404
    return found


def lift_waits(actor: Actor, decision: str) -> bool:
    """Say whether somebody asked already that a shield be lifted."""
    return (
        _of(actor)
        .filter(kind=GuardianRequest.Kind.LIFT, decision=decision, state=GuardianRequest.State.OPEN)
        .exists()
    )


def _shield(decision: Decision, by: str, looked_at: dt.date | None) -> Shield:
    made = timezone.localdate(dt.datetime.fromisoformat(decision.at))
    return Shield(decision, by, shield_review_due(looked_at or made), looked_at)


def _of(actor: Actor) -> QuerySet[GuardianRequest]:
    return (
        GuardianRequest.objects.select_related("asked_by__user", "asked_by__partner")
        .prefetch_related("verdicts__user")
        .filter(partnership=actor.partnership)
    )
