"""The entry as it is hashed and kept: version 1 of the leaf, written in one permitted spelling.

The bytes are JSON in UTF-8 with sorted keys, no spaces, no floats and only the escapes that JSON demands
(`verifier.history.canonical`). The leaf hash is SHA-256 of a zero byte and these bytes (RFC 6962 §2.1). All keys are
always there; what does not apply is null or empty. A later version adds to `version` and is read beside this one.
"""

from __future__ import annotations

from typing import Final

import msgspec

from footprint.ledger.clock import Reading, written
from footprint.ledger.events import Event
from footprint.ledger.verifier.history import VERSION, canonical


class Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Personal values: the data key that opens them, and per field base64 of nonce, ciphertext and tag."""

    key: str
    values: dict[str, str]


class Leaf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry of version 1, key by key. Texts in clear are ids, codes and references; see `events.Event`.

    `sequence` counts from 0 without a gap. `time` and `occurred` are UTC, 2026-11-23T07:15:00.000000Z. `boot` and
    `uptime_ms` are the clock that nobody can set back. `query` is the keyed hash of the terms, which lie in `personal`.
    """

    version: int
    sequence: int
    event: str
    time: str
    boot: str
    uptime_ms: int
    occurred: str | None
    kind: str
    action: str
    actor: str
    role: str
    organisation: str
    partnership: str
    purpose: str | None
    legal_basis: str | None
    case: str | None
    policy_rule: str | None
    policy_version: str | None
    subjects: tuple[str, ...]
    shown: tuple[str, ...]
    count: int
    intent: int | None
    facts: dict[str, str | int | bool | None]
    query: str | None
    personal: Sealed | None

    @property
    def concerned(self) -> tuple[str, ...]:
        """Return everyone whom the entry concerns or showed, sorted: under these ids it is found again."""
        return tuple(sorted({*self.subjects, *self.shown}))


_LEAF: Final = msgspec.json.Decoder(Leaf)


def leaf_of(
    event: Event, sequence: int, reading: Reading, query: str | None, personal: Sealed | None
) -> Leaf:
    """Return the leaf of a checked event at its place and time, with its personal values sealed."""
    return Leaf(
        version=VERSION,
        sequence=sequence,
        event=event.event_id,
        time=reading.time,
        boot=reading.boot,
        uptime_ms=reading.uptime_ms,
        occurred=written(event.occurred) if event.occurred else None,
        kind=event.kind,
        action=event.action,
        actor=event.actor,
        role=event.role,
        organisation=event.organisation,
        partnership=event.partnership,
        purpose=event.purpose,
        legal_basis=event.legal_basis,
        case=event.case,
        policy_rule=event.policy_rule,
        policy_version=event.policy_version,
        subjects=event.subjects,
        shown=event.shown,
        count=len(event.shown) if event.count is None else event.count,
        intent=event.intent,
        facts=event.facts,
        query=query,
        personal=personal,
    )


def write_leaf(leaf: Leaf) -> bytes:
    return canonical(msgspec.to_builtins(leaf))


def read_leaf(body: bytes) -> Leaf:
    """Return the leaf in these bytes; msgspec.ValidationError when they are none of version 1."""
    return _LEAF.decode(body)
