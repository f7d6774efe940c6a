"""Telling at once of a referral that says that somebody is in danger now, or of which nobody can read whether it does: the front
door, and the author's supervisors.

And of one that nobody at the front door may read, since all of them are close to somebody in it. It stands on their first page as
soon as the referral does, whether mail works or not; an e-mail says that there is something. Once somebody has taken it on, or
has read it, their side is reminded of it no more, and once it is decided nobody is; danger that is said since is told like any
other, and so is what was put back, or was accepted and is late all the same: whoever accepted it may have gone home.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from footprint.referrals.clocks import Clock
from footprint.referrals.states import State
from footprint.sharing.roles import Right
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership, Partnership
from footprint.web.accounts.queries import with_right
from footprint.web.notices.services import dealt_with, notify, remind_once
from footprint.web.referrals.models import Referral
from footprint.web.referrals.own_family import without_family
from footprint.web.referrals.queries import latest_of

#: As the front door is told, and as supervisors are.
DOOR: Final = "danger"
TEAM: Final = "danger-in-team"
#: The same where what another system's form says of danger was not understood.
UNREAD: Final = "danger-unread"
UNREAD_IN_TEAM: Final = "danger-unread-in-team"
#: As those who govern are told where nobody else may read it.
NOBODY: Final = "referral-for-nobody"
_DOOR: Final = "Referral {} says that somebody is in danger now."
_PUT_BACK: Final = "Referral {} says that somebody is in danger now, and was put back: nobody has it."
_UNREAD_PUT_BACK: Final = (
    "Referral {} was put back. Whether somebody is in danger now is not known: read it now."
)
_LATE: Final = "Referral {} says that somebody is in danger now. Somebody accepted it, and it is late: decide it, or put it back."
_UNREAD_LATE: Final = (
    "Referral {} came from another system, and what it says of danger was not understood. Somebody accepted it, and it is late: "
    "decide it, or put it back."
)
_NOBODY: Final = "Referral {} waits, and everybody at the front door has declared an interest. Have somebody else decide it."
_TEAM: Final = "Referral {} of your team says that somebody is in danger now."
_NOT_UNDERSTOOD: Final = (
    "came from another system, and what it says of danger was not understood. Whether somebody is in danger now is not known: "
    "read it now."
)
#: What follows of one that was closed, and says the danger still that it said before.
BACK: Final = " It was closed, and is back in the queue: something was added to it."
_SINCE: Final[Mapping[str, str]] = {
    State.ACCEPTED: "accepted",
    State.DECIDED: "decided",
    State.CLOSED: "closed",
}
_UNREAD_DOOR: Final = (UNREAD, f"Referral {{}} {_NOT_UNDERSTOOD}")
_UNREAD_TEAM: Final = (UNREAD_IN_TEAM, f"Referral {{}} of your team {_NOT_UNDERSTOOD}")


def said_since(state: str, *, is_again: bool) -> str:
    """Return the sentence that follows where danger was said of a referral that stood so before: somebody had taken it up."""
    if state not in _SINCE:
        return ""
    return f" Danger was said {'again ' if is_again else ''}since it was {_SINCE[state]}."


def tell_of_danger(actor: Actor, referral: Referral, since: str = "") -> None:
    """Tell everybody at the front door, and everybody who supervises the author's team, but whoever sent it.

    In the transaction of the version that says so, or of which it cannot be read. No name, no place and nothing that happened is
    in it. `since` is what `said_since` returns.
    """
    others = [one for one in _door(referral) if one.user_id != actor.user_id]
    kind, sentence = (DOOR, _DOOR) if referral.is_urgent else _UNREAD_DOOR
    notify(others, kind, sentence.format(referral.reference) + since, _page(referral), due=referral.due_at)
    tell_team_of_danger(actor, referral, since)


def tell_team_of_danger(actor: Actor, referral: Referral, since: str = "") -> None:
    """Tell everybody who supervises the author's team, as far as that is known, but whoever sent it."""
    if referral.partner_id is None or not referral.team:
        return
    team = with_right(Right.SUPERVISE_REFERRALS).filter(partner=referral.partner_id, team=referral.team)
    over = without_family(team.exclude(user=actor.user_id), referral)
    kind, sentence = (TEAM, _TEAM) if referral.is_urgent else _UNREAD_TEAM
    notify(over, kind, sentence.format(referral.reference) + since, _page(referral), due=referral.due_at)


def tell_if_nobody_may_read(referral: Referral) -> None:
    """Tell whoever governs where everybody at the front door is close to somebody in it: it must not lie there unseen."""
    door = list(with_right(Right.DECIDE_REFERRALS).filter(partner__partnership=referral.partnership_id))
    if door and not without_family(door, referral):
        governing = with_right(Right.GOVERN).filter(partner__partnership=referral.partnership_id)
        notify(governing, NOBODY, _NOBODY.format(referral.reference), due=referral.due_at)


def is_taken_on(referral: Referral) -> None:
    """Remind the front door no more: somebody there has taken it on, or decided it."""
    dealt_with(DOOR, _page(referral))
    dealt_with(UNREAD, _page(referral))


def is_settled(referral: Referral) -> None:
    """Remind nobody any more: of what was decided no supervisor is told that danger is now."""
    is_taken_on(referral)
    is_read_by_supervisor(referral)


def is_put_back(referral: Referral) -> None:
    """Tell everybody at the front door again where it says danger: whoever put it back too, for there may be nobody else."""
    if referral.is_urgent:
        kind, sentence = DOOR, _PUT_BACK
    elif latest_of(referral).rouses:
        kind, sentence = UNREAD, _UNREAD_PUT_BACK
    else:
        return
    notify(_door(referral), kind, sentence.format(referral.reference), _page(referral), due=referral.due_at)


def remind_of_late(now: dt.datetime | None = None) -> int:
    """Tell everybody at the front door of each that says danger, or of which nobody understood whether it does, that was accepted
    and is late undecided; return of how many.

    Once for each clock: what is opened again, or says danger later, has another.
    """
    at = now or timezone.now()
    waiting = Referral.objects.filter(partnership__in=list(Partnership.objects.all()), is_waiting=True)
    late = waiting.filter(due_rule__startswith=f"{Clock.URGENT}/", state=State.ACCEPTED, due_at__lte=at)
    return sum(_remind(referral_id, at) for referral_id in late.values_list("pk", flat=True))


def _remind(referral_id: str, at: dt.datetime) -> bool:
    with transaction.atomic():
        held = Referral.objects.select_for_update().get(pk=referral_id)
        due = held.due_at
        if held.state != State.ACCEPTED or due is None or due > at:
            return False  # somebody was quicker
        if not (held.is_urgent or latest_of(held).rouses):
            return False  # it says no danger any more
        if not remind_once(f"{DOOR}-late:{held.pk}:{due.isoformat()}", at):
            return False
        kind, sentence = (DOOR, _LATE) if held.is_urgent else (UNREAD, _UNREAD_LATE)
        notify(_door(held), kind, sentence.format(held.reference), _page(held), due=due)
    return True


def is_read_by_supervisor(referral: Referral) -> None:
    """Remind supervisors no more: one of them has read it."""
    dealt_with(TEAM, _page(referral))
    dealt_with(UNREAD_IN_TEAM, _page(referral))


def _door(referral: Referral) -> list[Membership]:
    """Everybody at the front door but whoever is close to somebody in it."""
    door = with_right(Right.DECIDE_REFERRALS).filter(partner__partnership=referral.partnership_id)
    return without_family(door, referral)


def _page(referral: Referral) -> str:
    return reverse("referrals:referral", args=[referral.pk])
