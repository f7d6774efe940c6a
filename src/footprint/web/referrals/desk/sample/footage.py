"""An invented force's file of incidents and body-worn video, as its systems might write it; taken in by the real way.

Incidents with a child are the invented police feed's own, so that referrals name them; stop and search and use of force, of
which the feed says nothing, are invented here. Nobody looks like anybody: a recording is a reference with times.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from django.conf import settings
from django.utils import timezone

from footprint.calendars import LONDON
from footprint.referrals.missing import How
from footprint.referrals.prompts import BRIEFED_ON
from footprint.web.accounts.actor import Actor
from footprint.web.cases.published import published
from footprint.web.referrals.auditing.learning.services import Theme, brief, had
from footprint.web.referrals.desk.no_referral_services import rule
from footprint.web.referrals.desk.sample.families import POLICE
from footprint.web.referrals.desk.team_queries import incidents_of
from footprint.web.referrals.footage.queries import dips
from footprint.web.referrals.footage.services import Found, Taken, look, take_file
from footprint.web.referrals.models import FilmedIncident

#: Where the file lies, for whoever wants to see what one looks like.
FILE: Final = "sample-footage.csv"
_HEAD: Final = (
    "Extract made",
    "Incident ref",
    "Class",
    "Team",
    "Incident time",
    "First on scene",
    "Children listed",
    "No video",
    "Asset",
    "Start",
    "End",
    "Evidential since",
    "Child account",
    "Dip-sampled",
    "Not this incident",
)
_DAYS: Final = 200
_MOST: Final = 700
_OTHERS: Final = (("STOP", 1), ("FORCE", 2))
_OTHERS_A_TEAM: Final = 30
_REASONS: Final = ("N1", "N2", "N3", "N6", "N6", "N7", "")
_BRIEFING: Final = (
    "Go to each child. Write down what each said, how they look, what they do, and where they sleep."
)
_DOMESTIC: Final = "domestic-abuse-incident"
Cells = tuple[str, ...]


class Recorded(NamedTuple):
    """Who acts: the unit briefs on the prompt, an officer has had it, and a sergeant looks and rules."""

    unit: Actor
    officer: Actor
    sergeant: Actor


def make_footage(cast: Recorded, now: dt.datetime, seed: int = 1) -> Taken:
    """Write the invented file into the data folder and take it; look into some of what was drawn, rule once, and brief."""
    dice = Random(seed)  # noqa: S311 - a seed gives the same again
    path = settings.DATA / FILE
    write_footage(path, now, dice)
    taken = take_file(path, "bwv-csv")
    for one in dips(cast.sergeant, now).to_look[1::2]:
        found = Found("looked", dice.choice(("yes", "yes", "no")), dice.choice(("yes", "partly", "no")))
        look(cast.sergeant, FilmedIncident.objects.get(pk=one.id), one.drawn.asset, found)
    for standing in incidents_of(cast.sergeant, now).standings[:1]:
        if standing.how is How.MISSING:
            rule(cast.sergeant, standing.incident.reference, "with-worker", "")
    day = timezone.localdate(now)
    theme = Theme("The prompt, for each child", BRIEFED_ON, _BRIEFING, day, day + dt.timedelta(days=90))
    had(cast.officer, brief(cast.unit, theme))
    return taken


def write_footage(path: Path, now: dt.datetime, dice: Random) -> None:
    """Write an extract of the last months, made just now."""
    made = now.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEAD)
        for number, incident in enumerate(_incidents(now, dice)):
            for cells in _rows(incident, number, now, dice):
                writer.writerow((made, *cells))


def _incidents(now: dt.datetime, dice: Random) -> Iterator[tuple[str, str, str, dt.datetime, int]]:
    """Reference, class, team, time and children of each incident, the latest first."""
    since = (now - dt.timedelta(days=_DAYS)).date().isoformat()
    there: dict[tuple[str, str, str, str], set[str]] = {}
    for one in published().children_there(POLICE):
        if one.day >= since:
            there.setdefault((one.day, one.reference, one.team, one.code), set()).add(one.record)
    latest = sorted(there, reverse=True)[:_MOST]
    for day, reference, team, code in latest:
        at = dt.datetime.fromisoformat(day).replace(tzinfo=LONDON) + dt.timedelta(
            minutes=dice.randrange(24 * 60)
        )
        if at < now - dt.timedelta(hours=3):
            children = len(there[day, reference, team, code])
            yield reference, "DAC" if code == _DOMESTIC else "CAN", team, at, children
    for team in sorted({team for _, _, team, _ in latest}):
        for kind, place in _OTHERS:
            for number in range(_OTHERS_A_TEAM):
                at = now - dt.timedelta(minutes=dice.randrange(300, _DAYS * 24 * 60))
                name = "".join(sign for sign in team if sign.isalnum())[:12]
                yield f"{kind}/{name}/{place}{number:04}", kind, team, at, int(dice.random() < 0.1)


def _rows(
    incident: tuple[str, str, str, dt.datetime, int], number: int, now: dt.datetime, dice: Random
) -> Iterator[Cells]:
    reference, kind, team, at, children = incident
    arrived = at + dt.timedelta(minutes=dice.randrange(3, 40))
    head = (reference, kind, team, _said(at), _said(arrived), str(children))
    if dice.random() < 0.15:
        yield (*head, dice.choice(_REASONS), "", "", "", "", "", "", "")
        return
    begun = arrived + dt.timedelta(seconds=dice.choice((-20, 5, 15, 30, 45, 90, 240)))
    for camera in range(dice.choice((1, 1, 2))):
        start = begun + dt.timedelta(seconds=camera * dice.choice((0, 20, 1_500)))
        end = start + dt.timedelta(minutes=dice.randrange(4, 50))
        kept = end + dt.timedelta(days=dice.choice((0, 1, 3, 12)))
        is_kept = dice.random() < 0.7 and kept < now
        yield (
            *head,
            "",
            f"BWV-{number:05}-{camera + 1}",
            _said(start),
            _said(end),
            _said(kept) if is_kept else "no",
            "yes" if children and dice.random() < 0.6 else "no",
            "no",
            "",
        )


def _said(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
