"""The page of one step, as finished words."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.urls import reverse

from footprint.referrals import states
from footprint.web.referrals.models import Referral

_TITLES: Final = {
    states.Verb.ACCEPT: "Accept",
    states.Verb.ROUTE: "Pass it to the family’s worker",
    states.Verb.DECIDE: "Decide",
    states.Verb.SEND_BACK: "Ask for more",
    states.Verb.READ: "Mark what was added as read",
    states.Verb.CLOSE: "Close it, and say what happened next",
    states.Verb.REOPEN: "Open it again",
}
QUICKER: Final = (
    "Somebody was quicker: this referral has moved on since your page was made, and nothing was done. "
    "Look at what stands now."
)


class StepPage(NamedTuple):
    """A step that may be taken: what it is called, of which referral, and where that is read."""

    title: str
    verb: str
    id: str
    reference: str
    href: str
    who: str
    state: str


def title_of(verb: str) -> str:
    """Return what a step is called where it is offered."""
    return _TITLES.get(states.Verb(verb), states.VERB_LABELS[states.Verb(verb)])


def step_page(referral: Referral, verb: str, who: str) -> StepPage:
    """Return the page of a step."""
    return StepPage(
        title_of(verb),
        verb,
        referral.pk,
        referral.reference,
        reverse("referrals:referral", args=[referral.pk]),
        who,
        states.STATE_LABELS.get(referral.state, referral.state),
    )
