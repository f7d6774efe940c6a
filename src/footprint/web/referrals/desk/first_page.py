"""What the first page says of referrals to those whose work they are: how many wait, and where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from footprint.web.accounts.actor import Actor
from footprint.web.referrals.models import Referral


class ReferralWay(NamedTuple):
    """A way to referrals: its words, where it leads, what is to be said of it, and whether that is urgent."""

    text: str
    href: str
    says: str
    is_loud: bool = False


def for_home(actor: Actor) -> tuple[ReferralWay, ...]:
    """Return the ways to referrals that are this actor's work; of whoever only refers, none."""
    return tuple(way(actor) for right, way in _WAYS if actor.may(right))


def _front_door(actor: Actor) -> ReferralWay:
    waiting = Referral.objects.filter(partnership=actor.partnership, is_waiting__in=[True])
    counted = waiting.aggregate(
        all=Count("pk"),
        urgent=Count("pk", filter=Q(is_urgent=True)),
        late=Count("pk", filter=Q(due_at__lt=timezone.now(), decided_at__isnull=True)),
    )
    parts = [f"{counted['all']:,} wait" if counted["all"] != 1 else "1 waits"]
    parts += [f"in danger now: {counted['urgent']:,}"] if counted["urgent"] else []
    parts += [f"late: {counted['late']:,}"] if counted["late"] else []
    said = "; ".join(parts) if counted["all"] else "Nothing waits"
    return ReferralWay(
        "Referrals at the front door", reverse("referrals:queue"), f"{said}.", bool(counted["urgent"])
    )


def _supervisor(actor: Actor) -> ReferralWay:
    mine = Referral.objects.filter(
        partner__partnership=actor.partnership, partner__code=actor.organisation, team=actor.team
    )
    unseen = mine.filter(seen_by_supervisor_at__isnull=True).count() if actor.team else 0
    said = f"{unseen:,} you have not read." if unseen else "You have read all of them."
    if not actor.team:
        said = "Your account names no team."
    return ReferralWay("Referrals of your team", reverse("referrals:team"), said)


def _unit(_: Actor) -> ReferralWay:
    return ReferralWay(
        "How well referrals are written", reverse("referrals:grading"), "Grade forms, and see how they go."
    )


_WAYS: Final[tuple[tuple[str, Callable[[Actor], ReferralWay]], ...]] = (
    ("decide-referrals", _front_door),
    ("supervise-referrals", _supervisor),
    ("grade-referrals", _unit),
)
