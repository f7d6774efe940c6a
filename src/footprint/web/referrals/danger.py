"""Telling at once of a referral that says that somebody is in danger now, or of which nobody can read whether it does: the front
door, and the author's supervisors.

And of one that nobody at the front door may read, since all of them are close to somebody in it. It stands on their first page as
soon as the referral does, whether mail works or not; an e-mail says that there is something. Once somebody has taken it on, or
has read it, nobody is reminded of it any more.
"""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from footprint.sharing.roles import Right
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.queries import with_right
from footprint.web.notices.services import dealt_with, notify
from footprint.web.referrals.models import Referral
from footprint.web.referrals.own_family import without_family

#: As the front door is told, and as supervisors are.
DOOR: Final = "danger"
TEAM: Final = "danger-in-team"
#: The same where what another system's form says of danger was not understood.
UNREAD: Final = "danger-unread"
UNREAD_IN_TEAM: Final = "danger-unread-in-team"
#: As those who govern are told where nobody else may read it.
NOBODY: Final = "referral-for-nobody"
_DOOR: Final = "Referral {} says that somebody is in danger now."
_NOBODY: Final = "Referral {} waits, and everybody at the front door has declared an interest. Have somebody else decide it."
_TEAM: Final = "Referral {} of your team says that somebody is in danger now."
_NOT_UNDERSTOOD: Final = (
    "came from another system, and what it says of danger was not understood. Whether somebody is in danger now is not known: "
    "read it now."
)
_UNREAD_DOOR: Final = (UNREAD, f"Referral {{}} {_NOT_UNDERSTOOD}")
_UNREAD_TEAM: Final = (UNREAD_IN_TEAM, f"Referral {{}} of your team {_NOT_UNDERSTOOD}")


def tell_of_danger(actor: Actor, referral: Referral) -> None:
    """Tell everybody at the front door, and everybody who supervises the author's team, but whoever sent it.

    In the transaction of the version that says so, or of which it cannot be read. No name, no place and nothing that happened is
    in it.
    """
    door = with_right(Right.DECIDE_REFERRALS).filter(partner__partnership=referral.partnership_id)
    others = without_family(door.exclude(user=actor.user_id), referral)
    kind, sentence = (DOOR, _DOOR) if referral.is_urgent else _UNREAD_DOOR
    notify(others, kind, sentence.format(referral.reference), _page(referral), due=referral.due_at)
    tell_team_of_danger(actor, referral)


def tell_team_of_danger(actor: Actor, referral: Referral) -> None:
    """Tell everybody who supervises the author's team, as far as that is known, but whoever sent it."""
    if referral.partner_id is None or not referral.team:
        return
    team = with_right(Right.SUPERVISE_REFERRALS).filter(partner=referral.partner_id, team=referral.team)
    over = without_family(team.exclude(user=actor.user_id), referral)
    kind, sentence = (TEAM, _TEAM) if referral.is_urgent else _UNREAD_TEAM
    notify(over, kind, sentence.format(referral.reference), _page(referral), due=referral.due_at)


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


def is_read_by_supervisor(referral: Referral) -> None:
    """Remind supervisors no more: one of them has read it."""
    dealt_with(TEAM, _page(referral))
    dealt_with(UNREAD_IN_TEAM, _page(referral))


def _page(referral: Referral) -> str:
    return reverse("referrals:referral", args=[referral.pk])
