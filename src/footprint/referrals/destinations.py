"""To which systems of other organisations copies go, as the partnership wrote it in DATA/destinations.yaml; read strictly.

Nothing goes anywhere that is not named there: where nobody wrote the file, nothing leaves. Knows no key's content and opens
no folder. docs/delivering-to-another-system.md shows the file.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

import msgspec

from footprint.referrals.delivering import RETRY, Kind, Schedule
from footprint.referrals.reading import Choice, Dated, load

FILE: Final = "destinations.yaml"
#: In `referrals_of`: whoever refers, the public too.
EVERYBODY: Final = "everybody"

Way = Literal["folder", "https", "email"]

#: When to try again, by way. A folder is read when somebody comes by, so it is stuck only after hours (about ten).
SCHEDULES: Final = MappingProxyType[Way, Schedule](
    {"https": RETRY, "email": RETRY, "folder": RETRY._replace(alarm=27)}
)
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,58}")
_THIS_MACHINE: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_LABEL_LENGTH: Final = 100

Some = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


class Key(Choice, frozen=True, kw_only=True):
    """A key by the name that each signature gives, and its file, counted from the data folder.

    A `secret` is 32 bytes or more that both sides know; `ed25519` is PEM: our private key, or their public one.
    """

    name: str
    file: str
    kind: Literal["secret", "ed25519"] = "secret"


class Destination(Choice, frozen=True, kw_only=True):
    """A system of a partner: how it is reached, which messages it gets, and of whose referrals.

    `address` is a folder (counted from the data folder), a URL or a mailbox. `key` is what we sign with, `their_key` what they
    do; of a shared secret the one is the other. `certificates` is a file of authorities that are trusted instead of the
    system's own. `decides` says that decisions made there are taken.
    """

    id: str
    label: str
    partner: str
    kind: Way
    address: str
    messages: Annotated[tuple[Kind, ...], msgspec.Meta(min_length=1)]
    referrals_of: Some
    key: Key | None = None
    their_key: Key | None = None
    certificates: str = ""
    decides: bool = False

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError("an id is small letters, figures and dashes, such as 'police-records'.")
        if not 0 < len(self.label) <= _LABEL_LENGTH:
            raise ValueError("a label is what a page calls the system: a few words.")
        _CHECKS[self.kind](self)
        if self.kind == "email":
            if self.key or self.their_key or self.decides:
                raise ValueError("an e-mail carries a reference alone: it has no key, and decides nothing.")
            return
        if self.key is None:
            raise ValueError("'key' is missing here: whatever leaves this way is signed. Add it.")
        if self.their_key is None and self.key.kind == "ed25519":
            raise ValueError("'their_key' is missing here: their receipts are signed with a key of theirs.")

    @property
    def checks_with(self) -> Key | None:
        """Return the key with which the other side signs."""
        return self.their_key or self.key

    @property
    def schedule(self) -> Schedule:
        """Return when to try again, and from when on it is stuck."""
        return SCHEDULES[self.kind]

    def gets(self, kind: str, partner: str | None) -> bool:
        """Say whether a message of this kind goes there, about a referral of this partner (None: of no partner)."""
        return kind in self.messages and (EVERYBODY in self.referrals_of or partner in self.referrals_of)


class Destinations(Dated, frozen=True, kw_only=True):
    """The whole file."""

    destinations: tuple[Destination, ...]

    def __post_init__(self) -> None:
        ids = [one.id for one in self.destinations]
        if len(set(ids)) < len(ids):
            raise ValueError("two destinations bear one id. Give each its own.")
        names = [one.checks_with.name for one in self.destinations if one.checks_with]
        if len(set(names)) < len(names):
            raise ValueError(
                "two systems sign with one key. Who sent something could not be told: give each its own."
            )


def destinations_of(data: Path) -> tuple[Destination, ...]:
    """Return where copies go by the file in a data folder; nowhere, where nobody wrote it. Raises reading.ChoiceError."""
    path = data / FILE
    return load(path, Destinations).destinations if path.exists() else ()


def _check_url(one: Destination) -> None:
    try:
        parts = urlsplit(one.address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    here = parts.scheme == "http" and host in _THIS_MACHINE
    if not host or parts.username or parts.fragment or not (parts.scheme == "https" or here):
        raise ValueError("an address is https://HOST/PATH, without a name or password in it.")


def _check_folder(one: Destination) -> None:
    if not one.address or "\0" in one.address or "://" in one.address:
        raise ValueError("the address of a folder is its path on this machine.")


def _check_mailbox(one: Destination) -> None:
    if one.address.count("@") != 1 or any(sign.isspace() for sign in one.address):
        raise ValueError("the address of a mailbox is NAME@HOST, one alone.")


_CHECKS: Final = MappingProxyType({"https": _check_url, "folder": _check_folder, "email": _check_mailbox})
