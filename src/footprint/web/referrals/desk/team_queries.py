"""What a supervisor reads of their team's referrals, and a referral unit of its organisation's: of teams, never of a person."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from footprint.calendars import LONDON
from footprint.referrals import missing
from footprint.referrals.clocks import Clock, Due, Timescales, due, due_if_any, is_late
from footprint.referrals.feedback import ACKNOWLEDGED
from footprint.referrals.measures import month_of
from footprint.referrals.referral import decode
from footprint.referrals.trends import Marked
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Partner
from footprint.web.accounts.queries import ever_held_by
from footprint.web.cases.scope import NotShared, own_incidents
from footprint.web.referrals.auditing.sample.blindness import blind_to, given_to
from footprint.web.referrals.desk.no_referral_queries import standing_rulings
from footprint.web.referrals.desk.queries import entered, with_content
from footprint.web.referrals.desk.reading import timescales
from footprint.web.referrals.models import Feedback, Marking, NoReferral, Referral, Version
from footprint.web.referrals.models.audit import UNIT
from footprint.web.referrals.own_family import not_theirs
from footprint.web.referrals.queries import NotFound

#: How far back each list looks: long enough for a fortnight's leave.
LATELY: Final = dt.timedelta(days=14)
INCIDENTS: Final = dt.timedelta(days=28)
UNREAD: Final = dt.timedelta(days=90)
MONTHS: Final = 6
MOST: Final = 100
_ASKS_FOR: Final = "front-door"
#: A year's marks are read as text: what the database's own reading makes of thousands takes longer than the page may.
_MARKS: Final = msgspec.json.Decoder(dict[str, int])


class Late(NamedTuple):
    """A referral that came later than it should after it was noticed, and when it was due."""

    referral: Referral
    due: Due


class Unread(NamedTuple):
    """An answer that its author should have acknowledged by now, and when that was due."""

    feedback: Feedback
    due: Due


class Incidents(NamedTuple):
    """How the incidents of a team stand at which a child was; `refusal` says why they may not be asked for.

    `teams` are all teams that the feed names: where the own is not among them, the two systems call it otherwise. `ruled` are
    rulings that an incident needs no referral, by its folded reference.
    """

    standings: tuple[missing.Standing, ...]
    teams: frozenset[str]
    refusal: str
    ruled: Mapping[str, NoReferral] = MappingProxyType({})


class ToGrade(NamedTuple):
    """A page of forms that nobody has graded: its number from 1, and how many pages, forms, and urgent ones there are."""

    rows: tuple[Referral, ...]
    number: int
    pages: int
    total: int
    urgent: int


class Team(NamedTuple):
    """A supervisor's day. `today` are rows with `latest` (the text of the latest version), `grade`, `scale` and `read_by`, the
    instant by which they were to be read or None; `more` is how many of these are not shown.
    """

    today: tuple[Any, ...]
    more: int
    late: tuple[Late, ...]
    undecided: tuple[Referral, ...]
    unread: tuple[Unread, ...]
    incidents: Incidents
    receipt: str


def team(actor: Actor, now: dt.datetime, of: str) -> Team:
    """Return the day of a team of the actor's organisation, entered as read before it leaves. Without a name it is no team's."""
    mine = _of_team(actor, of)
    recent = list(_named(mine.filter(sent_at__gte=now - LATELY)).order_by("-sent_at", "pk")[: 5 * MOST])
    midnight = dt.datetime.combine(timezone.localdate(now), dt.time(), tzinfo=LONDON)
    unread = _unseen(actor, mine)
    keys = list(unread.order_by("-is_urgent", "-sent_at", "pk").values_list("pk", flat=True)[: MOST + 1])
    waiting = len(keys) if len(keys) <= MOST else unread.count()
    read = [one.pk for one in recent if one.sent_at >= midnight and one.pk not in keys]
    shown = [*keys, *read][:MOST]
    today = list(graded(with_content(Referral.objects.filter(pk__in=shown))))
    today.sort(key=lambda one: (one.pk in keys and one.is_urgent, one.sent_at), reverse=True)
    blind, rules = blind_to(actor), timescales()
    for row in today:
        row.read_by = _read_by(row, rules)
        if row.pk in blind:
            row.grade = None
    undecided = mine.filter(is_waiting=True, decided_at__isnull=True, due_at__lt=now)
    incidents = incidents_in(actor, now, of)
    return Team(
        today=tuple(today),
        more=waiting + len(read) - len(today),
        late=tuple(_late(recent)),
        undecided=tuple(_named(undecided).order_by("due_at")[:MOST]),
        unread=tuple(_unread(actor, now, of)),
        incidents=incidents,
        receipt=entered(actor, "referral-team", len(today)),
    )


def unseen(actor: Actor, of: str) -> QuerySet[Referral]:
    """Return what no supervisor of a team has said to have read, however long ago it was sent, but what the actor wrote."""
    return _unseen(actor, _of_team(actor, of))


def incidents_of(actor: Actor, now: dt.datetime) -> Incidents:
    """Return how the incidents of the actor's own team stand at which a child was, as far as they may know of them."""
    return incidents_in(actor, now, actor.team)


