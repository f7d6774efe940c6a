"""What is done with a referral after it came: each step with its entry, what the author is told, and the copy that leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from footprint.ledger import Event
from footprint.ledger.events import Kind as EventKind
from footprint.referrals import deciding, states
from footprint.referrals.feedback import Kind, Message, messages
from footprint.sharing.roles import Right
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership
from footprint.web.accounts.queries import with_right
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.notices.services import notify
from footprint.web.referrals import danger
from footprint.web.referrals.models import Feedback, Referral, Step
from footprint.web.referrals.outbox.services import decided, enqueue
from footprint.web.referrals.own_family import without_family
from footprint.web.referrals.protecting import protected_today
from footprint.web.referrals.queries import parts_in, within_reach
from footprint.web.referrals.services import PURPOSE
from footprint.web.referrals.standing import write_step

#: What the author's notice says; the page says the rest. No name, no place and no decision is in it.
_TOLD: Final = {
    Kind.ROUTED: "Your referral {reference} was passed by the front door to the family’s worker.",
    Kind.ACCEPTED: "Somebody at the front door has taken on your referral {reference}.",
    Kind.PUT_BACK: "Your referral {reference} is back in the front door’s queue. Nobody there has it until somebody takes it on.",
    Kind.MORE: "More would help with your referral {reference}. Nothing waits for it.",
    Kind.DECISION: "Your referral {reference} was decided. Read what and why.",
    Kind.QUALITY: "The form of your referral {reference} was graded. Read what to keep and what to do next time.",
    Kind.CLOSURE: "What happened next after your referral {reference} can be read.",
    Kind.NOTED: "Something was added at the front door to your referral {reference}. Read it.",
    Kind.REOPENED: "Your referral {reference} was opened again.",
}
#: What the supervisor's notice says. Which decision it was is read on the page.
_BELOW: Final = (
    "Referral {reference} of your team said danger now, and no strategy discussion was decided. Read why; if you disagree, "
    "ring the front door."
)
_OF_TEAM: Final = "There is an answer to referral {reference}, which somebody of your team told the front door. Read it to them."
_OF_FILE: Final = "There is an answer to referral {reference}, which another system sent for your team. Read it to its author."
_NOTICE: Final = "referral"
#: After these nobody need hear of danger any more.
_SETTLES: Final = frozenset({states.Verb.DECIDE, states.Verb.CLOSE})
_SYSTEM: Final = "record-system"
_NONE: Final = "none"


def take(
    actor: Actor | None,
    referral: Referral,
    step: states.Step,
    *,
    moves: int | None = None,
    except_for: str = "",
    grounds: deciding.Grounds = deciding.NOTHING_SAID,
) -> Referral:
    """Take a step: the row, its copies, its entry, feedback and notice to the author, and the copy that leaves, or nothing.

    Without an actor a record system did it, and `except_for` is the destination from which that came. `moves` is how many
    steps beside additions stood on the page on which this was done; with more since, somebody was quicker. `grounds` is
    what a decision rests on beside its reason. Raises IllegalMove, NotTheirs, Incomplete, LedgerError.
    """
    with transaction.atomic():
        held = Referral.objects.select_for_update().get(pk=referral.pk)
        _check(actor, held, step, moves)
        before = held.state
        step = deciding.checked(
            step, danger=held.is_urgent, grounds=grounds, is_call_noted=_is_call_noted(held)
        )
        write_step(held, step, actor)
        ledger().record(_entry(actor, held, step, before), join=True)
        if step.verb in _SETTLES:
            danger.is_settled(held)
        elif step.verb == states.Verb.ACCEPT:
            danger.is_taken_on(held)
        elif step.verb == states.Verb.PUT_BACK:
            danger.is_put_back(held)
        told = next(iter(messages([step], protected=protected_today())), None)
        if told is not None:
            tell_author(actor, held, told)
        if step.verb == states.Verb.DECIDE and deciding.passes_by_danger(step.outcome, danger=held.is_urgent):
            _tell_supervisors(actor, held)
        _send_on(held, step, told, except_for)
    return held


def moves_so_far(referral: Referral) -> int:
    """Return how many steps were taken with a referral, without additions: those change nothing that a page offers."""
    return Step.objects.filter(referral=referral).exclude(verb__in=states.ADDITIONS).count()


def tell_author(actor: Actor | None, referral: Referral, told: Message, points: Iterable[str] = ()) -> None:
    """Write what the author is told, and a notice that there is something to read. In the caller's transaction."""
    # The page names what was done; a decision and a grade say which.
    title = (told.title,) if told.kind in (Kind.DECISION, Kind.QUALITY) else ()
    Feedback.objects.create(
        referral=referral,
        kind=told.kind,
        by_id=actor.membership_id if actor else None,
        by_name=told.by[:200],
        at=told.at,
        words="\n".join((*title, *told.says)),
        points=list(points),
    )
    if told.kind not in _TOLD:
        return
    link, mine = reverse("referrals:referral", args=[referral.pk]), actor.user_id if actor else None
    if referral.by is None:
        # Whoever rang, or wrote it elsewhere, is no user: their team hears it from its supervisor.
        over = without_family(_over(referral), referral)
        sentence = (_OF_TEAM if referral.taken_by_id else _OF_FILE).format(reference=referral.reference)
        notify([one for one in over if one.user_id != mine], _NOTICE, sentence, link)
    author = referral.by or referral.taken_by
    if author is not None and author.user_id != mine:
        notify([author], _NOTICE, _TOLD[told.kind].format(reference=referral.reference), link)


