"""How incidents at which a child was stand beside the referrals that were sent: of teams, never of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from footprint.answer.incidents import ChildThere
from footprint.calendars import LONDON
from footprint.referrals import missing
from footprint.referrals.clocks import Clock, due
from footprint.referrals.referral import decode
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.desk.no_referral_queries import Ruling, standing_rulings
from footprint.web.referrals.desk.queries import with_content
from footprint.web.referrals.desk.reading import timescales
from footprint.web.referrals.models import Referral
from footprint.web.referrals.own_family import not_theirs

#: For which purpose an organisation's own incidents are asked for.
ASKS_FOR: Final = "front-door"


class Incidents(NamedTuple):
    """How the incidents of a team stand at which a child was; `refusal` says why they may not be asked for.

    `teams` are all teams that the feed names: where the own is not among them, the two systems call it otherwise. `ruled` are
    rulings that an incident needs no referral, by its folded reference.
    """

    standings: tuple[missing.Standing, ...]
    teams: frozenset[str]
    refusal: str
    ruled: Mapping[str, Ruling] = MappingProxyType({})


def stood(
    actor: Actor, there: Iterable[ChildThere], of: str | None, sent: Iterable[missing.Sent], now: dt.datetime
) -> Incidents:
    """Return how the incidents at which these children were stand beside what was sent: of a team, or of all of them."""
    children: dict[tuple[str, str, str], set[str]] = {}
    teams = set()
    for one in there:
        teams.add(one.team)
        # An incident without a team is no team's, and nobody's who has none.
        if of is None or (of and of == one.team):
            children.setdefault((one.team, one.reference, one.day), set()).add(one.record)
    ruled = standing_rulings(actor)
    attended = [
        missing.Attended(
            reference,
            team,
            end_of(day),
            len(records),
            not_needed=ruled[key].reason if (key := missing.folded(reference)) in ruled else "",
        )
        for (team, reference, day), records in children.items()
    ]
    rules = timescales()
    standings = missing.standings(attended, sent, now, lambda noticed: due(Clock.FORM, noticed, rules).at)
    # A referral that came late is led to: of one about the reader's own family nothing tells that it is there.
    came_late = any(one.how is missing.How.LATE for one in standings)
    close = not_theirs(actor) if came_late else frozenset()
    shown = tuple(one for one in standings if one.referral is None or one.referral.id not in close)
    return Incidents(shown, frozenset(teams), "", ruled)


def referred(actor: Actor, since: dt.datetime) -> frozenset[str]:
    """Return the folded references that the own organisation's referrals name: of incidents, or where there is none of crimes."""
    found = Referral.objects.filter(
        partnership=actor.partnership, partner__code=actor.organisation, sent_at__gte=since
    )
    keys = set(found.exclude(incident_key="").order_by().values_list("incident_key", flat=True))
    for row in with_content(found.filter(incident="")):
        keys.add(missing.folded(decode(row.latest).links.crime) if row.latest else "")
    return frozenset(keys - {""})


def end_of(day: str) -> dt.datetime:
    """Return the end of a day: the feed names no hour, and nobody is called late who may not be."""
    following = dt.date.fromisoformat(day) + dt.timedelta(days=1)
    return dt.datetime.combine(following, dt.time(), tzinfo=LONDON)
