"""Makes the invented referrals of the demonstration by the real way: sent, added to, decided, graded, each with its entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any, Final, NamedTuple

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from footprint.referrals import deciding, states
from footprint.referrals.codes import DECISIONS
from footprint.referrals.criteria import CRITERIA
from footprint.referrals.feedback import Point
from footprint.referrals.grades import graded
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership
from footprint.web.accounts.queries import actor_among, held_now
from footprint.web.ledger.store import event, ledger
from footprint.web.notices.models import Notice
from footprint.web.referrals import services as sending
from footprint.web.referrals.desk import assessing, marking_services, reading, services
from footprint.web.referrals.desk.sample import phrases
from footprint.web.referrals.desk.sample.auditing import Sides, last_month, make_audit
from footprint.web.referrals.desk.sample.bulk import make_bulk
from footprint.web.referrals.desk.sample.families import Family, of_incidents, of_school
from footprint.web.referrals.desk.sample.footage import Recorded, make_footage
from footprint.web.referrals.desk.sample.telling import Sender, told
from footprint.web.referrals.models import Feedback, FilmedIncident, Referral

_SCHOOLS_SHARE: Final = 0.25
#: Last month is in them whatever day it is, so that there is something to audit.
_DAYS: Final = 60
_UNREAD: Final = 3
#: Which decision follows from which reason, as somebody might decide; the invented front door does not read the form.
_DECIDED: Final = (
    ("section-17", "child-in-need"),
    ("early-help", "several-needs"),
    ("information", "below-threshold"),
    ("strategy-discussion", "significant-harm"),
    ("information", "one-need"),
)
#: What the invented front door says of whoever is said to be in danger.
_SAFE: Final = deciding.Grounds(
    "PC Dale", "The children are with their aunt, and the officer took them there."
)


class Cast(NamedTuple):
    """Who acts in the demonstration: officers and school leads send, a sergeant supervises, and so on."""

    officer: Actor
    leads: tuple[Actor, ...]
    sergeant: Actor
    unit: Actor
    door: Actor


class NobodyActs(LookupError):
    """The demonstration's accounts are missing. Run demo_accounts first."""


def make_sample(count: int, seed: int = 1) -> int:
    """Make so many referrals, once, and return how many there are."""
    if Referral.objects.exists():
        return Referral.objects.count()
    dice, cast, now = Random(seed), _cast(), timezone.now()  # noqa: S311 - a seed gives the same again
    # One transaction: sixty referrals are one write to the disk and not four hundred.
    with transaction.atomic():
        for number, (sender, family) in enumerate(_senders(cast, count, dice)):
            _one(cast, sender, family, number, now, dice)
        old = Notice.objects.filter(kind="referral", read_at__isnull=True).order_by("-pk")
        Notice.objects.filter(pk__in=list(old.values_list("pk", flat=True)[_UNREAD:])).update(read_at=now)
    return Referral.objects.count()


def make_many(count: int, seed: int = 1) -> int:
    """Insert so many more as rows alone, for measuring; entered once, as what they are. Return how many."""
    cast = _cast()
    with transaction.atomic():
        made = make_bulk([cast.officer, *cast.leads[:1]], cast.door, cast.unit, count, seed=seed)
        ledger().record(event(cast.door, "change", "sample-referrals", {"count": made}), join=True)
    return made


def make_audited(seed: int = 1) -> int:
    """Have both sides sign a framework, draw last month and mark most of it, once. Return how many were drawn."""
    cast = _cast()
    with transaction.atomic():
        sample = make_audit(Sides(cast.unit, cast.door, cast.officer), Random(seed))  # noqa: S311 - a seed gives the same again
    return sample.drawn.count() if sample else 0


def make_filmed(seed: int = 1) -> int:
    """Write and take the invented force's file of incidents and footage, once. Return how many incidents it brought."""
    if FilmedIncident.objects.exists():
        return 0
    cast = _cast()
    with transaction.atomic():
        return make_footage(Recorded(cast.unit, cast.officer, cast.sergeant), timezone.now(), seed).new


def _senders(cast: Cast, count: int, dice: Random) -> Iterator[tuple[Actor, Family]]:
    """Who sends which family's referral, mixed."""
    by_schools = int(count * _SCHOOLS_SHARE) if cast.leads else 0
    found = [(cast.officer, one) for one in of_incidents(dice, count - by_schools, cast.officer.team)]
    for place, lead in enumerate(cast.leads):
        share = by_schools // len(cast.leads) + (place < by_schools % len(cast.leads))
        found += [(lead, one) for one in of_school(dice, lead.organisation, share)]
    dice.shuffle(found)
    yield from found


