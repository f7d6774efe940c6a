"""How long a referral is kept: after the last thing that was done with it, as many days as the partnership has set; until it
sets a figure, for good.

With a referral goes all that was written because of it: versions, steps, answers, held sentences, who is in it, marks, copies
and what other systems sent, the notices that lead to it, and the label of a case that got its words from it. The ledger stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from footprint.calendars import LONDON
from footprint.ledger import Event
from footprint.referrals.delivering import Standing
from footprint.referrals.states import SETTLED
from footprint.web.cases.models import Case
from footprint.web.cases.published import published_or_none
from footprint.web.config.dated import FigureNotUnderstood, figure_on, figures, over
from footprint.web.identity.queries import records_in_dispute
from footprint.web.ledger.store import ledger, overlay
from footprint.web.notices.services import forget
from footprint.web.protection.models import Observation
from footprint.web.referrals.models import (
    Draft,
    DrawnReferral,
    Ended,
    Feedback,
    HeldSentence,
    Incoming,
    Marking,
    Outgoing,
    Referral,
    Step,
    Subject,
    Version,
)
from footprint.web.referrals.recognising import SAME_CHILD, by_what_found
from footprint.web.referrals.repeating import recount
from footprint.web.referrals.writing import spool

_SETTING: Final = "REFERRAL_DAYS"
#: Thirteen months: pages lay a month beside that of the year before, and count what repeats within twelve.
_LEAST: Final = 396
_AT_ONCE: Final = 100
_BY_ITSELF: Final = "none"
_PURPOSE: Final = "referral"
_TOUCHED: Final = (Step, Version, Feedback, Marking, Incoming)
_NOT_ARRIVED: Final = (Standing.WAITING, Standing.STUCK, Standing.REFUSED)


class Kept(NamedTuple):
    """How long referrals are kept: so many days (None: for good), how many stay beyond and why, or why that cannot be said."""

    days: int | None = None
    beyond: Mapping[str, int] = MappingProxyType({})
    fault: str = ""


def kept(partnership: str, now: dt.datetime) -> Kept:
    """Return how long a partnership's referrals are kept, for whoever answers for it."""
    try:
        days = figure_on(timezone.localdate(now), _SETTING) if is_set() else None
        return Kept(days, kept_beyond(partnership, now))
    except (FigureNotUnderstood, spool.SpoolUnreadable) as error:
        return Kept(fault=str(error))


def is_set() -> bool:
    """Say whether a period is set. Raises FigureNotUnderstood where it cannot be read, or is shorter than thirteen months."""
    written = getattr(settings, _SETTING)
    if written and any(one.figure < _LEAST for one in figures(_SETTING, written)):
        raise FigureNotUnderstood(f"FOOTPRINT_{_SETTING} is at least {_LEAST} days: pages compare a year.")
    return bool(written)


def kept_whole_since(now: dt.datetime) -> dt.date | None:
    """Return the day from which on every referral that was sent is still kept; None where none was ever ended."""
    spans = over(_SETTING, timezone.localdate(now)) if is_set() else ()
    return spans[-1][1] if spans else None


def kept_beyond(partnership: str, now: dt.datetime) -> Mapping[str, int]:
    """Return how many referrals are past their time and stay all the same, by why; one may stay for several reasons."""
    if not is_set():
        return {}
    past = Referral.objects.filter(_past(timezone.localdate(now)), partnership=partnership)
    counts = {why: past.filter(stays).count() for why, stays in _stays().items()}
    return {why: count for why, count in counts.items() if count}


def end_referrals(now: dt.datetime | None = None) -> int:
    """Delete referrals whose time is over and that nothing keeps, and return how many; a hundred at a time.

    Raises FigureNotUnderstood, SpoolUnreadable and LedgerError: then nothing more is deleted.
    """
    today = timezone.localdate(now or timezone.now())
    if not is_set():
        return 0
    ending = _ending(today).order_by("sent_at", "pk").values_list("pk", flat=True)
    return sum(_end(key, today) for key in list(ending[:_AT_ONCE]))


def was_ended(key: str) -> bool:
    """Say whether an imported form of this key was kept its time here: it is not taken again."""
    return Ended.objects.filter(key=_digest(key)).exists()


def _ending(today: dt.date) -> QuerySet[Referral]:
    stays = Q()
    for one in _stays().values():
        stays |= one
    return Referral.objects.filter(_past(today)).exclude(stays)


