"""What waits for a supervisor of footage as finished words: what will be deleted, what was drawn. Never a figure of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from footprint.referrals.measures import Measuring
from footprint.web.design.words import moment
from footprint.web.referrals.desk.presenters.timing import When
from footprint.web.referrals.footage.queries import Dips, Freshness, Soon, ToLook


class SoonLine(NamedTuple):
    """An incident of which footage is soon deleted: its reference, how long is left, and what to know."""

    reference: str
    tag: When
    says: str


class LookLine(NamedTuple):
    """A recording that was drawn: where to enter what was found, its references, and by when."""

    href: str
    reference: str
    asset: str
    tag: When | None
    says: str


class LookPage(NamedTuple):
    """What was drawn for a supervisor, and how it was drawn."""

    lines: tuple[LookLine, ...]
    missed: str
    refusal: str
    share: str
    days: int
    sources: tuple[str, ...]
    partnership: str


class FootageOfTeam(NamedTuple):
    """What a supervisor's day shows of footage."""

    soon: tuple[SoonLine, ...]
    refusal: str
    sources: tuple[str, ...]
    to_look: str
    is_late: bool


def footage_of_team(
    soon: Sequence[Soon], refusal: str, waiting: Dips, fresh: Sequence[Freshness], now: dt.datetime
) -> FootageOfTeam:
    """Return what a supervisor's day shows."""
    late = sum(one.is_late for one in waiting.to_look)
    count = len(waiting.to_look)
    said = f"{count:,} {'recording waits' if count == 1 else 'recordings wait'} to be looked into"
    return FootageOfTeam(
        soon=tuple(_soon(one, now) for one in soon),
        refusal=refusal,
        sources=_sources(fresh, now),
        to_look=said + (f", {late:,} of them overdue" if late else "") if count else "",
        is_late=bool(late),
    )


def look_page(
    waiting: Dips, fresh: Sequence[Freshness], choices: Measuring, partnership: str, now: dt.datetime
) -> LookPage:
    """Return what was drawn for a supervisor."""
    missed = waiting.missed
    return LookPage(
        lines=tuple(look_line(one, now) for one in waiting.to_look),
        missed=f"{missed:,} drawn {'recording was' if missed == 1 else 'recordings were'} deleted before anybody looked."
        if missed
        else "",
        refusal=waiting.refusal,
        share=f"{choices.dip_share:.0%}",
        days=choices.dip_within,
        sources=_sources(fresh, now),
        partnership=partnership,
    )


def look_line(one: ToLook, now: dt.datetime) -> LookLine:
    """Return one recording that was drawn."""
    drawn = one.drawn
    seconds = (drawn.ended - drawn.started).total_seconds()
    of = f"of {drawn.incident.team}, passed on to you. " if one.passed_on else ""
    gone = f" Deleted on {moment(drawn.gone)} unless it is kept." if drawn.gone else " It is kept."
    return LookLine(
        href=f"{reverse('referrals:look', args=[one.id])}?{urlencode({'asset': drawn.asset})}",
        reference=drawn.incident.reference,
        asset=drawn.asset,
        tag=When("Overdue", "govuk-tag--red") if one.is_late else None,
        says=f"{of}Begins {moment(drawn.started)}, {max(1, round(seconds / 60)):,} minutes. "
        f"Look by {moment(drawn.due)}.{gone}",
    )


def _soon(one: Soon, now: dt.datetime) -> SoonLine:
    left = one.ends - now
    days = left.days
    said = f"{days} {'day' if days == 1 else 'days'} left" if days else "Less than a day left"
    count = one.incident.children
    children = f"{count} {'child' if count == 1 else 'children'} listed"
    return SoonLine(
        one.incident.reference,
        When(said, "govuk-tag--red" if days < 2 else "govuk-tag--orange"),
        f"{moment(one.incident.at)}, {children}. "
        f"{len(one.incident.recordings):,} recorded, none kept; the first goes on {moment(one.ends)}.",
    )


def _sources(fresh: Iterable[Freshness], now: dt.datetime) -> tuple[str, ...]:
    return tuple(
        f"{one.system}, as of {moment(one.made)}" + ("; a newer extract is late" if now > one.late_at else "")
        for one in fresh
    )
