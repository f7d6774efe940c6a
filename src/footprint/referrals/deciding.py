"""What a decision must not contradict, and on what it must rest: in danger, passed on, or closed with nothing done.

As data; decides nothing itself.

Checked when somebody decides, never when a history is read again: what was decided before a line was added stays decided. What
a record system decided happened there, and is only told here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from footprint.referrals.codes import DECISIONS
from footprint.referrals.states import DECISION_REASONS, Incomplete, Part, Step, Verb


class Contradiction(NamedTuple):
    """With which outcomes a reason cannot stand, and why, in a sentence that says what to do."""

    outcomes: frozenset[str]
    says: str


def _never(says: str, *outcomes: str) -> Contradiction:
    return Contradiction(frozenset(outcomes), says)


#: By the reason. A reason that is in no line goes with every outcome.
CONTRADICTIONS: Final[Mapping[str, Contradiction]] = MappingProxyType(
    {
        "significant-harm": _never(
            "Where significant harm is suspected or likely, the answer is a strategy discussion, or the worker who holds one.",
            "information", "early-help", "section-17",
        ),
        "child-in-need": _never(
            "A child who needs services to be healthy and to develop is not answered by information alone.", "information"
        ),
        "several-needs": _never(
            "Several needs that one service cannot meet alone are not answered by information alone.", "information"
        ),
        "one-need": _never("One need of a single service is no ground for a strategy discussion.", "strategy-discussion"),
        "not-agreed": _never(
            "Where the family does not agree and nothing allows going on, no help, assessment or discussion can follow.",
            "early-help", "section-17", "strategy-discussion",
        ),
        "below-threshold": _never(
            "Where no service is needed now, none can be decided.", "early-help", "section-17", "strategy-discussion"
        ),
        "record-system": _never("This reason is a record system's alone.", *DECISIONS),
    }
)  # fmt: skip

#: What somebody at the front door may choose: a reason that contradicts every outcome is none of theirs.
REASONS_OF_PEOPLE: Final = tuple(
    reason
    for reason in DECISION_REASONS
    if reason not in CONTRADICTIONS or CONTRADICTIONS[reason].outcomes != DECISIONS.keys()
)

#: What meets danger at the front door: the partners talk at once. Who is with the child until they do is asked all the same.
ANSWERS_DANGER: Final = frozenset({"strategy-discussion"})
#: With these outcomes and reasons it leaves the front door, because somebody else has it: who that is must be known.
LEFT_TO_A_WORKER: Final = frozenset({("information", "already-known")})
#: With these nothing is done because too little was said: whoever sent it must have been asked.
TOO_LITTLE_SAID: Final = frozenset({("information", "insufficient-information")})
PASSED_ON: Final = "routed"
#: A name or a call sign has this many letters, a sentence about tonight that many; an extension so many digits.
SHORTEST_NAME: Final = 4
SHORTEST_SAFE: Final = 20
SHORTEST_NUMBER: Final = 4


class Grounds(NamedTuple):
    """What a decision rests on beside its reason, as its decider says it.

    Whom they spoke to; who is with the child now, and until when; and which worker accepted it: name, number, and when.
    """

    spoke_to: str = ""
    tonight: str = ""
    worker: str = ""
    worker_number: str = ""
    accepted: str = ""


NOTHING_SAID: Final = Grounds()


class Asked(NamedTuple):
    """A field of `Grounds` that must say something: how it is counted, how much of it is enough, and what is said of less."""

    field: str
    counted: Callable[[str], bool]
    enough: int
    says: str


_LEAVE_IT: Final = (
    "If nobody has accepted it yet, do not decide: use “Pass it to the family’s worker”, or keep it yourself. It stays in the "
    "queue until somebody has it."
)
_OF_DANGER: Final = (
    Asked(
        "spoke_to",
        str.isalpha,
        SHORTEST_NAME,
        "Somebody is in danger now, it says. Speak to whoever sent it or is there, and say to whom you spoke.",
    ),
    Asked(
        "tonight",
        str.isalpha,
        SHORTEST_SAFE,
        "Say in a sentence who is with the child now, until when, and what makes them safe until then.",
    ),
)
_OF_WORKER: Final = (
    Asked("worker", str.isalpha, SHORTEST_NAME, f"Say which worker has accepted it. {_LEAVE_IT}"),
    Asked(
        "worker_number",
        str.isdigit,
        SHORTEST_NUMBER,
        f"Give the number on which that worker can be rung. {_LEAVE_IT}",
    ),
    Asked(
        "accepted",
        str.isdigit,
        1,
        f"Say when you spoke to the worker and they accepted it: the day and the time. {_LEAVE_IT}",
    ),
)
_OF_CALL: Final = (
    Asked(
        "spoke_to",
        str.isalpha,
        SHORTEST_NAME,
        "Too little to act on is asked about before it is put away. Ring whoever sent it, and say here to whom you spoke and "
        "when; or note the call first, or that nobody can be rung, with “Note a call”.",
    ),
)
#: What is kept of it among the words of the decision, in this order.
_KEPT: Final = (
    ("worker", "Accepted by the worker: {0.worker}, {0.worker_number}, {0.accepted}"),
    ("spoke_to", "Spoke to: {0.spoke_to}"),
    ("tonight", "With the child now: {0.tonight}"),
)


def asks_for_worker(outcome: str, reason: str) -> bool:
    """Say whether a decision must say which worker has accepted it: it leaves the front door for them."""
    return outcome == PASSED_ON or (outcome, reason) in LEFT_TO_A_WORKER


def passes_by_danger(outcome: str, *, danger: bool) -> bool:
    """Say whether danger was answered otherwise than by a strategy discussion, so that a supervisor hears of it."""
    return danger and outcome not in ANSWERS_DANGER


def checked(
    step: Step, *, danger: bool, grounds: Grounds = NOTHING_SAID, is_call_noted: bool = False
) -> Step:
    """Return the step as it is kept: a decision with what it rests on among its words. Raises Incomplete.

    `is_call_noted` says that the front door noted a call about this referral. A second person who agrees was the other way; at
    three in the morning there is none, and nobody would be rung any sooner. A name and a sentence can be asked after, reach the
    author and the supervisor, and cost a minute. Whether they are true no machine can tell, and none is asked.
    """
    if step.verb != Verb.DECIDE or step.part is Part.RECORD_SYSTEM:
        return step
    against = CONTRADICTIONS.get(step.reason)
    if against and step.outcome in against.outcomes:
        raise Incomplete("reason", f"{_not_together(step)} {against.says} Change one of the two.")
    for one in _asked(step, danger=danger, is_call_noted=is_call_noted):
        said = getattr(grounds, one.field)
        if sum(map(one.counted, said)) < one.enough:
            raise Incomplete(one.field, one.says)
    if not step.words.strip():
        return step  # the table asks for words: what stands beside them does not stand for them
    return msgspec.structs.replace(step, words="\n".join([step.words.strip(), *_kept(grounds)]))


def _asked(step: Step, *, danger: bool, is_call_noted: bool) -> Iterator[Asked]:
    if asks_for_worker(step.outcome, step.reason):
        yield from _OF_WORKER
    if (step.outcome, step.reason) in TOO_LITTLE_SAID and not is_call_noted:
        yield from _OF_CALL
    if danger:
        yield from _OF_DANGER


def _kept(grounds: Grounds) -> Iterator[str]:
    """What was said, line by line; of what nobody asked for too: somebody took the trouble to write it."""
    stripped = Grounds(*(one.strip().rstrip(".") for one in grounds))
    return (f"{says.format(stripped)}." for field, says in _KEPT if getattr(stripped, field))


def _not_together(step: Step) -> str:
    return f"“{DECISION_REASONS[step.reason]}” and “{DECISIONS[step.outcome].label}” contradict each other."
