"""What is kept of referrals only for a while: drafts that nobody sent, what copies said once the other system has them, and what
files said of incidents and footage.

A referral that was sent has a period of its own (`retention`). Drafts of which what was sent lies in the spool stay.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from footprint.calendars import LONDON
from footprint.ledger import Event
from footprint.referrals.delivering import Outcome, Standing
from footprint.referrals.submissions import form_key
from footprint.web.config.dated import figure_on, figures, over
from footprint.web.ledger.store import Facts, ledger
from footprint.web.referrals.models import Attempt, Dip, Draft, FilmedIncident, FootageFile, Outgoing
from footprint.web.referrals.outbox.rows import UNREAD
from footprint.web.referrals.writing import spool

#: What goes by the clock is done by nobody.
_BY_ITSELF: Final = "none"
#: So many rows are held in a transaction.
_AT_ONCE: Final = 500


def ends_on(saved: dt.datetime) -> dt.date:
    """Return the day on which a draft that was saved last then is deleted, unless it is sent or saved before."""
    day = timezone.localdate(saved)
    return day + dt.timedelta(days=figure_on(day, "DRAFT_DAYS"))


def end_drafts(now: dt.datetime | None = None) -> int:
    """Delete drafts that were neither sent nor saved for FOOTPRINT_DRAFT_DAYS, as they held when each was saved last."""
    at = now or timezone.now()
    today, waiting = timezone.localdate(at), {path.name for path in spool.waiting(settings.DATA)}
    old = Draft.objects.filter(saved_at__lt=_before(at, "DRAFT_DAYS")).select_related("by__partner")
    ended: Counter[str] = Counter()
    with transaction.atomic():
        for draft in old.order_by("saved_at")[:_AT_ONCE]:
            if ends_on(draft.saved_at) > today or _spooled_as(draft) in waiting:
                continue
            # Whoever saved it this moment keeps it.
            if Draft.objects.filter(pk=draft.pk, saved_at=draft.saved_at).delete()[0]:
                ended[draft.by.partner.partnership_id] += 1
        for partnership, count in sorted(ended.items()):
            _enter(partnership, "drafts-ended", {"drafts": count})
    return ended.total()


def end_copies(now: dt.datetime | None = None) -> int:
    """Delete what copies said that were acknowledged longer than FOOTPRINT_COPY_DAYS ago, as they held on that day.

    What waits, hangs or was refused keeps its content, since it may have to be sent again.
    """
    at = now or timezone.now()
    rows = [
        row
        for row in _settled(_before(at, "COPY_DAYS"))
        if timezone.localdate(at) >= _kept_until(timezone.localdate(row.settled), "COPY_DAYS")  # type: ignore[attr-defined]
    ]
    with transaction.atomic():
        ended = Counter(row.referral.partnership_id for row in rows)
        keys = [row.pk for row in rows]
        Outgoing.objects.filter(pk__in=keys).update(body=b"", body_ended_at=at)
        for partnership, count in sorted(ended.items()):
            _enter(partnership, "copies-ended", {"copies": count})
    return len(rows)


def end_footage(now: dt.datetime | None = None) -> int:
    """Delete what files said of incidents, with what was found in their recordings, FOOTPRINT_FOOTAGE_DAYS after each; return
    how many incidents that were.

    That a file came is kept as long from when it came; and of each system the newest for ever, since it says how fresh all is.
    """
    today = timezone.localdate(now or timezone.now())
    with transaction.atomic():
        old = FilmedIncident.objects.filter(_is_over("at", today)).order_by("pk")
        incidents = dict(old.values_list("pk", "partner__partnership")[:_AT_ONCE])
        newest = FootageFile.objects.filter(partner=OuterRef("partner"), contract=OuterRef("contract"))
        newest = newest.order_by("-made", "-pk")
        came = FootageFile.objects.filter(_is_over("received_at", today)).order_by("pk")
        came = came.exclude(pk=Subquery(newest.values("pk")[:1]))
        files = dict(came.values_list("pk", "partner__partnership")[:_AT_ONCE])
        Dip.objects.filter(filmed__in=list(incidents)).delete()
        FilmedIncident.objects.filter(pk__in=list(incidents)).delete()
        FootageFile.objects.filter(pk__in=list(files)).delete()
        of, by = Counter(incidents.values()), Counter(files.values())
        for partnership in sorted(of.keys() | by.keys()):
            _enter(partnership, "footage-ended", {"incidents": of[partnership], "files": by[partnership]})
    return len(incidents)


def footage_since(now: dt.datetime) -> dt.date:
    """Return the day from which on all that files said of footage is kept: no figure of it stands from before."""
    return over("FOOTAGE_DAYS", timezone.localdate(now))[-1][1]


def is_footage_over(at: dt.datetime, now: dt.datetime) -> bool:
    """Say whether an incident happened so long ago that nothing is kept of it: no file brings it back."""
    day = timezone.localdate(at)
    spans = over("FOOTAGE_DAYS", timezone.localdate(now))
    return any((first is None or first <= day) and day < before for first, before in spans)


def _is_over(field: str, today: dt.date) -> Q:
    """What is so long ago, by a field that is an instant, that nothing is kept of it."""
    found = Q(pk__in=[])
    for first, before in over("FOOTAGE_DAYS", today):
        span = Q(**{f"{field}__lt": _midnight(before)})
        found |= span & Q(**{f"{field}__gte": _midnight(first)}) if first else span
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=LONDON)


def _spooled_as(draft: Draft) -> str:
    return form_key(str(draft.by.user_id), draft.submission)


def _settled(before: dt.datetime) -> QuerySet[Outgoing]:
    """Copies with a body that the other system took, or that went on under other destinations, with when that was."""
    last = Attempt.objects.filter(
        outgoing=OuterRef("pk"), outcome__in=(Outcome.ACCEPTED, Outcome.SET_ASIDE)
    ).order_by("-pk")
    rows = Outgoing.objects.filter(
        Q(standing=Standing.DELIVERED) | Q(standing=Standing.SET_ASIDE, destination=UNREAD),
        body_ended_at__isnull=True,
        created__lt=before,
    )
    found = rows.annotate(settled=Subquery(last.values("at")[:1])).filter(settled__lt=before)
    return found.defer("body").select_related("referral").order_by(F("created"))[:_AT_ONCE]


def _before(at: dt.datetime, setting: str) -> dt.datetime:
    """What is younger is kept under every figure of the setting."""
    return at - dt.timedelta(days=min(one.figure for one in figures(setting, getattr(settings, setting))) - 1)


def _kept_until(day: dt.date, setting: str) -> dt.date:
    return day + dt.timedelta(days=figure_on(day, setting))


def _enter(partnership: str, action: str, facts: Facts) -> None:
    entry = Event(
        kind="change",
        action=action,
        actor=_BY_ITSELF,
        role=_BY_ITSELF,
        organisation=_BY_ITSELF,
        partnership=partnership,
        facts=facts,
    )
    ledger().record(entry, join=True)
