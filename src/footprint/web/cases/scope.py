"""What one actor may reach inside one case, now: the only way from a page to people.

A scope is made anew for every request, from the agreement in force, the rulings made to this moment and the snapshot that
is published. Nothing else in the project may open a snapshot for a user; a test reads the syntax tree for that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from django.conf import settings
from django.utils import timezone

from footprint.answer import words
from footprint.answer.incidents import ChildThere
from footprint.answer.lives import life
from footprint.answer.opened import OpenedSnapshot
from footprint.answer.people import People, Shown
from footprint.answer.searching import neutral
from footprint.answer.statements import called
from footprint.decisions import Overlay
from footprint.records import DutyContact
from footprint.records.mask import Mask
from footprint.sharing import Limits, Policy, Purpose, Ruling
from footprint.sharing.partnership import partnership_of
from footprint.web.accounts.actor import Actor
from footprint.web.cases.models import Case
from footprint.web.cases.published import published, published_or_none
from footprint.web.cases.purposes import emergency_ruling, ruling_for
from footprint.web.ledger.store import event, ledger, overlay

#: What the agreement calls the purpose of settling who is who.
STEWARDS_PURPOSE: Final = "steward"
NOTHING_YET: Final = (
    "No partner’s data is published yet, so nothing can be told from it. That is not a clearance."
)
CLOSED: Final = "This case is closed. Open a new one to ask again."


class NotShared(Exception):
    """The agreement does not let this actor ask in this case. The message is the sentence to show."""


class Lent(NamedTuple):
    """That break-glass is open for one person: under which reference, until when, and who exists for this actor without it.

    `people` are the ids of the parts of which the person consists now: several, while somebody doubts that they are one.
    """

    reference: str
    people: tuple[str, ...]
    until: dt.datetime
    usual: People


class Scope(NamedTuple):
    """Who asks, in which case, for which purpose; what the agreement rules; and the people who exist for them.

    With `lent` ruling and people are those of an emergency, and hold for one person alone.
    """

    actor: Actor
    case: Case
    purpose: Purpose
    ruling: Ruling
    limits: Limits
    people: People
    content: OpenedSnapshot
    hub: DutyContact
    now: dt.datetime
    lent: Lent | None = None


def scope_of(actor: Actor, case: Case) -> Scope:
    """Return the scope, or enter a refusal in the ledger and raise NotShared. In a closed case nothing is asked."""
    if case.closed_at is not None:
        raise NotShared(CLOSED)
    opened = published()
    policy = opened.policy
    ruling = _allowed(policy, actor, "ask", case.purpose, case=case.entry_reference)
    pupils = opened.pupils_of(actor.organisation) if ruling.reach == "own-pupils" else None
    return Scope(
        actor=actor,
        case=case,
        purpose=policy.agreement.purposes[case.purpose],
        ruling=ruling,
        limits=policy.agreement.limits,
        people=People(opened.content, ruling.mask(pupils), overlay()),
        content=opened.content,
        hub=partnership_of(settings.DATA).hub,
        now=timezone.now(),
    )


def _allowed(policy: Policy, actor: Actor, action: str, purpose: str, case: str | None = None) -> Ruling:
    """Return what the agreement rules, or enter a refusal and raise NotShared."""
    ruling = ruling_for(policy, actor, purpose)
    if not ruling.allowed:
        refusal = event(
            actor,
            "refusal",
            action,
            case=case,
            purpose=purpose,
            policy_rule=ruling.rule,
            policy_version=ruling.version,
        )
        ledger().record(refusal)
        raise NotShared(ruling.sentence)
    return ruling


class StewardScope(NamedTuple):
    """Who settles who is who, what the agreement rules for that, and the people who exist for it. It has no case."""

    actor: Actor
    purpose: Purpose
    ruling: Ruling
    people: People
    content: OpenedSnapshot
    now: dt.datetime


def scope_for_steward(actor: Actor) -> StewardScope:
    """Return the scope in which a steward puts records side by side, or enter a refusal and raise NotShared."""
    opened = published()
    ruling = _allowed(opened.policy, actor, "compare", STEWARDS_PURPOSE)
    return StewardScope(
        actor=actor,
        purpose=opened.policy.agreement.purposes[STEWARDS_PURPOSE],
        ruling=ruling,
        people=People(opened.content, ruling.mask(), overlay()),
        content=opened.content,
        now=timezone.now(),
    )


def own_incidents(
    actor: Actor, purpose: str, since: str, is_sought: Callable[[str], bool] = lambda reference: True
) -> list[ChildThere]:
    """Return the children at incidents of the actor's own organisation from a day (ISO) on, as far as they may be known.

    `is_sought` says of a reference whether it is asked for: whether a child may be known costs something of each. Of nobody is
    anything said but that a child was there. Raises NotShared, and enters that, where the agreement does not let this actor ask
    for this purpose.
    """
    if published_or_none() is None:
        raise NotShared(NOTHING_YET)
    return [one for one, may_be_known in _own_incidents(actor, purpose, since, is_sought) if may_be_known]


def hidden_incidents(
    actor: Actor, purpose: str, since: str, is_listed: Callable[[str], bool]
) -> frozenset[str]:
    """Return the references of the own organisation's incidents from a day on of which this actor may know no child.

    For leaving them out of a list that comes from elsewhere, and for nothing else; `is_listed` says of a reference whether it
    is there. Raises as `own_incidents` does; while nothing is published, nothing is hidden.
    """
    if published_or_none() is None:
        return frozenset()
    there = list(_own_incidents(actor, purpose, since, is_listed))
    return frozenset(one.reference for one, _ in there) - {one.reference for one, known in there if known}


def _own_incidents(
    actor: Actor, purpose: str, since: str, is_sought: Callable[[str], bool] = lambda reference: True
) -> Iterator[tuple[ChildThere, bool]]:
    """Every child at an own incident with a reference that is sought, and whether this actor may know of them."""
    opened = published()
    ruling = _allowed(opened.policy, actor, "own-incidents", purpose)
    pupils = opened.pupils_of(actor.organisation) if ruling.reach == "own-pupils" else None
    mask, rulings = ruling.mask(pupils), overlay()
    people, known = People(opened.content, mask, rulings), opened.known(mask, rulings)
    for one in opened.children_there(actor.organisation):
        if one.day >= since and is_sought(one.reference):
            if one.record not in known:
                known[one.record] = people.by_record(one.record) is not None
            yield one, known[one.record]


def parts_with(records: Iterable[str], rulings: Overlay) -> list[tuple[str, ...]]:
    """Return all records of whoever has any of these, by key, in the parts in which `rulings` leave them.

    Nobody is shown them: they find everybody who was shown a link, whatever of it each of them could see.
    """
    return [part.keys for part in _parts_with(records, rulings)]


def people_with(records: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of everybody who has any of these records now, for an entry; they are shown to nobody."""
    sought = set(records)
    return tuple(one.id for one in _parts_with(sought, overlay()) if not sought.isdisjoint(one.keys))


