"""What a decision must not contradict, and what it must say where somebody is in danger now. As data; decides nothing itself.

Checked when somebody decides, never when a history is read again: what was decided before a line was added stays decided. What
a record system decided happened there, and is only told here.
"""

from __future__ import annotations

from collections.abc import Mapping
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

#: What answers danger by itself: the partners meet about it at once.
ANSWERS_DANGER: Final = frozenset({"strategy-discussion"})
#: A name or a call sign has this many letters, a sentence about tonight that many.
SHORTEST_NAME: Final = 4
SHORTEST_SAFE: Final = 20


class Safe(NamedTuple):
    """Of a referral that says that somebody is in danger now: whom the decider spoke to, and what makes tonight safe."""

    spoke_to: str = ""
    tonight: str = ""


NOTHING_SAID: Final = Safe()


def asks_for_safety(outcome: str, *, danger: bool) -> bool:
    """Say whether a decision must say whom its decider spoke to: somebody is in danger, and it is no strategy discussion."""
    return danger and outcome not in ANSWERS_DANGER


def checked(step: Step, *, danger: bool, safe: Safe = NOTHING_SAID) -> Step:
    """Return the step as it is kept: a decision with what makes tonight safe among its words. Raises Incomplete.

    A second person who agrees was the other way; at three in the morning there is none, and nobody would be rung any sooner. A
    name and a sentence can be asked after, reach the author and the supervisor, and cost a minute. Whether they are true no
    machine can tell, and none is asked.
    """
    if step.verb != Verb.DECIDE or step.part is Part.RECORD_SYSTEM:
        return step
    against = CONTRADICTIONS.get(step.reason)
    if against and step.outcome in against.outcomes:
        raise Incomplete("reason", f"{_not_together(step)} {against.says} Change one of the two.")
    if not asks_for_safety(step.outcome, danger=danger):
        return step
    if _letters(safe.spoke_to) < SHORTEST_NAME:
        raise Incomplete(
            "spoke_to",
            "Somebody is in danger now, it says. Speak to whoever sent it or is there, and say to whom you spoke.",
        )
    if _letters(safe.tonight) < SHORTEST_SAFE:
        raise Incomplete(
            "tonight", "Say in a sentence what makes the child safe tonight, and who sees to it."
        )
    words = f"{step.words.strip()}\nSpoke to: {safe.spoke_to.strip()}.\nSafe tonight: {safe.tonight.strip()}"
    return msgspec.structs.replace(step, words=words)


def _not_together(step: Step) -> str:
    return f"“{DECISION_REASONS[step.reason]}” and “{DECISIONS[step.outcome].label}” contradict each other."


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)
