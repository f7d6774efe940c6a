"""Finds out who asks: the user's membership of today, chosen where there are several."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from footprint.sharing.roles import ROLES
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership, User

CHOSEN: Final = "membership"
STRENGTH: Final = "strength"


class WhoAsks:
    """Puts `request.actor`: None for nobody, and for somebody who has no membership today."""

    def __init__(self, handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.handler = handler

    def __call__(self, request: Any) -> HttpResponse:
        request.actor = _actor(request)
        return self.handler(request)


def memberships_of(user: User, day: dt.date) -> list[Membership]:
    """Return a user's memberships that hold on a day, the oldest first."""
    held = (
        user.memberships.select_related("partner__partnership")
        .filter(starts__lte=day)
        .order_by("starts", "pk")
    )
    return [one for one in held if one.ends is None or one.ends >= day]


def _actor(request: HttpRequest) -> Actor | None:
    user: User | AnonymousUser = request.user
    if not isinstance(user, User):
        return None
    held = memberships_of(user, timezone.localdate())
    chosen = request.session.get(CHOSEN)
    membership = next((one for one in held if one.pk == chosen), held[0] if held else None)
    if membership is None or membership.role not in ROLES:
        return None
    role, partner = ROLES[membership.role], membership.partner
    return Actor(
        user_id=user.pk,
        username=user.username,
        name=user.name,
        membership_id=membership.pk,
        role=membership.role,
        role_label=role.label,
        rights=role.rights,
        partnership=partner.partnership_id,
        organisation=partner.code,
        organisation_name=partner.name,
        sector=partner.sector,
        team=membership.team,
        session=hashlib.sha256((request.session.session_key or "").encode()).hexdigest()[:12],
        strength=request.session.get(STRENGTH, "password"),
    )
