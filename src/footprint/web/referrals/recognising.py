"""By what a child of a referral is found again: the record that was chosen, a valid number, name and birthday, the home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Q

from footprint.records import Name
from footprint.records.addressing import read_place
from footprint.records.identifying import check
from footprint.records.naming import read_name
from footprint.records.reading_addresses import parse_address
from footprint.records.text import fold
from footprint.records.window import months_before
from footprint.referrals.referral import Child
from footprint.referrals.referral import Referral as Said
from footprint.web.referrals.models import Referral, Subject

#: The columns of a subject by any of which it is the same child.
SAME_CHILD = ("record", "nhs_number", "named")
_LONGEST = 200


def subjects_of(said: Said) -> list[dict[str, str]]:
    """Return the children of a referral as rows of `Subject`, without the referral.

    Where none is listed yet, one row of nobody says where they are: five urgent answers are found again by the home.
    """
    if not said.children:
        home = _home(said.place)
        return [{"key": "", "record": "", "nhs_number": "", "named": "", "home": home}] if home else []
    return [
        {
            "key": child.key[:10],
            "record": child.record[:_LONGEST],
            "nhs_number": _nhs_number(child),
            "named": _named(child),
            "home": _home(child.address or said.place),
        }
        for child in said.children
    ]


def homes_of(said: Said) -> Iterator[tuple[str, str]]:
    """Return every home by which a referral is found again, with the words that say it."""
    for text in {said.place, *(child.address for child in said.children)} - {""}:
        if home := _home(text):
            yield home, text


def earlier(referral: Referral, subjects: Iterable[Mapping[str, str]]) -> int:
    """Return how many other referrals of this partnership named one of these children in the twelve months before it was sent.

    What was sent later is not earlier, though something is added to this one afterwards.
    """
    same = Q(pk__in=[])
    for one in subjects:
        for field in SAME_CHILD:
            if one[field]:
                same |= Q(**{field: one[field]})
    sent = referral.sent_at
    since = dt.datetime.combine(months_before(sent.date(), 12), dt.time(), tzinfo=dt.UTC)
    found = Subject.objects.filter(
        same, referral__partnership=referral.partnership_id, referral__sent_at__range=(since, sent)
    )
    return found.exclude(referral=referral.pk).values("referral").distinct().count()


def _nhs_number(child: Child) -> str:
    read = check("nhs", child.nhs_number)
    return "" if read.reason else read.value


def _named(child: Child) -> str:
    """Name and birthday together, or nothing: a name alone is nobody, and of half a birthday there are many."""
    name = read_name(Name(full=child.name))
    whole = len(child.birthday) == len("2017-04-01")
    if not (whole and name.given and name.family) or name.placeholder:
        return ""
    return f"{name.given} {name.family}|{child.birthday}"[:_LONGEST]


def _home(text: str) -> str:
    place = read_place(parse_address(text))
    if place.residences:
        return place.residences[0][:_LONGEST]
    return f"{place.postcode}|{fold(text)}"[:_LONGEST] if place.postcode else ""
