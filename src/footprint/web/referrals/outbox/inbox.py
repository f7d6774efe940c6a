"""What other systems send in: decisions that were made there and what happened next, each applied once, through the table of
steps like anybody's.

Message, effect, entry and receipt are written in one transaction, before the receipt leaves. Where two places decided differently
the first decision stands, both are kept, and the front door is asked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from footprint.ledger import Event
from footprint.referrals import receiving, states
from footprint.referrals.delivering import Envelope, Receipt
from footprint.referrals.destinations import Destination
from footprint.referrals.receiving import (
    Closure,
    Decision,
    DecisionUnreadable,
    EnvelopeUnreadable,
    Held,
    Settled,
)
from footprint.sharing.roles import Right
from footprint.web.accounts.queries import with_right
from footprint.web.ledger.store import ledger
from footprint.web.notices.services import notify
from footprint.web.referrals.desk.services import take
from footprint.web.referrals.models import Incoming, Referral, Step
from footprint.web.referrals.models.typed import as_typed
from footprint.web.referrals.outbox.rows import record_of
from footprint.web.referrals.outbox.services import HERE, PURPOSE
from footprint.web.referrals.own_family import without_family
from footprint.web.referrals.standing import stands

_RECEIPT: Final = msgspec.json.Decoder(Receipt)

#: Bytes of the largest message that is taken. A decision is a page at most.
LARGEST: Final = 64 * 1024

KIND: Final = "outbox"
_ROLE: Final = "record-system"
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_HIGHEST: Final = 2**31 - 1
_RECORD: Final = "referral/"
#: A decision in words, where its system gives no code for the reason.
_NO_CODE: Final = "record-system"

_NOT_ITS_WORK: Final = "We take no decisions from this system. Ask whoever agreed on it with you."
_ONLY_THESE: Final = "We take decisions and closures here, and nothing else."
_OUR_OWN: Final = "This was decided here, and is known here."
_NO_RECORD: Final = "We have no record of this name. Name it as our message did."


def take_in(destination: Destination, content: bytes, partnership: str, now: dt.datetime) -> Receipt:
    """Apply a message whose signature holds, once for its key, and return the receipt; the same one for a message that is known.

    Raises EnvelopeUnreadable for what is none, and LedgerError; then nothing was taken.
    """
    envelope = receiving.read_envelope(content)
    if not _KEY.fullmatch(envelope.key) or envelope.number > _HIGHEST:
        raise EnvelopeUnreadable("A key is 32 figures and letters from a to f, and numbers count from 1.")
    with transaction.atomic():
        referral = _referral(envelope, partnership)
        held, last = _known(destination, envelope)
        judged = receiving.judge(envelope, held, last)
        if judged.again:
            return judged.again
        refusal = "" if judged.outcome != "accepted" else _refusal(destination, envelope, referral)
        if judged.outcome != "accepted" or refusal or referral is None:
            return receiving.receipt_for(
                envelope,
                "refused" if judged.outcome == "accepted" else judged.outcome,
                now,
                sentence=refusal or judged.sentence,
            )
        return _apply(destination, envelope, referral, now)


def last_taken(destination: str, record: str) -> int:
    """Return the number of the last message of a record that was taken from a destination, or nought."""
    taken = Incoming.objects.filter(source=destination, record=record).aggregate(last=Max("number"))
    return int(taken["last"] or 0)


def _referral(envelope: Envelope, partnership: str) -> Referral | None:
    """The record that it names, held until the transaction ends: what comes of one record comes one after another."""
    reference = envelope.record.removeprefix(_RECORD)
    found = Referral.objects.select_for_update().filter(reference=reference, partnership=partnership).first()
    return found if found and record_of(found) == envelope.record else None


def _known(destination: Destination, envelope: Envelope) -> tuple[Held | None, int]:
    row = Incoming.objects.filter(source=destination.id, key=envelope.key).first()
    held = Held(row.fingerprint, _RECEIPT.decode(bytes(row.receipt))) if row else None
    return held, last_taken(destination.id, envelope.record)


def _refusal(destination: Destination, envelope: Envelope, referral: Referral | None) -> str:
    """Why this can have no effect, however often it comes; empty where it can."""
    if not destination.decides:
        return _NOT_ITS_WORK
    if envelope.kind not in _KINDS:
        return _ONLY_THESE
    partner = referral.partner.code if referral and referral.partner else None
    # A system that gets no copies of a referral has no business with it, and learns nothing of whether it is there.
    if referral is None or not any(destination.gets(kind, partner) for kind in destination.messages):
        return _NO_RECORD
    try:
        came = _KINDS[envelope.kind].read(bytes(envelope.body))
    except DecisionUnreadable as unreadable:
        return str(unreadable)
    # With a shared secret our own messages are signed as theirs are: one that is thrown back must not decide again.
    return _OUR_OWN if came.system == HERE else ""


def _apply(destination: Destination, envelope: Envelope, referral: Referral, now: dt.datetime) -> Receipt:
    kind = _KINDS[envelope.kind]
    came = kind.read(bytes(envelope.body))
    settled = kind.settle(referral, came)
    receipt = receiving.receipt_for(envelope, "accepted", now, reference=referral.reference)
    row = Incoming.objects.create(
        key=envelope.key,
        source=destination.id,
        referral=referral,
        record=envelope.record,
        number=envelope.number,
        kind=envelope.kind,
        fingerprint=receiving.fingerprint(envelope),
        receipt=msgspec.json.encode(receipt),
        body=bytes(envelope.body),
        how=settled.how,
    )
    if settled.how == "taken" and not _has_taken(destination, referral, kind.step(came), came, now):
        settled = Settled("conflict")
        row.how = settled.how
        row.save(update_fields=["how"])
    _enter(destination, row, referral)
    if settled.how == "conflict":
        _ask(referral, kind.differs)
    return receipt


def _has_taken(
    destination: Destination,
    referral: Referral,
    said: Mapping[str, Any],
    came: Decision | Closure,
    now: dt.datetime,
) -> bool:
    """Take the step; False where it cannot follow from where the referral stands, as where it is closed."""
    step = states.Step(
        part=states.Part.RECORD_SYSTEM,
        by=f"{came.by}, {destination.label}"[:200],
        # A clock that is ahead there decides nothing in our future.
        at=min(came.at, now),
        **said,
    )
    try:
        with transaction.atomic():
            take(None, referral, step, except_for=destination.id)
    except states.IllegalMove:
        return False
    return True


def _decisions(referral: Referral) -> list[Decision]:
    """The decisions that stand, in the order in which they came: since a person here decided or opened it again, if one did."""
    if stands(referral).state not in states.SETTLED:
        return []
    by_hand = Step.objects.filter(
        referral=referral, verb__in=(states.Verb.DECIDE, states.Verb.REOPEN)
    ).exclude(part=states.Part.RECORD_SYSTEM)
    last = by_hand.order_by("-pk").first()
    came = Incoming.objects.filter(referral=referral, kind="decision").exclude(how="").order_by("pk")
    if last is None:
        return [receiving.read_decision(bytes(one.body)) for one in came]
    since = [receiving.read_decision(bytes(one.body)) for one in came.filter(at__gt=last.at)]
    return ([_own(referral, last)] if last.verb == states.Verb.DECIDE else []) + since


def _settled(referral: Referral, decision: Decision) -> Settled:
    return receiving.settle(_decisions(referral), decision)


def _settled_closure(referral: Referral, closure: Closure) -> Settled:
    came = Incoming.objects.filter(referral=referral, kind="closure").exclude(how="").order_by("pk")
    known = [receiving.read_closure(bytes(one.body)) for one in came]
    closed = referral.state == states.State.CLOSED
    last = Step.objects.filter(referral=referral, verb=states.Verb.CLOSE).order_by("-pk").first()
    return receiving.settle_closure(known, closure, as_typed(last.words) if closed and last else None)


def _decided(decision: Decision) -> Mapping[str, Any]:
    return {
        "verb": states.Verb.DECIDE,
        "outcome": decision.decision,
        "reason": _NO_CODE,
        "words": decision.reason,
    }


def _closed(closure: Closure) -> Mapping[str, Any]:
    return {"verb": states.Verb.CLOSE, "words": closure.words}


class _Kind(NamedTuple):
    """One kind of message that is taken: how it is read, how it stands to what is known, which step it is, what is asked."""

    read: Callable[[bytes], Any]
    settle: Callable[[Referral, Any], Settled]
    step: Callable[[Any], Mapping[str, Any]]
    differs: str


_KINDS: Final = MappingProxyType(
    {
        "decision": _Kind(
            receiving.read_decision,
            _settled,
            _decided,
            "Referral {} was decided differently in two systems. Look at both.",
        ),
        "closure": _Kind(
            receiving.read_closure,
            _settled_closure,
            _closed,
            "Referral {} was closed in another system, and could not be closed so here. Look at both.",
        ),
    }
)


def _own(referral: Referral, step: Step) -> Decision:
    return Decision(
        decision=step.outcome,
        reason=as_typed(step.words),
        by=step.by_name,
        at=step.at,
        system=HERE,
        reference=f"{referral.reference}/{step.pk}",
    )


def _ask(referral: Referral, sentence: str) -> None:
    """Ask the front door, which sees both on the referral's page."""
    deciders = with_right(Right.DECIDE_REFERRALS).filter(partner__partnership=referral.partnership_id)
    asked = without_family(deciders, referral)
    notify(
        asked, KIND, sentence.format(referral.reference), reverse("referrals:referral", args=[referral.pk])
    )


def _enter(destination: Destination, row: Incoming, referral: Referral) -> None:
    entry = Event(
        kind="change",
        action=f"inbox-{row.kind}",
        actor=destination.id,
        role=_ROLE,
        organisation=destination.partner,
        partnership=referral.partnership_id,
        case=referral.reference,
        purpose=PURPOSE,
        facts={
            "referral": referral.reference,
            "key": row.key,
            "number": row.number,
            "how": row.how,
            "fingerprint": row.fingerprint,
        },
        personal={row.kind: bytes(row.body).decode()},
    )
    ledger().record(entry, join=True)
