"""What the pages read of cases: one that the actor may reach, their recent ones, and the look-ups made in one.

An actor reaches the cases that they opened for the partner for which they act; a supervisor those of their own team too.
A case that is not there and one of somebody else are the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.db.models import Max, Q, QuerySet
from django.http import Http404

from footprint.web.accounts.actor import Actor
from footprint.web.cases.models import WITHOUT, Case, LookUp, Viewing
from footprint.web.cases.told import as_read_by

#: Roles that answer for the cases of their team.
SUPERVISORS: Final = frozenset({"police-supervisor"})
_RECENT: Final = 8
_MOST_OPENED: Final = 20
MOST_OF_A_TEAM: Final = 50


class NotFound(Http404):
    """There is no such case, or it is not this actor's. Shown as any other page that is not there."""


def case_of(actor: Actor, case_id: str) -> Case:
    """Return a case that the actor may reach. Raises NotFound."""
    case = _within_reach(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    return as_read_by(actor, case)


def recent_cases(actor: Actor, limit: int = _RECENT) -> list[Case]:
    """Return the actor's own open cases, those in which something was asked last first."""
    found = _own(actor).filter(closed_at__isnull=True).order_by("-used_at", "-pk")[:limit]
    return [as_read_by(actor, one) for one in found]


def team_cases(actor: Actor, limit: int = MOST_OF_A_TEAM) -> list[Case]:
    """Return the open cases of a supervisor's team that are not their own; of anybody else none."""
    theirs = _within_reach(actor).exclude(opened_by__user=actor.user_id)
    found = theirs.filter(closed_at__isnull=True).order_by("-used_at", "-pk")[:limit]
    return [as_read_by(actor, one) for one in found]


def cases_with_reference(actor: Actor, reference: str, purpose: str) -> list[Case]:
    """Return the actor's own open cases with this reference and purpose, the latest first."""
    found = _own(actor).filter(closed_at__isnull=True, reference__iexact=reference, purpose=purpose)
    return [as_read_by(actor, one) for one in found.order_by("-opened_at", "-pk")]


def named_in_entries(actor: Actor, references: Iterable[str]) -> dict[str, list[Case]]:
    """Return the actor's own cases by how the ledger's entries name them; several where they share a reference.

    An entry from before a case had its reference names it by its handle.
    """
    asked = set(references)
    handles = {one.removeprefix(WITHOUT) for one in asked if one.startswith(WITHOUT)}
    found: dict[str, list[Case]] = {}
    for case in _own(actor).filter(Q(reference__in=asked - {""}) | Q(pk__in=handles)).order_by("pk"):
        for name in {case.reference, f"{WITHOUT}{case.pk}"} & asked:
            found.setdefault(name, []).append(as_read_by(actor, case))
    return found


def look_up_of(case: Case, look_up_id: str) -> LookUp:
    """Return a look-up made in this case. Raises NotFound for one of another."""
    found = case.look_ups.select_related("membership__user").filter(pk=look_up_id).first()
    if found is None:
        raise NotFound
    return found


def look_ups_in(case: Case, limit: int = _RECENT) -> list[LookUp]:
    """Return what was asked in a case, the latest first."""
    return list(case.look_ups.select_related("membership__user").order_by("-at", "-pk")[:limit])


def opened_in(actor: Actor, case: Case) -> dict[str, dt.datetime]:
    """Return whom this user opened in a case themselves, by id, with when last; the latest first, and no more than a few."""
    mine = Viewing.objects.filter(case=case, membership__user=actor.user_id, how="opened")
    last = mine.values("person_id").annotate(last=Max("at")).order_by("-last", "person_id")
    return dict(last.values_list("person_id", "last")[:_MOST_OPENED])


def handles_in(case: Case, people: Iterable[str]) -> dict[str, str]:
    """Return the handles that people have in a case, by id."""
    return dict(case.people.filter(person_id__in=people).order_by("pk").values_list("person_id", "handle"))


def _at_the_partner(actor: Actor) -> QuerySet[Case]:
    return Case.objects.select_related("opened_by__user").filter(
        partnership=actor.partnership, opened_by__partner__code=actor.organisation
    )


def _own(actor: Actor) -> QuerySet[Case]:
    return _at_the_partner(actor).filter(opened_by__user=actor.user_id)


def _within_reach(actor: Actor) -> QuerySet[Case]:
    mine = Q(opened_by__user=actor.user_id)
    if actor.role in SUPERVISORS and actor.team:
        mine |= Q(opened_by__team__iexact=actor.team)
    return _at_the_partner(actor).filter(mine)
