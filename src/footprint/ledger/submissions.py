"""What a log sends to a witness and what comes back, as bytes: the call `add-checkpoint` of C2SP tlog-witness.

A request is a line `old SIZE`, a line for each hash of the consistency proof, an empty line, and the signed note. The
answer is the witness's signature lines; or, with status 409, the size that it remembers. It must not know how bytes
travel: whoever speaks the protocol of the wire hands them in.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from footprint.ledger.errors import (
    HeadRefused,
    HeadUnsigned,
    LogUnknown,
    SizeDiffers,
    SubmissionMalformed,
)
from footprint.ledger.verifier.heads import read_note
from footprint.ledger.witness import Witness

PATH: Final = "/add-checkpoint"
SIZE_TYPE: Final = "text/x.tlog.size"
TEXT_TYPE: Final = "text/plain; charset=utf-8"
MOST_STEPS: Final = 63  # hashes in a proof: enough for every tree whose size fits 63 bits
LARGEST: Final = 64 * 1024  # bytes of a request or an answer: a note with a dozen signatures takes half of it

#: How a refusal is said in numbers. The first kind that fits counts.
STATUSES: Final[tuple[tuple[type[HeadRefused], int], ...]] = (
    (SubmissionMalformed, 400),
    (HeadUnsigned, 403),
    (LogUnknown, 404),
    (SizeDiffers, 409),
    (HeadRefused, 422),
)


class Submission(msgspec.Struct, frozen=True):
    """A head for a witness to sign: the size it is believed to remember, the proof from there, and the note."""

    old: int
    proof: tuple[bytes, ...]
    note: str


class Reply(msgspec.Struct, frozen=True):
    """What came back, or goes back: a status as HTTP numbers them, the kind of content, and the content."""

    status: int
    content_type: str
    body: bytes


def write_submission(old: int, proof: Sequence[bytes], note: str) -> bytes:
    """Return the bytes to send."""
    steps = "".join(f"{base64.b64encode(step).decode()}\n" for step in proof)
    return f"old {old}\n{steps}\n{note}".encode()


def read_submission(body: bytes) -> Submission:
    """Return what was sent. SubmissionMalformed for anything but the one permitted form."""
    try:
        head, separator, note = body.decode().partition("\n\n")
        first, *steps = head.split("\n")
        size = first.removeprefix("old ")
        if not separator or first == size or not _is_size(size) or len(steps) > MOST_STEPS:
            raise ValueError(first)
        return Submission(int(size), tuple(map(_step, steps)), note)
    except ValueError as error:
        raise SubmissionMalformed(
            "This is no submission: a line 'old SIZE', the proof, an empty line and the note."
        ) from error


def answer(witnesses: Mapping[str, Witness], body: bytes, time: int) -> Reply:
    """Return what the witness of the log in question (`witnesses` go by the log's name) says to a submission.

    A refusal's content is a sentence, but where the protocol wants the size that is remembered. KeyUnusable passes: a
    witness without its memory says nothing.
    """
    try:
        submission = read_submission(body)
        witness = _witness_of(witnesses, submission.note)
        signed = witness.cosign(submission.note, submission.proof, time, submission.old)
    except HeadRefused as refusal:
        status = next(status for kind, status in STATUSES if isinstance(refusal, kind))
        if isinstance(refusal, SizeDiffers):
            return Reply(status, SIZE_TYPE, f"{refusal.known}\n".encode())
        return Reply(status, TEXT_TYPE, f"{refusal}\n".encode())
    return Reply(200, TEXT_TYPE, signed.removeprefix(submission.note).encode())


def size_in(reply: Reply) -> int | None:
    """Return the size that a witness says to remember; None where it says no such thing."""
    text = reply.body.decode("ascii", "replace").removesuffix("\n")
    said = reply.status == 409 and reply.content_type.partition(";")[0].strip() == SIZE_TYPE
    return int(text) if said and _is_size(text) else None


def _witness_of(witnesses: Mapping[str, Witness], note: str) -> Witness:
    try:
        head, _ = read_note(note)
    except ValueError as error:
        raise SubmissionMalformed(f"A head could not be read: {error}") from error
    if head.origin not in witnesses:
        raise LogUnknown("This witness does not watch that log.")
    return witnesses[head.origin]


def _is_size(text: str) -> bool:
    """Say whether this is a number of entries as the protocol writes it: of 64 bits at most, no leading nought."""
    return text.isascii() and text.isdecimal() and len(text) < 20 and str(int(text)) == text


def _step(line: str) -> bytes:
    digest = base64.b64decode(line, validate=True)
    if len(digest) != 32 or base64.b64encode(digest).decode() != line:
        raise ValueError(line)
    return digest
