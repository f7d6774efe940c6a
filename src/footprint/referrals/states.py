"""How a referral goes on at the front door, as a table. Knows no database, no user and no page; an illegal move raises.

A referral's history is a list of steps that only grows, and where it stands is derived from it. Asking for more and adding
something are steps that move nothing: they hold nothing up, and whatever could be done before them can be done after. An
addition that nobody at the front door has read keeps a referral in the queue, whatever was decided before it came; one by which
danger is said anew brings back what was decided or closed, and its clock begins anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import reduce
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from footprint.referrals.codes import DECISIONS


class State(StrEnum):
    """Where a referral stands. `NEW` is before it came; everything after has reached the front door."""

    NEW = "new"
    RECEIVED = "received"
    ROUTED = "routed"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    CLOSED = "closed"


class Verb(StrEnum):
    """What is done with a referral."""

    RECEIVE = "receive"
    ROUTE = "route"
    ACCEPT = "accept"
    PUT_BACK = "put-back"
    DECIDE = "decide"
    SEND_BACK = "send-back"
    ADD = "add"
    ADD_DANGER = "add-danger"
    NOTE = "note"
    READ = "read"
    CLOSE = "close"
    REOPEN = "reopen"


class Part(StrEnum):
    """In which part somebody acts. Author is whoever sent this referral; a record system brings what was done in it."""

    AUTHOR = "author"
    SUPERVISOR = "supervisor"
    REFERRAL_UNIT = "referral-unit"
    FRONT_DOOR = "front-door"
    RECORD_SYSTEM = "record-system"


#: The part that a role plays for referrals within its reach. Author and record system are no roles.
PARTS: Final[Mapping[str, Part]] = MappingProxyType(
    {
        "police-supervisor": Part.SUPERVISOR,
        "central-referral-unit": Part.REFERRAL_UNIT,
        "social-work-decision-maker": Part.FRONT_DOOR,
    }
)

STATE_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        State.NEW: "Not yet sent",
        State.RECEIVED: "Received",
        State.ROUTED: "With the family's worker, not yet accepted",
        State.ACCEPTED: "Accepted",
        State.DECIDED: "Decided",
        State.CLOSED: "Closed",
    }
)
VERB_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Verb.RECEIVE: "Receive",
        Verb.ROUTE: "Pass to the family's worker",
        Verb.ACCEPT: "Accept",
        Verb.PUT_BACK: "Put back into the queue",
        Verb.DECIDE: "Decide",
        Verb.SEND_BACK: "Ask for more",
        Verb.ADD: "Add",
        Verb.ADD_DANGER: "Add that somebody is in danger now",
        Verb.NOTE: "Note a call",
        Verb.READ: "Mark what was added as read",
        Verb.CLOSE: "Close",
        Verb.REOPEN: "Open again",
    }
)

#: Why it was decided so: for counting, beside the reason in words. Never worked out by a machine.
DECISION_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "significant-harm": "Significant harm is suspected or likely",
        "child-in-need": "The child needs services to be healthy and to develop",
        "several-needs": "Several needs that one service cannot meet alone",
        "one-need": "One need, which a single service can meet",
        "already-known": "A worker is on it already, and this adds to what is known",
        "not-agreed": "The family does not agree, and nothing allows going on without them",
        "insufficient-information": "What was sent and found is not enough to act on",
        "below-threshold": "What is described needs no service now",
        "elsewhere": "The child lives in another area, or an adult service answers",
        "record-system": "Decided in a record system that gives no code",
    }
)


class Move(NamedTuple):
    """One line of the table: who may do what, from where to where, and which fields of the step must then be filled."""

    verb: str
    before: str
    after: str
    by: frozenset[Part]
    needs: tuple[str, ...] = ()


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of a referral's history. `by` is whoever the caller knows by that name; `at` has an offset.

    `outcome` is one of `codes.DECISIONS`, `reason` one of `DECISION_REASONS`, `words` what was said: the reason, which worker,
    what is asked for, what happened next. `seen` is how many additions the page showed on which this was done.
    """

    verb: str
    part: Part
    by: str
    at: dt.datetime
    outcome: str = ""
    reason: str = ""
    words: str = ""
    seen: int = 0


class Standing(NamedTuple):
    """Where a referral stands. `received` is when the clock of the decision that is now due began.

    `asked` says that more was asked for and nothing was added since; `additions` counts them, `read` how many of them somebody
    at the front door had before them.
    """

    state: str = State.NEW
    received: dt.datetime | None = None
    asked: bool = False
    additions: int = 0
    read: int = 0
    outcome: str = ""

    @property
    def unread(self) -> bool:
        """Say whether something was added that nobody at the front door has read."""
        return self.additions > self.read

    @property
    def waits(self) -> bool:
        """Say whether it is in the front door's queue. A state that another workflow added waits until that says otherwise."""
        return self.unread or self.state not in SETTLED


