"""A steward's look at the two sides of a dispute: entered as intended, compared, entered with whom it shows, and only then shown.

What is shown is who somebody is, never what happened to them. A steward sees nothing of their own family or home.
"""

from __future__ import annotations

from typing import NamedTuple

from footprint.answer.sides import Sides, sides
from footprint.decisions import Decision
from footprint.ledger import Event, Receipt, outcome_of
from footprint.watching import connection, known
from footprint.web.accounts.actor import Actor
from footprint.web.cases.scope import STEWARDS_PURPOSE, StewardScope
from footprint.web.identity.models import Dispute
from footprint.web.identity.queries import records_of
from footprint.web.ledger.store import decisions, event, ledger
from footprint.web.protection.own.queries import own_of


class Compared(NamedTuple):
    """The two sides as they are now, or None where they may not be seen; and whether one is close to this steward."""

    sides: Sides | None
    is_own: bool


class Reading(NamedTuple):
    """What a steward may be shown, its receipt, and every ruling ever made between the two sides."""

    sides: Sides | None
    is_own: bool
    receipt: Receipt
    rulings: tuple[Decision, ...]


def compare(scope: StewardScope, dispute: Dispute) -> Compared:
    """Return the two sides of a dispute, to rule by. Whoever shows them to somebody calls `read`."""
    found = sides(scope.people, records_of(dispute, 1), records_of(dispute, 2))
    is_own = found is not None and _is_own(scope, found)
    return Compared(None if is_own else found, is_own)


def read(scope: StewardScope, dispute: Dispute) -> Reading:
    """Return the two sides of a dispute, to be shown. Raises LedgerUnavailable: then nothing may be."""
    intent = _intent(scope, dispute)
    at = ledger().record(intent)
    found = compare(scope, dispute)
    shown = (found.sides.one.person_id, found.sides.other.person_id) if found.sides else ()
    facts = {**intent.facts, "snapshot": scope.content.snapshot, "own": found.is_own}
    outcome = outcome_of(intent, at.sequence, shown=tuple(dict.fromkeys(shown)), facts=facts)
    receipt = ledger().record(outcome)
    return Reading(found.sides, found.is_own, receipt, _rulings(dispute, found.sides))


def _is_own(scope: StewardScope, found: Sides) -> bool:
    """Whether either is a declared relative of the steward, or lives at their home."""
    own = own_of(scope.actor)
    for side in (found.one, found.other):
        keys = {said.record for said in side.records}
        people = {one.id: one for key in keys if (one := scope.people.by_record(key)) is not None}
        records = [
            entry.record for one in people.values() for entry in one.entries if str(entry.record.key) in keys
        ]
        if connection(own, known(records)) != "":
            return True
    return False


def _rulings(dispute: Dispute, found: Sides | None) -> tuple[Decision, ...]:
    """Every ruling about both sides, the latest first; of what may not be seen none."""
    if found is None:
        return ()
    one, other = ({said.record for said in side.records} for side in (found.one, found.other))
    about = [
        made
        for made in decisions().all(dispute.partnership_id)
        if made.kind in ("same", "different", "disputed") and _meets(made, one, other)
    ]
    return tuple(reversed(about))


def _meets(made: Decision, one: set[str], other: set[str]) -> bool:
    here = {subject.value for subject in made.subjects}
    there = {subject.value for subject in made.others}
    return bool((here & one and there & other) or (here & other and there & one))


def _intent(scope: StewardScope, dispute: Dispute) -> Event:
    return event(
        scope.actor,
        "intent",
        "compare",
        {"dispute": dispute.reference},
        case=dispute.reference,
        purpose=STEWARDS_PURPOSE,
        legal_basis=scope.purpose.basis,
        policy_rule=scope.ruling.rule,
        policy_version=scope.ruling.version,
    )


def enter_reading(actor: Actor, action: str, breach: str = "") -> None:
    """Enter that an information-governance lead reads of breaches, before anything is returned."""
    ledger().record(event(actor, "reading", action, {"breach": breach} if breach else {}))
