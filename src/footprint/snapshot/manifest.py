"""The manifest: what a snapshot consists of, file by file, with hashes, and what its writer says about it."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any, Final

import msgspec

from footprint.snapshot.errors import SnapshotDamaged
from footprint.snapshot.files import MANIFEST, SEGMENTS

FORMAT: Final = 1


class FileFact(msgspec.Struct, frozen=True):
    """A file's size in bytes and the SHA-256 of its content, in hexadecimal."""

    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What is in a snapshot. `segments` maps each segment to its files, by path below the segment with slashes.

    `made_at` is UTC. `about` is the writer's own: inputs, model, windows, counts; any JSON. `id` is the time to the second
    and the start of the content's hash, so that ids sort by time and a changed manifest contradicts its own name.
    """

    format: int
    id: str
    made_at: dt.datetime
    about: dict[str, Any]
    segments: dict[str, dict[str, FileFact]]

    @property
    def size(self) -> int:
        """Return the bytes of all files together."""
        return sum(fact.bytes for files in self.segments.values() for fact in files.values())


_MANIFEST: Final = msgspec.json.Decoder(Manifest)


def make_manifest(
    about: dict[str, Any], segments: dict[str, dict[str, FileFact]], now: dt.datetime
) -> Manifest:
    made_at = now.astimezone(dt.UTC)
    identifier = f"{made_at:%Y%m%dT%H%M%SZ}-{content_hash(about, segments)[:8]}"
    return Manifest(format=FORMAT, id=identifier, made_at=made_at, about=about, segments=segments)


def content_hash(about: dict[str, Any], segments: dict[str, dict[str, FileFact]]) -> str:
    """Return the SHA-256 over what is in a snapshot, in hexadecimal; the same content has the same at any time."""
    return hashlib.sha256(msgspec.json.encode([about, segments], order="deterministic")).hexdigest()


def write_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON that a person can read."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="deterministic"), indent=1) + b"\n"


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the snapshot in this directory; SnapshotDamaged when there is no whole one."""
    try:
        manifest = _MANIFEST.decode((folder / MANIFEST).read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise SnapshotDamaged(f"{folder} holds no snapshot: its {MANIFEST} cannot be read.") from error
    if manifest.format != FORMAT:
        raise SnapshotDamaged(
            f"{folder} is of format {manifest.format}; this version reads {FORMAT}. Publish again."
        )
    return manifest


def check_whole(folder: Path) -> Manifest:
    """Return the manifest of a snapshot all of whose files are there in the size it says; SnapshotDamaged otherwise.

    Quick, for opening; `verifying.verify` reads every byte.
    """
    manifest = read_manifest(folder)
    for segment, files in manifest.segments.items():
        for name, fact in files.items():
            path = folder / SEGMENTS / segment / name
            if not path.is_file() or path.stat().st_size != fact.bytes:
                raise SnapshotDamaged(
                    f"{folder.name} is not whole: {segment}/{name} is missing or cut. Publish again."
                )
    return manifest


def file_fact(path: Path) -> FileFact:
    """Return a file's size and hash, read once in bounded memory."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return FileFact(file.tell(), digest.hexdigest())