def _one(cast: Cast, sender: Actor, family: Family, number: int, now: dt.datetime, dice: Random) -> None:
    """One referral and what became of it. Those of the last day wait."""
    quality = dice.random()
    at = now - dt.timedelta(hours=1 + 24 * _DAYS * dice.random() ** 3)
    is_police = sender is cast.officer
    said = told(
        family.said,
        Sender(sender.name, sender.role_label, is_police, family.incident if dice.random() < 0.9 else ""),
        at,
        quality,
        dice,
    )
    referral = sending.receive(sender, said, form=f"sample-{number}-{dice.random()}", at=at)
    age = now - at
    if is_police and (age > dt.timedelta(days=1) or dice.random() < 0.5):
        Referral.objects.filter(pk=referral.pk).update(seen_by_supervisor_at=at + dt.timedelta(minutes=40))
    if age < dt.timedelta(days=1) or (age < dt.timedelta(days=3) and dice.random() < 0.3):
        if dice.random() < 0.4:
            _step(cast.door, referral, states.Verb.ACCEPT, at + dt.timedelta(minutes=35))
        return
    if quality < 0.4:
        words = dice.choice(phrases.MORE)
        asker = cast.sergeant if is_police else cast.door
        _step(asker, referral, states.Verb.SEND_BACK, at + dt.timedelta(hours=1), words=words)
    decided = at + dt.timedelta(hours=dice.choice((2, 4, 7, 20, 30)))
    outcome, reason = dice.choice(_DECIDED)
    _step(
        cast.door,
        referral,
        states.Verb.DECIDE,
        decided,
        outcome=outcome if outcome in DECISIONS else "information",
        reason=reason,
        words=dice.choice(phrases.REASONS),
    )
    # The invented unit is one person, and whoever graded a form does not mark it: last month is left to the audit.
    is_audited = is_police and f"{timezone.localdate(at):%Y-%m}" == last_month(timezone.localdate(now))
    if dice.random() < 0.6 and not is_audited:
        _grade(cast.unit if is_police else cast.door, referral, dice)
    if age > dt.timedelta(days=14) and dice.random() < 0.5:
        _step(
            cast.door,
            referral,
            states.Verb.CLOSE,
            decided + dt.timedelta(days=9),
            words=dice.choice(phrases.ENDS),
        )
    if dice.random() < 0.7:
        Feedback.objects.filter(referral=referral).exclude(kind="receipt").update(
            acknowledged_at=decided + dt.timedelta(days=1)
        )


def _step(actor: Actor, referral: Referral, verb: states.Verb, at: dt.datetime, **said: Any) -> None:
    part = reading.played(actor, referral)[0]
    step = states.Step(verb=verb, part=part, by=actor.name, at=at, **said)
    services.take(actor, referral, step, grounds=_SAFE)


def _grade(actor: Actor, referral: Referral, dice: Random) -> None:
    """Marks as somebody might give them: what a machine allows, or one less."""
    scale, form_read = reading.scales().scale(), assessing.read(referral)
    marks = {
        one.criterion: max(0, (one.at_most if one.mark is None else one.mark) - dice.choice((0, 0, 1)))
        for one in form_read.findings
    }
    chosen = dice.sample(phrases.POINTS, dice.choice((1, 2, 3)))
    given = marking_services.Given(
        marks={code: marks[code] for code in CRITERIA},
        grade=graded(marks, scale).proposed,
        points=tuple(Point(*one) for one in chosen),
        scale=scale,
        version=form_read.version,
    )
    marking_services.grade(actor, referral, given)


def _cast() -> Cast:
    seated: dict[str, list[Actor]] = {}
    for held in held_now().select_related("user", "partner").order_by("pk"):
        if (actor := actor_of_membership(held)) is not None:
            seated.setdefault(actor.role, []).append(actor)
    try:
        return Cast(
            seated["frontline"][0],
            tuple(seated.get("school-lead", ())),
            seated["police-supervisor"][0],
            seated["central-referral-unit"][0],
            seated["social-work-decision-maker"][0],
        )
    except KeyError as missing:
        raise NobodyActs(NobodyActs.__doc__) from missing


def actor_of_membership(held: Membership) -> Actor | None:
    """Return somebody as they act in one membership, without a browser's session."""
    return actor_among([held], held.user, SessionStore())
