"""Where the links of a footprint lead. A page whose app is not there has no address, and its link is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse

from footprint.web.cases.models import Case


class Destinations(NamedTuple):
    """The pages about one person in one case; an empty address leads nowhere."""

    case: str
    person: str
    print: str
    pdf: str
    summary: str
    wrong_number: str
    not_them: str
    doubt_too: str
    same: str
    tell_me: str
    refer: str


def destinations(case: Case, handle: str) -> Destinations:
    """Return the addresses of the pages about a person with this handle."""
    of_person = (case.pk, handle)
    return Destinations(
        case=_there("cases:case", case.pk),
        person=reverse("cases:person", args=of_person),
        print=reverse("cases:print", args=of_person),
        pdf=reverse("cases:pdf", args=of_person),
        summary=reverse("cases:summary", args=of_person),
        wrong_number=reverse("cases:wrong_number", args=of_person),
        not_them=_there("identity:not_them", *of_person),
        doubt_too=_there("identity:doubt_too", *of_person),
        same=_there("identity:same", *of_person),
        tell_me=_there("subscriptions:start", *of_person),
        refer=_there("referrals:from_case", case.pk),
    )


def people(case: Case, handles: Mapping[str, str]) -> dict[str, str]:
    """Return where the footprint of each person is, by person id."""
    return {
        person_id: reverse("cases:person", args=(case.pk, handle)) for person_id, handle in handles.items()
    }


def others(to: Destinations, handles: Mapping[str, str]) -> dict[str, str]:
    """Return where one says that somebody else is this person, by their id."""
    return {person_id: f"{to.same}?other={handle}" for person_id, handle in handles.items() if to.same}


def _there(name: str, *of: str) -> str:
    try:
        return reverse(name, args=of)
    except NoReverseMatch:
        return ""
