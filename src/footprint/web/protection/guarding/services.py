"""What is asked of guardians and what they answer, each with its entry and with whom it tells, or not at all."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from footprint.decisions import Decision, Subject
from footprint.watching.terms import GUARDIANS, Verdict, verdict_of
from footprint.web.accounts.actor import Actor
from footprint.web.cases.scope import Scope
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.notices.services import notify
from footprint.web.protection.guarding import rulings
from footprint.web.protection.guarding.queries import guardians
from footprint.web.protection.models import GuardianRequest, GuardianVerdict, ShieldReview

Kind, State = GuardianRequest.Kind, GuardianRequest.State

#: How many guardians, but who asked, must agree. Of a lift the asker is the first of two.
NEEDED = {Kind.OVERRIDE: GUARDIANS, Kind.LIFT: GUARDIANS - 1, Kind.SHIELD: 1, Kind.QUESTION: 1}
#: What the asker reads when it is settled.
_TOLD = {
    (Kind.OVERRIDE, State.GRANTED): "Two guardians let you look behind a shield, once. Request {reference}.",
    (Kind.OVERRIDE, State.REFUSED): "The guardians do not let you look behind a shield. Request {reference}.",
    (Kind.QUESTION, State.DONE): "Your question was passed on. Request {reference}.",
    (
        Kind.QUESTION,
        State.REFUSED,
    ): "Your question could not be passed on; ring the hub. Request {reference}.",
    (Kind.SHIELD, State.DONE): "The person is shielded from now on. Request {reference}.",
    (
        Kind.SHIELD,
        State.REFUSED,
    ): "The guardians did not shield the person; ring the hub. Request {reference}.",
    (Kind.LIFT, State.DONE): "The shield is lifted. Request {reference}.",
    (Kind.LIFT, State.REFUSED): "The shield stays. Request {reference}.",
}


class AlreadySaid(Exception):
    """This request is settled, or is not this guardian's to answer. The message is the sentence to show."""


def ask(scope: Scope, kind: str, person_id: str, text: str) -> GuardianRequest:
    """Ask something of the guardians about a person of a case, and tell them that there is something."""
    actor, case = scope.actor, scope.case
    asked = GuardianRequest(
        kind=kind,
        partnership_id=actor.partnership,
        asked_by_id=actor.membership_id,
        case=case,
        case_reference=case.entry_reference,
        purpose=case.purpose,
        person_id=person_id,
        text=text,
        asked_at=timezone.now(),
    )
    return _ask(actor, asked)


def ask_lift(actor: Actor, decision: Decision, reason: str) -> GuardianRequest:
    """Ask, as the first of two, that a shield be lifted."""
    asked = GuardianRequest(
        kind=Kind.LIFT,
        partnership_id=actor.partnership,
        asked_by_id=actor.membership_id,
        decision=decision.id,
        text=reason,
        asked_at=timezone.now(),
    )
    return _ask(actor, asked)


def say(actor: Actor, request: GuardianRequest, *, grants: bool, reason: str) -> GuardianRequest:
    """Say what this guardian says to a request, and settle it where that was enough. Raises AlreadySaid, NobodyThere."""
    with transaction.atomic():
        held = GuardianRequest.objects.select_for_update().get(pk=request.pk)
        _check(actor, held)
        now = timezone.now()
        GuardianVerdict.objects.create(
            request=held,
            membership_id=actor.membership_id,
            user_id=actor.user_id,
            grants=grants,
            reason=reason,
            at=now,
        )
        facts: Facts = {"request": held.reference, "kind": held.kind, "grants": grants}
        ledger().record(
            event(
                actor,
                "decision",
                "guardian-verdict",
                facts,
                subjects=_people(held),
                personal={"reason": reason},
            ),
            join=True,
        )
        became = verdict_of(
            str(held.asked_by.user_id),
            [Verdict(str(one.user_id), one.grants) for one in held.verdicts.all()],
            NEEDED[Kind(held.kind)],
        )
        if became != "open":
            _settle(actor, held, reason, granted=became == "granted")
    return held


def shield(actor: Actor, subjects: Iterable[Subject], reason: str) -> Decision:
    """Shield a person or an address: at once, over every snapshot."""
    with transaction.atomic():
        return rulings.rule(actor, "shield", list(subjects), reason)


