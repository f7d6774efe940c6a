"""What was typed to ask is kept as long as its case is open, so that it can be asked again, and some days more; then it goes.

The ledger keeps it, sealed under keys of its own. That it went from here is entered, and nothing else of a look-up changes.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from footprint.ledger import Event
from footprint.web.cases.models import Case, LookUp
from footprint.web.config.dated import figure_on
from footprint.web.ledger.store import ledger

#: What goes by the clock is done by nobody.
_BY_ITSELF = "none"


def end_terms(now: dt.datetime | None = None) -> int:
    """Forget the terms of every case that has been closed for long enough; return of how many look-ups.

    How long is FOOTPRINT_TERMS_DAYS as it held on the day on which the case was closed.
    """
    at = now or timezone.now()
    with_terms = LookUp.objects.exclude(terms={}).values("case")
    return sum(
        _end(case)
        for case in Case.objects.filter(closed_at__lt=at, pk__in=with_terms).order_by("closed_at", "pk")
        if case.closed_at is not None and case.closed_at + _kept(case.closed_at) <= at
    )


def _kept(closed: dt.datetime) -> dt.timedelta:
    return dt.timedelta(days=figure_on(timezone.localdate(closed), "TERMS_DAYS"))


def _end(case: Case) -> int:
    with transaction.atomic():
        ended = LookUp.objects.filter(case=case).exclude(terms={}).update(terms={})
        ledger().record(
            Event(
                kind="change",
                action="terms-ended",
                actor=_BY_ITSELF,
                role=_BY_ITSELF,
                organisation=_BY_ITSELF,
                partnership=case.partnership_id,
                case=case.entry_reference,
                purpose=case.purpose,
                facts={"look-ups": ended},
            ),
            join=True,
        )
    return ended
