"""How a dispute and a breach go on, as tables. Knows no database, no user and no page; an illegal move raises.

A dispute is opened by somebody who says "this is not them" or "these are the same", and settled by a steward. Each move says
what it does to the rulings; `different` and `same` may be taken back, and then it is open again. Whoever said "this is not
them" may withdraw it until a steward has done anything, and that is its end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class Said(StrEnum):
    """What whoever opened the dispute says."""

    NOT_THEM = "not-them"
    SAME = "same"


class State(StrEnum):
    """Where a dispute stands."""

    OPEN = "open"
    UNCLEAR = "unclear"
    DIFFERENT = "different"
    SAME = "same"
    WITHDRAWN = "withdrawn"


class IllegalMove(ValueError):
    """This cannot follow from where it stands now. Somebody else may have been quicker: look again."""


class Effect(NamedTuple):
    """What a move does to the rulings: the kind that it makes, and the kind that it takes back where one stands."""

    makes: str = ""
    takes_back: str = ""


_S: Final = State
_NOTHING: Final = Effect()
_Moves = Mapping[tuple[State, State], Effect]

#: What may follow, and what it does, by what was said at the beginning. What is in no table does not happen.
MOVES: Final[Mapping[Said, _Moves]] = MappingProxyType(
    {
        Said.NOT_THEM: MappingProxyType(
            {
                (_S.OPEN, _S.UNCLEAR): _NOTHING,
                (_S.OPEN, _S.DIFFERENT): Effect(makes="different"),
                (_S.OPEN, _S.SAME): Effect(takes_back="disputed"),
                (_S.OPEN, _S.WITHDRAWN): Effect(takes_back="disputed"),
                (_S.UNCLEAR, _S.DIFFERENT): Effect(makes="different"),
                (_S.UNCLEAR, _S.SAME): Effect(takes_back="disputed"),
                (_S.DIFFERENT, _S.OPEN): Effect(takes_back="different"),
                (_S.SAME, _S.OPEN): Effect(makes="disputed"),
            }
        ),
        Said.SAME: MappingProxyType(
            {
                (_S.OPEN, _S.UNCLEAR): _NOTHING,
                (_S.OPEN, _S.DIFFERENT): Effect(makes="different"),
                (_S.OPEN, _S.SAME): Effect(makes="same", takes_back="disputed"),
                (_S.UNCLEAR, _S.DIFFERENT): Effect(makes="different"),
                (_S.UNCLEAR, _S.SAME): Effect(makes="same", takes_back="disputed"),
                (_S.DIFFERENT, _S.OPEN): Effect(takes_back="different"),
                # By then they may stand as one: they are put apart at once, as if somebody had doubted it.
                (_S.SAME, _S.OPEN): Effect(makes="disputed", takes_back="same"),
            }
        ),
    }
)
#: What opening does.
OPENED: Final[Mapping[Said, Effect]] = MappingProxyType(
    {Said.NOT_THEM: Effect(makes="disputed"), Said.SAME: _NOTHING}
)
#: In the steward's queue.
WAITING: Final = frozenset({State.OPEN, State.UNCLEAR})
SETTLED: Final = frozenset({State.DIFFERENT, State.SAME})
#: No longer in the queue, and settled by nobody: whoever said so took it back.
OVER: Final = frozenset({State.WITHDRAWN})


def effect(said: Said, before: State, after: State) -> Effect:
    """Return what a move does. Raises IllegalMove for one that is in no table."""
    try:
        return MOVES[said][before, after]
    except KeyError as error:
        raise IllegalMove(IllegalMove.__doc__) from error


def next_of(said: Said, state: State) -> frozenset[State]:
    """Return what may follow."""
    return frozenset(after for before, after in MOVES[said] if before is state)


def may_withdraw(said: Said, states: Sequence[State]) -> bool:
    """Say whether whoever opened a dispute may still withdraw it, by every state in which it stood: no steward did anything."""
    return tuple(states) == (State.OPEN,) and State.WITHDRAWN in next_of(said, State.OPEN)


# ---------------------------------------------------------------- a breach


class BreachStep(StrEnum):
    """What is done about a link that was wrong and had been shown. The steps are a list that is worked off."""

    OPENED = "opened"
    RISK = "assessed-risk"
    NO_RISK = "assessed-no-risk"
    ICO_TOLD = "ico-told"
    SUBJECTS_TOLD = "subjects-told"
    TAKEN_BACK = "ruling-taken-back"
    CLOSED = "closed"


_B: Final = BreachStep
_ASSESSED: Final = frozenset({_B.RISK, _B.NO_RISK})
_HUMAN: Final = _ASSESSED | {_B.ICO_TOLD, _B.SUBJECTS_TOLD, _B.CLOSED}

#: What each step needs before it: any one of these. TAKEN_BACK comes by itself, when a steward takes the ruling back.
NEEDS: Final[Mapping[BreachStep, frozenset[BreachStep]]] = MappingProxyType(
    {
        _B.OPENED: frozenset(),
        _B.RISK: frozenset({_B.OPENED}),
        _B.NO_RISK: frozenset({_B.OPENED}),
        _B.ICO_TOLD: _ASSESSED,
        _B.SUBJECTS_TOLD: _ASSESSED,
        _B.TAKEN_BACK: frozenset({_B.OPENED}),
        _B.CLOSED: _ASSESSED | {_B.TAKEN_BACK},
    }
)


def steps_left(done: Collection[BreachStep]) -> frozenset[BreachStep]:
    """Return the steps that a lead may take now. An assessment may be made again, the other way; nothing follows the end."""
    if _B.CLOSED in done:
        return frozenset()
    again = next((one for one in reversed(tuple(done)) if one in _ASSESSED), None)
    left = {step for step in _HUMAN if not NEEDS[step].isdisjoint(done)}
    return frozenset(left - {step for step in done if step not in _ASSESSED} - {again})


def check_step(done: Collection[BreachStep], step: BreachStep) -> None:
    """Raise IllegalMove unless this step may be taken now, by a person or, for what comes by itself, at all."""
    by_itself = step is _B.TAKEN_BACK and _B.CLOSED not in done and _B.OPENED in done
    if not (by_itself or step in steps_left(done)):
        raise IllegalMove(IllegalMove.__doc__)


def clock_runs(done: Collection[BreachStep]) -> bool:
    """Say whether the time for telling the ICO still runs: nobody was told, and nobody found that it need not be."""
    newest = next((one for one in reversed(tuple(done)) if one in _ASSESSED), None)
    return _B.ICO_TOLD not in done and _B.CLOSED not in done and newest is not _B.NO_RISK
