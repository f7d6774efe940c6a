"""By a watched folder: messages are laid into it with their manifest last, and the receipts that come back are read.

The folder itself is made by whoever agreed on it, never here: one that is not there is a disk that is not mounted. Its four
parts are `messages` and `receipts` (of them), `decisions` and `answers` (to them).
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from footprint.referrals.delivering import Attempt, Outcome, Ready, encode
from footprint.referrals.destinations import Destination
from footprint.referrals.watched_folder import laid_out, manifest_name
from footprint.web.referrals.outbox.keys import Keys
from footprint.web.referrals.outbox.reached import NotReached

MESSAGES: Final = "messages"
RECEIPTS: Final = "receipts"
DECISIONS: Final = "decisions"
ANSWERS: Final = "answers"
#: How old a signature in a folder may be, in seconds: a week, with a day on both sides of a weekend that is long.
WINDOW: Final = 7 * 24 * 3600
LAID: Final = "It lies in the folder, and no receipt has come yet."


def send(destination: Destination, keys: Keys, turn: Ready, data: Path, now: dt.datetime) -> Attempt:
    """Lay one message into the folder, unless it lies there as it is, signed lately; return that its receipt is awaited.

    Raises NotReached.
    """
    key = turn.message.key
    try:
        folder = part(destination, data, MESSAGES)
        lying = folder / manifest_name(key)
        if not (_is_fresh(lying, now) and _holds(folder / f"{key}.json", encode(turn))):
            # Nobody may read a manifest of one content beside another.
            lying.unlink(missing_ok=True)
            write(folder, laid_out(turn, {}, keys.signer, int(now.timestamp())))
    except OSError as error:
        raise NotReached(f"The folder cannot be written ({error.strerror}).", for_all=True) from None
    return Attempt(at=now, outcome=Outcome.UNREACHED, sentence=LAID)


def part(destination: Destination, data: Path, name: str) -> Path:
    """Return one part of a destination's folder, made now if it is not there. Raises OSError where the folder is not there."""
    folder = data / destination.address / name
    folder.mkdir(exist_ok=True)
    return folder


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files in this order, each to its name by one rename, each on the disk before the next one is begun."""
    for name, content in files.items():
        begun = folder / f".{name}.part"
        descriptor = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o660)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        begun.replace(folder / name)
        _sync(folder)


def remove(folder: Path, key: str) -> None:
    """Take every file of a message from a folder, its manifest first; what is gone already is gone."""
    (folder / manifest_name(key)).unlink(missing_ok=True)
    for file in sorted(folder.glob(f"{key}.*")):
        file.unlink(missing_ok=True)
    for begun in sorted(folder.glob(f".{key}.*.part")):
        begun.unlink(missing_ok=True)


def read(file: Path, largest: int) -> bytes | None:
    """Return what a file holds; None for one that is gone, no plain file, or larger than it may be."""
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > largest:
            return None
        return file.read_bytes()
    except OSError:
        return None


def named(folder: Path, ending: str) -> Iterator[tuple[str, Path]]:
    """Yield key and file of whatever lies in a folder under a key and this ending, in the order of names."""
    for file in sorted(folder.glob(f"*{ending}")):
        key = file.name.removesuffix(ending)
        if len(key) == _KEY and not set(key) - _FIGURES:
            yield key, file


_KEY: Final = 32
_FIGURES: Final = set("0123456789abcdef")


def _is_fresh(manifest: Path, now: dt.datetime) -> bool:
    """Say whether a manifest lies there that is signed long before its signature is too old to be taken."""
    try:
        return now.timestamp() - manifest.stat().st_mtime < WINDOW / 2
    except FileNotFoundError:
        return False


def _holds(file: Path, content: bytes) -> bool:
    try:
        return file.read_bytes() == content
    except OSError:
        return False


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
