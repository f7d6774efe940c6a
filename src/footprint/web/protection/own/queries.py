"""What users declared about themselves, as it is compared: one user's homes and relatives, and the homes of all staff."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from django.db import connection
from django.utils import timezone

from footprint.watching import Own, own
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import DeclaredAddress
from footprint.web.accounts.queries import (
    Declaration,
    held_on,
    not_theirs_to_look_up,
    whom_they_may_not_look_up,
)

#: What changes whenever somebody declares a home, takes one back, or begins or ends to work here.
_STATE: Final = """
    SELECT homes.*, held.*
    FROM (SELECT count(*), max(id), count(withdrawn), max(withdrawn) FROM accounts_declaredaddress WHERE is_now) AS homes,
         (SELECT count(*), max(id), count(ends), max(ends), count(ended_at) FROM accounts_membership) AS held
"""
#: For each place the users who declared it as their home, with the partners for which they work.
StaffHomes = Mapping[str, frozenset[tuple[str, str]]]


def own_of(actor: Actor) -> Own:
    """Return what a user declared, and their own name."""
    return _own(actor.name, not_theirs_to_look_up(actor.user_id))


def owns_of(user_ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Own]:
    """Return what each of several users declared, without their names; for one who declared nothing there is no entry."""
    declared = whom_they_may_not_look_up(list(user_ids))
    return {user_id: _own("", theirs) for user_id, theirs in declared.items()}


def _own(name: str, declared: Declaration) -> Own:
    return own(
        name,
        [(one.text, one.postcode) for one in declared.addresses],
        [(one.name, one.born) for one in declared.relatives],
    )


def staff_homes(partnership: str) -> StaffHomes:
    """Return the declared homes of everybody who works in this partnership now. Made anew where a declaration changed."""
    return _staff_homes(partnership, timezone.localdate(), _state_of_declarations())


def _state_of_declarations() -> tuple[object, ...]:
    # Asked with every answer, and so in plain SQL: what builds a query for both tables takes longer than they take to answer.
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        state: tuple[object, ...] = cursor.fetchone()
    return state


@lru_cache(maxsize=4)
def _staff_homes(partnership: str, today: dt.date, _declared: tuple[object, ...]) -> StaffHomes:
    """Read and part every address once for each state of the declarations."""
    held = held_on(today).filter(partner__partnership=partnership, user__is_active=True)
    partners: dict[str, set[str]] = {}
    for user_id, partner in held.values_list("user_id", "partner__code"):
        partners.setdefault(str(user_id), set()).add(partner)
    found: dict[str, set[tuple[str, str]]] = {}
    homes = DeclaredAddress.objects.filter(is_now=True, withdrawn__isnull=True)
    for user_id, text, postcode in homes.values_list("user_id", "text", "postcode"):
        for place in own("", [(text, postcode)], ()).home.places:
            for partner in partners.get(str(user_id), ()):
                found.setdefault(place, set()).add((str(user_id), partner))
    return {place: frozenset(users) for place, users in found.items()}
