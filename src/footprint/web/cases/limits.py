"""What stops trawling and never a front door at work: how much somebody looked up lately, and whether they may go on.

A submission counts one, a whole family too; opening people counts one for each household of a case. Above a soft limit the
next submission asks why; at the hard one it is refused, with whom to ring, and the lead of their organisation is told. The
figures are the sharing agreement's.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from footprint.answer import words
from footprint.sharing import Limits
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership
from footprint.web.cases.models import KnownPerson, LookUp, Stopped, Viewing
from footprint.web.cases.scope import Scope
from footprint.web.feeds.queries import said_wrong
from footprint.web.ledger.store import event, ledger
from footprint.web.notices.services import notify_leads

HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
_TELLS_THE_LEAD: Final = (
    "{name} made {count} look-ups within 24 hours and was stopped: nobody makes more. "
    "Review what they looked up and why."
)
# Who prints a person has them before their eyes as well.
_OPENED: Final = ("opened", "printed")

#: A case, and in it a household, or one person of whom no household is known.
Household = tuple[str, str]


class LimitReached(Exception):
    """Nobody looks up as much in a day. `ring` says whom to ring instead; the lead of the user's organisation was told."""

    def __init__(self, most: int, ring: str) -> None:
        super().__init__(f"At most {most} look-ups in 24 hours.")
        self.most, self.ring = most, ring


class Standing(NamedTuple):
    """How much somebody looked up in the last hour and day, and what follows from it."""

    hour: int
    day: int
    limits: Limits

    @property
    def asks_why(self) -> bool:
        """Whether the next submission must say why there are so many."""
        return self.hour >= self.limits.soft_per_hour or self.day >= self.limits.soft_per_day

    @property
    def is_stopped(self) -> bool:
        """Whether there may be no further one."""
        return self.day >= self.limits.hard_per_day


def may_ask(scope: Scope) -> Standing:
    """Return how much this user looked up, before they put a question. Raises LimitReached, and enters that."""
    reached = standing(scope.actor, scope.limits, scope.now)
    if reached.is_stopped:
        raise _stopped(scope, reached)
    return reached


def has_said_why(scope: Scope) -> bool:
    """Say whether this user gave their reason in this case within the hour: it holds for as long, as a meeting lasts."""
    asked = LookUp.objects.filter(
        case=scope.case, membership_id=scope.actor.membership_id, at__gt=scope.now - HOUR
    )
    return asked.exclude(reason="").exists()


def may_open(scope: Scope, person_id: str) -> None:
    """Let somebody open a person, unless that would be one household too many today: then raise LimitReached."""
    reached = standing(scope.actor, scope.limits, scope.now)
    if reached.is_stopped:
        one = scope.case.pk, person_id
        household = _households_of({scope.case.pk}).get(one, one)
        if household not in _households(scope.actor, scope.now):
            raise _stopped(scope, reached)


def standing(actor: Actor, limits: Limits, now: dt.datetime) -> Standing:
    """Return how much this user looked up until now, in whichever role."""
    moments = [*_submissions(actor, now), *_households(actor, now).values()]
    return Standing(sum(at > now - HOUR for at in moments), len(moments), limits)


def _submissions(actor: Actor, now: dt.datetime) -> list[dt.datetime]:
    made = LookUp.objects.filter(membership__user_id=actor.user_id, at__gt=now - DAY)
    return list(made.order_by("at").values_list("at", flat=True))


def _households(actor: Actor, now: dt.datetime) -> dict[Household, dt.datetime]:
    """The households of which this user opened somebody within a day, and when first."""
    opened = (
        Viewing.objects.filter(membership__user_id=actor.user_id, at__gt=now - DAY, how__in=_OPENED)
        .order_by("at", "pk")
        .values_list("case_id", "person_id", "at")
    )
    people: dict[tuple[str, str], dt.datetime] = {}
    for case_id, person_id, at in opened:
        people.setdefault((case_id, person_id), at)
    households = _households_of({case_id for case_id, _ in people})
    first: dict[Household, dt.datetime] = {}
    for one, at in people.items():
        first.setdefault(households.get(one, one), at)
    return first


def _households_of(cases: set[str]) -> dict[tuple[str, str], Household]:
    known = KnownPerson.objects.filter(case__in=cases).exclude(household="")
    return {
        (case_id, person_id): (case_id, household)
        for case_id, person_id, household in known.values_list("case_id", "person_id", "household")
    }


def _stopped(scope: Scope, reached: Standing) -> LimitReached:
    """Enter that somebody was stopped, tell their lead the first time in a day, and return what to raise."""
    actor, case = scope.actor, scope.case
    refusal = event(
        actor,
        "refusal",
        "limit",
        {"hour": reached.hour, "day": reached.day},
        case=case.entry_reference,
        purpose=case.purpose,
        policy_rule="hard-per-day",
        policy_version=scope.ruling.version,
    )
    with transaction.atomic():
        ledger().record(refusal, join=True)
        _, is_first = Stopped.objects.get_or_create(
            membership_id=actor.membership_id, day=timezone.localdate(scope.now)
        )
        if is_first:
            membership = Membership.objects.select_related("partner").get(pk=actor.membership_id)
            told = _TELLS_THE_LEAD.format(name=actor.name, count=reached.day)
            notify_leads(membership.partner, "limit", told, reverse("ledger:user", args=[actor.user_id]))
    hub = words.contact(scope.hub, words.HUB, said_wrong(scope.case.partnership_id))
    return LimitReached(reached.limits.hard_per_day, hub)
