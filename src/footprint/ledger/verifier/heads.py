"""Signed heads: what a log commits to at one size, who signed it, and whether the signature holds.

A head is a C2SP tlog-checkpoint: three lines (origin, size, base64 root), an empty line, then one line a signature.
Source: C2SP signed-note, tlog-checkpoint and tlog-cosignature. Signatures need the package `cryptography`; one that
could not be checked is reported as a fault, never passed. Must not know how a key is kept or a head is made.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .report import Report

# Signature types of C2SP: a log's own note, a witness's timestamped cosignature, and the one for after quantum computers.
NOTE, COSIGNATURE, MLDSA44 = 0x01, 0x04, 0x06


@dataclass(frozen=True)
class Head:
    """What a log commits to: that its first `size` entries have the tree root `root` (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """Return the body of the note: the bytes that signatures are about."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class VerifierKey:
    """A public key and whose it is; its text form is `name+id+base64`, short enough to read over a telephone."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        return hashlib.sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def text(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"

    @classmethod
    def read(cls, text: str) -> VerifierKey:
        """Return the key that `text` spells; ValueError, with what to do, when it does not."""
        name, _, rest = text.strip().partition("+")
        identifier, _, encoded = rest.partition("+")
        try:
            raw = base64.b64decode(encoded, validate=True)
        except ValueError:
            raw = b""
        key = cls(name, raw[0], raw[1:]) if raw else None
        if key is None or key.id.hex() != identifier:
            raise ValueError(
                f"The verifier key of '{name}' is damaged: its id does not fit it. Ask for it again."
            )
        return key


@dataclass(frozen=True)
class Signature:
    """One signature line: who says to have signed, the first bytes of the key's hash, and the signature itself."""

    name: str
    key_id: bytes
    payload: bytes


def read_note(note: str) -> tuple[Head, list[Signature]]:
    """Return the head in a signed note, and its signatures; ValueError, with what is wrong, when it is none."""
    text, separator, lines = note.rpartition("\n\n")
    parts = text.split("\n")
    if not separator or len(parts) != 3 or not parts[0] or not parts[1].isdecimal():
        raise ValueError("it needs origin, size and root, an empty line, and signatures.")
    head = Head(parts[0], int(parts[1]), base64.b64decode(parts[2], validate=True))
    if head.text != text + "\n" or len(head.root) != 32:
        raise ValueError("it is not written in the one permitted form, so no signature can be over it.")
    return head, [_read_signature(line) for line in lines.removesuffix("\n").split("\n")]


def _read_signature(line: str) -> Signature:
    words = line.split(" ")
    if len(words) != 3 or words[0] != "\N{EM DASH}":
        raise ValueError("one of its signature lines is damaged.")
    raw = base64.b64decode(words[2], validate=True)
    return Signature(words[1], raw[:4], raw[4:])


def signed_message(key: VerifierKey, head: Head, time: int) -> bytes:
    """Return the bytes that a signature by `key` at POSIX `time` covers."""
    if key.kind == NOTE:
        return head.text.encode()
    if key.kind == COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{head.text}".encode()
    names = [bytes([len(name)]) + name for name in (key.name.encode(), head.origin.encode())]
    return (
        b"subtree/v1\n\0"
        + names[0]
        + struct.pack(">Q", time)
        + names[1]
        + struct.pack(">QQ", 0, head.size)
        + head.root
    )


def signature_holds(key: VerifierKey, head: Head, payload: bytes) -> bool:
    """Say whether `payload` is a valid signature of `head` by `key`. ImportError without `cryptography`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ed25519, mldsa

    load: dict[int, Callable[[bytes], Any]] = {
        NOTE: ed25519.Ed25519PublicKey.from_public_bytes,
        COSIGNATURE: ed25519.Ed25519PublicKey.from_public_bytes,
        MLDSA44: mldsa.MLDSA44PublicKey.from_public_bytes,
    }
    stamp, signature = (b"", payload) if key.kind == NOTE else (payload[:8], payload[8:])
    try:
        load[key.kind](key.public).verify(signature, signed_message(key, head, int.from_bytes(stamp, "big")))
    except (InvalidSignature, ValueError, KeyError):
        return False
    return True


def check_head(report: Report, note: str, keys: Sequence[str]) -> tuple[Head, frozenset[str]] | None:
    """Check, into the report, what the verifier keys `keys` signed of `note`; return its head and who signed it.

    One valid signature by a given key is needed; a false one by a given key is a fault whatever the others say.
    Lines by keys that were not given are passed over, as C2SP asks. None when the note cannot be read as a head.
    """
    try:
        head, signatures = read_note(note)
    except ValueError as error:
        report.fault(f"A head could not be read: {error}")
        return None
    trusted = {(key.name, key.id): key for key in map(VerifierKey.read, keys)}
    signers = set()
    for signature in signatures:
        key = trusted.get((signature.name, signature.key_id))
        if key is None:
            continue
        try:
            holds = signature_holds(key, head, signature.payload)
        except ImportError:
            report.fault(
                "Signatures were NOT checked: install the Python package `cryptography` and run again."
            )
            return head, frozenset()
        if holds:
            signers.add(key.name)
        else:
            report.fault(f"The signature of {key.name} on the head of size {head.size} is forged or damaged.")
    if not keys:
        report.fault(
            f"Nobody's signature on the head of size {head.size} was checked: give a verifier key you trust."
        )
    elif not signers:
        report.fault(f"The head of size {head.size} carries no valid signature by a key that was given.")
    return head, frozenset(signers)
