"""Whose a referral is that the front door took down: the partner who was named, their team, and the officer, where there is one.

Somebody who came for themselves, or gave no name, is nobody here, whatever else was typed. Whose it is reads all of it, so a name
alone makes it nobody's: whoever rang may be a namesake.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from footprint.records.text import fold
from footprint.referrals.codes import PRIVATE
from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import Referrer
from footprint.sharing.roles import Right
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership, Partner
from footprint.web.accounts.queries import held_now, with_right
from footprint.web.referrals.models import Referral


class Teller(NamedTuple):
    """Who told it, as far as they are known here: their partner, their team, and their own membership."""

    partner: Partner | None = None
    team: str = ""
    author: Membership | None = None


_NOBODY: Final = Teller()
_UNBOUND: Final = (
    "It is nobody’s account yet: whoever told you neither reads it here nor hears what is decided. To make it theirs, add to it "
    "and type under “You” their organisation, their full name, and their team or work e-mail, as their account has them. A name "
    "alone could be a namesake’s."
)


def teller_of(partnership: str, said: Said) -> Teller:
    """Return whose this is: theirs whose name was typed with their team or e-mail. What two have, or differs, is nobody's."""
    wanted = fold(said.referrer.partner)
    if said.route in PRIVATE or not wanted:
        return _NOBODY
    partners = [one for one in Partner.objects.filter(partnership=partnership) if fold(one.name) == wanted]
    if len(partners) != 1:
        return _NOBODY
    here = with_right(Right.REFER).filter(partner=partners[0]).select_related("user").order_by("pk")
    author = _named(list(here), said.referrer)
    return Teller(partners[0], author.team if author else _team_of(partners[0], said.referrer.team), author)


def how_to_bind(actor: Actor, referral: Referral) -> str:
    """Return what whoever took it down does to make it theirs who told it; nothing where it is somebody's, or came privately.

    The same whether an account of that name is there or not.
    """
    took = referral.taken_by is not None and referral.taken_by.user_id == actor.user_id
    return _UNBOUND if took and referral.by is None and referral.route not in PRIVATE else ""


def _named(here: list[Membership], referrer: Referrer) -> Membership | None:
    name = fold(referrer.name)
    return _one(
        one for one in here if " " in name and fold(one.user.name) == name and _is_sure(one, referrer)
    )


def _is_sure(one: Membership, referrer: Referrer) -> bool:
    """Say whether more than the name is theirs: the e-mail, or the team where no e-mail says otherwise."""
    email, theirs = referrer.email.strip().casefold(), one.user.email.casefold()
    if email and theirs:
        return email == theirs
    return bool(one.team) and fold(one.team) == fold(referrer.team)


def _one(found: Iterable[Membership]) -> Membership | None:
    listed = list(found)
    return listed[0] if len({one.user_id for one in listed}) == 1 else None


def _team_of(partner: Partner, typed: str) -> str:
    """The team as its own people have it, for by that its supervisor reaches it. What no account knows stands on the form."""
    teams = held_now().filter(partner=partner).order_by("team").values_list("team", flat=True).distinct()
    return next((one for one in teams if one and fold(one) == fold(typed)), "")