def _parts_with(records: Iterable[str], rulings: Overlay) -> Iterator[Shown]:
    content = published().content
    people = People(content, Mask(), rulings)
    numbers = {content.number_of_record(record) for record in records} - {None}
    for number in sorted(number for number in numbers if number is not None):
        yield from people.of(number)


def widened(scope: Scope, reference: str, person_id: str, until: dt.datetime) -> Scope:
    """Return the scope with which somebody who broke the glass sees this one person: what the agreement's emergency role would.

    It opens no shield and no seal, and never shows less than they see otherwise. Of a person who is divided by a doubt it opens
    every part, each on a page of its own, and nobody else.
    """
    policy = published().policy
    ruling = emergency_ruling(policy, scope.actor, scope.case.purpose)
    wide = People(scope.content, ruling.mask(), overlay()) if ruling.allowed else scope.people
    # What is one for the emergency role may be two here, of whom the second has no such id there.
    people = wide if wide.find(person_id) else scope.people
    lent = Lent(reference, tuple(one.id for one in people.in_doubt(person_id)), until, scope.people)
    return scope._replace(ruling=ruling if ruling.allowed else scope.ruling, people=people, lent=lent)


def is_widest(scope: Scope) -> bool:
    """Say whether an emergency would let this actor see no more than they see."""
    ruling = emergency_ruling(published().policy, scope.actor, scope.case.purpose)
    return not ruling.allowed or (
        scope.ruling.reach == "everyone" and ruling.disclosure == scope.ruling.disclosure
    )


def records_of(person_id: str) -> tuple[str, ...]:
    """Return the keys of a person's records, for a ruling that protects them; they are shown to nobody. Empty for nobody."""
    shown = People(published().content, Mask(), overlay()).find(person_id)
    return shown.keys if shown else ()


def people_at(places: Iterable[str]) -> int:
    """Return how many people partners list at these places now, as shields name places; of protected ones nothing is known."""
    content = published().content
    return len({content.number_of_record(key) for place in places for key in content.at_place(place)})


def named(person_id: str) -> str:
    """Return the name and birthday of somebody for a guardian who was asked about them; empty where there is nobody any more.

    No more than any worker sees of somebody who is protected.
    """
    shown = People(published().content, Mask(), overlay()).find(person_id)
    if shown is None:
        return ""
    return words.known_by(neutral(called(shown.sources)), life(shown.sources, published().content.day).birth)
