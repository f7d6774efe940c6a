"""Reads what audits found: agreement between the sides, marks agreed on by criterion and month, briefings and who had them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from django.db.models import Count, Max
from django.utils import timezone

from footprint.referrals.briefed import Colleague
from footprint.referrals.drift import Pair
from footprint.referrals.framework import Framework
from footprint.referrals.moderating import Audited, Marks
from footprint.referrals.trends import Marked
from footprint.sharing.roles import ROLES, Right
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.queries import with_right
from footprint.web.referrals.models import Briefed, Briefing, Marking, Sample
from footprint.web.referrals.models.audit import MODERATED
from footprint.web.referrals.protecting import words_read_by
from footprint.web.referrals.queries import NotFound

#: Who marked, as drift names them: whoever reads the page, or a side.
YOU: Final = "you"
#: So many months of those that were drawn are read.
_MONTHS: Final = 12


class Result(NamedTuple):
    """One audited referral: its month and team, each side's marks alone and by whom, and the marks agreed on."""

    drawn: int
    month: str
    team: str
    author: str
    given: dict[str, Marks]
    agreed: Marks
    by: dict[str, object]


class Lesson(NamedTuple):
    """A briefing as somebody may read it: its name here, what it is about, and its days."""

    pk: int
    title: str
    criterion: str
    text: str
    given_on: dt.date
    again_on: dt.date | None


class Told(NamedTuple):
    """A briefing, and when this user said that they had it; None where they have not."""

    row: Lesson
    had: dt.datetime | None


def results(partnership: str) -> tuple[Result, ...]:
    """Return the audited referrals of the last months that were drawn, the oldest month first."""
    months = Sample.objects.filter(framework__partnership=partnership).order_by("-month")
    shown = sorted(set(months.values_list("month", flat=True)), reverse=True)[:_MONTHS]
    stamp = Marking.objects.filter(drawn__sample__framework__partnership=partnership).aggregate(
        newest=Max("pk"), count=Count("pk")
    )
    return _results(partnership, tuple(shown), stamp["newest"] or 0, stamp["count"])


@lru_cache(maxsize=8)
def _results(partnership: str, months: tuple[str, ...], _newest: int, _count: int) -> tuple[Result, ...]:
    """The same until a mark is added. Later marks of a side stand for earlier ones."""
    rows = Marking.objects.filter(
        drawn__sample__framework__partnership=partnership, drawn__sample__month__in=months
    ).order_by("drawn__sample__month", "drawn", "pk")
    found: dict[int, Result] = {}
    for one in rows.values_list(
        "drawn", "drawn__sample__month", "referral__team", "referral__by__user", "side", "by__user", "marks"
    ):
        drawn, month, team, author, side, by, marks = one
        writer = str(author or drawn)  # type: ignore[truthy-bool] # nobody, where a file brought it
        before = found.get(drawn) or Result(drawn, month, team, writer, {}, {}, {})
        if side == MODERATED:
            found[drawn] = before._replace(agreed=marks)
            continue
        found[drawn] = before._replace(given={**before.given, side: marks}, by={**before.by, side: by})
    return tuple(found.values())


def audits(some: Sequence[Result]) -> list[Audited]:
    """Return what each side gave alone."""
    return [Audited(str(one.drawn), one.given) for one in some]


def pairs(some: Sequence[Result], says: Framework, reader: object) -> dict[str, list[Pair]]:
    """Return for each side, and for the user who reads it, what was given alone beside what was agreed."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for one in some:
        for side, marks in one.given.items() if one.agreed else ():
            for name in (side, YOU) if one.by[side] == reader else (side,):
                found[name] += [
                    Pair(name, one.month, marks[code], one.agreed[code])
                    for code in says.criteria
                    if code in marks and code in one.agreed
                ]
    return found


def marked(some: Sequence[Result]) -> list[Marked]:
    """Return the marks agreed on, by team, month and criterion."""
    return [Marked(one.team, one.month, code, mark) for one in some for code, mark in one.agreed.items()]


def authors(some: Sequence[Result]) -> dict[str, int]:
    """Return how many people wrote what was agreed on, by month: to know what is too small to show."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in some:
        if one.agreed:
            found[one.month].add(one.author)
    return {month: len(people) for month, people in found.items()}


def briefings(actor: Actor) -> list[Lesson]:
    """Return every briefing of the actor's partnership, the latest first, those of others masked by what is protected today."""
    rows = Briefing.objects.filter(partnership=actor.partnership).select_related("by__user")
    return _read_by(actor, rows.order_by("-given_on", "-pk"))


def again_for(actor: Actor) -> list[Lesson]:
    """Return what is to be audited again in the actor's partnership, as they may read it."""
    return _read_by(actor, to_audit_again(actor.partnership))


def to_audit_again(partnership: str) -> list[Briefing]:
    """Return the briefings whose theme is still to be audited again, the next one first: nothing was drawn since their day."""
    last = Sample.objects.filter(framework__partnership=partnership).aggregate(at=Max("drawn_at"))["at"]
    rows = Briefing.objects.filter(partnership=partnership, again_on__isnull=False).select_related("by")
    waiting = rows.filter(again_on__gt=timezone.localdate(last)) if last else rows
    return list(waiting.order_by("again_on", "pk"))


def due_again(today: dt.date) -> list[Briefing]:
    """Return those of every partnership whose day has come, the one that waits longest first."""
    due = Briefing.objects.filter(again_on__lte=today)
    partnerships = due.order_by("partnership").values_list("partnership", flat=True).distinct()
    return [
        one for each in partnerships for one in to_audit_again(each) if one.again_on and one.again_on <= today
    ]


def told_to(actor: Actor) -> list[Told]:
    """Return the briefings that were given until today, and whether this user had each. Of nobody else."""
    had = {one.briefing_id: one.at for one in Briefed.objects.filter(membership__user=actor.user_id)}
    today = timezone.localdate()
    return [Told(one, had.get(one.pk)) for one in briefings(actor) if one.given_on <= today]


def briefing_of(actor: Actor, briefing_id: int) -> Briefing:
    """Return a briefing that was given until today. Raises NotFound."""
    found = Briefing.objects.filter(
        partnership=actor.partnership, pk=briefing_id, given_on__lte=timezone.localdate()
    ).first()
    if found is None:
        raise NotFound
    return found


def colleagues(partnership: str) -> dict[int, list[Colleague]]:
    """Return for each briefing everybody who writes referrals today, by role, and when they had it: to be counted."""
    people = {
        (one.user_id, one.role) for one in with_right(Right.REFER).filter(partner__partnership=partnership)
    }
    had: dict[int, dict[object, dt.date]] = defaultdict(dict)
    for briefing, user, at in Briefed.objects.filter(briefing__partnership=partnership).values_list(
        "briefing", "membership__user", "at"
    ):
        had[briefing][user] = timezone.localdate(at)
    return {
        one: [
            Colleague(str(user), ROLES[role].label, had[one].get(user))
            for user, role in sorted(people, key=str)
        ]
        for one in Briefing.objects.filter(partnership=partnership).values_list("pk", flat=True)
    }


def _read_by(actor: Actor, rows: Iterable[Briefing]) -> list[Lesson]:
    """These as the actor may read them: what one teaches may have been of a home."""
    return [
        Lesson(
            row.pk,
            words_read_by(actor.user_id, row.by, row.title),
            row.criterion,
            words_read_by(actor.user_id, row.by, row.text),
            row.given_on,
            row.again_on,
        )
        for row in rows
    ]
