"""Reads the incidents of a month as they are counted: those of the force's files with the referral that names each, and the rest.

An incident of a file counts once, in its own month, with the voices of the referral that names it. What no file names is counted
by its referral, in the month in which that was sent; of its recordings there is a reference alone.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import msgspec
from django.db.models import OuterRef, QuerySet, Subquery

from footprint.calendars import LONDON
from footprint.referrals import filmed
from footprint.referrals.clocks import Clock, due
from footprint.referrals.measures import Incident, Recording
from footprint.referrals.missing import folded
from footprint.referrals.referral import Child, Voice, decode
from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import Said as Answer
from footprint.web.referrals.auditing.sample.candidates import after, begins, sent_in
from footprint.web.referrals.desk.reading import timescales
from footprint.web.referrals.footage.queries import looked_into
from footprint.web.referrals.models import FilmedIncident, NoReferral, Referral, Version

#: Whose referrals are counted: the prompt and the cameras are the police's.
SECTOR: Final = "police"
#: The classes of incidents that a referral can tell, by whether its writer says that there was domestic abuse.
DOMESTIC_ABUSE: Final = "domestic-abuse-child"
OTHERWISE: Final = "child-abuse"
_CHUNK: Final = 2_000


class Counted(NamedTuple):
    """An incident, who wrote the referral of it, whether a file named it, and then its row."""

    incident: Incident
    writer: str
    is_filmed: bool
    id: int = 0


class OfMonth(NamedTuple):
    """The incidents of a month, the references that its referrals name, and how many of each team were ruled to need none."""

    incidents: tuple[Counted, ...]
    references: frozenset[str]
    excused: Mapping[str, int]


def counted_in(partnership: str, month: str, now: dt.datetime) -> OfMonth:
    """Return the incidents of a month as they are counted now."""
    there = _filmed(partnership, begins(month), begins(after(month)))
    within = sent_in(partnership, month).filter(partner__sector=SECTOR)
    named = [folded(one) for one in within.order_by().values_list("incident", flat=True)]
    elsewhere = _filmed_keys(partnership, named, begins(before(before(month))))
    found: dict[str, Counted] = {}
    for reference, named_one, team, sent_at, writer, said in _referrals(within):
        if folded(named_one) not in elsewhere or not named_one:
            found[folded(named_one) or reference] = Counted(
                _incident(said, named_one, team, sent_at), writer, False
            )
    ruled, excused = excused_in(partnership), Counter[str]()
    following = _following(partnership, month, there)
    looked = looked_into(row.pk for row in there.values())
    for key, row in there.items():
        incident = filmed.as_incident(filmed.decode(row.content), assets=looked.get(row.pk, ()))
        named_by = following.get(key)
        if named_by is None:
            is_excused = key in ruled
            excused[incident.team] += is_excused
            incident = _without_referral(incident, now, excused=is_excused)
            found[key] = Counted(incident, "", True, row.pk)
        else:
            writer, said = named_by
            found[key] = Counted(_with_referral(incident, said), writer, True, row.pk)
    by_team = {team: times for team, times in excused.items() if times}
    return OfMonth(tuple(found.values()), frozenset(named) - {""}, by_team)


def _filmed(partnership: str, since: dt.datetime, until: dt.datetime) -> dict[str, FilmedIncident]:
    rows = FilmedIncident.objects.filter(
        partner__partnership=partnership, partner__sector=SECTOR, at__gte=since, at__lt=until
    )
    return {row.key: row for row in rows.order_by("pk")}


def followed_in(month: str) -> tuple[str, ...]:
    """Return the months in which a referral may come that counts with an incident of this one. A later one counts by itself."""
    return month, after(month), after(after(month))


def before(month: str) -> str:
    """Return the month before a month."""
    return f"{begins(month) - dt.timedelta(days=1):%Y-%m}"


def _filmed_keys(partnership: str, keys: Iterable[str], since: dt.datetime) -> frozenset[str]:
    """Those of these references that a file names as of this day or later."""
    listed = sorted(set(keys))
    found: set[str] = set()
    for start in range(0, len(listed), _CHUNK):
        rows = FilmedIncident.objects.filter(
            partner__partnership=partnership,
            partner__sector=SECTOR,
            at__gte=since,
            key__in=listed[start : start + _CHUNK],
        )
        found |= set(rows.order_by().values_list("key", flat=True))
    return frozenset(found)


def _following(
    partnership: str, month: str, there: Mapping[str, FilmedIncident]
) -> dict[str, tuple[str, Said]]:
    """By incident who wrote the referral that names it, and what its latest version says: the latest of several."""
    if not there:
        return {}
    rows = Referral.objects.filter(
        partnership=partnership,
        partner__sector=SECTOR,
        sent_at__gte=begins(month),
        sent_at__lt=begins(after(followed_in(month)[-1])),
    ).exclude(incident="")
    ours = [
        pk
        for pk, one in rows.order_by("sent_at", "pk").values_list("pk", "incident").iterator()
        if folded(one) in there
    ]
    found = {}
    for start in range(0, len(ours), _CHUNK):
        for _, incident, _, _, writer, said in _referrals(
            Referral.objects.filter(pk__in=ours[start : start + _CHUNK])
        ):
            found[folded(incident)] = (writer, said)
    return found


def _referrals(rows: QuerySet[Referral]) -> Iterable[tuple[str, str, str, dt.datetime, str, Said]]:
    """Each referral's reference, incident, team and time, who wrote it, and its latest version; the oldest first."""
    latest = Version.objects.filter(referral=OuterRef("pk")).order_by("-number")
    listed = (
        rows.annotate(latest=Subquery(latest.values("content")[:1]))
        .order_by("sent_at", "pk")
        .values_list("reference", "incident", "team", "sent_at", "by__user", "author", "latest")
    )
    for reference, incident, team, sent_at, user, author, text in listed.iterator():
        writer = str(user or author or reference)  # type: ignore[truthy-bool] # nobody, where a file brought it
        yield reference, incident, team, sent_at, writer, decode(text) if text else Said()