class IllegalMove(ValueError):
    """This cannot follow from where it stands now. Somebody else may have been quicker: look again."""


class NotTheirs(PermissionError):
    """This is somebody else's to do."""


class Incomplete(ValueError):
    """A step lacks words that it needs. The message says which field: `field` names it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


_S, _V, _P = State, Verb, Part
_DESK: Final = frozenset({_P.FRONT_DOOR})
#: A record system brings what was decided in it and what happened next; of all else it can tell us nothing.
_SETTLERS: Final = frozenset({_P.FRONT_DOOR, _P.RECORD_SYSTEM})
_SENDERS: Final = frozenset({_P.AUTHOR, _P.REFERRAL_UNIT}) | _DESK
_ASKERS: Final = frozenset({_P.SUPERVISOR, _P.REFERRAL_UNIT, _P.FRONT_DOOR})
#: The front door too: it sends more words under the form in which it took down what somebody else told.
_ADDERS: Final = frozenset({_P.AUTHOR, _P.FRONT_DOOR})
_NOTERS: Final = frozenset({_P.FRONT_DOOR})
_READERS: Final = frozenset({_P.FRONT_DOOR})
_ARGUED: Final = ("outcome", "reason", "words")
#: Where a referral may be asked about and added to without moving.
_OPEN: Final = (_S.RECEIVED, _S.ROUTED, _S.ACCEPTED, _S.DECIDED)

SETTLED: Final = frozenset({_S.DECIDED, _S.CLOSED})
#: What is added to a referral, whatever it says.
ADDITIONS: Final = frozenset({_V.ADD, _V.ADD_DANGER})

Workflow = Mapping[tuple[str, str], Move]


def workflow(moves: Iterable[Move], *, extending: Workflow = MappingProxyType({})) -> Workflow:
    """Return these moves as a table by state and verb. Raises ValueError where one state and verb would lead two ways."""
    table = dict(extending)
    for move in moves:
        if table.setdefault((move.before, move.verb), move) != move:
            raise ValueError(f"'{move.verb}' stands twice for '{move.before}'. Keep one.")
    return MappingProxyType(table)


#: What may be done, and by whom. What is in no line does not happen.
FRONT_DOOR: Final[Workflow] = workflow(
    [
        Move(_V.RECEIVE, _S.NEW, _S.RECEIVED, _SENDERS),
        # Only whoever passes it says so. It stays in sight of the front door until somebody there has accepted it.
        Move(_V.ROUTE, _S.RECEIVED, _S.ROUTED, _DESK, ("words",)),
        Move(_V.ROUTE, _S.ROUTED, _S.ROUTED, _DESK, ("words",)),
        Move(_V.ACCEPT, _S.RECEIVED, _S.ACCEPTED, _DESK),
        Move(_V.ACCEPT, _S.ROUTED, _S.ACCEPTED, _DESK),
        # Whoever accepted it may have gone home: anybody there puts it back, and somebody else accepts it, on the same clock.
        Move(_V.PUT_BACK, _S.ACCEPTED, _S.RECEIVED, _DESK, ("words",)),
        # Sixty a day come in: whoever can decide at once need not accept first.
        *(Move(_V.DECIDE, state, _S.DECIDED, _SETTLERS, _ARGUED) for state in _OPEN),
        *(Move(_V.SEND_BACK, state, state, _ASKERS, ("words",)) for state in _OPEN),
        *(Move(_V.ADD, state, state, _ADDERS) for state in _OPEN),
        # What somebody rings up to say is read by whoever notes it, so it moves nothing and brings nothing back: of what is
        # closed neither, which whoever notes it may open again, or refer anew.
        *(Move(_V.NOTE, state, state, _NOTERS, ("words",)) for state in (*_OPEN, _S.CLOSED)),
        *(Move(_V.READ, state, state, _READERS) for state in _OPEN),
        # Nobody looks at what is closed, so an addition brings it back to the beginning of the queue.
        Move(_V.ADD, _S.CLOSED, _S.RECEIVED, _ADDERS),
        # Danger that is said since somebody took it up: what was decided was decided of something else, so nobody has it.
        Move(_V.ADD_DANGER, _S.ACCEPTED, _S.ACCEPTED, _ADDERS),
        *(Move(_V.ADD_DANGER, state, _S.RECEIVED, _ADDERS) for state in (_S.DECIDED, _S.CLOSED)),
        Move(_V.CLOSE, _S.DECIDED, _S.CLOSED, _SETTLERS, ("words",)),
        *(Move(_V.REOPEN, state, _S.ACCEPTED, _DESK, ("words",)) for state in (_S.DECIDED, _S.CLOSED)),
    ]
)

#: After these nothing that was asked for is awaited.
_ANSWERS: Final = ADDITIONS | {_V.CLOSE}
#: By which steps somebody takes a referral up, as the words for what is then done with it.
TAKEN_UP: Final[Mapping[str, str]] = MappingProxyType(
    {_V.ACCEPT: "accepted", _V.DECIDE: "decided", _V.CLOSE: "closed", _V.REOPEN: "opened again"}
)

#: What a step says when a field that it needs is empty.
_ASK_FOR: Final[Mapping[str, str]] = MappingProxyType(
    {
        "outcome": "Choose what was decided.",
        "reason": "Choose why it was decided so.",
        "words": "Say it in words: whoever sent the referral reads them.",
    }
)
_CODES: Final[Mapping[str, Iterable[str]]] = MappingProxyType(
    {"outcome": DECISIONS, "reason": DECISION_REASONS}
)


def parts_of(role: str, *, is_author: bool = False) -> frozenset[Part]:
    """Return the parts that somebody of this role plays for one referral. A role that nobody listed plays none."""
    played = {PARTS[role]} if role in PARTS else set()
    return frozenset(played | ({Part.AUTHOR} if is_author else set()))


def moves_from(state: str, parts: Iterable[Part], table: Workflow = FRONT_DOOR) -> tuple[Move, ...]:
    """Return what these parts may do from a state, in the table's order."""
    played = frozenset(parts)
    return tuple(move for move in table.values() if move.before == state and not move.by.isdisjoint(played))


