"""Whose a referral is that the front door took down: the partner who was named, their team, and the officer, where there is one.

Somebody who came for themselves, or gave no name, is nobody here, whatever else was typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from footprint.records.text import fold
from footprint.referrals.codes import PRIVATE
from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import Referrer
from footprint.sharing.roles import Right
from footprint.web.accounts.models import Membership, Partner
from footprint.web.accounts.queries import held_now, with_right


class Teller(NamedTuple):
    """Who told it, as far as they are known here: their partner, their team, and their own membership."""

    partner: Partner | None = None
    team: str = ""
    author: Membership | None = None


_NOBODY: Final = Teller()


def teller_of(partnership: str, said: Said) -> Teller:
    """Return whose this is. A name that two have, or that stands beside another team than theirs, is nobody's."""
    wanted = fold(said.referrer.partner)
    if said.route in PRIVATE or not wanted:
        return _NOBODY
    partners = [one for one in Partner.objects.filter(partnership=partnership) if fold(one.name) == wanted]
    if len(partners) != 1:
        return _NOBODY
    here = with_right(Right.REFER).filter(partner=partners[0]).select_related("user").order_by("pk")
    author = _named(list(here), said.referrer)
    return Teller(partners[0], author.team if author else _team_of(partners[0], said.referrer.team), author)


def _named(here: list[Membership], referrer: Referrer) -> Membership | None:
    email, name, team = referrer.email.strip().casefold(), fold(referrer.name), fold(referrer.team)
    by_email = [one for one in here if email and one.user.email.casefold() == email]
    by_name = [
        one
        for one in here
        if " " in name and fold(one.user.name) == name and not (team and one.team and fold(one.team) != team)
    ]
    return _one(by_email) or _one(by_name)


def _one(found: Iterable[Membership]) -> Membership | None:
    listed = list(found)
    return listed[0] if len({one.user_id for one in listed}) == 1 else None


def _team_of(partner: Partner, typed: str) -> str:
    """The team as its own people have it, for by that its supervisor reaches it. What no account knows stands on the form."""
    teams = held_now().filter(partner=partner).order_by("team").values_list("team", flat=True).distinct()
    return next((one for one in teams if one and fold(one) == fold(typed)), "")
