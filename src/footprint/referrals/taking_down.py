"""Who tells what the front door takes down: how it came and from whom are two questions, and they must not say two things."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from footprint.referrals.codes import ANONYMOUS, PRIVATE, ROUTES

_PUBLIC: Final = "public"
#: What is taken down while nobody says how it came: somebody is on the phone.
_LIKELIEST: Final = "phone"
_OF_NO_PARTNER: Final = {
    _PUBLIC: "A member of the public or the family",
    ANONYMOUS: "Somebody who gave no name",
}


def tellers(partners: Iterable[str], before: str = "") -> dict[str, str]:
    """Return who may tell it, by what is kept: partners by their names, and whoever comes for no organisation.

    `before` is what was typed before there was a list, or came from elsewhere: it is lost by no look at the page.
    """
    named = {name: name for name in (*partners, before) if name}
    return {"": "Choose, or leave it"} | _OF_NO_PARTNER | named


def who_told(route: str, told_by: str) -> tuple[str, str]:
    """Return the route and the organisation of what was taken down. Whoever came for themselves, or unnamed, stays so.

    `told_by` is one of `tellers`. Without either nobody took anything down: ("", "").
    """
    if ANONYMOUS in (route, told_by):
        return ANONYMOUS, ""
    if not PRIVATE.isdisjoint({route, told_by}):
        return _PUBLIC, ""
    return route or (_LIKELIEST if told_by else ""), told_by


def differ(route: str, told_by: str) -> bool:
    """Say whether an organisation is named of what came from somebody who has none here."""
    return route in PRIVATE and bool(told_by) and told_by not in ROUTES
