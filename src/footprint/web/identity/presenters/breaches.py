"""What an information-governance lead sees of a breach: who was shown it, its clock, its steps; never whom it is about."""

from __future__ import annotations

import datetime as dt
import math
from typing import Final, NamedTuple

from django.urls import reverse

from footprint.web.design.words import moment
from footprint.web.identity import words
from footprint.web.identity.models import Breach, BreachShown, BreachStepTaken
from footprint.web.identity.presenters.disputes import waited, who
from footprint.web.identity.queries import steps_taken
from footprint.web.identity.states import BreachStep, clock_runs, steps_left

_HOW: Final = {
    "listed": "among others",
    "opened": "opened",
    "printed": "on paper or as a text",
    "household": "as one of a household",
}
#: The order in which steps are offered.
_ORDER: Final = tuple(BreachStep)


class BreachLine(NamedTuple):
    """A breach in the list. `clock` says how much time is left, or that it ran out, or that it does not run."""

    reference: str
    url: str
    dispute: str
    known: str
    clock: str
    is_overdue: bool
    state: str
    users: str


class ShownTo(NamedTuple):
    """One showing: who, when, how, in which of their cases, and the receipt."""

    user: str
    at: str
    how: str
    case: str
    receipt: str


class Taken(NamedTuple):
    """One step: what, who, when, and what was found or said."""

    what: str
    by: str
    at: str
    reason: str


class BreachPage(NamedTuple):
    """One breach."""

    line: BreachLine
    due: str
    shown: tuple[ShownTo, ...]
    steps: tuple[Taken, ...]
    choices: tuple[tuple[str, str], ...]


def line_of(breach: Breach, now: dt.datetime) -> BreachLine:
    """Return a breach as it stands in the list."""
    done = steps_taken(breach)
    users = len({one.membership_id for one in breach.shown.all()})
    overdue = clock_runs(done) and now >= breach.due_at
    return BreachLine(
        reference=breach.reference,
        url=reverse("identity:breach", args=[breach.pk]),
        dispute=breach.dispute.reference,
        known=moment(breach.known_at),
        clock=_clock(breach, done, now),
        is_overdue=overdue,
        state=words.STEPS[done[-1]],
        users=f"{users} user{'' if users == 1 else 's'}",
    )


def page_of(breach: Breach, now: dt.datetime) -> BreachPage:
    """Return a breach as its page shows it."""
    left = steps_left(steps_taken(breach))
    return BreachPage(
        line=line_of(breach, now),
        due=moment(breach.due_at),
        shown=tuple(_shown(one) for one in breach.shown.all()),
        steps=tuple(_step(one) for one in sorted(breach.steps.all(), key=lambda one: -one.pk)),
        choices=tuple((step.value, words.STEPS[step]) for step in _ORDER if step in left),
    )


def _clock(breach: Breach, done: list[BreachStep], now: dt.datetime) -> str:
    if not clock_runs(done):
        return "The clock does not run any more."
    if now >= breach.due_at:
        return f"Overdue for {waited(now - breach.due_at)}"
    hours = math.ceil((breach.due_at - now) / dt.timedelta(hours=1))
    return f"{hours} hour{'' if hours == 1 else 's'} left to tell the ICO"


def _shown(one: BreachShown) -> ShownTo:
    return ShownTo(who(one.membership), moment(one.at), _HOW[one.how], one.case_reference, one.receipt)


def _step(one: BreachStepTaken) -> Taken:
    by = who(one.by) if one.by else "Footprint"
    return Taken(words.STEPS[BreachStep(one.step)], by, moment(one.at), one.reason)
