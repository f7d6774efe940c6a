"""Reads what may be drawn of a month, and who may mark it: a referral as the draw asks of it, a marker with their teams.

Whoever leads whom is not stored beyond a team's name: a marker's line are the teams of all roles that they hold at their partner.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db.models import Count, OuterRef, QuerySet, Subquery

from footprint.calendars import LONDON
from footprint.referrals.framework import Framework
from footprint.referrals.referral import Said, decode
from footprint.referrals.sampling import Candidate, Marker
from footprint.referrals.states import Verb
from footprint.sharing.roles import Right
from footprint.web.accounts.models import Membership
from footprint.web.accounts.queries import held_now, with_right
from footprint.web.referrals.auditing.framework.queries import OFFICES
from footprint.web.referrals.models import Marking, Referral, Step, Version
from footprint.web.referrals.models.audit import UNIT
from footprint.web.referrals.own_family import not_theirs_of


class Seat(NamedTuple):
    """A marker, and the membership in which they mark."""

    marker: Marker
    membership: Membership


def begins(month: str) -> dt.datetime:
    """Return when a month (2026-11) begins, in London."""
    year, number = map(int, month.split("-"))
    return dt.datetime(year, number, 1, tzinfo=LONDON)


def after(month: str) -> str:
    """Return the month after a month."""
    return f"{begins(month) + dt.timedelta(days=32):%Y-%m}"


def sent_in(partnership: str, month: str) -> QuerySet[Referral]:
    """Return the referrals that were sent in a month."""
    return Referral.objects.filter(
        partnership=partnership, sent_at__gte=begins(month), sent_at__lt=begins(after(month))
    )


def candidates(partnership: str, month: str, says: Framework) -> list[Candidate]:
    """Return what may be drawn of a month: all that a party's people wrote.

    What the front door took down for one of them is not their writing, and the front door would mark its own: it is in no sample.
    """
    latest = Version.objects.filter(referral=OuterRef("pk")).order_by("-number")
    rows = list(
        _sent_by_parties(partnership, month, says)
        .filter(taken_by__isnull=True)
        .annotate(latest=Subquery(latest.values("content")[:1]))
        .select_related("partner", "by")
        .order_by("sent_at", "pk")
    )
    decided, before, found = _decided(rows), _sent_before(partnership, month), []
    for row in rows:
        author = str(row.by.user_id) if row.by else ""
        before[author] += 1
        found.append(_candidate(row, author, before[author], decided.get(row.pk, ("", ""))))
    return found


def taken_down(partnership: str, month: str, says: Framework) -> int:
    """Return how many referrals of a month a party's people told, and somebody at the front door took down."""
    return _sent_by_parties(partnership, month, says).filter(taken_by__isnull=False).count()


def candidate_of(row: Referral) -> Candidate:
    """Return a referral as far as it must be known to say who may mark it."""
    return Candidate(
        id=row.pk,
        partner=row.partner.code if row.partner else "",
        team=row.team,
        month="",
        author=str(row.by.user_id) if row.by else "",
    )


def seats(partnership: str, says: Framework, referrals: Collection[str] = ()) -> list[Seat]:
    """Return who marks for each party today. Whoever works for two marks for the first of them alone.

    `referrals` are those, by id, of which it is asked who may mark them: of these alone is read who graded their form.
    """
    parties = [party.partner for party in says.parties]
    held = with_right(Right.GRADE_REFERRALS).filter(
        partner__partnership=partnership, partner__code__in=parties
    )
    found: dict[object, Membership] = {}
    for one in sorted(
        held.select_related("partner", "user"), key=lambda row: (parties.index(row.partner.code), row.pk)
    ):
        if one.role == OFFICES.get(one.partner.sector, one.role):
            found.setdefault(one.user_id, one)
    teams = _teams(found.values())
    close = not_theirs_of({one.user_id for one in found.values()}, partnership)
    graded = _graded(referrals)
    return [
        Seat(
            Marker(
                id=str(one.user_id),
                side=one.partner.code,
                partner=one.partner.code,
                teams=frozenset({one.team} - {""}),
                line=teams[one.user_id, one.partner_id],
                not_theirs=close.get(one.user_id, frozenset()),
                graded=graded.get(one.user_id, frozenset()),
            ),
            one,
        )
        for one in found.values()
    ]


def _graded(referrals: Collection[str]) -> Mapping[object, frozenset[str]]:
    """By user those of these referrals whose form they graded for the referral unit, in whichever role that was."""
    found: dict[object, set[str]] = defaultdict(set)
    given = Marking.objects.filter(side=UNIT, referral__in=list(referrals)).order_by()
    for user, referral in given.values_list("by__user", "referral"):
        found[user].add(referral)
    return {user: frozenset(graded) for user, graded in found.items()}


def _sent_by_parties(partnership: str, month: str, says: Framework) -> QuerySet[Referral]:
    return sent_in(partnership, month).filter(partner__code__in=[party.partner for party in says.parties])


def _teams(memberships: Iterable[Membership]) -> dict[tuple[object, int], frozenset[str]]:
    listed = list(memberships)
    held = held_now().filter(user__in=[one.user_id for one in listed]).exclude(team="")
    found: dict[tuple[object, int], set[str]] = defaultdict(set)
    for user, partner, team in held.values_list("user_id", "partner_id", "team"):
        found[user, partner].add(team)
    return {(one.user_id, one.partner_id): frozenset(found[one.user_id, one.partner_id]) for one in listed}


def _candidate(row: Referral, author: str, ordinal: int, decided: tuple[str, str]) -> Candidate:
    said = decode(row.latest) if row.latest else None  # type: ignore[attr-defined]
    return Candidate(
        id=row.pk,
        partner=row.partner.code if row.partner else "",
        team=row.team,
        month=f"{row.sent_at.astimezone(LONDON):%Y-%m}",
        author=author,
        ordinal=ordinal if author else 0,
        outcome=decided[0],
        reason=decided[1],
        level=row.level,
        repeat=row.repeats > 0,
        domestic_abuse=bool(said and said.links.domestic_abuse is Said.YES),
        child_present=bool(said and said.children),
    )


def _decided(rows: Iterable[Referral]) -> dict[str, tuple[str, str]]:
    """The outcome and reason of the last decision about each."""
    taken = Step.objects.filter(referral__in=[row.pk for row in rows], verb=Verb.DECIDE).order_by("pk")
    return {
        one: (outcome, reason)
        for one, outcome, reason in taken.values_list("referral_id", "outcome", "reason")
    }


def _sent_before(partnership: str, month: str) -> Counter[str]:
    earlier = Referral.objects.filter(
        partnership=partnership, sent_at__lt=begins(month), by__isnull=False, taken_by__isnull=True
    ).order_by()
    counted = earlier.values_list("by__user").annotate(times=Count("pk"))
    return Counter({str(user): times for user, times in counted})
