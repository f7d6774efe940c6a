"""What goes back to whoever sent a referral: that it came, what was decided and why, how well it was written, what came of it.

Made from the referral's history, so nothing can be decided without its author being told. Words that others wrote are read by
the author as by any recipient: what would lead to a protected place is masked. No figure of a person is made from any of this.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from footprint.referrals.clocks import Clock, Due, Timescales, due, is_late
from footprint.referrals.codes import DECISIONS
from footprint.referrals.criteria import CRITERIA
from footprint.referrals.grades import Scale, check_grade, packaged_scales
from footprint.referrals.holding import text_for_recipients
from footprint.referrals.protected_places import NOTHING_PROTECTED, Protected
from footprint.referrals.states import DECISION_REASONS, SETTLED, State, Step, Verb, stand

#: More than three points are not learned from.
MOST_POINTS: Final = 3


class Kind(StrEnum):
    """What an author is told."""

    RECEIPT = "receipt"
    ROUTED = "routed"
    ACCEPTED = "accepted"
    PUT_BACK = "put-back"
    MORE = "more"
    DECISION = "decision"
    QUALITY = "quality"
    CLOSURE = "closure"
    NOTED = "noted"
    REOPENED = "reopened"


#: By these steps somebody at the front door has it.
_TAKEN_ON: Final = frozenset({Verb.ACCEPT, Verb.DECIDE, Verb.CLOSE, Verb.REOPEN})
#: In these states nobody there has it yet.
UNCLAIMED: Final = frozenset({State.RECEIVED, State.ROUTED})
#: What an author confirms to have read.
ACKNOWLEDGED: Final = frozenset({Kind.MORE, Kind.DECISION, Kind.QUALITY, Kind.CLOSURE})


class Point(NamedTuple):
    """One thing to keep or to do next time, under one criterion, in words."""

    criterion: str
    words: str
    keep: bool = False


class Quality(NamedTuple):
    """How well the form was written: a grade of a scale, by whom and when, and up to three points."""

    grade: str
    by: str
    at: dt.datetime
    points: tuple[Point, ...] = ()
    scale: str = ""


class Message(NamedTuple):
    """One thing that the author is told, by whom it was done, and when. `key` names it for being acknowledged."""

    key: str
    kind: Kind
    at: dt.datetime
    by: str
    title: str
    says: tuple[str, ...] = ()


class FeedbackError(ValueError):
    """Feedback cannot be given like this. The message says what to change."""


def check_quality(quality: Quality, marks: Mapping[str, int], scale: Scale | None = None) -> None:
    """Raise FeedbackError or grades.MarkError unless this may be said of a form with these marks."""
    check_grade(quality.grade, marks, scale)
    if len(quality.points) > MOST_POINTS:
        raise FeedbackError(f"Give {MOST_POINTS} points or fewer: the ones that will help most next time.")
    for point in quality.points:
        if point.criterion not in CRITERIA:
            raise FeedbackError(f"There is no criterion '{point.criterion}'. They are {', '.join(CRITERIA)}.")
        if not point.words.strip():
            raise FeedbackError(f"Say the point about {point.criterion} in words, or leave it out.")


def messages(
    history: Iterable[Step],
    quality: Iterable[Quality] = (),
    protected: Protected = NOTHING_PROTECTED,
    scales: Mapping[str, Scale] | None = None,
) -> tuple[Message, ...]:
    """Return all that the author is told, in the order of time. `scales` by their id; ours, where none is given."""
    steps = (_of_step(number, step, protected) for number, step in enumerate(history, 1))
    graded = (_of_quality(number, one, protected, scales or {}) for number, one in enumerate(quality, 1))
    return tuple(sorted([one for one in (*steps, *graded) if one], key=lambda one: one.at))


def now_said(history: Iterable[Step], ring: str = "") -> str:
    """Return who has a referral now, in a sentence for whoever sent it. `ring` is the front door's number, where there is one.

    Until somebody there accepts it nobody has it, whatever was passed on: the sentence says so, and whom to ring.
    """
    steps = tuple(history)
    standing = stand(steps)
    call = f"Ring the front door on {ring}." if ring else "Ring the front door."
    if standing.state in UNCLAIMED:
        passed = " The front door passed it to the family's worker." if standing.state == State.ROUTED else ""
        return f"Sent.{passed} Nobody at the front door has taken it on yet. {call}"
    by = next((step.by for step in reversed(steps) if step.verb in _TAKEN_ON), "Somebody")
    if standing.state not in SETTLED:
        return f"{by} at the front door is reading it."
    decision = DECISIONS[standing.outcome].label if standing.outcome in DECISIONS else "no decision is named"
    said = f"{'Closed' if standing.state == State.CLOSED else 'Decided'} by {by}: {decision}."
    return f"{said} Nobody there has marked as read yet what was added. {call}" if standing.unread else said


def waiting(told: Iterable[Message], acknowledged: Collection[str]) -> tuple[Message, ...]:
    """Return what the author has yet to acknowledge; `acknowledged` holds keys of messages."""
    return tuple(one for one in told if one.kind in ACKNOWLEDGED and one.key not in acknowledged)


def overdue(
    told: Iterable[Message],
    acknowledged: Collection[str],
    now: dt.datetime,
    rules: Timescales | None = None,
) -> tuple[tuple[Message, Due], ...]:
    """Return what should have been acknowledged by now and was not, each with when it was due."""
    timed = ((one, due(Clock.ACKNOWLEDGEMENT, one.at, rules)) for one in waiting(told, acknowledged))
    return tuple((one, when) for one, when in timed if is_late(when.at, now))


_TITLES: Final[Mapping[str, tuple[Kind, str, str]]] = MappingProxyType(
    {
        Verb.RECEIVE: (Kind.RECEIPT, "It was sent", ""),
        Verb.ADD: (Kind.RECEIPT, "What you added has arrived", ""),
        Verb.ADD_DANGER: (Kind.RECEIPT, "What you added has arrived: danger now", ""),
        Verb.ROUTE: (
            Kind.ROUTED,
            "The front door passed it to the family's worker",
            "The front door keeps it in sight until somebody there has accepted it.",
        ),
        Verb.ACCEPT: (Kind.ACCEPTED, "Somebody at the front door has taken it on", ""),
        Verb.PUT_BACK: (
            Kind.PUT_BACK,
            "It is back in the front door's queue",
            "Nobody there has it until somebody else has taken it on.",
        ),
        Verb.SEND_BACK: (
            Kind.MORE,
            "More would help",
            "Nothing waits for it: your referral goes on meanwhile.",
        ),
        Verb.DECIDE: (Kind.DECISION, "It was decided", ""),
        Verb.CLOSE: (Kind.CLOSURE, "What happened next", ""),
        Verb.REOPEN: (Kind.REOPENED, "It was opened again", ""),
        Verb.NOTE: (Kind.NOTED, "The front door added what somebody told it", ""),
    }
)


def _of_step(number: int, step: Step, protected: Protected) -> Message | None:
    """What a step tells the author. Of a step that another workflow added, nothing until that says what."""
    if step.verb not in _TITLES:
        return None
    kind, title, after = _TITLES[step.verb]
    says: list[str] = []
    if step.outcome in DECISIONS:
        decision = DECISIONS[step.outcome]
        title = f"{title}: {decision.label}"
        says = [decision.means, f"{DECISION_REASONS[step.reason]}."]
    says += [text_for_recipients(step.words, protected), after]
    return Message(f"{kind}/{number}", kind, step.at, step.by, title, tuple(filter(None, says)))


def _of_quality(number: int, quality: Quality, protected: Protected, scales: Mapping[str, Scale]) -> Message:
    scale = scales.get(quality.scale) or packaged_scales().scale(quality.scale)
    label = scale.grade(quality.grade).label
    says = tuple(
        f"{'Keep' if point.keep else 'Next time'}: {CRITERIA[point.criterion].label}. "
        f"{text_for_recipients(point.words, protected)}"
        for point in quality.points
    )
    return Message(
        f"{Kind.QUALITY}/{number}",
        Kind.QUALITY,
        quality.at,
        quality.by,
        f"The form was graded: {label}",
        says,
    )