def _incident(said: Said, reference: str, team: str, at: dt.datetime) -> Incident:
    video = said.links.video.strip()
    return Incident(
        reference=reference,
        kind=DOMESTIC_ABUSE if said.links.domestic_abuse is Answer.YES else OTHERWISE,
        team=team,
        at=at.astimezone(LONDON),
        children=len(_born(said)),
        voices=_voices(said),
        # A reference without times: whoever reads this asks only whether there is one (BY_REFERENCE).
        recordings=(Recording(asset=video, started=at, ended=at),) if video else (),
        no_video=said.links.no_video,
    )


def _without_referral(incident: Incident, now: dt.datetime, *, excused: bool) -> Incident:
    """An incident of a file that no referral names; while one may still come in time, its voices are not told."""
    awaited = due(Clock.FORM, incident.at, timescales()).at > now
    return msgspec.structs.replace(incident, voices=None if awaited or excused else ())


def _with_referral(incident: Incident, said: Said) -> Incident:
    """An incident of a file with the voices of the referral that names it."""
    return msgspec.structs.replace(
        incident,
        voices=_voices(said),
        children=max(incident.children, len(_born(said))),
        no_video=incident.no_video or said.links.no_video,
        video_in_referral=bool(said.links.video.strip()),
    )


def _born(said: Said) -> list[Child]:
    """The children who can have a voice: a baby who is expected has none, and is asked for none."""
    return [child for child in said.children if not child.expected]


def _voices(said: Said) -> tuple[Voice, ...]:
    return tuple(child.voice for child in _born(said) if child.voice)


def excused_in(partnership: str) -> frozenset[str]:
    """Return the folded references of incidents of which somebody ruled that they need no referral."""
    ruled = NoReferral.objects.filter(partner__partnership=partnership, undone_at__isnull=True)
    return frozenset(ruled.order_by().values_list("key", flat=True))