def _past(today: dt.date) -> Q:
    """What was sent, and touched last, on days of which nothing is kept any more."""
    found = Q(pk__in=[])
    for first, before in over(_SETTING, today):
        span = Q(sent_at__lt=_midnight(before)) & ~_touched_since(before)
        found |= span & _touched_since(first) if first else span
    return found


def _touched_since(day: dt.date) -> Q:
    found = Q(sent_at__gte=_midnight(day))
    for model in _TOUCHED:
        found |= Q(Exists(model.objects.filter(referral=OuterRef("pk"), at__gte=_midnight(day))))
    return found


def _stays() -> Mapping[str, Q]:
    """Why a referral stays, though its time is over."""
    this = OuterRef("pk")
    its_cases = Q(pk=OuterRef("case")) | Q(
        reference=OuterRef("reference"), partnership=OuterRef("partnership")
    )
    added_to = [spool.read(settings.DATA, path).adds_to for path in spool.waiting(settings.DATA)]
    there: dict[str, Q | QuerySet[Any]] = {
        "it waits at the front door": ~Q(is_waiting=False, state__in=sorted(SETTLED))
        | Q(asked_for_more=True),
        "a case about it is open": Case.objects.filter(its_cases, closed_at__isnull=True),
        "it was drawn for an audit": DrawnReferral.objects.filter(referral=this),
        "who is who in it is disputed, or held for an inquiry": _about_kept_records(),
        "an alert about reading it is under review": Observation.objects.filter(
            is_alert=True, closed_at__isnull=True, case_reference=OuterRef("reference")
        ),
        "a guardian has yet to rule on a sentence of it": HeldSentence.objects.filter(
            version__referral=this, decided=""
        ),
        "a copy of it has not arrived": Outgoing.objects.filter(referral=this, standing__in=_NOT_ARRIVED),
        "something is being added to it": Q(pk__in=[one for one in added_to if one])
        | Q(Exists(Draft.objects.filter(adds_to=this)))
        | Q(Exists(Version.objects.filter(referral=this, receipt=""))),
    }
    return {why: one if isinstance(one, Q) else Q(Exists(one)) for why, one in there.items()}


def _about_kept_records() -> Q:
    """Referrals of a child whose records are disputed, or are kept for an inquiry, in whichever way the form names the child."""
    rulings, published = overlay(), published_or_none()
    if rulings.held_people and published is None:
        # Whose records those are is not known now.
        return ~Q(pk__in=[])
    records = {*rulings.held_records, *records_in_dispute()}
    found = {("record", key) for key in records}
    if published is not None:
        content = published.content
        numbers = [content.number_of(person) for person in sorted(rulings.held_people)]
        records.update(key for number in numbers if number is not None for key in content.keys_of(number))
        known = (key for key in sorted(records) if content.number_of_record(key) is not None)
        found.update(mark for key in known for mark in by_what_found(content.entry(key).record))
    same = Q(pk__in=[])
    for field in SAME_CHILD:
        same |= Q(**{f"{field}__in": sorted(value for name, value in found if name == field)})
    return Q(pk__in=Subject.objects.filter(same).values("referral"))


def _end(key: str, today: dt.date) -> bool:
    with transaction.atomic():
        referral = Referral.objects.select_for_update().filter(pk=key).first()
        if referral is None or not _ending(today).filter(pk=key).exists():
            return False  # somebody was quicker
        subjects = list(Subject.objects.filter(referral=referral).values(*SAME_CHILD))
        counts = {
            "versions": Version.objects.filter(referral=referral).count(),
            "copies": Outgoing.objects.filter(referral=referral).count(),
        }
        if referral.route == "imported":
            Ended.objects.get_or_create(key=_digest(referral.submission))
        for model in (Outgoing, Incoming, Marking):
            model.objects.filter(referral=referral).delete()
        forget(_pages(referral))
        told = Case.objects.filter(
            told=True, reference=referral.reference, partnership=referral.partnership_id
        )
        told.update(concerns=F("reference"))
        referral.delete()
        recount(referral, subjects)
        _enter(referral, counts)
    return True


def _pages(referral: Referral) -> Iterable[str]:
    yield reverse("referrals:referral", args=[referral.pk])


def _enter(referral: Referral, counts: Mapping[str, int]) -> None:
    entry = Event(
        kind="change",
        action="referral-ended",
        actor=_BY_ITSELF,
        role=_BY_ITSELF,
        organisation=_BY_ITSELF,
        partnership=referral.partnership_id,
        case=referral.reference,
        purpose=_PURPOSE,
        facts={"referral": referral.reference, **counts},
    )
    ledger().record(entry, join=True)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=LONDON)


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
