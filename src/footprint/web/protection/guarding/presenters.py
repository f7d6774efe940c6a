"""What the guardians' pages show, as finished texts. Of a shield they say who made it, when and why, never of what place."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.urls import reverse

from footprint.answer import words
from footprint.decisions import Decision
from footprint.sharing.roles import ROLES
from footprint.web.design.words import moment
from footprint.web.protection.guarding.queries import Shield
from footprint.web.protection.models import GuardianRequest

_WORDS: Final = {
    "override": ("Let them look, once", "Do not let them look"),
    "question": ("I passed it on", "It cannot be passed on"),
    "shield": ("Shield the person now", "Do not shield them"),
    "lift": ("Lift the shield with me", "Leave the shield"),
}


class Said(NamedTuple):
    """What one guardian said."""

    who: str
    what: str
    reason: str
    at: str


class Asked(NamedTuple):
    """One request."""

    reference: str
    href: str
    what: str
    who: str
    role: str
    at: str
    case: str
    text: str
    person: str
    said: tuple[Said, ...]
    state: str
    yes: str
    no: str


class ShieldLine(NamedTuple):
    """One shield."""

    id: str
    href: str
    what: str
    by: str
    at: str
    reason: str
    due: str
    is_due: bool
    looked_at: str


def asked(request: GuardianRequest, person: str = "") -> Asked:
    """Return a request; `person` is whom it is about, where that was entered as read."""
    held = request.asked_by
    role = ROLES[held.role].label if held.role in ROLES else held.role
    yes, no = _WORDS[request.kind]
    return Asked(
        reference=request.reference,
        href=reverse("protection:request", args=[request.reference]),
        what=str(request.get_kind_display()),
        who=held.user.name,
        role=f"{role}, {held.partner.name}",
        at=moment(request.asked_at),
        case=request.case_reference,
        text=request.text,
        person=person,
        said=tuple(
            Said(one.user.name, yes if one.grants else no, one.reason, moment(one.at))
            for one in request.verdicts.all()
        ),
        state=str(request.get_state_display()),
        yes=yes,
        no=no,
    )


def shield_line(shield: Shield, today: str) -> ShieldLine:
    """Return a shield; `today` (ISO) says whether it is to be looked at again."""
    decision = shield.decision
    due = shield.due.isoformat()
    return ShieldLine(
        id=decision.id,
        href=reverse("protection:shield", args=[decision.id]),
        what=_what(decision),
        by=shield.by,
        at=moment(decision.at),
        reason=decision.reason,
        due=words.day(due),
        is_due=due <= today,
        looked_at=words.day(shield.looked_at.isoformat()) if shield.looked_at else "",
    )


def _what(decision: Decision) -> str:
    sorts = {one.sort for one in decision.subjects}
    return (
        "An address"
        if sorts == {"address"}
        else "A person and an address"
        if "address" in sorts
        else "A person"
    )
