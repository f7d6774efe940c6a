"""What the first page says of referrals to those whose work they are: how many wait, and where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from footprint.referrals.states import State
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.desk.team_queries import unseen
from footprint.web.referrals.models import Referral
from footprint.web.referrals.own_family import not_theirs
from footprint.web.referrals.queries import within_reach


class ReferralWay(NamedTuple):
    """A way to referrals: its words, where it leads, what is to be said of it, and whether that is urgent."""

    text: str
    href: str
    says: str
    is_loud: bool = False


def of_case(actor: Actor, reference: str) -> ReferralWay | None:
    """Return the way from a case back to the referral whose reference it bears, where this actor may read that one."""
    found = within_reach(actor).filter(reference__iexact=reference).first() if reference else None
    if found is None:
        return None
    return ReferralWay(f"Referral {found.reference}", reverse("referrals:referral", args=[found.pk]), "")


def for_home(actor: Actor) -> tuple[ReferralWay, ...]:
    """Return the ways to referrals that are this actor's work; of whoever only refers, none."""
    ways = [way(actor) for right, way in _WAYS if actor.may(right)]
    reads = actor.may("grade-referrals") and not actor.may("decide-referrals")
    return (*((_unit_queue(actor),) if reads else ()), *ways)


def _theirs(actor: Actor) -> QuerySet[Referral]:
    """Every referral of the partnership but those of the actor's own family: a count must not tell of them either."""
    return Referral.objects.filter(partnership=actor.partnership).exclude(pk__in=not_theirs(actor))


def _front_door(actor: Actor) -> ReferralWay:
    waiting = _theirs(actor).filter(is_waiting__in=[True])
    counted = waiting.aggregate(
        all=Count("pk"),
        urgent=Count("pk", filter=Q(is_urgent=True)),
        late=Count("pk", filter=Q(due_at__lt=timezone.now(), decided_at__isnull=True)),
    )
    parts = [f"{counted['all']:,} wait" if counted["all"] != 1 else "1 waits"]
    parts += [f"in danger now: {counted['urgent']:,}"] if counted["urgent"] else []
    parts += [f"late: {counted['late']:,}"] if counted["late"] else []
    said = "; ".join(parts) if counted["all"] else "Nothing waits. An empty list is not a clearance"
    return ReferralWay(
        "Referrals at the front door", reverse("referrals:queue"), f"{said}.", bool(counted["urgent"])
    )


def _to_close(actor: Actor) -> ReferralWay:
    count = _theirs(actor).filter(state=State.DECIDED).count()
    said = f"{count:,} whose senders have not heard what happened next" if count else "None"
    return ReferralWay("Decided, to be closed", f"{reverse('referrals:queue')}?show=to-close", f"{said}.")


def _supervisor(actor: Actor) -> ReferralWay:
    counted = unseen(actor, actor.team).aggregate(
        all=Count("pk"), urgent=Count("pk", filter=Q(is_urgent=True))
    )
    said = f"{counted['all']:,} you have not read" if counted["all"] else "You have read all of them"
    said += f"; in danger now: {counted['urgent']:,}" if counted["urgent"] else ""
    if not actor.team:
        said = "Your account names no team"
    return ReferralWay(
        "Referrals of your team", reverse("referrals:team"), f"{said}.", bool(counted["urgent"])
    )


def _unit_queue(actor: Actor) -> ReferralWay:
    mine = _theirs(actor).filter(partner__code=actor.organisation, is_waiting__in=[True])
    urgent = mine.filter(is_urgent=True).count()
    said = f"{mine.count():,} wait" + (f"; in danger now: {urgent:,}." if urgent else ".")
    return ReferralWay(
        "Your organisation’s referrals at the front door", reverse("referrals:queue"), said, bool(urgent)
    )


def _unit(_: Actor) -> ReferralWay:
    return ReferralWay(
        "How well referrals are written", reverse("referrals:grading"), "Grade forms, and see how they go."
    )


_WAYS: Final[tuple[tuple[str, Callable[[Actor], ReferralWay]], ...]] = (
    ("decide-referrals", _front_door),
    ("decide-referrals", _to_close),
    ("supervise-referrals", _supervisor),
    ("grade-referrals", _unit),
)