def look_at_again(actor: Actor, decision: Decision, note: str) -> None:
    """Keep that a guardian looked at a shield and left it as it is."""
    with transaction.atomic():
        ShieldReview.objects.create(
            decision=decision.id, membership_id=actor.membership_id, at=timezone.now(), note=note
        )
        facts: Facts = {"decision": decision.id}
        ledger().record(event(actor, "decision", "shield-review", facts, personal={"note": note}), join=True)


def use_up(request: GuardianRequest) -> bool:
    """Take the one view that was granted, and say whether it was still there."""
    left = GuardianRequest.objects.filter(pk=request.pk, state=State.GRANTED)
    return left.update(state=State.USED) == 1


def give_back(request: GuardianRequest) -> None:
    """Give a view back that could not be shown, because it could not be entered."""
    GuardianRequest.objects.filter(pk=request.pk, state=State.USED).update(state=State.GRANTED)


def enter_reading(actor: Actor, request: GuardianRequest) -> str:
    """Enter, before it is shown, that a guardian reads whom a request is about; return the receipt's number."""
    facts: Facts = {"request": request.reference, "kind": request.kind}
    about = _people(request)
    if about and request.case_reference:
        return (
            ledger()
            .record(
                event(
                    actor,
                    "disclosure",
                    "guardian-request",
                    facts,
                    case=request.case_reference,
                    purpose=request.purpose,
                    policy_rule="guardian",
                    subjects=about,
                )
            )
            .number
        )
    return ledger().record(event(actor, "reading", "guardian-request", facts)).number


def _ask(actor: Actor, asked: GuardianRequest) -> GuardianRequest:
    facts: Facts = {"request": asked.reference, "kind": asked.kind}
    if asked.decision:
        facts["decision"] = asked.decision
    entry = event(
        actor,
        "change",
        "guardian-request",
        facts,
        case=asked.case_reference or None,
        purpose=asked.purpose or None,
        subjects=_people(asked),
        personal={"text": asked.text},
    )
    with transaction.atomic():
        asked.save(force_insert=True)
        ledger().record(entry, join=True)
        others = [one for one in guardians(actor.partnership) if one.user_id != actor.user_id]
        link = reverse("protection:request", args=[asked.reference])
        notify(others, "guardian-request", f"Request {asked.reference} waits for the guardians.", link)
    return asked


def _check(actor: Actor, held: GuardianRequest) -> None:
    if held.state != State.OPEN:
        raise AlreadySaid("This request is settled.")
    if held.asked_by.user_id == actor.user_id:
        raise AlreadySaid("You asked for this yourself. Another guardian answers it.")
    if held.verdicts.filter(user=actor.user_id).exists():
        raise AlreadySaid("You answered this request. Another guardian answers it now.")


def _settle(actor: Actor, held: GuardianRequest, reason: str, *, granted: bool) -> None:
    kind = Kind(held.kind)
    if not granted:
        held.state = State.REFUSED
    else:
        held.state = State.GRANTED if kind is Kind.OVERRIDE else State.DONE
        _carry_out(actor, held, kind)
    held.settled_at, held.answer = timezone.now(), reason
    held.save(update_fields=["state", "settled_at", "answer"])
    sentence = _TOLD[kind, State(held.state)].format(reference=held.reference)
    notify([held.asked_by], "guardian-answer", sentence, _back(held))


def _carry_out(actor: Actor, held: GuardianRequest, kind: GuardianRequest.Kind) -> None:
    if kind is Kind.SHIELD:
        rulings.rule(actor, "shield", rulings.about_person(held.person_id), held.text)
    elif kind is Kind.LIFT:
        lifted = [Subject("decision", held.decision)]
        rulings.rule(actor, "lift", lifted, held.text, first=held.asked_by.user.username)


def _back(held: GuardianRequest) -> str:
    """Where the asker goes on: the person's page in their case, or for a guardian the queue."""
    if held.kind == Kind.LIFT:
        return reverse("protection:queue")
    known = held.case.people.filter(person_id=held.person_id).first() if held.case else None
    return reverse("cases:person", args=[known.case_id, known.handle]) if known else ""


def _people(request: GuardianRequest) -> tuple[str, ...]:
    return (request.person_id,) if request.person_id else ()
