"""The other end of the outbox: one effect for each key, in the order of each record, and decisions that come in.

`judge` is the rule, for anybody's database; `Receiver` is the reference that suppliers build against and tests deliver to, as a
value that the next one replaces. Decisions made elsewhere come in by the same rule, so that nobody decides twice unknowingly.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

import msgspec

from footprint.referrals.codes import DECISIONS
from footprint.referrals.delivering import PROTOCOL, Envelope, Receipt

_ENVELOPE: Final = msgspec.json.Decoder(Envelope)


class EnvelopeUnreadable(ValueError):
    """What came is no message of the outbox. No receipt is due; its message says what to send instead."""


class Held(NamedTuple):
    """What a receiver remembers of a key that it took: the fingerprint of what it took, and the receipt that it gave."""

    fingerprint: str
    receipt: Receipt


Answered = Literal["accepted", "refused", "wait"]


class Judgement(NamedTuple):
    """What follows from a message: take it (with this sentence empty), or answer so and have no effect."""

    outcome: Answered
    sentence: str = ""
    again: Receipt | None = None


_OTHER_CONTENT: Final = "This key came before with other content. Make a new message for what is new."
_PAST: Final = (
    "A later message of this record was taken already, so this one comes too late to have an effect."
)
_EARLY: Final = "An earlier message of this record has not come. Send it first, then this one again."


def read_envelope(content: bytes) -> Envelope:
    """Return the message in what came. Raises EnvelopeUnreadable, which repeats nothing of the content."""
    try:
        envelope = _ENVELOPE.decode(content)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError):
        raise EnvelopeUnreadable("This is no message as the delivery guide shows it.") from None
    if envelope.protocol != PROTOCOL:
        raise EnvelopeUnreadable(f"We read {PROTOCOL}, and this is of another protocol.")
    if (
        not envelope.key
        or not envelope.record
        or envelope.number < 1
        or not 0 <= envelope.after < envelope.number
    ):
        raise EnvelopeUnreadable(
            "A message has a key, a record, a number from 1 and a lower number that it follows."
        )
    return envelope


def fingerprint(envelope: Envelope) -> str:
    """Return what tells two contents under one key apart. `after` is no content: it may grow between attempts."""
    said = [envelope.record, envelope.number, envelope.kind, hashlib.sha256(bytes(envelope.body)).hexdigest()]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def judge(envelope: Envelope, held: Held | None, last: int) -> Judgement:
    """Return what to do with a message: `held` is what is remembered of its key, `last` the last number taken of its record."""
    if held is not None:
        if held.fingerprint == fingerprint(envelope):
            return Judgement(held.receipt.outcome, held.receipt.sentence, held.receipt)
        return Judgement("refused", _OTHER_CONTENT)
    if envelope.number <= last:
        return Judgement("refused", _PAST)
    if envelope.after > last:
        return Judgement("wait", _EARLY)
    return Judgement("accepted")


def receipt_for(
    envelope: Envelope, outcome: Answered, now: dt.datetime, *, reference: str = "", sentence: str = ""
) -> Receipt:
    """Return the receipt for a message: `reference` is the receiver's own name for the record, where it has one."""
    return Receipt(key=envelope.key, outcome=outcome, received=now, reference=reference, sentence=sentence)


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A record at the receiver: its own reference, the last number that it took, and what it took, in order."""

    reference: str
    last: int
    effects: tuple[str, ...]


class Receiver(msgspec.Struct, frozen=True, kw_only=True):
    """A record system as far as the protocol goes: keys with fingerprints and receipts, and records. One value is one state."""

    prefix: str = "REC"
    keys: dict[str, tuple[str, Receipt]] = {}
    records: dict[str, Kept] = {}

    def receive(self, envelope: Envelope, now: dt.datetime) -> tuple[Receiver, Receipt]:
        """Return the next state and the receipt. Keep the state before you send the receipt."""
        key, record = envelope.key, envelope.record
        known = self.records.get(record)
        held = Held(*self.keys[key]) if key in self.keys else None
        judgement = judge(envelope, held, known.last if known else 0)
        if judgement.again:
            return self, judgement.again
        reference = known.reference if known else ""
        if judgement.outcome != "accepted":
            return self, receipt_for(
                envelope, judgement.outcome, now, reference=reference, sentence=judgement.sentence
            )
        reference = reference or f"{self.prefix}-{len(self.records) + 1:06}"
        receipt = receipt_for(envelope, "accepted", now, reference=reference)
        effects = (*(known.effects if known else ()), key)
        kept = Kept(reference=reference, last=envelope.number, effects=effects)
        taken = msgspec.structs.replace(
            self,
            keys=self.keys | {key: (fingerprint(envelope), receipt)},
            records=self.records | {record: kept},
        )
        return taken, receipt


# ---------------------------------------------------------------- decisions


#: No referral was decided in another system before this year.
_OLDEST: Final = 1990


class DecisionUnreadable(ValueError):
    """What came is no decision or closure that we can take. Its message says what to send instead, and repeats nothing of it."""


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was decided about a referral, here or in another system: `decision` is one of `codes.DECISIONS`.

    `system` says where it was decided and `reference` by which reference it is found there; `replaces` is the reference of an
    earlier decision that the same system takes back.
    """

    decision: str
    reason: str
    by: str
    at: dt.datetime
    system: str
    reference: str
    replaces: str = ""


