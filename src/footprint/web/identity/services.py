"""Opening a dispute: the ruling, its ledger entry, and everybody who is told of it, in one transaction or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction

from footprint.answer.values import Footprint
from footprint.web.accounts.models import Membership
from footprint.web.cases.models import Case
from footprint.web.cases.scope import Scope, parts_with
from footprint.web.identity.models import Dispute, DisputedRecord, Step, Voice
from footprint.web.identity.queries import to_join, waiting_between
from footprint.web.identity.rulings import entered, ruling
from footprint.web.identity.states import OPENED, Said, State
from footprint.web.identity.telling import (
    tell_stewards,
    tell_stewards_of_another,
    tell_whoever_was_shown,
    thank,
)
from footprint.web.ledger.store import decisions, event


class NotDisputable(ValueError):
    """This cannot be said of them. The message is the sentence to show."""


ONE_RECORD = "Only one record is here, so there is nothing to take apart. Ring the partner that holds it."
SOME_STAY = "Leave at least one record that is theirs, and choose at least one that is not."
IS_OVER_NOW = "It was settled or taken back meanwhile, or you said so already. Look at the footprint again."
IS_SETTLED_NOW = "A data steward is settling already whether these two are one. You need not say it again."


def say_not_them(scope: Scope, answer: Footprint, picked: Collection[str], reason: str) -> Dispute:
    """Part the person at once, for everybody: the records `picked` are not theirs. Raises NotDisputable."""
    keys = records_in(answer)
    others = [key for key in keys if key in picked]
    kept = [key for key in keys if key not in picked]
    if answer.standing != "open" or len(keys) < 2:
        raise NotDisputable(ONE_RECORD)
    if not (others and kept):
        raise NotDisputable(SOME_STAY)
    with transaction.atomic():
        dispute = _opened(scope, Said.NOT_THEM, reason, about_a_child=answer.is_child)
        _enter(scope, dispute, [answer.person_id], kept, others, reason)
        tell_whoever_was_shown(dispute)
    return dispute


def say_same(scope: Scope, answer: Footprint, other_id: str, reason: str) -> Dispute:
    """Propose that a possible other is this person; a steward decides. Raises NotDisputable."""
    other = next((one for one in answer.possible if one.person_id == other_id and one.records), None)
    keys = records_in(answer)
    if other is None or not keys:
        raise NotDisputable("Choose somebody who may be the same.")
    with transaction.atomic():
        waits = waiting_between(keys, other.records)
        if waits is not None:
            return _joined(scope, waits)
        dispute = _opened(scope, Said.SAME, reason, about_a_child=answer.is_child or other.is_child)
        _enter(scope, dispute, [answer.person_id, other_id], keys, other.records, reason)
    return dispute


def doubt_too(scope: Scope, answer: Footprint, dispute: Dispute, reason: str) -> None:
    """Say that one doubts it too: the steward reads both, and one who takes theirs back does not end the other's.

    Raises NotDisputable where it was settled, withdrawn or said by this user meanwhile.
    """
    with transaction.atomic():
        locked = Dispute.objects.select_for_update().get(pk=dispute.pk)
        parts = [records_in(answer), *(one.records for one in answer.apart)]
        if to_join(scope.actor, parts) != locked:
            raise NotDisputable(IS_OVER_NOW)
        if not locked.voices.exists():
            _speak(locked, locked.by, locked.case, locked.reason, locked.opened_at)
        membership = _membership(scope)
        _speak(locked, membership, scope.case, reason, scope.now)
        entered(
            event(
                scope.actor,
                "decision",
                "doubt-too",
                {"dispute": locked.reference},
                case=scope.case.entry_reference,
                purpose=scope.case.purpose,
                legal_basis=scope.purpose.basis,
                policy_rule=scope.ruling.rule,
                policy_version=scope.ruling.version,
                subjects=(answer.person_id, *(one.person_id for one in answer.apart)),
                personal={"reason": reason},
            )
        )
        thank(locked, membership, scope.case)
        tell_stewards_of_another(locked)


def _speak(dispute: Dispute, by: Membership, case: Case | None, reason: str, at: dt.datetime) -> None:
    Voice.objects.create(dispute=dispute, by=by, case=case, reason=reason, at=at)


def records_in(answer: Footprint) -> list[str]:
    """Return the records of a footprint, in the order in which partners stand on it."""
    return [key for partner in answer.partners for key in partner.records]


def _opened(scope: Scope, said: Said, reason: str, *, about_a_child: bool) -> Dispute:
    return Dispute.objects.create(
        partnership=scope.case.partnership,
        said=said,
        by_id=scope.actor.membership_id,
        case=scope.case,
        reason=reason,
        about_a_child=about_a_child,
    )


def _joined(scope: Scope, waits: Dispute) -> Dispute:
    """Add somebody to a dispute in which the same was said before: they are told what becomes of it."""
    if Said(waits.said) is not Said.SAME:
        raise NotDisputable(IS_SETTLED_NOW)
    thank(waits, _membership(scope), scope.case)
    return waits


def _enter(
    scope: Scope,
    dispute: Dispute,
    people: Sequence[str],
    one: Sequence[str],
    other: Sequence[str],
    reason: str,
) -> None:
    """Write the ruling, the sides, the first step and the ledger entry, and tell whom it concerns."""
    said = Said(dispute.said)
    made = ""
    if kind := OPENED[said].makes:
        decision = ruling(kind, one, other, scope.case.partnership_id, scope.actor.username, reason)
        decisions().add(decision)
        made = decision.id
    keep_sides(dispute, one, other)
    Step.objects.create(
        dispute=dispute, state=State.OPEN, by_id=scope.actor.membership_id, reason=reason, made=made
    )
    entered(
        event(
            scope.actor,
            "decision",
            OPENED[said].makes or "say-same",
            {"dispute": dispute.reference, "decision": made},
            case=scope.case.entry_reference,
            purpose=scope.case.purpose,
            legal_basis=scope.purpose.basis,
            policy_rule=scope.ruling.rule,
            policy_version=scope.ruling.version,
            subjects=tuple(people),
            personal={"reason": reason},
        )
    )
    thank(dispute, _membership(scope), scope.case)
    tell_stewards(dispute)


def keep_sides(dispute: Dispute, one: Sequence[str], other: Sequence[str]) -> None:
    """Keep the records of both sides, and with them those that whoever said so could not see; add those that are new."""
    known = dict(dispute.records.values_list("record", "side"))
    side_of = dict.fromkeys(one, 1) | dict.fromkeys(other, 2) | known
    further = max([2, *known.values()]) + 1
    for part in parts_with([*one, *other], decisions().overlay()):
        sides = {side_of[key] for key in part if key in side_of}
        side = sides.pop() if len(sides) == 1 else further
        further += side == further
        side_of = dict.fromkeys(part, side) | side_of
    DisputedRecord.objects.bulk_create(
        DisputedRecord(dispute=dispute, side=side, record=record)
        for record, side in side_of.items()
        if record not in known
    )


def _membership(scope: Scope) -> Membership:
    return Membership.objects.select_related("user", "partner").get(pk=scope.actor.membership_id)
