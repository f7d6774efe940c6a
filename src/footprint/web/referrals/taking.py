"""What the taking of any file from another system shares: its contract, its partner, its content, and what is entered of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.conf import settings

from footprint.feeds.encoding import scan
from footprint.ledger import Event
from footprint.referrals.file_contracts import Contract, FileContract
from footprint.sharing.partnership import partnership_of
from footprint.web.accounts.models import Partner

#: The role of a system that sends a file: it is no user, and may do nothing else.
NO_ROLE: Final = "none"


class FileRefused(ValueError):
    """A file cannot be taken at all, and nothing of it was. The message says what to do."""


def contract_named(name: str, found: Mapping[str, Contract]) -> Contract:
    """Return the contract of this name; the only one there is where no name is given. Raises FileRefused."""
    if not name and len(found) == 1:
        return next(iter(found.values()))
    if name not in found:
        raise FileRefused(f"Name the contract of this file with --contract: {', '.join(sorted(found))}.")
    return found[name]


def partner_of(contract: FileContract, *, locked: bool = False) -> Partner:
    """Return the partner whose file it is; `locked`, until the transaction ends. Raises FileRefused."""
    partnership = partnership_of(settings.DATA).id
    partners = Partner.objects.select_for_update() if locked else Partner.objects.all()
    found = partners.filter(partnership=partnership, code=contract.partner).first()
    if found is None:
        raise FileRefused(
            f"The contract '{contract.name}' names the partner '{contract.partner}', and {partnership} has none of this code. "
            "Correct the contract, or let an administrator add the partner."
        )
    return found


def content_of(path: Path, encodings: tuple[str, ...], *, most_bytes: int) -> tuple[bytes, str]:
    """Return what stands in a text file, and its SHA-256. Raises FileRefused, and RefusedError where it is no such text."""
    try:
        found = scan(path, encodings, most_bytes=most_bytes)
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(
            f"{path} cannot be read ({error.strerror}). Say where the file lies, and who may read it."
        ) from None
    if hashlib.sha256(content).hexdigest() != found.sha256:
        raise FileRefused("The file changed while it was read. Take it once it is written whole.")
    return content, found.sha256


def entry_of(action: str, actor: str, partner: Partner, facts: dict[str, str | int | bool | None]) -> Event:
    """Return what the ledger keeps of a file: whose it is, and how much of it was taken."""
    return Event(
        kind="change",
        action=action,
        actor=actor,
        role=NO_ROLE,
        organisation=partner.code,
        partnership=partner.partnership_id,
        facts=facts,
    )
