"""The page of one step, as finished words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.urls import reverse

from footprint.referrals import states
from footprint.web.referrals.desk.presenters.queue import InShort
from footprint.web.referrals.models import Referral

_TITLES: Final = {
    states.Verb.ACCEPT: "Accept",
    states.Verb.PUT_BACK: "Put it back into the queue",
    states.Verb.ROUTE: "Pass it to the family’s worker",
    states.Verb.DECIDE: "Decide",
    states.Verb.SEND_BACK: "Ask for more",
    states.Verb.NOTE: "Note a call",
    states.Verb.READ: "Mark what was added as read",
    states.Verb.CLOSE: "Close it",
    states.Verb.REOPEN: "Open it again",
}
QUICKER: Final = (
    "Somebody was quicker: this referral has moved on since your page was made, and nothing was done. "
    "Look at what stands now."
)


#: Of this step whoever sent the referral is told nothing: it changes nothing for them.
_UNTOLD: Final = frozenset({states.Verb.READ})


#: What a form of a step holds that nobody types.
_CHOSEN: Final = frozenset({"csrfmiddlewaretoken", "moves", "seen", "outcome", "reason"})


def typed(posted: Mapping[str, str]) -> list[str]:
    """Return the words that were typed into the form of a step that is not taken, so that whoever typed them can copy them."""
    return [said for name, said in posted.items() if name not in _CHOSEN and said.strip()]


def done(reference: str, verb: str, untold: str = "") -> str:
    """Return what is said once a step was taken. `untold` is as below."""
    return f"{reference}: done." + ("" if verb in _UNTOLD else f" {untold or 'Whoever sent it is told.'}")


def untold(referral: Referral) -> str:
    """Return whom to ring where no account is its author, so that nobody reads here what is decided; else nothing."""
    if referral.by_id:
        return ""
    partner = referral.partner.name if referral.partner else ""
    whom = ", ".join(part for part in (referral.team, partner) if part) or "whoever sent it"
    return f"Nobody is told here, since no account is its author: ring {whom}."


class StepPage(NamedTuple):
    """A step that may be taken: what it is called, of which referral, where that is read, and what it is about.

    `stays_closed` says that the referral is closed, and that this does not open it again. `passing` is where a referral that
    somebody decides is passed to the family's worker instead, so that it stays in the queue; empty where that cannot be done.
    `untold` says whom to ring where nobody is told.
    """

    title: str
    verb: str
    id: str
    reference: str
    href: str
    who: str
    about: tuple[str, ...]
    state: str
    stays_closed: bool
    passing: str
    untold: str


def title_of(verb: str) -> str:
    """Return what a step is called where it is offered."""
    return _TITLES.get(states.Verb(verb), states.VERB_LABELS[states.Verb(verb)])


def step_page(referral: Referral, verb: str, said: InShort) -> StepPage:
    """Return the page of a step."""
    return StepPage(
        title_of(verb),
        verb,
        referral.pk,
        referral.reference,
        reverse("referrals:referral", args=[referral.pk]),
        said.who,
        tuple(filter(None, (said.place, said.wrong))),
        states.STATE_LABELS.get(referral.state, referral.state),
        verb == states.Verb.NOTE and referral.state == states.State.CLOSED,
        _passing(referral, verb),
        untold(referral),
    )


def _passing(referral: Referral, verb: str) -> str:
    may = {move.verb for move in states.moves_from(referral.state, [states.Part.FRONT_DOOR])}
    if verb != states.Verb.DECIDE or states.Verb.ROUTE not in may:
        return ""
    return reverse("referrals:move", args=[referral.pk, states.Verb.ROUTE])
