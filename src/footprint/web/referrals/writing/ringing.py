"""The front door's number as the pages of referrals show it, with what is said of it."""

from __future__ import annotations

from django.conf import settings

from footprint.answer.words import HUB
from footprint.sharing.partnership import partnership_of
from footprint.web.accounts.actor import Actor
from footprint.web.cases.person.presenters.ring import Ring, ring
from footprint.web.feeds.queries import said_wrong


def front_door(actor: Actor) -> Ring | None:
    """Return whom to ring at the front door, and that its number was reported wrong where it was; None where there is nobody."""
    return ring(partnership_of(settings.DATA).hub, HUB, said_wrong(actor.partnership))
