"""What stands around every page: the service's name, who is signed in and as what, and where they may go."""

from __future__ import annotations

from functools import partial
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from footprint.web.accounts.actor import actor_of


class Place(NamedTuple):
    """An entry of the navigation: its words, its URL's name, the right that shows it, and every path that counts as there.

    `says` tells what one does there, where that is not all that the right allows.
    """

    text: str
    url_name: str
    right: str
    under: str = ""
    says: str = ""


_REFERRALS: Final = "/referrals/"
# In the order in which they stand; of several with the same words the first that somebody has a right to. A place whose app
# is not there is left out.
PLACES: Final = (
    Place("Cases", "home", "ask"),
    Place("Cases", "home", "ask-own-pupils"),
    Place("Your referrals", "referrals:mine", "refer"),
    Place("Referrals", "referrals:queue", "decide-referrals", _REFERRALS),
    Place("Referrals", "referrals:team", "supervise-referrals", _REFERRALS),
    Place("Referrals", "referrals:grading", "grade-referrals", _REFERRALS),
    Place("Referrals", "referrals:mine", "refer", _REFERRALS),
    Place("Audit of referrals", "referrals:audit", "audit-referrals"),
    Place(
        "Children’s voices and video",
        "referrals:measures",
        "oversee",
        says="See how often children are heard and police record, with small numbers suppressed, and no person.",
    ),
    Place("Who is who", "identity:queue", "steward"),
    Place("Protection", "protection:queue", "guard"),
    Place(
        "Sentences held back",
        "referrals:held",
        "guard",
        says="Let a sentence of a referral go, or keep it back, where it may tell of a source or a protected home.",
    ),
    Place(
        "Oversight",
        "ledger:oversight",
        "govern",
        says="Read who looked up whom, when and why; never case content.",
    ),
    Place(
        "Alerts", "protection:alerts", "govern", says="Review use that may be misuse, and each break-glass."
    ),
    Place(
        "Breaches",
        "identity:breaches",
        "govern",
        says="See who was shown a wrong link, and whether the ICO is to be told.",
    ),
    Place("Record of look-ups", "ledger:oversight", "audit"),
    Place(
        "Use of Footprint",
        "ledger:use",
        "oversee",
        says="See how much each partner uses Footprint, by month, with small numbers suppressed.",
    ),
    Place("Feeds", "feeds:status", "feeds"),
    Place("How fresh data is", "feeds:status", "freshness"),
    Place("People who use this", "accounts:users", "administer"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the page's frame shows."""
    actor = actor_of(request)
    return {
        # Masked once a page, and only where a form asks for it: a queue has a hundred forms, each of which would make its own.
        "csrf_token": SimpleLazyObject(partial(get_token, request)),
        "actor": actor,
        "is_demo": settings.DEMO,
        "places": _places(request, actor.rights if actor else frozenset()),
    }


def _places(request: HttpRequest, rights: frozenset[str]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    near: dict[str, int] = {}
    for place in PLACES:
        if place.right in rights:
            try:
                href = reverse(place.url_name)
            except NoReverseMatch:
                continue
            if any(one["text"] == place.text for one in found.values()):
                continue
            under = place.under or href
            starts = (one for one in ("", href, under) if _leads(one, request.path))
            near[href] = max(map(len, starts)) + (request.path == href)
            found[href] = {"text": place.text, "href": href}
    # Of places within each other only the nearest is where somebody is; of equally near ones the last.
    nearest = max(reversed(near), key=near.__getitem__, default="")
    return [one | {"current": href == nearest and near[href] > 0} for href, one in found.items()]


def _leads(start: str, path: str) -> bool:
    return path == start or (start != "/" and path.startswith(start))
