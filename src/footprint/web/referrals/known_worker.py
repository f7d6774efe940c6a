"""Telling the worker whom a referral names as the family's, where that is one user who may read it, and saying who was told.

By the name alone, which is the writer's: where nobody or more than one bears it, nobody is told, and the front door reads so. The
author reads neither, for they would learn from it who is there.
"""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from footprint.records.text import fold
from footprint.referrals.referral import Referral as Said
from footprint.referrals.routing import name_of_worker, named_worker
from footprint.sharing.roles import Right
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership
from footprint.web.accounts.queries import with_right
from footprint.web.notices.queries import told_of
from footprint.web.notices.services import notify
from footprint.web.referrals.models import Referral
from footprint.web.referrals.own_family import without_family

KIND: Final = "family-worker"
_SECTOR: Final = "childrens-social-care"
_SAYS: Final = "Referral {} names you as the family’s worker. It waits at the front door until somebody there accepts it."


def tell_named_worker(actor: Actor, referral: Referral, said: Said) -> None:
    """Tell the one user whom a referral names as the family's worker, once. In the transaction of the version that names them.

    Nobody is told where they sent it themselves, or where somebody in it is close to them.
    """
    named = _named(referral, said)
    others = without_family((one for one in named if one.user_id != actor.user_id), referral)
    if not others:
        return
    already = {one.user_id for one in told_of(KIND, _page(referral))}
    fresh = [one for one in others if one.user_id not in already]
    notify(fresh[:1], KIND, _SAYS.format(referral.reference), _page(referral), due=referral.due_at)


def worker_said(referral: Referral, said: Said, shown: str) -> str:
    """Return what the front door reads of the worker whom the writer names; nothing where they name none.

    `shown` is what the writer wrote, as recipients may read it.
    """
    if not named_worker(said):
        return ""
    users = {one.user_id for one in _named(referral, said)}
    told = next((one for one in told_of(KIND, _page(referral)) if one.user_id in users), None)
    names = f"The writer names {shown.rstrip('. ')} as the family’s worker."
    if told is not None:
        return f"{names} {told.user.name} was told in Footprint. Make sure that they have it."
    return f"{names} Footprint has told nobody: ring them, and pass it on."


def _named(referral: Referral, said: Said) -> list[Membership]:
    """The memberships of the one user of that name at the front door's organisation who may read referrals; or none."""
    name = name_of_worker(said)
    if " " not in name:
        return []
    there = with_right(Right.DECIDE_REFERRALS).filter(
        partner__partnership=referral.partnership_id, partner__sector=_SECTOR
    )
    found = [one for one in there.select_related("user").order_by("pk") if fold(one.user.name) == name]
    return found if len({one.user_id for one in found}) == 1 else []


def _page(referral: Referral) -> str:
    return reverse("referrals:referral", args=[referral.pk])
