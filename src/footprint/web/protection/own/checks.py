"""The refusal of look-ups that are not the user's to make: entered in the ledger, seen by whoever watches over use, and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from footprint.answer import words
from footprint.web.ledger.store import event, ledger
from footprint.web.protection.alerts.observing import Asked, keep, observed
from footprint.web.protection.own.near import Near


class NotYours(Exception):
    """Whom or where the user asked about is close to them. The message is the sentence to show.

    `case_id`, `concerns` and `handle` say in which case and for whom the glass may be broken; all are empty where that is no
    one person.
    """

    def __init__(self, case_id: str = "", handle: str = "", concerns: str = "") -> None:
        super().__init__(words.DECLARED)
        self.case_id, self.handle, self.concerns = case_id, handle, concerns


def refuse(near: Near, asked: Asked) -> None:
    """Refuse a look-up of somebody close to the user, or of their own home, before anything is asked. Raises NotYours."""
    declared = [one for one in asked.subjects if near.is_declared(one)]
    if not declared and not (asked.address and near.is_own_home(asked.address)):
        return
    observation = observed(near, asked, (), declared)
    with transaction.atomic():
        keep(observation, enter(near, asked.action, declared, terms=asked.terms))
    handle = _handle(near, declared[0]) if declared else ""
    raise NotYours(near.scope.case.pk, handle, near.scope.case.concerns)


def enter(near: Near, action: str, declared: Sequence[str], *, terms: Mapping[str, str] | None = None) -> str:
    """Enter that somebody was kept back, in the transaction of the look-up, and return the receipt's number."""
    scope = near.scope
    refusal = event(
        scope.actor,
        "refusal",
        "declared-connection",
        {"asked": action, "kept-back": len(declared)},
        case=scope.case.entry_reference,
        purpose=scope.case.purpose,
        policy_rule="declared-connection",
        policy_version=scope.ruling.version,
        subjects=tuple(declared),
        terms=dict(terms or {}),
    )
    return ledger().record(refusal, join=True).number


def _handle(near: Near, person_id: str) -> str:
    known = near.scope.case.people.filter(person_id=person_id).first()
    return known.handle if known else ""
