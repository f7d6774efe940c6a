"""A steward settles a dispute or takes that back; whoever said so withdraws it. Ruling, entry and telling: all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from footprint.answer.sides import Sides
from footprint.web.accounts.actor import Actor
from footprint.web.cases.scope import STEWARDS_PURPOSE, StewardScope, people_with
from footprint.web.identity.breaching import open_breach, ruling_taken_back
from footprint.web.identity.models import Dispute, Step, Voice
from footprint.web.identity.queries import (
    is_taken_back,
    own_voice,
    records_of,
    state_of,
    steps_of,
    voices_of,
)
from footprint.web.identity.rulings import entered, ruling
from footprint.web.identity.services import keep_sides
from footprint.web.identity.states import SETTLED, Effect, IllegalMove, Said, State, effect, may_withdraw
from footprint.web.identity.telling import tell_outcome, tell_whoever_was_shown, tell_withdrawn
from footprint.web.ledger.store import decisions, event


class NotYours(PermissionError):
    """This steward may not settle this dispute. The message is the sentence to show."""


class KeptApart(ValueError):
    """Another ruling keeps these two apart. Take that one back first."""


class NotToBeSeen(ValueError):
    """One of the two is not to be seen any more. They can be settled as two people, and not as one."""


class Two(NamedTuple):
    """The records of both sides, as they were when it was ruled, and the people who had them."""

    one: Sequence[str]
    other: Sequence[str]
    people: tuple[str, ...] = ()


def settle(scope: StewardScope, dispute: Dispute, sides: Sides | None, after: State, reason: str) -> None:
    """Settle a dispute: two people, one person, or still unclear. `sides` is what the steward was shown.

    Raises IllegalMove where somebody was quicker, KeptApart, NotToBeSeen.
    """
    if sides is None and after is State.SAME:
        raise NotToBeSeen(NotToBeSeen.__doc__)
    _move(scope, dispute, after, reason, _two(dispute, sides))


def take_back(scope: StewardScope, dispute: Dispute, reason: str) -> None:
    """Take back what was settled. Raises IllegalMove where nothing is."""
    _move(scope, dispute, State.OPEN, reason, _two(dispute, None))


def withdraw(actor: Actor, dispute: Dispute, reason: str) -> None:
    """Take back what this user said themselves, before a steward did anything. Raises IllegalMove where one did.

    Where somebody else says so too, nothing else follows from it.
    """
    with transaction.atomic():
        locked = Dispute.objects.select_for_update().get(pk=dispute.pk)
        said = Said(locked.said)
        if not may_withdraw(said, [State(step.state) for step in steps_of(locked)]):
            raise IllegalMove(IllegalMove.__doc__)
        mine, others = _own_and_others(actor, locked)
        people = people_with(locked.records.order_by("pk").values_list("record", flat=True))
        took_back = "" if others else _withdrawn(actor, locked, reason)
        if mine:
            mine.taken_back_at, mine.taken_back_because = timezone.now(), reason
            mine.save(update_fields=["taken_back_at", "taken_back_because"])
        case = mine.case if mine else locked.case
        entered(
            event(
                actor,
                "decision",
                "withdraw",
                {"dispute": locked.reference, "took-back": took_back},
                case=case.entry_reference if case else locked.reference,
                purpose=case.purpose if case else None,
                subjects=people,
                personal={"reason": reason},
            )
        )
        if not others:
            tell_withdrawn(locked)


def _own_and_others(actor: Actor, dispute: Dispute) -> tuple[Voice | None, list[Voice]]:
    """What this user says where several do, and who else still says so. Raises IllegalMove where they took theirs back."""
    mine, voices = own_voice(actor, dispute), voices_of(dispute)
    if is_taken_back(mine):
        raise IllegalMove(IllegalMove.__doc__)
    return mine, [one for one in voices if one != mine and not is_taken_back(one)]


def _withdrawn(actor: Actor, dispute: Dispute, reason: str) -> str:
    """End a dispute of which nobody says any more what it says; return the ruling that this took back."""
    what = effect(Said(dispute.said), State.OPEN, State.WITHDRAWN)
    took_back = _take_back(dispute, what, actor.username, reason)
    Step.objects.create(
        dispute=dispute,
        state=State.WITHDRAWN,
        by_id=actor.membership_id,
        reason=reason,
        took_back=took_back,
    )
    return took_back


def _two(dispute: Dispute, sides: Sides | None) -> Two:
    if sides is None:
        return Two(records_of(dispute, 1), records_of(dispute, 2))
    one, other = ([said.record for said in side.records] for side in (sides.one, sides.other))
    return Two(one, other, (sides.one.person_id, sides.other.person_id))


def _move(scope: StewardScope, dispute: Dispute, after: State, reason: str, two: Two) -> None:
    actor = scope.actor
    with transaction.atomic():
        locked = Dispute.objects.select_for_update().get(pk=dispute.pk)
        before, said = state_of(locked), Said(locked.said)
        what = effect(said, before, after)
        took_back = _take_back(locked, what, actor.username, reason)
        made = _make(locked, what, two, actor.username, reason)
        Step.objects.create(
            dispute=locked,
            state=after,
            by_id=actor.membership_id,
            reason=reason,
            made=made,
            took_back=took_back,
        )
        if after is State.SAME:
            _check_nothing_else_keeps_apart(two)
        _enter(scope, locked, "take-back" if before in SETTLED else after.value, made, took_back, two, reason)
        if what.makes in ("disputed", "different"):
            keep_sides(locked, two.one, two.other)
            tell_whoever_was_shown(locked)
        tell_outcome(locked, after)
        if after is State.DIFFERENT:
            open_breach(actor, locked)
        elif before is State.DIFFERENT:
            ruling_taken_back(actor, locked)


def _take_back(dispute: Dispute, what: Effect, by: str, reason: str) -> str:
    """Take back the ruling of that kind which this dispute made and which stands, if one does; return its id."""
    if not what.takes_back:
        return ""
    store = decisions()
    for step in reversed(steps_of(dispute)):
        found = store.get(step.made) if step.made else None
        if found is not None and found.kind == what.takes_back and not found.undone_by:
            store.undo(found.id, by=by, reason=reason, at=timezone.now().isoformat(timespec="milliseconds"))
            return found.id
    return ""


def _make(dispute: Dispute, what: Effect, two: Two, by: str, reason: str) -> str:
    if not what.makes:
        return ""
    made = ruling(what.makes, two.one, two.other, dispute.partnership_id, by, reason)
    decisions().add(made)
    return made.id


def _check_nothing_else_keeps_apart(two: Two) -> None:
    rulings = decisions().overlay()
    if any(rulings.apart(one, other) for one in two.one for other in two.other):
        raise KeptApart(KeptApart.__doc__)


def _enter(
    scope: StewardScope, dispute: Dispute, action: str, made: str, took_back: str, two: Two, reason: str
) -> None:
    entered(
        event(
            scope.actor,
            "decision",
            action,
            {"dispute": dispute.reference, "decision": made, "took-back": took_back},
            case=dispute.reference,
            purpose=STEWARDS_PURPOSE,
            legal_basis=scope.purpose.basis,
            policy_rule=scope.ruling.rule,
            policy_version=scope.ruling.version,
            subjects=two.people,
            personal={"reason": reason},
        )
    )