def incidents_in(actor: Actor, now: dt.datetime, of: str | None) -> Incidents:
    """Return the same of a team of the actor's organisation, or of all of them where none is named."""
    since = timezone.localdate(now - INCIDENTS).isoformat()
    try:
        there = own_incidents(actor, _ASKS_FOR, since)
    except NotShared as error:
        return Incidents((), frozenset(), str(error))
    children: dict[tuple[str, str, str], set[str]] = {}
    for one in there:
        # An incident without a team is no team's, and nobody's who has none.
        if of is None or (of and of == one.team):
            children.setdefault((one.team, one.reference, one.day), set()).add(one.record)
    ruled = standing_rulings(actor)
    reasons = {key: one.reason for key, one in ruled.items()}
    attended = [
        missing.Attended(
            reference,
            team,
            _end_of(day),
            len(records),
            not_needed=reasons.get(missing.folded(reference), ""),
        )
        for (team, reference, day), records in children.items()
    ]
    rules = timescales()
    standings = missing.standings(
        attended, _sent(actor, now), now, lambda noticed: due(Clock.FORM, noticed, rules).at
    )
    return Incidents(tuple(standings), frozenset(one.team for one in there), "", ruled)


def without_referral(actor: Actor, reference: str, now: dt.datetime) -> missing.Standing:
    """Return an incident of the actor's team of which no referral came and none is ruled out. Raises NotFound."""
    sought = (missing.How.MISSING, missing.How.AWAITED)
    for one in incidents_of(actor, now).standings:
        if one.how in sought and one.incident.reference == reference:
            return one
    raise NotFound


def ruling_of(actor: Actor, ruling_id: int, now: dt.datetime) -> NoReferral:
    """Return a ruling on an incident of the actor's team that they may know of. Raises NotFound."""
    found = incidents_of(actor, now)
    for one in found.standings:
        ruling = found.ruled.get(missing.folded(one.incident.reference))
        if ruling is not None and ruling.pk == ruling_id:
            return ruling
    raise NotFound


#: In which order forms wait to be graded, by the word in the address; the first where there is none.
ORDERS: Final = MappingProxyType(
    {"latest": ("-sent_at", "pk"), "urgent": ("-sent_at", "pk"), "oldest": ("sent_at", "pk")}
)


