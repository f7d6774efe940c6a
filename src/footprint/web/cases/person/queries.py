"""What the pages of a footprint read: who has a handle in a case, and what the user saw of a person when they last looked."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

import msgspec

from footprint.answer import words
from footprint.answer.freshness import partner_names
from footprint.answer.seen import Seen
from footprint.sharing.roles import Right
from footprint.web.accounts.models import Membership, Partner
from footprint.web.accounts.queries import with_right
from footprint.web.cases.looking_up import person_of
from footprint.web.cases.models import Viewing
from footprint.web.cases.queries import NotFound
from footprint.web.cases.scope import Scope
from footprint.web.feeds.queries import THE_HUB, said_wrong

#: Openings within this time are one look: a page that is loaded again still says what is new.
ONE_LOOK: Final = dt.timedelta(minutes=30)


class LastLook(NamedTuple):
    """When a user last opened a person, and what of them was shown then."""

    at: dt.datetime
    seen: Seen


def known(scope: Scope, handle: str) -> str:
    """Return the id of the person with this handle in this case. Raises NotFound for every other."""
    person_id = person_of(scope, handle)
    if person_id is None:
        raise NotFound
    return person_id


def last_look(scope: Scope, person_id: str) -> LastLook | None:
    """Return the user's own last opening of a person before this look, in any case of this partnership; or None."""
    mine = Viewing.objects.filter(
        membership__user_id=scope.actor.user_id,
        case__partnership=scope.case.partnership_id,
        person_id=person_id,
        how="opened",
        seen__isnull=False,
    )
    before = mine.filter(at__lt=scope.now - ONE_LOOK).order_by("-at", "-pk").first()
    found = before or mine.filter(at__lt=scope.now).order_by("at", "pk").first()
    return LastLook(found.at, msgspec.convert(found.seen, Seen)) if found else None


def partner_of(scope: Scope, code: str) -> Partner | None:
    """Return the partner of this code in the case's partnership, or None: the hub is no partner."""
    return Partner.objects.filter(partnership=scope.case.partnership_id, code=code).first()


def name_of(scope: Scope, code: str) -> str:
    """Return the name of the hub, or of a partner that delivers. Raises NotFound for every other code."""
    names = partner_names(scope.content.feeds) | {words.HUB: THE_HUB}
    if code not in names:
        raise NotFound
    return names[code]


def reported_wrong(scope: Scope) -> dict[tuple[str, str], str]:
    """Return what is said of the numbers that were reported wrong, by partner and number; never who reported it."""
    return said_wrong(scope.case.partnership_id)


def stewards(partnership: str) -> list[Membership]:
    """Return everybody who keeps this partnership's data in order today."""
    held = with_right(Right.STEWARD).filter(partner__partnership=partnership)
    return list(held.order_by("pk"))
