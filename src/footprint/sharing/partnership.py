"""Which partnership this data belongs to, and whom to ring about a person who is protected: DATA/partnership.yaml.

id: walsall
name: Walsall Safeguarding Partnership
hub: {team: Safeguarding hub, phone: 01632 960100, hours: "Monday to Friday 08:30-17:00", fallback: ...}
guardian: {team: Guardian on call, phone: 01632 960101}
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec
import yaml

from footprint.records import DutyContact

FILE: Final = "partnership.yaml"


class PartnershipError(ValueError):
    """The file cannot be used. Its message says what to write."""


class Partnership(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The partnership: its id in every ledger entry and decision, its name, its hub, which brokers contact, and its guardian.

    Without a `guardian` nobody is rung about what is held back but whoever sent it.
    """

    id: str = "borough"
    name: str = "The partnership of this borough"
    hub: DutyContact = DutyContact()
    guardian: DutyContact = DutyContact()


msgspec.json.Decoder(Partnership)  # met by one thread, while this is imported


def partnership_of(data: Path) -> Partnership:
    """Return the partnership of a data folder; one without a name where nobody wrote the file. Raises PartnershipError."""
    path = data / FILE
    if not path.exists():
        return Partnership()
    written = path.stat()
    return _read(path, (written.st_ino, written.st_size, written.st_mtime_ns))


@lru_cache(maxsize=4)
def _read(path: Path, _written: tuple[int, ...]) -> Partnership:
    """What the file says, read once for each time that it was written: most pages ask for it, some several times."""
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        return msgspec.convert(said, Partnership)
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        reason = " ".join(str(error).split())
        raise PartnershipError(
            f"{path} cannot be read: {reason}. Write id, name, hub and guardian as the guide shows."
        ) from None
