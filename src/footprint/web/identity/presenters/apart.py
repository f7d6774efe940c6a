"""What is said of somebody whose parts stand apart: who doubts since when that they are one, and what is waited for.

Who doubts is named no closer than by their organisation, and only to those who work there: that somebody elsewhere looked at
this person is nothing that a reader may know.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from footprint.answer.values import PossibleOther
from footprint.web.accounts.models import Membership
from footprint.web.cases.scope import Scope
from footprint.web.design.words import moment
from footprint.web.identity.models import Step
from footprint.web.identity.queries import is_taken_back, newest_between, voices_of
from footprint.web.identity.states import State
from footprint.web.identity.words import STATES

_WAITS: Final[dict[State, str]] = {
    State.OPEN: "A data steward has not settled it yet",
    State.UNCLEAR: "A data steward has looked and could not settle it yet",
}
#: Of a doubt that came otherwise than through the pages: nothing is known of who said so.
_SOMEBODY: Final = "It is doubted that these are one person. A data steward has not settled it yet."
_UNTIL_THEN: Final = "Until then they stand apart, and nothing of one is told of another."


class InDoubt(NamedTuple):
    """Where the doubt stands, in a word or two, and everything else there is to say of it."""

    state: str
    sentence: str


def in_doubt(scope: Scope, parts: Sequence[PossibleOther]) -> InDoubt:
    """Return what is said of these parts, all of which the reader may see."""
    return in_doubt_between(scope, [one.records for one in parts])


def in_doubt_between(scope: Scope, parts: Sequence[Collection[str]]) -> InDoubt:
    """Return the same of parts by their records."""
    step = newest_between(scope.case.partnership_id, parts)
    if step is None:
        return InDoubt(f"Disputed: {STATES[State.OPEN].lower()}", f"{_SOMEBODY} {_UNTIL_THEN}")
    state = State(step.state)
    return InDoubt(f"Disputed: {STATES[state].lower()}", _sentence(scope, step, state))


def _sentence(scope: Scope, step: Step, state: State) -> str:
    dispute = step.dispute
    voices = [one for one in voices_of(dispute) if not is_taken_back(one)]
    by, at = (voices[0].by, voices[0].at) if voices else (dispute.by, dispute.opened_at)
    since = moment(at).partition(" at ")[0]
    said = f"{_who(scope, by)} doubted since {since} that these are one person ({dispute.reference})."
    too = any(one.by.user_id == scope.actor.user_id for one in voices[1:])
    return f"{said}{' You doubt it too.' if too else ''} {_WAITS[state]}. {_UNTIL_THEN}"


def _who(scope: Scope, by: Membership) -> str:
    if by.user_id == scope.actor.user_id:
        return "You have"
    partner = by.partner
    return f"Somebody at {partner.name} has" if partner.code == scope.actor.organisation else "Somebody has"
