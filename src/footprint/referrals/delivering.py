"""The outbox: how what is said here reaches another organisation's system, as values. Knows no database and no transport.

Each message is kept in the transaction that caused it, and goes out until a receipt comes: at least once, in order per record and
destination. Its key is made from what it is, so that whoever makes it again after a crash makes the same one, and a receiver that
honours RECEIVER_MUST has one effect of it. Nothing here gives up on a message; what does not go through is shown to a person.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

import msgspec

from footprint.referrals.signing import SigningKey, content_digest, sign

PROTOCOL: Final = "footprint-outbox/1"

Kind = Literal["referral", "addition", "decision", "feedback"]
#: And what only comes in: what happened next, as another system has it.
AnyKind = Literal["referral", "addition", "decision", "feedback", "closure"]

#: What a receiver must do, so that "at least once" becomes "once" at its end. For suppliers, in the order of their work.
RECEIVER_MUST: Final = (
    "Keep each message, its key and your receipt in one transaction, before you answer.",
    "Answer a key that you know, with the same content, with the same receipt again; do nothing a second time.",
    "Refuse a key that you know with other content, and say so.",
    "Take a record's messages in order: where 'after' is more than the number you took last, answer 'wait' and keep nothing.",
    "Let your own reference for a record be one and the same in every receipt of it.",
    "Answer 'refused' only for what no repetition can mend; where you cannot tell, give no receipt, and we come again.",
    "Sign your receipt, and check our signature before you read the content.",
)


class Outcome(StrEnum):
    """How an attempt ended: three come in the receiver's receipt; `set-aside` and `again` are what a person did instead."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WAIT = "wait"
    UNREACHED = "unreached"
    SET_ASIDE = "set-aside"
    AGAIN = "again"


class Standing(StrEnum):
    """Where a message stands, derived from its attempts."""

    WAITING = "waiting"
    STUCK = "stuck"
    DELIVERED = "delivered"
    REFUSED = "refused"
    SET_ASIDE = "set-aside"


#: Outcomes that settle a message until a person sends it again, and where it then stands.
_SETTLES: Final[Mapping[Outcome, Standing]] = MappingProxyType(
    {
        Outcome.ACCEPTED: Standing.DELIVERED,
        Outcome.REFUSED: Standing.REFUSED,
        Outcome.SET_ASIDE: Standing.SET_ASIDE,
    }
)


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to tell one destination of one record. `number` counts the record's messages there, from 1.

    `body` is JSON text; `created` is an instant with its offset. Equal messages have equal keys.
    """

    destination: str
    record: str
    number: int
    kind: AnyKind
    created: dt.datetime
    body: bytes

    @property
    def key(self) -> str:
        """Return the idempotency key: the same whenever and by whomever this message is made."""
        named = msgspec.json.encode([PROTOCOL, self.destination, self.record, self.number, self.kind])
        return hashlib.sha256(named).hexdigest()[:32]


def anew(message: Message, number: int, created: dt.datetime) -> Message:
    """Return a message that says the same under a new number and key: for what came too late in its old place."""
    return msgspec.structs.replace(message, number=number, created=created)


class Envelope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message as it travels. `after` is the number of the last message of this record that the receiver took, or nought."""

    protocol: str
    key: str
    record: str
    number: int
    after: int
    kind: AnyKind
    created: dt.datetime
    body: msgspec.Raw


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """A receiver's answer. `reference` is its own name for the record; `sentence` says what to do where it took nothing."""

    key: str
    outcome: Literal["accepted", "refused", "wait"]
    received: dt.datetime
    reference: str = ""
    sentence: str = ""


