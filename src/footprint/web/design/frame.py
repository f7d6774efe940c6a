"""What stands around every page: the service's name, who is signed in and as what, and where they may go."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from footprint.web.accounts.actor import actor_of


class Place(NamedTuple):
    """An entry of the navigation: its words, its URL's name, and the right that shows it."""

    text: str
    url_name: str
    right: str


# In the order in which they stand. A place whose app is not there is left out.
PLACES: Final = (
    Place("Cases", "home", "ask"),
    Place("Cases", "home", "ask-own-pupils"),
    Place("Your referrals", "referrals:mine", "refer"),
    Place("Who is who", "identity:queue", "steward"),
    Place("Protection", "protection:queue", "guard"),
    Place("Oversight", "ledger:oversight", "govern"),
    Place("Alerts", "protection:alerts", "govern"),
    Place("Breaches", "identity:breaches", "govern"),
    Place("Record of look-ups", "ledger:oversight", "audit"),
    Place("Use of Footprint", "ledger:use", "oversee"),
    Place("Feeds", "feeds:status", "feeds"),
    Place("How fresh data is", "feeds:status", "freshness"),
    Place("People who use this", "accounts:users", "administer"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the page's frame shows."""
    actor = actor_of(request)
    return {
        "actor": actor,
        "is_demo": settings.DEMO,
        "places": _places(request, actor.rights if actor else frozenset()),
    }


def _places(request: HttpRequest, rights: frozenset[str]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for place in PLACES:
        if place.right in rights:
            try:
                href = reverse(place.url_name)
            except NoReverseMatch:
                continue
            here = request.path == href or (href != "/" and request.path.startswith(href))
            found[href] = {"text": place.text, "href": href, "current": here}
    return list(found.values())