def _tell_supervisors(actor: Actor | None, referral: Referral) -> None:
    """Tell the author's supervisors that danger was answered otherwise than by a strategy discussion: they may know more."""
    over = without_family(_over(referral), referral)
    others = [one for one in over if actor is None or one.user_id != actor.user_id]
    link = reverse("referrals:referral", args=[referral.pk])
    notify(others, _NOTICE, _BELOW.format(reference=referral.reference), link)


def _over(referral: Referral) -> list[Membership]:
    """The supervisors of the team from which it comes."""
    if referral.partner_id is None or not referral.team:
        return []
    over = with_right(Right.SUPERVISE_REFERRALS)
    return list(over.filter(partner=referral.partner_id, team=referral.team))


def mark_seen(actor: Actor, referral_ids: Iterable[str]) -> int:
    """Keep that the supervisor has seen these referrals of their own team, each once; return how many were new."""
    with transaction.atomic():
        unseen = within_reach(actor).filter(
            pk__in=list(referral_ids),
            seen_by_supervisor_at__isnull=True,
            partner__code=actor.organisation,
            team=actor.team,
        )
        found = list(unseen.exclude(by__user=actor.user_id).order_by("pk"))
        for one in found:
            ledger().record(
                event(
                    actor,
                    "change",
                    "referral-seen",
                    {"referral": one.reference},
                    case=one.reference,
                    purpose=PURPOSE,
                ),
                join=True,
            )
            danger.is_read_by_supervisor(one)
        now = timezone.now()
        Referral.objects.filter(pk__in=[one.pk for one in found]).update(seen_by_supervisor_at=now)
    return len(found)


def _is_call_noted(referral: Referral) -> bool:
    return Step.objects.filter(referral=referral, verb=states.Verb.NOTE).exists()


def _check(actor: Actor | None, referral: Referral, step: states.Step, moves: int | None) -> None:
    played = {states.Part.RECORD_SYSTEM} if actor is None else parts_in(actor, referral)
    if step.part not in played:
        raise states.NotTheirs(states.NotTheirs.__doc__)
    if moves is not None and moves != moves_so_far(referral):
        raise states.IllegalMove(states.IllegalMove.__doc__)


def _entry(actor: Actor | None, referral: Referral, step: states.Step, before: str) -> Event:
    facts: Facts = {
        "referral": referral.reference,
        "part": step.part,
        "before": before,
        "after": referral.state,
        "outcome": step.outcome,
        "reason": step.reason,
    }
    kind: EventKind = "decision" if step.verb == states.Verb.DECIDE else "change"
    action, personal = f"referral-{step.verb}", {"words": step.words}
    if actor is not None:
        return event(actor, kind, action, facts, case=referral.reference, purpose=PURPOSE, personal=personal)
    return Event(
        kind=kind,
        action=action,
        actor=_SYSTEM,
        role=_NONE,
        organisation=_NONE,
        partnership=referral.partnership_id,
        facts=facts,
        case=referral.reference,
        purpose=PURPOSE,
        personal={**personal, "name": step.by},
    )


def _send_on(referral: Referral, step: states.Step, told: Message | None, except_for: str) -> None:
    """What other systems are told: a decision as one, so that nobody decides twice, what was noted as an addition; of the rest
    what the author reads."""
    if step.verb == states.Verb.DECIDE:
        row = Step.objects.filter(referral=referral).latest("pk")
        decided(referral, row, except_for=except_for)
    elif step.verb == states.Verb.NOTE:
        noted = {
            "reference": referral.reference,
            "noted": step.words,
            "by": step.by,
            "at": step.at.isoformat(),
        }
        enqueue(referral, "addition", noted)
    elif told is not None:
        body = {
            "kind": told.kind,
            "at": told.at.isoformat(),
            "by": told.by,
            "title": told.title,
            "says": list(told.says),
        }
        enqueue(referral, "feedback", body, except_for=except_for)