def take(standing: Standing, step: Step, table: Workflow = FRONT_DOOR) -> Standing:
    """Return where a referral stands after a step. Raises IllegalMove, NotTheirs or Incomplete, and then nothing happened."""
    move = table.get((standing.state, step.verb))
    if move is None:
        raise IllegalMove(IllegalMove.__doc__)
    if step.part not in move.by:
        raise NotTheirs(NotTheirs.__doc__)
    _check_filled(move, step)
    if step.at.tzinfo is None:
        raise ValueError("The time of a step has no offset from UTC. Give one.")
    additions = standing.additions + (step.verb in ADDITIONS)
    if step.seen > additions:
        raise ValueError("More additions are said to have been read than there are.")
    read = max(standing.read, step.seen) if step.part is Part.FRONT_DOOR else standing.read
    if step.verb == Verb.CLOSE and additions > read:
        raise IllegalMove("Something was added that nobody at the front door has read. Read it first.")
    comes = move.after == State.RECEIVED and move.before != State.RECEIVED and step.verb != Verb.PUT_BACK
    begins = comes or step.verb == Verb.REOPEN
    return Standing(
        state=move.after,
        received=step.at if begins else standing.received,
        asked=step.verb == Verb.SEND_BACK or (standing.asked and step.verb not in _ANSWERS),
        additions=additions,
        read=read,
        outcome=step.outcome or ("" if move.after not in SETTLED else standing.outcome),
    )


def stand(history: Iterable[Step], table: Workflow = FRONT_DOOR) -> Standing:
    """Return where a referral stands after its whole history, in the order in which it was written."""
    return reduce(lambda standing, step: take(standing, step, table), history, Standing())


def asked_at(history: Iterable[Step]) -> dt.datetime | None:
    """Return when more was asked for to which nothing has come since, by the first that asked; None where nothing is open."""
    asked: dt.datetime | None = None
    for step in history:
        if step.verb == Verb.SEND_BACK:
            asked = asked or step.at
        elif step.verb in _ANSWERS:
            asked = None
    return asked


def adding(state: str, *, danger: bool) -> Verb:
    """Return as which step something is added to a referral that stands so; `danger` says that danger is said by it."""
    return Verb.ADD_DANGER if danger and (state, Verb.ADD_DANGER) in FRONT_DOOR else Verb.ADD


def danger_since(history: Iterable[Step]) -> str:
    """Return since when danger was said that nobody has decided: "decided", or another of `TAKEN_UP`; empty where none was."""
    done, since = "", ""
    for step in history:
        if step.verb == Verb.ADD_DANGER:
            since = done
        elif step.verb in TAKEN_UP:
            done = TAKEN_UP[step.verb]
            since = "" if step.verb in {Verb.DECIDE, Verb.CLOSE} else since
    return since


def _check_filled(move: Move, step: Step) -> None:
    for field, codes in _CODES.items():
        said = getattr(step, field)
        if said and (field not in move.needs or said not in codes):
            raise Incomplete(field, f"'{said}' cannot be said here. {_ASK_FOR[field]}")
    for field in move.needs:
        if not getattr(step, field).strip():
            raise Incomplete(field, _ASK_FOR[field])
