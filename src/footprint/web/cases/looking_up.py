"""Rule 1 on the pages: the intent is in the ledger before anything is asked, the outcome before anything is shown.

Whoever was shown a person is remembered in the same transaction as the outcome: an answer that leaves has both, or neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from django.db import transaction

from footprint.answer.found import FoundPerson
from footprint.ledger import Event, Receipt, outcome_of
from footprint.records import Address
from footprint.web.cases.models import KnownPerson, ShownRecord, Viewing, new_handle
from footprint.web.cases.scope import Scope
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.protection.alerts.observing import Asked, keep, observed
from footprint.web.protection.own import checks
from footprint.web.protection.own.near import Near

T = TypeVar("T")

How = Literal["listed", "opened", "printed", "household"]


class ShownPerson(NamedTuple):
    """Somebody whom an answer shows: how, with which records as theirs, and what of it to compare with the next time.

    `household` is the same for those whom this answer shows as of one home; empty where it says nothing of that.
    """

    person_id: str
    how: How
    records: Sequence[str] = ()
    seen: Any = None
    household: str = ""


class Answered(NamedTuple, Generic[T]):
    """An answer that may leave, its receipt, and the handle of everybody in it by person id."""

    answer: T
    receipt: Receipt
    handles: Mapping[str, str]


def look_up(
    scope: Scope,
    action: str,
    ask: Callable[[], T],
    shown: Callable[[T], Iterable[ShownPerson]],
    *,
    terms: Mapping[str, str] | None = None,
    subjects: Sequence[str] = (),
    facts: Facts | None = None,
    personal: Mapping[str, str] | None = None,
    address: Address | None = None,
) -> Answered[T]:
    """Enter that `action` is intended, ask, enter whom the answer shows, and return it.

    `terms` is what was typed and `personal` what else was said (both sealed in the ledger), `subjects` the people asked about
    by id, `address` the one asked about. Raises LedgerUnavailable where either entry cannot be written: then nothing may be
    shown; and NotYours where whom or where is asked about is close to the user. Whoever is close to them is taken out of the
    answer, and a line that says so is in their place (`answer.declared`).
    """
    said = {name: text for name, text in (terms or {}).items() if text}
    near, asked = Near(scope), Asked(action, subjects, said, address)
    checks.refuse(near, asked)
    intent = _event(
        scope,
        "intent",
        action,
        terms=said,
        subjects=tuple(subjects),
        facts=facts,
        personal=dict(personal or {}),
    )
    entered = ledger().record(intent)
    answer, declared = near.left_of(ask())
    people = list(
        {one.person_id: one for one in shown(answer) if one.person_id not in ("", *declared)}.values()
    )
    kept_back = [ShownPerson(one, "listed") for one in declared]
    observation = observed(near, asked, [one.person_id for one in people], declared)
    with transaction.atomic():
        outcome = outcome_of(
            intent,
            entered.sequence,
            subjects=tuple(subjects),
            shown=tuple(one.person_id for one in people),
            facts={**intent.facts, "snapshot": scope.content.snapshot},
        )
        receipt = ledger().record(outcome, join=True)
        _remember(scope, people, receipt.number)
        handles = _handles(scope, [*people, *kept_back], subjects)
        if declared:
            checks.enter(near, action, declared)
        keep(observation, receipt.number)
    return Answered(answer, receipt, handles)


def enter_named_again(scope: Scope, action: str, people: Iterable[FoundPerson]) -> tuple[FoundPerson, ...]:
    """Enter that this user is named again whom they opened in this case, and return those who may be named.

    Nobody is looked up anew: it counts to no limit, raises no alert and traces nobody a second time, since their opening did.
    The entry has how many. Raises LedgerUnavailable: then nobody is named.
    """
    named, _ = Near(scope).left_of(tuple(people))
    kept = tuple(one for one in named if one.standing != "declared")
    intent = _event(scope, "intent", action)
    with transaction.atomic():
        entered = ledger().record(intent, join=True)
        facts = {**intent.facts, "snapshot": scope.content.snapshot}
        ledger().record(outcome_of(intent, entered.sequence, count=len(kept), facts=facts), join=True)
    return kept


def disclosed(scope: Scope, action: str, subjects: Sequence[str], facts: Facts | None = None) -> Receipt:
    """Enter that something leaves otherwise than on a page (print, PDF, a text to paste), before it does."""
    return ledger().record(_event(scope, "disclosure", action, subjects=tuple(subjects), facts=facts))


def person_of(scope: Scope, handle: str) -> str | None:
    """Return the id of the person who has this handle in this case, or None: not there, and not of this case, are one."""
    found = KnownPerson.objects.filter(case=scope.case, handle=handle).first()
    return found.person_id if found else None


def _event(scope: Scope, kind: Literal["intent", "disclosure"], action: str, **more: Any) -> Event:
    always: Facts = {"reference-overdue": True} if scope.case.is_overdue(scope.now) else {}
    if scope.lent:
        always["break-glass"] = scope.lent.reference
    return event(
        scope.actor,
        kind,
        action,
        {**always, **(more.pop("facts", None) or {})},
        case=scope.case.entry_reference,
        purpose=scope.case.purpose,
        legal_basis=scope.purpose.basis,
        policy_rule=scope.ruling.rule,
        policy_version=scope.ruling.version,
        **more,
    )


def _remember(scope: Scope, people: Sequence[ShownPerson], receipt: str) -> None:
    viewings = Viewing.objects.bulk_create(
        Viewing(
            case=scope.case,
            membership_id=scope.actor.membership_id,
            person_id=one.person_id,
            how=one.how,
            snapshot=scope.content.snapshot,
            receipt=receipt,
            seen=one.seen,
        )
        for one in people
    )
    ShownRecord.objects.bulk_create(
        ShownRecord(viewing=viewing, record=record)
        for viewing, one in zip(viewings, people, strict=True)
        for record in one.records
    )


def _handles(scope: Scope, people: Sequence[ShownPerson], subjects: Sequence[str]) -> dict[str, str]:
    """The handle of everybody shown, new ones made with the household in which they are shown."""
    concerned = [*subjects, *(one.person_id for one in people)]
    of_case = KnownPerson.objects.filter(case=scope.case, person_id__in=concerned)
    before = {one.person_id: one for one in of_case}
    households = {person_id: one.household for person_id, one in before.items()}
    named = {
        one.household: households[one.person_id]
        for one in people
        if one.household and one.person_id in households
    }
    subject = next((households[one] for one in subjects if one in households), "")
    fresh = []
    for one in people:
        if one.person_id not in households:
            of_the_subject = subject if one.how == "household" else ""
            household = of_the_subject or named.get(one.household) or new_handle()
            if one.household:
                named[one.household] = household
            fresh.append(KnownPerson(case=scope.case, person_id=one.person_id, household=household))
    if not fresh:
        return {person_id: one.handle for person_id, one in before.items()}
    KnownPerson.objects.bulk_create(fresh, ignore_conflicts=True)
    return dict(of_case.values_list("person_id", "handle"))
