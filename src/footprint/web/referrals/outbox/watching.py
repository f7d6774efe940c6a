"""What lies in the watched folders: receipts of what was laid there, and decisions that came. Both are read, then taken away."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from footprint.ledger import LedgerError
from footprint.referrals.delivering import ReceiptUnreadable, attempt_of
from footprint.referrals.destinations import Destination, destinations_of
from footprint.referrals.receiving import EnvelopeUnreadable
from footprint.referrals.signing import SignatureRefused
from footprint.referrals.watched_folder import (
    ManifestRefused,
    check_files,
    manifest_name,
    read_manifest,
    read_receipt_file,
    receipt_file,
    receipt_name,
)
from footprint.sharing.partnership import partnership_of
from footprint.web.referrals.models import Outgoing
from footprint.web.referrals.outbox import by_folder
from footprint.web.referrals.outbox.delivering import settle
from footprint.web.referrals.outbox.inbox import LARGEST, take_in
from footprint.web.referrals.outbox.keys import KeyFileError, Keys, keys_of
from footprint.web.referrals.outbox.rows import message_of

log: Final = logging.getLogger(__name__)

#: What cannot be taken is put aside under this ending, and no longer looked at; whoever runs the folder finds it.
REFUSED: Final = ".refused"


def watch(now: dt.datetime | None = None) -> Counter[str]:
    """Read every watched folder once; return how many receipts and decisions were taken. Raises reading.ChoiceError."""
    found: Counter[str] = Counter()
    for destination in destinations_of(settings.DATA):
        if destination.kind != "folder":
            continue
        try:
            keys = keys_of(destination, settings.DATA)
            found["receipts"] += _receipts(destination, keys, now or timezone.now())
            found["decisions"] += _decisions(destination, keys, now or timezone.now())
        except (KeyFileError, OSError) as error:
            # Such an error names files, and files are named by keys: nothing about anybody.
            log.error("%s: %s", destination.id, error)
        except LedgerError:
            raise
        except Exception:
            # One message that nobody foresaw keeps no other system's from coming in.
            log.exception("%s: what lies in its folder could not be read to its end.", destination.id)
    return found


def _receipts(destination: Destination, keys: Keys, now: dt.datetime) -> int:
    receipts = by_folder.part(destination, settings.DATA, by_folder.RECEIPTS)
    messages = by_folder.part(destination, settings.DATA, by_folder.MESSAGES)
    taken = 0
    for key, file in by_folder.named(receipts, receipt_name("")):
        row = Outgoing.objects.filter(key=key, destination=destination.id).select_related("referral").first()
        content = by_folder.read(file, LARGEST)
        if row is None or content is None:
            continue
        try:
            receipt = read_receipt_file(
                content, message_of(row), keys.theirs, int(now.timestamp()), by_folder.WINDOW
            )
        except (ReceiptUnreadable, SignatureRefused) as refused:
            _put_aside(destination, file, str(refused))
            continue
        # One for what is settled already is a second copy: it has said what it had to say.
        taken += settle(row, destination, attempt_of(receipt, now))
        by_folder.remove(messages, key)
        file.unlink(missing_ok=True)
    return taken


def _decisions(destination: Destination, keys: Keys, now: dt.datetime) -> int:
    came = by_folder.part(destination, settings.DATA, by_folder.DECISIONS)
    answers = by_folder.part(destination, settings.DATA, by_folder.ANSWERS)
    taken = 0
    for key, file in by_folder.named(came, manifest_name("")):
        content = _whole(destination, keys, came, file, now)
        if content is None:
            continue
        try:
            receipt = take_in(destination, content, partnership_of(settings.DATA).id, now)
        except EnvelopeUnreadable as unreadable:
            _put_aside(destination, file, str(unreadable))
            continue
        if receipt.key != key:
            _put_aside(destination, file, "The message has another key than its manifest.")
            continue
        by_folder.write(
            answers, {receipt_name(key): receipt_file(receipt, keys.signer, int(now.timestamp()))}
        )
        by_folder.remove(came, key)
        taken += 1
    return taken


def _whole(destination: Destination, keys: Keys, folder: Path, file: Path, now: dt.datetime) -> bytes | None:
    """The message of a manifest, once it is whole and signed; None while it is not, or where it never will be."""
    said = by_folder.read(file, LARGEST)
    if said is None:
        return None
    try:
        manifest = read_manifest(said)
        lying = {one.name: by_folder.read(folder / one.name, LARGEST) for one in manifest.files}
        if any(content is None for content in lying.values()):
            return None  # not all of it has arrived
        files = {name: content for name, content in lying.items() if content is not None}
        check_files(manifest, files, keys.theirs, int(now.timestamp()), by_folder.WINDOW)
    except (ManifestRefused, SignatureRefused) as refused:
        _put_aside(destination, file, str(refused))
        return None
    return files.get(f"{manifest.key}.json") or b""


def _put_aside(destination: Destination, file: Path, why: str) -> None:
    log.warning("%s: %s was put aside. %s", destination.id, file.name, why)
    file.replace(file.with_name(file.name + REFUSED))
