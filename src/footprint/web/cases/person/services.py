"""Showing a person: entered as intended, asked, entered with whom it shows, and only then handed to a page or a sheet.

The only writers of this package. A number that is said to be wrong is told to those who can put it right, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import msgspec
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from footprint.answer.changes import Change, changes
from footprint.answer.family import FamilyAnswer
from footprint.answer.footprint import footprint
from footprint.answer.open_at_home import beside_a_child
from footprint.answer.seen import seen
from footprint.answer.values import Footprint
from footprint.answer.words import HUB
from footprint.ledger import Receipt
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Partner
from footprint.web.cases.answering import answer_family
from footprint.web.cases.limits import may_open
from footprint.web.cases.looking_up import ShownPerson, disclosed, look_up
from footprint.web.cases.models import LookUp
from footprint.web.cases.person.queries import (
    LastLook,
    last_look,
    name_of,
    partner_of,
    reported_wrong,
    stewards,
)
from footprint.web.cases.queries import NotFound
from footprint.web.cases.scope import Scope
from footprint.web.feeds.queries import THE_HUB
from footprint.web.feeds.services import mark_wrong
from footprint.web.ledger.store import event, ledger
from footprint.web.notices.services import notify, notify_leads

#: The forms in which a footprint leaves otherwise than on a page, as the ledger names them.
Form = Literal["print", "pdf", "summary"]


class Shown(NamedTuple):
    """A footprint that may leave, its receipt, the handles of everybody in it, and what is new since `looked`."""

    footprint: Footprint
    receipt: Receipt
    handles: Mapping[str, str]
    looked: LastLook | None
    changes: tuple[Change, ...]


class WrongNumber(NamedTuple):
    """A number that is said to be wrong: whose, by code and name, the number, and the right one where somebody knows it."""

    partner: str
    name: str
    number: str
    right: str


def show(scope: Scope, person_id: str) -> Shown:
    """Open a person on a page. Raises NotFound where there is nobody whom this user may know."""
    may_open(scope, person_id)
    looked = last_look(scope, person_id)
    answered = look_up(scope, "show", lambda: _footprint(scope, person_id), _opened, subjects=[person_id])
    if answered.answer is None:
        raise NotFound
    found = changes(looked.seen, answered.answer, scope.people, reported_wrong(scope)) if looked else ()
    return Shown(answered.answer, answered.receipt, answered.handles, looked, found)


def disclose(scope: Scope, person_id: str, form: Form) -> Shown:
    """Let a footprint leave as a sheet or a text. Its receipt is the disclosure's, entered before anything leaves."""
    may_open(scope, person_id)
    answered = look_up(scope, form, lambda: _footprint(scope, person_id), _printed, subjects=[person_id])
    if answered.answer is None:
        raise NotFound
    shown = [one.person_id for one in _printed(answered.answer)]
    receipt = disclosed(scope, form, [person_id, *dict.fromkeys(one for one in shown if one != person_id)])
    return Shown(answered.answer, receipt, answered.handles, None, ())


def disclose_family(scope: Scope, asked: LookUp) -> tuple[FamilyAnswer, Receipt]:
    """Let the answer about a family leave as a text. Its receipt is the disclosure's, entered before anything leaves."""
    answered = answer_family(scope, asked)
    return answered.answer, disclosed(scope, "summary", list(answered.answer.people))


def report_wrong_number(scope: Scope, partner: str, number: str, right: str) -> None:
    """Enter that a duty number is said to be wrong, mark it for every reader, and tell the partner's lead and the stewards.

    Raises NotFound where it is neither a partner's nor the hub's: nothing is to be marked of whom nobody knows.
    """
    whose, name = partner_of(scope, partner), name_of(scope, partner)
    told = WrongNumber(partner, name, number, right)
    _report(scope.actor, told, whose, case=scope.case.entry_reference, purpose=scope.case.purpose)


def report_wrong_hub_number(actor: Actor, number: str, right: str) -> None:
    """The same for the hub's own number, wherever it stands outside a case, as beside a referral."""
    _report(actor, WrongNumber(HUB, THE_HUB, number, right), None)


def _report(actor: Actor, told: WrongNumber, whose: Partner | None, **where: str) -> None:
    entry = event(
        actor,
        "change",
        "wrong-number",
        {"partner": told.partner},
        terms={"number": told.number, "right": told.right},
        **where,
    )
    said = (
        f"{told.name}: {actor.name} ({actor.organisation_name}) says that the number {told.number} is wrong."
    )
    # A sentence of its own: where something in it is protected, the rest is read all the same.
    said += f" Right is: {told.right}." if told.right else " The right one is not known."
    with transaction.atomic():
        ledger().record(entry, join=True)
        mark_wrong(actor.partnership, told.partner, told.number, timezone.now())
        if whose:
            notify_leads(whose, "wrong-number", said, reverse("feeds:numbers"), typed_by=actor)
        notify(stewards(actor.partnership), "wrong-number", said, reverse("feeds:numbers"), typed_by=actor)


def _footprint(scope: Scope, person_id: str) -> Footprint | None:
    disclosure = scope.ruling.disclosure
    answer = footprint(scope.people, person_id, scope.now, hub=scope.hub, disclosure=disclosure)
    # What break-glass lends is lent for one person alone: nothing of anybody else's workers may come with it.
    if answer is None or scope.lent:
        return answer
    return beside_a_child(scope.people, answer, scope.now, disclosure)


def _opened(answer: Footprint | None) -> Iterator[ShownPerson]:
    if answer is not None:
        kept = msgspec.to_builtins(seen(answer))
        yield ShownPerson(answer.person_id, "opened", _records(answer), kept)
        yield from _beside(answer)


def _printed(answer: Footprint | None) -> Iterator[ShownPerson]:
    if answer is not None:
        yield ShownPerson(answer.person_id, "printed", _records(answer))
        yield from _beside(answer)


def _beside(answer: Footprint) -> Iterator[ShownPerson]:
    """Everybody else on the page, but for lines that say nothing. Of somebody there twice the last counts: it has records."""
    for relative in answer.relatives:
        if relative.person_id:
            yield ShownPerson(relative.person_id, "household")
    for baby in answer.perhaps_baby:
        yield ShownPerson(baby.person_id, "household")
    for other in (*answer.possible, *answer.apart):
        if other.person_id:
            yield ShownPerson(other.person_id, "listed", other.records)


def _records(answer: Footprint) -> tuple[str, ...]:
    return tuple(key for partner in answer.partners for key in partner.records)
