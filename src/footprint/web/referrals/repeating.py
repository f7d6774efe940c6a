"""How many earlier referrals there were of a child, kept true on the referrals that came later: where one is entered late, says
other children, or is kept no more.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from footprint.web.referrals.models import Referral, Subject
from footprint.web.referrals.recognising import SAME_CHILD, earlier, naming, since

#: Twelve months, with a leap day, and a day for the clock: `earlier` counts exactly.
_WITHIN: Final = dt.timedelta(days=368)
_AT_ONCE: Final = 500


def counted(subjects: Iterable[tuple[str, dt.datetime, tuple[str, ...]]]) -> dict[str, int]:
    """Return the count of each referral of a partnership from all its subjects: id, when it was sent, and by what it is found."""
    sent: dict[str, dt.datetime] = {}
    named: dict[tuple[int, str], set[str]] = defaultdict(set)
    for referral, at, values in subjects:
        sent[referral] = at
        for place, value in enumerate(values):
            if value:
                named[place, value].add(referral)
    found: dict[str, set[str]] = {one: set() for one in sent}
    for alike in named.values():
        for one in alike if len(alike) > 1 else ():
            found[one] |= {other for other in alike - {one} if since(sent[one]) <= sent[other] <= sent[one]}
    return {one: len(others) for one, others in found.items()}


def recount_all(partnership: str, of: tuple[Any, Any] = (Referral, Subject)) -> None:
    """Count anew for every referral of a partnership. `of` are the two models, as a migration knows them."""
    referrals, subjects = of
    rows = subjects.objects.filter(referral__partnership=partnership).order_by("pk")
    read = rows.values_list("referral", "referral__sent_at", *SAME_CHILD).iterator(_AT_ONCE)
    counts = counted((one, at, tuple(values)) for one, at, *values in read)
    right: dict[int, list[str]] = defaultdict(list)
    held = referrals.objects.filter(partnership=partnership).values_list("pk", "repeats").order_by("pk")
    for one, stored in held.iterator(_AT_ONCE):
        if stored != counts.get(one, 0):
            right[counts.get(one, 0)].append(one)
    for count, wrong in right.items():
        for start in range(0, len(wrong), _AT_ONCE):
            referrals.objects.filter(pk__in=wrong[start : start + _AT_ONCE]).update(repeats=count)


def recount(referral: Referral, subjects: Iterable[Mapping[str, str]]) -> None:
    """Count anew for those that were sent after this one and name one of these children, in the caller's transaction.

    They are held in the order in which they were sent, as everybody holds several, so that nobody waits for ever.
    """
    later = Referral.objects.filter(
        pk__in=naming(subjects) - {referral.pk},
        partnership=referral.partnership_id,
        sent_at__range=(referral.sent_at, referral.sent_at + _WITHIN),
    )
    for other in later.select_for_update().order_by("sent_at", "pk"):
        count = len(earlier(other, Subject.objects.filter(referral=other).values(*SAME_CHILD)))
        if count != other.repeats:
            other.repeats = count
            other.save(update_fields=["repeats"])