_DECISION: Final = msgspec.json.Decoder(Decision)


class Settled(NamedTuple):
    """How a decision stands to those known: `taken` (first, or in place of the other), the `same` as it, or in `conflict`."""

    how: Literal["taken", "same", "conflict"]
    other: Decision | None = None


def read_decision(body: bytes) -> Decision:
    """Return the decision in a message's body. Raises DecisionUnreadable."""
    try:
        decision = _DECISION.decode(body)
    except (msgspec.ValidationError, msgspec.DecodeError):
        raise DecisionUnreadable(
            "A decision says decision, reason, by, at, system and reference, and nothing else."
        ) from None
    if decision.decision not in DECISIONS:
        raise DecisionUnreadable(f"A decision is one of: {', '.join(DECISIONS)}.")
    if not _is_sound(decision.at, decision.reason, decision.by, decision.system, decision.reference):
        raise DecisionUnreadable(
            "A decision says why, by whom, in which system, by which reference, and when with an offset."
        )
    return decision


def _is_sound(at: dt.datetime, *said: str) -> bool:
    """Say whether each of these can be kept: something is said in it, a database takes it, and it was at some time.

    What is older than any such system was decided at no time: some years no page can say.
    """
    is_of_a_time = at.utcoffset() is not None and _OLDEST <= at.year < dt.MAXYEAR
    return is_of_a_time and all(one.strip() and "\0" not in one for one in said)


class Closure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What happened next with a referral, in words, as another system has it: by whom it was closed there, when, and where."""

    words: str
    by: str
    at: dt.datetime
    system: str
    reference: str


_CLOSURE: Final = msgspec.json.Decoder(Closure)


def read_closure(body: bytes) -> Closure:
    """Return the closure in a message's body. Raises DecisionUnreadable."""
    try:
        closure = _CLOSURE.decode(body)
    except (msgspec.ValidationError, msgspec.DecodeError):
        raise DecisionUnreadable(
            "A closure says words, by, at, system and reference, and nothing else."
        ) from None
    if not _is_sound(closure.at, closure.words, closure.by, closure.system, closure.reference):
        raise DecisionUnreadable(
            "A closure says what happened next, by whom, in which system, by which reference, and when with an offset."
        )
    return closure


def settle_closure(known: Iterable[Closure], new: Closure, closed_with: str | None) -> Settled:
    """Return how a closure that came stands to those known, and to the words with which the referral is closed (None: it is not).

    Where it is closed with other words, or cannot be closed, both are kept and a person is asked.
    """
    for one in known:
        if (one.system, one.reference) == (new.system, new.reference):
            return Settled("same" if one == new else "conflict")
    if closed_with is None:
        return Settled("taken")
    return Settled("same" if closed_with.split() == new.words.split() else "conflict")


def settle(known: Iterable[Decision], new: Decision) -> Settled:
    """Return how a decision that came stands to those known of the same referral, in the order in which they came.

    Where two disagree the first stands, both are kept, and a person is asked: no machine decides between two decisions.
    """
    replaced: set[tuple[str, str]] = set()
    listed = list(known)
    for one in listed:
        if (one.system, one.reference) == (new.system, new.reference):
            return Settled("same" if one == new else "conflict", one)
        replaced.add((one.system, one.replaces))
    standing = [one for one in listed if (one.system, one.reference) not in replaced]
    against = [one for one in standing if (one.system, one.reference) != (new.system, new.replaces)]
    for one in against:
        return Settled("same" if one.decision == new.decision else "conflict", one)
    return Settled("taken", next(iter(standing), None))