def to_grade(actor: Actor, order: str, number: int) -> ToGrade:
    """Return a page of what a referral unit, or the front door, has not graded yet; never the own ones, nor what the audit gave
    them to mark, nor what was taken down for somebody.
    """
    marked = Marking.objects.filter(referral=OuterRef("pk"), side=UNIT)
    waiting = _others(actor).filter(~Exists(marked), taken_by__isnull=True)
    if audited := given_to(actor):
        waiting = waiting.exclude(pk__in=audited)
    counted = waiting.aggregate(total=Count("pk"), urgent=Count("pk", filter=Q(is_urgent=True)))
    total, urgent = counted["total"], counted["urgent"]
    if order == "urgent":
        waiting, listed = waiting.filter(is_urgent=True), urgent
    else:
        listed = total
    pages = max(1, -(-listed // MOST))
    number = min(max(1, number), pages)
    # First which, then who wrote them: a page far down joins nothing of those before it.
    ordered = waiting.order_by(*ORDERS[order]).values_list("pk", flat=True)
    keys = list(ordered[(number - 1) * MOST : number * MOST])
    held = {one.pk: one for one in _named(Referral.objects.filter(pk__in=keys))}
    return ToGrade(tuple(held[key] for key in keys if key in held), number, pages, total, urgent)


def graded_lately(actor: Actor) -> list[Marking]:
    """Return the marks that were given last within reach, but those which the actor must not see before they have marked."""
    hidden = blind_to(actor) | not_theirs(actor)
    # Asked of each, the newest first: joined, a database without statistics begins with all referrals.
    reached = Referral.objects.filter(pk=OuterRef("referral"), **_within(actor))
    found = Marking.objects.filter(Exists(reached), side=UNIT)
    found = found.exclude(referral__in=hidden) if hidden else found
    # First which, by the newest alone, and then what they say.
    keys = list(found.order_by("-pk").values_list("pk", flat=True)[:20])
    return list(Marking.objects.filter(pk__in=keys).select_related("referral", "by__user").order_by("-pk"))


def marking_of(referral: Referral) -> Marking | None:
    """Return the newest marks that the unit gave a referral's form, or None."""
    return Marking.objects.filter(referral=referral, side=UNIT).order_by("-pk").first()


def version_of(referral: Referral) -> Version:
    """Return the latest version of a referral."""
    return Version.objects.filter(referral=referral).latest("number")


def marked(actor: Actor, now: dt.datetime) -> list[Marked]:
    """Return the marks of the last months within the actor's supervision or reach, of each form the newest."""
    since = now - dt.timedelta(days=31 * MONTHS)
    reach = _of_team(actor, actor.team) if actor.may("supervise-referrals") else _reach(actor)
    # Of few forms the figures are the marks.
    seen = reach.exclude(pk__in=blind) if (blind := blind_to(actor)) else reach
    rows = Marking.objects.filter(side=UNIT, at__gte=since, referral__in=seen).order_by("pk")
    # What was taken down for somebody is no writing of their team's, where it was graded all the same.
    rows = rows.filter(referral__taken_by__isnull=True)
    texts = rows.annotate(text=Cast("marks", TextField()))
    newest = {
        referral: (of, at, text)
        for referral, of, at, text in texts.values_list(
            "referral_id", "referral__team", "referral__sent_at", "text"
        )
    }
    # London's month begins on the hour, so one hour of UTC is of one month.
    months: dict[tuple[dt.date, int], str] = {}
    counted: Counter[tuple[str, str, str, int]] = Counter()
    for of, at, text in newest.values():
        hour = at.date(), at.hour
        month = months[hour] if hour in months else months.setdefault(hour, month_of(at))
        counted.update((of, month, criterion, mark) for criterion, mark in _MARKS.decode(text).items())
    return [Marked(*of, times) for of, times in sorted(counted.items())]


def graded(found: QuerySet[Any]) -> QuerySet[Any]:
    """Return referrals with the unit's newest grade and its scale."""
    newest = Marking.objects.filter(referral=OuterRef("pk"), side=UNIT).order_by("-pk")
    with_grade: QuerySet[Any] = found.annotate(
        grade=Subquery(newest.values("grade")[:1]), scale=Subquery(newest.values("scale")[:1])
    )
    return with_grade


def _of_team(actor: Actor, of: str) -> QuerySet[Referral]:
    if not of:
        return Referral.objects.none()
    return _others_families(actor, Referral.objects.filter(partner=partner_of(actor), team=of))


def _reach(actor: Actor) -> QuerySet[Referral]:
    """What somebody who grades may read."""
    return _others_families(actor, Referral.objects.filter(**_within(actor)))


def _within(actor: Actor) -> dict[str, Any]:
    """By which column it is told what somebody who grades may read: one alone, so that an index answers."""
    if actor.may("decide-referrals"):
        return {"partnership": actor.partnership}
    return {"partner": partner_of(actor)}


def _others_families(actor: Actor, found: QuerySet[Referral]) -> QuerySet[Referral]:
    """All of them but those of the actor's own family, of which nothing tells that they are there."""
    close = not_theirs(actor)
    return found.exclude(pk__in=close) if close else found


def _others(actor: Actor) -> QuerySet[Referral]:
    mine = ever_held_by(actor.user_id)
    return _reach(actor).exclude(Q(by__in=mine) | Q(by__isnull=True, taken_by__in=mine))


def partner_of(actor: Actor) -> int:
    """Return the actor's organisation as a partner's key."""
    partner = Partner.objects.filter(partnership=actor.partnership, code=actor.organisation)
    return partner.values_list("pk", flat=True)[0]


def _named(found: QuerySet[Referral]) -> QuerySet[Referral]:
    return found.select_related("by__user", "taken_by", "partner")


def _unseen(actor: Actor, found: QuerySet[Referral]) -> QuerySet[Referral]:
    return found.filter(seen_by_supervisor_at__isnull=True).exclude(by__in=ever_held_by(actor.user_id))


def _read_by(referral: Referral, rules: Timescales) -> dt.datetime | None:
    """When a supervisor was to have read it: counted from when it was sent. None where no rule is as old as it is."""
    if referral.seen_by_supervisor_at is not None:
        return None
    by = due_if_any(Clock.SUPERVISOR, referral.sent_at, rules)
    return by.at if by else None


def _late(recent: Iterable[Referral]) -> Iterable[Late]:
    rules = timescales()
    timed = ((one, due_if_any(Clock.FORM, one.noticed_at, rules)) for one in recent if one.noticed_at)
    return (
        Late(one, when) for one, when in timed if when and is_late(when.at, now=one.sent_at, done=one.sent_at)
    )


def _unread(actor: Actor, now: dt.datetime, of: str) -> Iterable[Unread]:
    rules = timescales()
    # Of what a file brought, or somebody told who is no user, nobody can say to have read it.
    waiting = Feedback.objects.filter(
        referral__in=_of_team(actor, of).filter(by__isnull=False),
        kind__in=ACKNOWLEDGED,
        acknowledged_at__isnull=True,
        at__gte=now - UNREAD,
    ).order_by("at", "pk")
    timed = (
        (one, due(Clock.ACKNOWLEDGEMENT, one.at, rules))
        for one in waiting.select_related("referral__by__user", "referral__taken_by")[: 5 * MOST]
    )
    late = [Unread(one, when) for one, when in timed if is_late(when.at, now)]
    return late[:MOST]


def _sent(actor: Actor, now: dt.datetime) -> Iterable[missing.Sent]:
    """The referrals of the own organisation as far as they name an incident; of those that name none, their crime."""
    since = now - INCIDENTS - LATELY
    found = Referral.objects.filter(partner=partner_of(actor), sent_at__gte=since)
    for one, at, incident in found.exclude(incident="").values_list("pk", "sent_at", "incident"):
        yield missing.Sent(one, at, incident)
    for row in with_content(found.filter(incident="")):
        if row.latest:
            yield missing.Sent(row.pk, row.sent_at, "", decode(row.latest).links.crime)


def _end_of(day: str) -> dt.datetime:
    """The end of a day: the feed names no hour, and nobody is called late who may not be."""
    following = dt.date.fromisoformat(day) + dt.timedelta(days=1)
    return dt.datetime.combine(following, dt.time(), tzinfo=LONDON)
