"""By what a child of a referral is found again: the record that was chosen, a valid number, name and birthday, the home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from footprint.records import Name, Record
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


def by_what_found(record: Record) -> Iterator[tuple[str, str]]:
    """Return by which columns of a subject, with their values, a form names whom a partner's record is about."""
    yield "record", str(record.key)
    yield from (("nhs_number", one.value) for one in record.identifiers if one.scheme == "nhs" and one.valid)
    born = record.birth.whole if record.birth else None
    names = (_called(name, born.isoformat()) for name in record.names) if born else ()
    yield from (("named", name) for name in names if name)


def naming(subjects: Iterable[Mapping[str, str]]) -> set[str]:
    """Return the ids of all referrals that name one of these children, whosever and of whatever time."""
    children = list(subjects)
    found: set[str] = set()
    # Each column by itself: an index answers, where all at once read every child of the year.
    for field in SAME_CHILD:
        if values := {one[field] for one in children} - {""}:
            there = Subject.objects.filter(**{f"{field}__in": values})
            found |= set(there.values_list("referral_id", flat=True))
    return found


def since(sent: dt.datetime) -> dt.datetime:
    """Return from when on another referral counts as an earlier one of one that was sent then."""
    return dt.datetime.combine(months_before(sent.date(), 12), dt.time(), tzinfo=dt.UTC)


def earlier(referral: Referral, subjects: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the ids of the partnership's others that named one of these children in the twelve months before this was sent.

    What was sent later is not earlier, though something is added to this one afterwards.
    """
    sent = referral.sent_at
    # By key alone: asked of their days too, a database without statistics reads all of the year.
    found = Referral.objects.filter(pk__in=naming(subjects) - {referral.pk}).order_by()
    return [
        key
        for key, partnership, at in found.values_list("pk", "partnership_id", "sent_at")
        if partnership == referral.partnership_id and since(sent) <= at <= sent
    ]


def _nhs_number(child: Child) -> str:
    read = check("nhs", child.nhs_number)
    return "" if read.reason else read.value


def _named(child: Child) -> str:
    """Name and birthday together, or nothing: a name alone is nobody, and of half a birthday there are many."""
    whole = len(child.birthday) == len("2017-04-01")
    return _called(Name(full=child.name), child.birthday) if whole else ""


def _called(said: Name, birthday: str) -> str:
    name = read_name(said)
    if not (name.given and name.family) or name.placeholder:
        return ""
    return f"{name.given} {name.family}|{birthday}"[:_LONGEST]


def _home(text: str) -> str:
    place = read_place(parse_address(text))
    if place.residences:
        return place.residences[0][:_LONGEST]
    return f"{place.postcode}|{fold(text)}"[:_LONGEST] if place.postcode else ""
