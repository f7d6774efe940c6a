"""What is read of disputes and breaches: where each stands, who was shown a link, and what waits for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from django.db.models import OuterRef, Q, QuerySet, Subquery

from footprint.answer.values import Footprint
from footprint.sharing.roles import Right
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership
from footprint.web.accounts.queries import held_now, with_right
from footprint.web.cases.models import ShownRecord, Viewing
from footprint.web.cases.queries import NotFound
from footprint.web.identity.models import Breach, Dispute, DisputedRecord, Step, Voice
from footprint.web.identity.states import OVER, SETTLED, WAITING, BreachStep, Said, State, may_withdraw

MOST: Final = 200
_LATELY: Final = 30


# ---------------------------------------------------------------- disputes


def dispute_of(actor: Actor, dispute_id: str) -> Dispute:
    """Return a dispute of the actor's partnership. Raises NotFound."""
    found = (
        Dispute.objects.select_related("by__user", "by__partner", "case")
        .filter(partnership=actor.partnership, pk=dispute_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def waiting(actor: Actor) -> list[Step]:
    """Return the newest step of what waits for a steward: children first, then what has waited longest."""
    found = _newest(WAITING).filter(dispute__partnership=actor.partnership)
    return list(found.order_by("-dispute__about_a_child", "dispute__opened_at", "dispute")[:MOST])


def settled_lately(actor: Actor) -> list[Step]:
    """Return the newest step of what was settled last, so that it can be taken back, and of what was withdrawn."""
    return list(
        _newest(SETTLED | OVER).filter(dispute__partnership=actor.partnership).order_by("-pk")[:_LATELY]
    )


def records_in_dispute() -> list[str]:
    """Return the records of every dispute that waits, in whichever partnership."""
    waiting = _newest(WAITING).values("dispute")
    return list(DisputedRecord.objects.filter(dispute__in=waiting).values_list("record", flat=True))


def steps_of(dispute: Dispute) -> list[Step]:
    """Return every step, the first one first."""
    return list(dispute.steps.select_related("by__user", "by__partner").order_by("pk"))


def state_of(dispute: Dispute) -> State:
    """Return where a dispute stands."""
    return State(dispute.steps.order_by("-pk").values_list("state", flat=True)[0])


def said_by(actor: Actor, dispute_id: str) -> Dispute:
    """Return a dispute that this user opened, or said so too. Raises NotFound for every other."""
    found = _by(actor).filter(said=Said.NOT_THEM, pk=dispute_id).select_related("by", "case").first()
    if found is None:
        raise NotFound
    return found


def withdrawable(actor: Actor, records: Collection[str]) -> list[Dispute]:
    """Return what this user said of any of these records and may still take back, the latest first."""
    about = _by(actor).filter(pk__in=DisputedRecord.objects.filter(record__in=records).values("dispute"))
    return [
        one
        for one in about.order_by("-opened_at", "pk")
        if may_withdraw(Said(one.said), [State(step.state) for step in steps_of(one)])
        and not is_taken_back(own_voice(actor, one))
    ]


def voices_of(dispute: Dispute) -> list[Voice]:
    """Return everybody who says so, the first one first; none where nobody but its opener ever did."""
    return list(dispute.voices.select_related("by__user", "by__partner", "case").order_by("at", "pk"))


def own_voice(actor: Actor, dispute: Dispute) -> Voice | None:
    """Return what this user says in a dispute in which several say so, or None."""
    return next((one for one in voices_of(dispute) if one.by.user_id == actor.user_id), None)


def is_taken_back(voice: Voice | None) -> bool:
    """Say whether somebody said so and took it back while others go on."""
    return voice is not None and voice.taken_back_at is not None


def to_join(actor: Actor, parts: Sequence[Collection[str]]) -> Dispute | None:
    """Return the doubt that keeps these parts from being one, where this user may say so too; None where they said so."""
    step = newest_between(actor.partnership, parts)
    if step is None or Said(step.dispute.said) is not Said.NOT_THEM:
        return None
    mine = own_voice(actor, step.dispute)
    has_said_so = step.dispute.by.user_id == actor.user_id or mine is not None
    return None if has_said_so else step.dispute


def records_of(dispute: Dispute, side: int) -> list[str]:
    """Return the records of a side, in the order in which they were entered."""
    return list(dispute.records.filter(side=side).order_by("pk").values_list("record", flat=True))


def waiting_between(one: Collection[str], other: Collection[str]) -> Dispute | None:
    """Return a dispute that waits and has a record of each on opposite sides, or None."""
    sides: dict[str, dict[int, int]] = defaultdict(dict)
    rows = DisputedRecord.objects.filter(record__in=[*one, *other]).order_by("pk")
    for dispute, side, record in rows.values_list("dispute", "side", "record"):
        sides[dispute][1 if record in one else 2] = side
    meeting = [dispute for dispute, found in sides.items() if len(set(found.values())) == 2]
    step = _newest(WAITING).filter(dispute__in=meeting).order_by("dispute__opened_at", "dispute").first()
    return step.dispute if step else None


def newest_between(partnership: str, parts: Sequence[Collection[str]]) -> Step | None:
    """Return the newest step of the oldest dispute that waits and has records of two of these parts on opposite sides."""
    part_of = {record: number for number, records in enumerate(parts) for record in records}
    sides: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = DisputedRecord.objects.filter(record__in=part_of, dispute__partnership=partnership)
    for dispute, side, record in rows.values_list("dispute", "side", "record"):
        sides[dispute][part_of[record]].add(side)
    parted = [
        dispute for dispute, found in sides.items() if len(found) > 1 and len(set.union(*found.values())) > 1
    ]
    return _newest(WAITING).filter(dispute__in=parted).order_by("dispute__opened_at", "dispute").first()


def said_of(answer: Footprint) -> dict[str, str]:
    """Return, of those who may be the same as somebody, whom somebody says to be: the dispute's name by person id."""
    records = [key for partner in answer.partners for key in partner.records]
    found = {one.person_id: waiting_between(records, one.records) for one in answer.possible if one.records}
    return {
        person: dispute.reference
        for person, dispute in found.items()
        if dispute is not None and Said(dispute.said) is Said.SAME
    }


def _by(actor: Actor) -> QuerySet[Dispute]:
    """What this user said, alone or too, in a role that they hold."""
    held = held_now().filter(user=actor.user_id)
    too = Voice.objects.filter(by__in=held).values("dispute")
    return Dispute.objects.filter(Q(by__in=held) | Q(pk__in=too), partnership=actor.partnership)


def _newest(states: Iterable[State]) -> QuerySet[Step]:
    """The newest step of every dispute that stands in one of these states."""
    newest = Step.objects.filter(dispute=OuterRef("dispute")).order_by("-pk").values("pk")
    found = Step.objects.filter(pk=Subquery(newest[:1]), state__in=list(states))
    return found.select_related("dispute__by__user", "dispute__by__partner")


# ---------------------------------------------------------------- who was shown it, and who settles it


def viewings_of_link(dispute: Dispute) -> list[Viewing]:
    """Return every viewing that showed records of two sides as one person's, the earliest first."""
    side_of = dict(dispute.records.values_list("record", "side"))
    shown: dict[int, set[int]] = defaultdict(set)
    for viewing, record in ShownRecord.objects.filter(record__in=side_of).values_list("viewing", "record"):
        shown[viewing].add(side_of[record])
    both = [viewing for viewing, sides in shown.items() if len(sides) > 1]
    found = Viewing.objects.filter(pk__in=both, case__partnership=dispute.partnership_id)
    return list(found.select_related("membership__user", "membership__partner", "case").order_by("at", "pk"))


def stewards_of(dispute: Dispute) -> QuerySet[Membership]:
    """Return the memberships whose role settles disputes in this partnership today."""
    return with_right(Right.STEWARD).filter(partner__partnership=dispute.partnership_id)


# ---------------------------------------------------------------- breaches


def breaches_of(actor: Actor) -> list[Breach]:
    """Return the breaches of the actor's partnership, the newest first."""
    mine = Breach.objects.filter(partnership=actor.partnership).prefetch_related("steps", "shown")
    return list(mine.select_related("dispute").order_by("-known_at", "pk")[:MOST])


def breach_of(actor: Actor, breach_id: str) -> Breach:
    """Return a breach of the actor's partnership. Raises NotFound."""
    mine = Breach.objects.filter(partnership=actor.partnership, pk=breach_id)
    found = mine.select_related("dispute").prefetch_related(
        "steps__by__user", "shown__membership__user", "shown__membership__partner"
    )
    breach = found.first()
    if breach is None:
        raise NotFound
    return breach


def steps_taken(breach: Breach) -> list[BreachStep]:
    """Return the steps that were taken, the first one first."""
    return [BreachStep(one.step) for one in sorted(breach.steps.all(), key=lambda one: one.pk)]
