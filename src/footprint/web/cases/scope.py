"""What one actor may reach inside one case, now: the only way from a page to people.

A scope is made anew for every request, from the agreement in force, the rulings made to this moment and the snapshot that
is published. Nothing else in the project may open a snapshot for a user; a test reads the syntax tree for that.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from django.conf import settings
from django.utils import timezone

from footprint.answer.opened import OpenedSnapshot
from footprint.answer.people import People
from footprint.records import DutyContact
from footprint.sharing import Limits, Purpose, Ruling
from footprint.sharing.partnership import partnership_of
from footprint.web.accounts.actor import Actor
from footprint.web.cases.models import Case
from footprint.web.cases.published import published
from footprint.web.cases.purposes import ruling_for
from footprint.web.ledger.store import event, ledger, overlay

CLOSED: Final = "This case is closed. Open a new one to ask again."


class NotShared(Exception):
    """The agreement does not let this actor ask in this case. The message is the sentence to show."""


class Scope(NamedTuple):
    """Who asks, in which case, for which purpose; what the agreement rules; and the people who exist for them."""

    actor: Actor
    case: Case
    purpose: Purpose
    ruling: Ruling
    limits: Limits
    people: People
    content: OpenedSnapshot
    hub: DutyContact
    now: dt.datetime


def scope_of(actor: Actor, case: Case) -> Scope:
    """Return the scope, or enter a refusal in the ledger and raise NotShared. In a closed case nothing is asked."""
    if case.closed_at is not None:
        raise NotShared(CLOSED)
    opened = published()
    policy = opened.policy
    ruling = ruling_for(policy, actor, case.purpose)
    if not ruling.allowed:
        refusal = event(
            actor,
            "refusal",
            "ask",
            case=case.entry_reference,
            purpose=case.purpose,
            policy_rule=ruling.rule,
            policy_version=ruling.version,
        )
        ledger().record(refusal)
        raise NotShared(ruling.sentence)
    pupils = opened.pupils_of(actor.organisation) if ruling.reach == "own-pupils" else None
    return Scope(
        actor=actor,
        case=case,
        purpose=policy.agreement.purposes[case.purpose],
        ruling=ruling,
        limits=policy.agreement.limits,
        people=People(opened.content, ruling.mask(pupils), overlay()),
        content=opened.content,
        hub=partnership_of(settings.DATA).hub,
        now=timezone.now(),
    )
