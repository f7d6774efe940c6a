"""What a caller tells the ledger: one event, before it has a place, a time or a seal.

What may stand in clear in an entry stays for ever, so only ids, codes and references belong there; whatever a person
typed or is called goes into `terms` and `personal`, which are encrypted. This module holds both to that.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator, Mapping
from typing import Final, Literal

import msgspec

from footprint.ledger.errors import EntryInvalid

Kind = Literal["intent", "outcome", "disclosure", "refusal", "decision", "change", "erasure", "reading"]

# What each kind must say beyond who did what, where. A look-up happens inside a case, for a purpose.
REQUIRED: Final[Mapping[Kind, tuple[str, ...]]] = {
    "intent": ("purpose", "case"),  # somebody asks: written before the question is put
    "outcome": ("purpose", "case", "intent"),  # what they will be shown: written before it leaves
    "disclosure": (
        "purpose",
        "case",
    ),  # something leaves otherwise: export, print, message, answer to a partner
    "refusal": (),  # somebody asked for what they may not have
    "decision": (),  # what a human ruled: same, different, disputed, shield, seal, erase, hold
    "change": (),  # feeds, publish, rollback, agreements, roles, keys
    "erasure": (),  # a data key was destroyed
    "reading": (),  # somebody read the ledger itself
}
LONGEST: Final = 200  # characters of an id, code or reference: more is somebody's prose
LARGEST: Final = 2**53  # whole numbers that every JSON reader keeps exactly


def new_event_id() -> str:
    return secrets.token_hex(16)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that somebody does or did. Ids, codes and references only, but for `terms` and `personal`.

    `case` is a reference number, never a name. `subjects` are the ids of whom the event concerns, `shown` of those in
    the answer; both are found again by `Ledger.entries(subject=...)`. `count` is how many were shown; by default the
    number of `shown`. `intent` is the sequence of the intent that this answers. `facts` are further codes and figures
    (feed, generation, snapshot, session, strength of sign-in ...). `terms` is what was typed; `personal` any other
    personal value, such as the actor's name at the time. Both lie under the key of the subject `keyed_to`, by default
    under the entry's own. `occurred` is for an event that is entered late, from a spool.
    """

    kind: Kind
    action: str
    actor: str
    role: str
    organisation: str
    partnership: str
    purpose: str | None = None
    legal_basis: str | None = None
    case: str | None = None
    policy_rule: str | None = None
    policy_version: str | None = None
    subjects: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    count: int | None = None
    intent: int | None = None
    facts: dict[str, str | int | bool | None] = {}
    terms: dict[str, str] = {}
    personal: dict[str, str] = {}
    keyed_to: str | None = None
    occurred: dt.datetime | None = None
    event_id: str = msgspec.field(default_factory=new_event_id)


msgspec.json.Decoder(Event)  # met by one thread, while this is imported


def check(event: Event) -> None:
    """Raise EntryInvalid, saying what to change, for an event that may not be entered as it stands."""
    try:
        msgspec.convert(msgspec.to_builtins(event), Event)
    except (msgspec.ValidationError, TypeError) as error:
        raise EntryInvalid(f"This is no entry: {error}.") from error
    for name in REQUIRED[event.kind]:
        if getattr(event, name) in (None, ""):
            raise EntryInvalid(f"An entry of kind {event.kind} needs its {name.replace('_', ' ')}.")
    if event.kind == "intent" and event.intent is not None:
        raise EntryInvalid("An intent comes first; it cannot answer another one.")
    if event.occurred is not None and event.occurred.tzinfo is None:
        raise EntryInvalid("The time at which an event occurred needs its time zone.")
    for name, text in _texts(event):
        if len(text) > LONGEST or not text.isprintable():
            raise EntryInvalid(
                f"The {name} of an entry is an id, code or reference of at most {LONGEST} plain characters."
            )
    figures = (event.count, event.intent, *event.facts.values())
    if any(isinstance(figure, int) and abs(figure) > LARGEST for figure in figures):
        raise EntryInvalid("A figure in an entry is below 2 to the power 53; write larger ones as text.")


def _texts(event: Event) -> Iterator[tuple[str, str]]:
    """Every text that will stand in clear, with the name of its field. (No text that is printable is a broken one.)"""
    for name in event.__struct_fields__:
        value = getattr(event, name)
        if isinstance(value, str):
            yield name, value
        elif name in ("subjects", "shown"):
            yield from ((name, text) for text in value)
        elif name == "facts":
            yield from ((name, text) for pair in value.items() for text in pair if isinstance(text, str))
        elif name in ("terms", "personal"):
            yield from ((name, field) for field in value)


def outcome_of(
    intent: Event,
    sequence: int,
    *,
    subjects: tuple[str, ...] = (),
    shown: tuple[str, ...] = (),
    count: int | None = None,
    facts: dict[str, str | int | bool | None] | None = None,
) -> Event:
    """Return the outcome of the look-up that was entered as `intent` at `sequence`: same person, case and purpose."""
    return msgspec.structs.replace(
        intent,
        kind="outcome",
        intent=sequence,
        subjects=subjects,
        shown=shown,
        count=count,
        facts=facts or {},
        terms={},
        personal={},
        event_id=new_event_id(),
    )
