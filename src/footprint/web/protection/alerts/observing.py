"""One row for every look-up, whatever was seen of it: an alert costs the same work as none, so nobody can tell one by its time.

Nothing of it enters the ledger: its numbers run on by one, and a gap would tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.utils import timezone

from footprint.records import Address
from footprint.records.addressing import read_place
from footprint.watching import (
    Connection,
    Figures,
    Seen,
    Sign,
    figures_of,
    is_alert,
    score,
    signs_of,
    weightiest,
)
from footprint.watching.connections import home_of, is_relative_by_name
from footprint.watching.figures import FILE
from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import overlay
from footprint.web.protection.alerts import recognising
from footprint.web.protection.alerts.queries import watched_over
from footprint.web.protection.models import Observation
from footprint.web.protection.own.near import Met, Near
from footprint.web.protection.own.queries import StaffHomes, staff_homes

#: The action of whoever was let look behind a shield.
BEHIND: Final = "behind-shield"
_NOTHING: Final[Mapping[str, str]] = {}


class Asked(NamedTuple):
    """What was asked: the action, whom about by id, what was typed, and the address where one was asked about."""

    action: str
    subjects: Sequence[str] = ()
    terms: Mapping[str, str] = _NOTHING
    address: Address | None = None


class _Look(NamedTuple):
    """What is the same for everybody whom one look-up concerns."""

    near: Near
    figures: Figures
    lists: frozenset[str]
    staff: StaffHomes
    usual: Seen


def observed(near: Near, asked: Asked, shown: Sequence[str], declared: Sequence[str]) -> Observation:
    """Return what is seen of a look-up, to be kept in its transaction.

    `shown` are the people whom its answer shows and `declared` those who were kept back. Where it was about somebody, only they
    count: who stands beside them on the page was not looked up.
    """
    look = _look(near, asked)
    whom = list(dict.fromkeys(asked.subjects or (*shown, *declared)))
    each = {one: signs_of(_seen(look, one), look.figures) for one in whom}
    signs = weightiest([*each.values(), signs_of(look.usual, look.figures)])
    return _row(look, asked, signs, next((one for one, theirs in each.items() if theirs == signs), ""))


def observed_beside(actor: Actor, reference: str, action: str, how: Connection) -> Observation:
    """Return what is seen where somebody reaches, outside any case, for a paper about somebody close to them."""
    rules, now = figures(), timezone.now()
    signs = signs_of(Seen(connection=how, at_work=rules.at_work(actor.role, now)), rules)
    return Observation(
        span=Observation.Span.LOOK_UP,
        user_id=actor.user_id,
        membership_id=actor.membership_id,
        case_reference=reference,
        action=action,
        at=now,
        day=timezone.localdate(now),
        score=score(signs),
        signs=[list(sign) for sign in signs],
        is_alert=is_alert(signs, rules),
    )


def keep(observation: Observation, receipt: str) -> None:
    """Write it, with the receipt of the entry that it is about."""
    observation.receipts = [receipt]
    observation.save(force_insert=True)


def figures() -> Figures:
    """Return the figures of this partnership, read again when their file changes."""
    try:
        changed = (settings.DATA / FILE).stat().st_mtime_ns
    except FileNotFoundError:
        changed = 0
    return _figures(settings.DATA, changed)


@lru_cache(maxsize=2)
def _figures(data: Path, _changed: int) -> Figures:
    return figures_of(data)


def _look(near: Near, asked: Asked) -> _Look:
    scope, rules = near.scope, figures()
    lists = watched_over(scope.actor.partnership)
    places = _places(asked.address)
    usual = Seen(
        connection="own-home" if asked.address and near.is_own_home(asked.address) else "",
        listed=not lists.isdisjoint(map(recognising.of_place, places)),
        protected_place=_is_shielded(asked.address),
        behind_shield=asked.action == BEHIND,
        has_reference=bool(scope.case.reference),
        at_work=rules.at_work(scope.actor.role, scope.now),
    )
    return _Look(near, rules, lists, staff_homes(scope.actor.partnership), usual)


def _places(address: Address | None) -> set[str]:
    if address is None:
        return set()
    return {place for one in home_of([address]).places for place in (one, *recognising.whole_building(one))}


def _is_shielded(address: Address | None) -> bool:
    if address is None:
        return False
    place = read_place(address)
    return overlay().shields_place(place.residences, (place.uprn,) if place.uprn else ())


def _seen(look: _Look, person_id: str) -> Seen:
    """What is seen of one person beside what is seen of the look-up itself."""
    near, usual = look.near, look.usual
    met = near.met(person_id)
    if met is None:
        return usual
    mine, person = near.own, met.known
    bits = _surname_bits(near, met)
    street = not mine.home.streets.isdisjoint(person.home.streets)
    return Seen(
        # Break-glass has a review of its own: it is not told a second time.
        connection=(met.connection if near.is_declared(person_id) else "") or usual.connection,
        own_name=mine.called.is_like(person.called) and (bits > 0 or street),
        relative_by_name=is_relative_by_name(mine, person),
        own_street=street,
        surname_bits=bits,
        staff=_staff(look, met),
        listed=usual.listed or not look.lists.isdisjoint(recognising.of_all(person_id, person)),
        protected=met.is_protected,
        protected_place=usual.protected_place,
        behind_shield=usual.behind_shield,
        team_holds=met.is_open_to_team,
        has_reference=usual.has_reference,
        at_work=usual.at_work,
    )


def _surname_bits(near: Near, met: Met) -> float:
    """How many bits rarer than most the commonest surname is that user and person share."""
    shared = near.own.called.families & met.known.called.families
    index = near.scope.content.index
    return min((index.rarity("family", name) for name in shared), default=0.0)


def _staff(look: _Look, met: Met) -> str:
    actor = look.near.scope.actor
    partners = {
        partner
        for place in met.known.home.places
        for user_id, partner in look.staff.get(place, ())
        if user_id != str(actor.user_id)
    }
    return "own" if actor.organisation in partners else "other" if partners else ""


def _row(look: _Look, asked: Asked, signs: Sequence[Sign], about: str) -> Observation:
    scope, now = look.near.scope, timezone.now()
    return Observation(
        span=Observation.Span.LOOK_UP,
        user_id=scope.actor.user_id,
        membership_id=scope.actor.membership_id,
        case=scope.case,
        case_reference=scope.case.entry_reference,
        has_reference=bool(scope.case.reference),
        is_submission=not asked.subjects,
        action=asked.action,
        at=now,
        day=timezone.localdate(now),
        score=score(signs),
        signs=[list(sign) for sign in signs],
        people=[recognising.of_person(one) for one in asked.subjects],
        streets=_streets(look.near, asked.subjects),
        weightiest=recognising.of_person(about) if about else "",
        is_alert=is_alert(signs, look.figures),
    )


def _streets(near: Near, subjects: Sequence[str]) -> list[list[str]]:
    """Which streets the people who were opened live in: their names, not their postcodes, of which a street has several."""
    met = {one: near.met(one) for one in subjects}
    return [
        [recognising.of_street(street), recognising.of_person(one)]
        for one, person in met.items()
        for street in (sorted(person.known.home.streets) if person else ())
        if "|" in street
    ]