_RECEIPT: Final = msgspec.json.Decoder(Receipt)


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt to deliver, or what a person did instead: when, how it ended, and what was said, without personal data."""

    at: dt.datetime
    outcome: Outcome
    reference: str = ""
    sentence: str = ""


class Schedule(NamedTuple):
    """When to try again: after `first`, each time twice as long, at most `longest`; from `alarm` failures on it is stuck."""

    first: dt.timedelta = dt.timedelta(seconds=15)
    longest: dt.timedelta = dt.timedelta(minutes=30)
    alarm: int = 6


RETRY: Final = Schedule()
_DOUBLINGS: Final = 20  # of any first step that makes sense this is longer than any longest one


def delay(key: str, failures: int, schedule: Schedule = RETRY) -> dt.timedelta:
    """Return how long to wait after so many failures (1 or more): between half the step and all of it.

    Which it is follows from the key and the count, so that messages that failed together do not come again together and a test
    or an operator can tell the time beforehand.
    """
    step = min(schedule.first * (1 << min(failures - 1, _DOUBLINGS)), schedule.longest)
    drawn = hashlib.sha256(f"{key}/{failures}".encode()).digest()
    return step / 2 + step / 2 * (int.from_bytes(drawn[:8], "big") / 2**64)


def standing(attempts: Sequence[Attempt], schedule: Schedule = RETRY) -> Standing:
    """Return where a message stands, from its attempts in order of time."""
    since = _since_again(attempts)
    if since and since[-1].outcome in _SETTLES:
        return _SETTLES[since[-1].outcome]
    return Standing.STUCK if len(since) >= schedule.alarm else Standing.WAITING


def due(message: Message, attempts: Sequence[Attempt], schedule: Schedule = RETRY) -> dt.datetime | None:
    """Return when to try this message next; None where it is settled. One that nobody tried yet is due since it was made."""
    since = _since_again(attempts)
    if not since:
        return attempts[-1].at if attempts else message.created
    if since[-1].outcome in _SETTLES:
        return None
    return since[-1].at + delay(message.key, len(since), schedule)


def _since_again(attempts: Sequence[Attempt]) -> Sequence[Attempt]:
    """The attempts since a person last sent it again; a replay begins with fresh patience."""
    for place in range(len(attempts), 0, -1):
        if attempts[place - 1].outcome is Outcome.AGAIN:
            return attempts[place:]
    return attempts


History = Mapping[str, Sequence[Attempt]]


class Ready(NamedTuple):
    """A message whose turn it is, and the number of the last one of its record that the receiver took."""

    message: Message
    after: int


def ready(
    messages: Iterable[Message], history: History, now: dt.datetime, schedule: Schedule = RETRY
) -> list[Ready]:
    """Return what may be sent now, longest due first: of each record at each destination the first that is not settled.

    `history` gives the attempts by key. What was refused or set aside holds up nothing that comes after it.
    """
    records: dict[tuple[str, str], list[Message]] = {}
    for message in messages:
        records.setdefault((message.destination, message.record), []).append(message)
    found = []
    for listed in records.values():
        taken = 0
        for message in sorted(listed, key=lambda one: one.number):
            attempts = history.get(message.key, ())
            when = due(message, attempts, schedule)
            if when is not None:
                found += [(when, message.key, Ready(message, taken))] if when <= now else []
                break
            if attempts[-1].outcome is Outcome.ACCEPTED:
                taken = message.number
    return [one for *_, one in sorted(found, key=lambda entry: entry[:2])]


def encode(turn: Ready) -> bytes:
    """Return the message as bytes that travel."""
    message = turn.message
    envelope = Envelope(
        protocol=PROTOCOL,
        key=message.key,
        record=message.record,
        number=message.number,
        after=turn.after,
        kind=message.kind,
        created=message.created,
        body=msgspec.Raw(message.body),
    )
    return msgspec.json.encode(envelope)


def headers(content: bytes, key: str, target: str, signer: SigningKey, now: int) -> dict[str, str]:
    """Return the header fields of a signed request that posts `content` to the address `target`, at POSIX second `now`."""
    fields = signed_components("POST", target, content, key)
    signed = sign(fields, signer, now)
    return {
        "Content-Type": "application/json",
        "Content-Digest": fields["content-digest"],
        "Idempotency-Key": key,
        "Signature-Input": signed.input,
        "Signature": signed.signature,
    }


def signed_components(method: str, target: str, content: bytes, key: str) -> dict[str, str]:
    """Return what the signature of a request covers, as either side sees it."""
    return {
        "@method": method,
        "@target-uri": target,
        "content-digest": content_digest(content),
        "idempotency-key": key,
    }


def receipt_components(status: int, content: bytes, key: str) -> dict[str, str]:
    """Return what the signature of a receipt covers: which answer, to which message."""
    return {"@status": str(status), "content-digest": content_digest(content), "idempotency-key": key}


class ReceiptUnreadable(ValueError):
    """An answer is no receipt for this message. It is as if none had come: the message goes again."""


def read_receipt(content: bytes, message: Message) -> Receipt:
    """Return the receipt in an answer. Raises ReceiptUnreadable where it is none, or one for another message."""
    try:
        receipt = _RECEIPT.decode(content)
    except (msgspec.ValidationError, msgspec.DecodeError):
        raise ReceiptUnreadable("The other system answered with something that is no receipt.") from None
    if receipt.key != message.key:
        raise ReceiptUnreadable("The other system answered with a receipt for another message.")
    return receipt


def attempt_of(receipt: Receipt, now: dt.datetime) -> Attempt:
    """Return the attempt that ended with this receipt at `now`."""
    return Attempt(
        at=now, outcome=Outcome(receipt.outcome), reference=receipt.reference, sentence=receipt.sentence
    )
