"""Reads what files said of footage: how fresh that is, what will soon be deleted, what was drawn to be looked into and by whom.

What leads to an incident of which the reader may know no child is left out, as it is on every other page.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from footprint.referrals import filmed
from footprint.referrals.dipping import LOOKED, WAS_THERE, Drawn, as_drawn, drawn
from footprint.referrals.measures import Incident, unkept
from footprint.referrals.missing import folded
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.queries import ever_held_by
from footprint.web.cases.scope import NotShared, hidden_incidents
from footprint.web.referrals.auditing.measuring.choices import choices
from footprint.web.referrals.auditing.sample.candidates import begins
from footprint.web.referrals.models import Dip, FilmedIncident, FootageFile, Referral
from footprint.web.referrals.queries import NotFound

_ASKS_FOR: Final = "front-door"
#: So many months are drawn from, beside the one that runs: what was drawn earlier is deleted, or was looked into.
_MONTHS_BACK: Final = 1
_SILENT_SINCE: Final = dt.timedelta(days=186)
MOST: Final = 100


class Freshness(NamedTuple):
    """The newest extract of one system: when it was made and came, when the next should have come, what could not be taken."""

    system: str
    made: dt.datetime
    received: dt.datetime
    late_at: dt.datetime
    faults: int
    #: Teams of which no extract said anything for longer, and when the last one did.
    silent: tuple[tuple[str, dt.datetime], ...] = ()


class Soon(NamedTuple):
    """An incident with a child of which nobody kept the footage, and when the first of it is deleted."""

    incident: Incident
    ends: dt.datetime


class ToLook(NamedTuple):
    """A recording that was drawn for somebody to look into: the row of its incident, and whether another team passed it on."""

    id: int
    drawn: Drawn
    passed_on: bool
    is_late: bool


class Dips(NamedTuple):
    """What waits for a supervisor, and how many recordings were deleted before anybody looked."""

    to_look: tuple[ToLook, ...]
    missed: int
    refusal: str = ""


def freshness(partnership: str, partner: str = "") -> list[Freshness]:
    """Return the newest extract of each partner's systems, of one partner or of all; nothing where none ever came."""
    files = FootageFile.objects.filter(partner__partnership=partnership)
    if partner:
        files = files.filter(partner__code=partner)
    # Of each the newest, and not by the way of all that ever came.
    beside = FootageFile.objects.filter(partner=OuterRef("partner"), contract=OuterRef("contract"))
    newer = beside.filter(Q(made__gt=OuterRef("made")) | Q(made=OuterRef("made"), pk__gt=OuterRef("pk")))
    return [
        Freshness(one.system, one.made, one.received_at, one.late_at, len(one.faults), _silent(one))
        for one in files.filter(~Exists(newer)).order_by("partner", "contract")
    ]


def _silent(newest: FootageFile) -> tuple[tuple[str, dt.datetime], ...]:
    """Teams that were reported in the last months, and by no extract of the last days."""
    rows = FilmedIncident.objects.filter(partner=newest.partner_id, at__gte=newest.made - _SILENT_SINCE)
    by_team = rows.order_by().values("team").annotate(last=Max("made"))
    found = by_team.filter(last__lt=newest.made - 7 * (newest.late_at - newest.made)).order_by("team")
    return tuple((row["team"], row["last"]) for row in found)


def soon_deleted(actor: Actor, now: dt.datetime) -> list[Soon]:
    """Return the own team's incidents with a child of which footage is soon deleted that nobody kept, the soonest first.

    Raises NotShared where the agreement does not let this actor ask.
    """
    says = choices()
    since = now - dt.timedelta(days=says.deleted_after + 3)
    incidents = map(filmed.as_incident, _said(_of_team(actor).filter(at__gte=since)))
    found = list(
        unkept((one for one in incidents if one.children), says, now, dt.timedelta(days=says.warn_within))
    )
    hidden = _hidden(actor, since, (one.reference for one, _ in found)) if found else frozenset()
    return [Soon(one, end) for one, end in found if folded(one.reference) not in hidden]


def dips(actor: Actor, now: dt.datetime) -> Dips:
    """Return what was drawn for this supervisor: of the own team, and what another team's supervisor was there for."""
    first = _first_day(now)
    own = {row.key: row for row in _of_team(actor).filter(at__gte=first)}
    passed = {row.key: row for row in _passed_on(actor).filter(at__gte=first)}
    if not own and not passed:
        return Dips((), 0)
    said = _looked(row.pk for row in (*own.values(), *passed.values()))
    every = (
        (own, list(_drawn(actor, own.values(), now))),
        (passed, list(_there_for(passed.values(), said))),
    )
    references = [one.incident.reference for _, found in every for one in found]
    try:
        left_out = _hidden(actor, first, references) | _written_by(actor, references)
    except NotShared as error:
        return Dips((), 0, str(error))
    waiting = [
        ToLook(rows[key].pk, one, rows is passed, one.is_late(now))
        for rows, found in every
        for one in found
        for key in [folded(one.incident.reference)]
        if key not in left_out
        and _waits(said.get((rows[key].pk, one.asset), frozenset()), passed_on=rows is passed)
    ]
    there = [one for one in waiting if one.drawn.gone is None or one.drawn.gone > now]
    missed = sum(not one.passed_on for one in waiting) - sum(not one.passed_on for one in there)
    return Dips(tuple(sorted(there, key=lambda one: one.drawn.due)[:MOST]), missed)


