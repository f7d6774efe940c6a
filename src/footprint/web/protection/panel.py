"""What stands about protection on a person's page: that the glass is open, and what else may be done about them here."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse

from footprint.calendars import LONDON
from footprint.web.cases.scope import Scope, is_widest
from footprint.web.protection.guarding.queries import granted_override


class Way(NamedTuple):
    """Something that may be done, and where."""

    text: str
    href: str


class Panel(NamedTuple):
    """The banner of an open glass, or none; and the ways, of which the first is the likeliest."""

    banner: str
    ways: tuple[Way, ...]


def panel_of(scope: Scope, person_id: str, standing: str, handle: str) -> Panel:
    """Return what the page of a person says about protection, who stands so (open, protected or restricted)."""
    names = {"open": _open, "protected": _protected}
    ways = names[standing](scope, person_id) if standing in names else []
    return Panel(
        banner=_banner(scope),
        ways=tuple(Way(text, reverse(name, args=[scope.case.pk, handle])) for text, name in ways),
    )


def _banner(scope: Scope) -> str:
    lent = scope.lent
    if lent is None:
        return ""
    until = lent.until.astimezone(LONDON)
    parts = ", in every part that is perhaps theirs," if len(lent.people) > 1 else ""
    return (
        f"Break-glass {lent.reference} is open for this one person{parts} until {until:%H:%M}. The leads of your organisation "
        "and of every partner whose data you see were told, and somebody reviews it by the next working day."
    )


def _open(scope: Scope, person_id: str) -> list[tuple[str, str]]:
    ways = []
    # The same for everybody whom this actor looks up: it tells nothing of what is held about this one.
    if scope.actor.may("break-glass") and scope.lent is None and not is_widest(scope):
        ways.append(("Break the glass: see more in an emergency", "protection:break_glass"))
    return [*ways, ("Ask for this person to be shielded", "protection:ask_shield")]


def _protected(scope: Scope, person_id: str) -> list[tuple[str, str]]:
    ways = [("Have a question passed on", "protection:question")]
    if not scope.actor.may("ask"):
        return ways
    if granted_override(scope, person_id):
        return [("Look behind the shield, once", "protection:behind"), *ways]
    return [*ways, ("Ask to look behind the shield", "protection:override")]
