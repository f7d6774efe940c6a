"""A durable spool: what is sent while the ledger takes nothing lies here, encrypted, until the tending enters it.

One file a form, DATA/spool/referrals/NAME. It is written beside, brought to the disk and renamed, so that a crash leaves the
whole of it or none. Its key lies with the others, in DATA/keys/spool.key. Knows no database.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from footprint.ledger.private_files import create_private, replace_private
from footprint.referrals.referral import Referral as Said
from footprint.referrals.submissions import form_key
from footprint.web.accounts.actor import Actor

_NONCE: Final = 12
_KEY: Final = 32


class Spooled(msgspec.Struct, frozen=True, kw_only=True):
    """What was sent: by whom, under which form, when, to which referral it adds, if to any, and what was taken from elsewhere."""

    actor: Actor
    said: Said
    form: str
    at: dt.datetime
    case_id: str | None = None
    adds_to: str | None = None
    filled: dict[str, Any] = {}
    danger_again: bool = False


_SPOOLED: Final = msgspec.json.Decoder(Spooled)


class SpoolUnreadable(ValueError):
    """A file of the spool cannot be opened with this folder's key. Keep it, and bring the key back that it was written with."""


def keep(data: Path, sent: Spooled) -> str:
    """Write it down and return its name. What lies there under the same form and name is replaced: the later one says more.

    When it was taken first stays, since clocks count from there. Raises OSError where the disk takes nothing: then nothing was
    taken, and whoever sent it is told so.
    """
    path = path_of(data, sent.actor, sent.form)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(data):
        sent = msgspec.structs.replace(sent, at=_taken_before(data, path) or sent.at)
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(_key(data)).encrypt(nonce, msgspec.json.encode(sent), path.name.encode())
        replace_private(path, nonce + sealed)
        # What is sent again keeps its place among the others.
        os.utime(path, (sent.at.timestamp(), sent.at.timestamp()))
    return path.name


def let_go(data: Path, path: Path, sent: Spooled) -> None:
    """Remove a file once what it held is entered; one that was replaced meanwhile holds more, and stays."""
    with _alone(data):
        if read(data, path) == sent:
            path.unlink()


def name_of(actor: Actor, form: str) -> str:
    """Return the name under which this actor's form lies here; it tells nothing."""
    return form_key(str(actor.user_id), form)


def holds(data: Path, actor: Actor, form: str) -> bool:
    """Say whether this actor's form lies here."""
    return path_of(data, actor, form).exists()


def path_of(data: Path, actor: Actor, form: str) -> Path:
    """Return where this actor's form lies, or would."""
    return _folder(data) / name_of(actor, form)


def find(data: Path, actor: Actor, name: str) -> Spooled | None:
    """Return what lies here under a name, for whoever sent it; None where it is not here, or somebody else's."""
    path = next((one for one in waiting(data) if one.name == name), None)
    try:
        sent = read(data, path) if path else None
    except FileNotFoundError:
        return None  # it is being entered at this moment
    return sent if sent and sent.actor.user_id == actor.user_id else None


def waiting(data: Path) -> Iterator[Path]:
    """Return what lies here, the oldest first. What a crash left half-written begins with a dot and is none of it."""
    if (folder := _folder(data)).is_dir():
        files = [one for one in folder.iterdir() if not one.name.startswith(".")]
        since = {one: at for one in files if (at := _since(one)) is not None}
        yield from sorted(since, key=lambda one: (since[one], one.name))


def read(data: Path, path: Path) -> Spooled:
    """Return what a file holds. Raises SpoolUnreadable, and the file stays."""
    content = path.read_bytes()
    try:
        plain = AESGCM(_key(data)).decrypt(content[:_NONCE], content[_NONCE:], path.name.encode())
    except InvalidTag:
        raise SpoolUnreadable(SpoolUnreadable.__doc__) from None
    return _SPOOLED.decode(plain)


def _since(path: Path) -> float | None:
    """Since when a file lies here; None where another process has entered it meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return None


def _taken_before(data: Path, path: Path) -> dt.datetime | None:
    """When what lies here was taken; None where nothing lies here, or nothing that can be read."""
    try:
        return read(data, path).at
    except (OSError, SpoolUnreadable, msgspec.MsgspecError):
        return None


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Let no other process replace or remove anything here meanwhile. Whoever is killed lets go."""
    with (data / "spool" / ".referrals.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _folder(data: Path) -> Path:
    return data / "spool" / "referrals"


def _key(data: Path) -> bytes:
    fresh = secrets.token_hex(_KEY).encode() + b"\n"
    return bytes.fromhex(create_private(data / "keys" / "spool.key", fresh).decode().strip())
