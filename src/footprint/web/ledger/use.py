"""How much each partner uses Footprint, month by month, for whoever oversees it: suppressed figures, and no person, user or case.

Schools stand together, since in most of them one person asks. The month that runs is left out: two looks at it would
differ by what was asked between them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from footprint.calendars import LONDON
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Partner
from footprint.web.cases.models import LookUp
from footprint.web.ledger.store import event, ledger
from footprint.web.ledger.suppressing import shown

MONTHS: Final = 6
#: Sectors whose partners are told as one, and how.
_TOGETHER: Final = {"school": "Schools, all together"}


class UseRow(NamedTuple):
    """A partner, or all of a sector, and a figure for each month as it may be shown."""

    name: str
    figures: tuple[str, ...]


class Use(NamedTuple):
    """The months, the latest first, and the rows."""

    months: tuple[str, ...]
    rows: tuple[UseRow, ...]


def use(actor: Actor, now: dt.datetime | None = None) -> Use:
    """Return how many look-ups each partner made in each of the last whole months. That it was read is entered first."""
    ledger().record(event(actor, "reading", "use"))
    months = _months(timezone.localdate(now))
    counts: dict[tuple[str, dt.date], dict[object, int]] = defaultdict(lambda: defaultdict(int))
    for asked in _asked(actor, months[-1], _next(months[0])):
        name = _row_of(asked["membership__partner__name"], asked["membership__partner__sector"])
        counts[name, asked["month"].date()][asked["membership__user"]] += asked["look_ups"]
    named = Partner.objects.filter(partnership=actor.partnership).values_list("name", "sector")
    rows = sorted({_row_of(name, sector) for name, sector in named})
    return Use(
        months=tuple(f"{month:%B %Y}" for month in months),
        rows=tuple(
            UseRow(name, tuple(_figure(counts.get((name, month), {})) for month in months)) for name in rows
        ),
    )


def _asked(actor: Actor, first: dt.date, end: dt.date) -> Iterable[Mapping[str, Any]]:
    return (
        LookUp.objects.filter(
            case__partnership=actor.partnership, at__gte=_begins(first), at__lt=_begins(end)
        )
        .annotate(month=TruncMonth("at", tzinfo=LONDON))
        .values("membership__partner__name", "membership__partner__sector", "membership__user", "month")
        .annotate(look_ups=Count("pk"))
        .order_by()
    )


def _figure(by_user: dict[object, int]) -> str:
    return shown(sum(by_user.values()), len(by_user))


def _row_of(name: str, sector: str) -> str:
    return _TOGETHER.get(sector, name)


def _months(today: dt.date) -> list[dt.date]:
    """Return the first day of each of the last whole months, the latest first."""
    first, found = today.replace(day=1), []
    for _ in range(MONTHS):
        first = (first - dt.timedelta(days=1)).replace(day=1)
        found.append(first)
    return found


def _next(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=31)).replace(day=1)


def _begins(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), LONDON)