def _waits(outcomes: frozenset[str], *, passed_on: bool) -> bool:
    """Whoever was there passes it on: to supervisors of other teams, and to no other of this one."""
    return not outcomes - {WAS_THERE} and (WAS_THERE in outcomes) is passed_on


def to_look_into(actor: Actor, filmed_id: int, asset: str, now: dt.datetime) -> tuple[FilmedIncident, ToLook]:
    """Return a recording that waits for this supervisor. Raises NotFound."""
    found = [one for one in dips(actor, now).to_look if one.id == filmed_id and one.drawn.asset == asset]
    if not found:
        raise NotFound
    return FilmedIncident.objects.get(pk=filmed_id), found[0]


def looked_into(rows: Iterable[int]) -> Mapping[int, dict[str, Dip]]:
    """Return by incident and recording what was found where somebody looked, the latest."""
    found: dict[int, dict[str, Dip]] = defaultdict(dict)
    for one in Dip.objects.filter(filmed__in=list(rows), outcome=LOOKED).order_by("pk"):
        found[one.filmed_id][one.asset] = one
    return found


def counted(partnership: str, since: dt.datetime, until: dt.datetime) -> tuple[int, ...]:
    """Return a stamp of all that measures read of the footage of some days: the same as long as nothing tells otherwise."""
    told = FilmedIncident.objects.filter(partner__partnership=partnership, at__gte=since, at__lt=until)
    found = Dip.objects.filter(
        filmed__partner__partnership=partnership, filmed__at__gte=since, filmed__at__lt=until
    )
    stamps = (
        told.order_by().aggregate(Count("pk"), Sum("revision")),
        found.order_by().aggregate(Count("pk"), Max("pk")),
    )
    return tuple(count or 0 for stamp in stamps for count in stamp.values())


def _of_team(actor: Actor) -> QuerySet[FilmedIncident]:
    rows = FilmedIncident.objects.filter(
        partner__partnership=actor.partnership, partner__code=actor.organisation
    )
    return rows.filter(team=actor.team) if actor.team else rows.none()


def _passed_on(actor: Actor) -> QuerySet[FilmedIncident]:
    """Incidents of other teams at which a supervisor of theirs was: somebody else looks."""
    rows = FilmedIncident.objects.filter(
        partner__partnership=actor.partnership, partner__code=actor.organisation, dips__outcome=WAS_THERE
    )
    own = Q(team=actor.team) | Q(dips__by__user=actor.user_id)
    return rows.exclude(own).distinct() if actor.team else rows.none()


def _first_day(now: dt.datetime) -> dt.datetime:
    first = begins(f"{timezone.localdate(now):%Y-%m}")
    for _ in range(_MONTHS_BACK):
        first = begins(f"{first - dt.timedelta(days=1):%Y-%m}")
    return first


def _drawn(actor: Actor, rows: Iterable[FilmedIncident], now: dt.datetime) -> Iterable[Drawn]:
    return drawn(map(filmed.as_incident, _said(rows)), choices(), actor.partnership, now)


def _there_for(
    rows: Iterable[FilmedIncident], said: Mapping[tuple[int, str], frozenset[str]]
) -> Iterable[Drawn]:
    for row in rows:
        incident = filmed.as_incident(filmed.decode(row.content))
        for one in incident.recordings:
            if WAS_THERE in said.get((row.pk, one.asset), ()):
                yield as_drawn(incident, one, choices())


def _said(rows: Iterable[FilmedIncident]) -> Iterable[filmed.Filmed]:
    return (filmed.decode(row.content) for row in rows)


def _hidden(actor: Actor, since: dt.datetime, references: Iterable[str]) -> frozenset[str]:
    """Those of these incidents of which the actor may know no child. Of the listed alone is asked who was there: that is dear."""
    listed = {folded(one) for one in references}
    day = timezone.localdate(since).isoformat()
    hidden = hidden_incidents(actor, _ASKS_FOR, day, lambda reference: folded(reference) in listed)
    return frozenset(folded(one) for one in hidden)


def _written_by(actor: Actor, references: Iterable[str]) -> frozenset[str]:
    """Those incidents of which the actor wrote a referral: they were there, and look into no footage of their own."""
    memberships = ever_held_by(actor.user_id)
    own = Referral.objects.filter(Q(by__in=memberships) | Q(taken_by__in=memberships))
    # In no order: sorted, a whole career of them would be.
    named = own.exclude(incident="").order_by().values_list("incident", flat=True)
    return frozenset(folded(one) for one in named) & frozenset(folded(one) for one in references)


def _looked(ids: Iterable[int]) -> Mapping[tuple[int, str], frozenset[str]]:
    """What came of each recording so far, by incident and reference."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for filmed_id, asset, outcome in Dip.objects.filter(filmed__in=list(ids)).values_list(
        "filmed", "asset", "outcome"
    ):
        found[filmed_id, asset].add(outcome)
    return {at: frozenset(said) for at, said in found.items()}
