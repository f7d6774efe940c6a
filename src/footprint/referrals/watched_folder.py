"""Delivery through a folder that the other system watches: what lies in it, and the manifest that says it is whole.

The content is written first and the manifest last, under its own name by one rename; a receiver opens nothing that no manifest
names. Its receipt goes into a folder of its own. Names are made from keys, so that nothing about anybody stands in a listing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Final

import msgspec

from footprint.referrals.delivering import (
    PROTOCOL,
    Message,
    Ready,
    Receipt,
    ReceiptUnreadable,
    encode,
    read_receipt,
)
from footprint.referrals.signing import CheckingKey, Signed, SigningKey, check, content_digest, sign

_NAME: Final = re.compile(r"[0-9a-f]{32}(?:\.[a-z0-9-]{1,40})?\.(?:json|pdf)")


class ManifestRefused(ValueError):
    """What lies in the folder is not what its manifest says, or not from whom it says. Its message says what is wrong."""


class File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of a delivery: its name, its size in bytes, its SHA-256 in hexadecimal."""

    name: str
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What belongs to one message. `input` and `signature` are over the key and the digest of `files`, as JSON."""

    protocol: str
    key: str
    record: str
    number: int
    after: int
    files: tuple[File, ...]
    input: str
    signature: str


_MANIFEST: Final = msgspec.json.Decoder(Manifest)


def manifest_name(key: str) -> str:
    """Return the name under which the manifest of a message lies."""
    return f"{key}.manifest.json"


def receipt_name(key: str) -> str:
    """Return the name under which the receiver leaves its receipt for a message."""
    return f"{key}.receipt.json"


def laid_out(turn: Ready, copies: Mapping[str, bytes], signer: SigningKey, now: int) -> dict[str, bytes]:
    """Return the files of a message with their names, in the order in which they are written: the manifest is the last.

    `copies` are documents that go with it, by a name such as "referral.pdf".
    """
    message = turn.message
    files = {f"{message.key}.json": encode(turn)} | {
        f"{message.key}.{name}": content for name, content in copies.items()
    }
    listed = tuple(_described(name, content) for name, content in files.items())
    signed = sign(_components(message.key, listed), signer, now)
    manifest = Manifest(
        protocol=PROTOCOL,
        key=message.key,
        record=message.record,
        number=message.number,
        after=turn.after,
        files=listed,
        input=signed.input,
        signature=signed.signature,
    )
    return files | {manifest_name(message.key): msgspec.json.encode(manifest)}


def read_manifest(content: bytes) -> Manifest:
    """Return what a manifest says. Raises ManifestRefused for what is none, and for a name that leads out of the folder."""
    try:
        manifest = _MANIFEST.decode(content)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise ManifestRefused(f"This is no manifest: {error}.") from None
    if manifest.protocol != PROTOCOL:
        raise ManifestRefused(f"This manifest is of '{manifest.protocol}', and we read {PROTOCOL}.")
    for file in manifest.files:
        if not _NAME.fullmatch(file.name) or not file.name.startswith(f"{manifest.key}."):
            raise ManifestRefused("A file of this manifest bears a name that no delivery gives.")
    return manifest


def check_files(
    manifest: Manifest, files: Mapping[str, bytes], keys: Mapping[str, CheckingKey], now: int, window: int
) -> None:
    """Raise ManifestRefused unless these are the files of the manifest to the byte; SignatureRefused unless it is theirs.

    A folder is read when somebody comes by: `window` says how old a signature may be, in seconds.
    """
    for file in manifest.files:
        if file.name not in files:
            raise ManifestRefused(f"{file.name} has not arrived. Wait for it.")
        if _described(file.name, files[file.name]) != file:
            raise ManifestRefused(f"{file.name} is not what was sent: it is cut short, or was changed.")
    signed = Signed(manifest.input, manifest.signature)
    check(signed, _components(manifest.key, manifest.files), keys, now, window)


class SignedReceipt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A receipt as a file: the receipt as it is, and the signature over it and its key."""

    receipt: msgspec.Raw
    input: str
    signature: str


_SIGNED_RECEIPT: Final = msgspec.json.Decoder(SignedReceipt)


def receipt_file(receipt: Receipt, signer: SigningKey, now: int) -> bytes:
    """Return the file that a receiver leaves as `receipt_name` says."""
    content = msgspec.json.encode(receipt)
    signed = sign(_receipt_components(receipt.key, content), signer, now)
    return msgspec.json.encode(
        SignedReceipt(receipt=msgspec.Raw(content), input=signed.input, signature=signed.signature)
    )


def read_receipt_file(
    content: bytes, message: Message, keys: Mapping[str, CheckingKey], now: int, window: int
) -> Receipt:
    """Return the receipt in a file. Raises ReceiptUnreadable for what is none, SignatureRefused for one that is not theirs."""
    try:
        signed = _SIGNED_RECEIPT.decode(content)
    except (msgspec.ValidationError, msgspec.DecodeError):
        raise ReceiptUnreadable("The file is no receipt.") from None
    receipt = bytes(signed.receipt)
    check(
        Signed(signed.input, signed.signature), _receipt_components(message.key, receipt), keys, now, window
    )
    return read_receipt(receipt, message)


def _receipt_components(key: str, content: bytes) -> dict[str, str]:
    return {"idempotency-key": key, "content-digest": content_digest(content)}


def _described(name: str, content: bytes) -> File:
    return File(name=name, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


def _components(key: str, files: tuple[File, ...]) -> dict[str, str]:
    return {"idempotency-key": key, "content-digest": content_digest(msgspec.json.encode(files))}
