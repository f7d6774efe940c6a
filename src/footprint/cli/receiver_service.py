"""The reference receiver over HTTP and in a watched folder: the other end of the outbox, for suppliers and for tests.

It checks the signature before it reads a message, keeps what it took before its receipt leaves, and signs the receipt. It says
which messages it took, and never what was in them.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from footprint.cli.few_at_once import FewAtOnce
from footprint.cli.printing import complain, say
from footprint.cli.record_system import RecordSystem
from footprint.referrals.delivering import Receipt, receipt_components, signed_components
from footprint.referrals.receiving import EnvelopeUnreadable
from footprint.referrals.signing import SharedSecret, SignatureRefused, Signed, check, sign
from footprint.referrals.watched_folder import (
    ManifestRefused,
    check_files,
    manifest_name,
    read_manifest,
    receipt_file,
    receipt_name,
)
from footprint.web.referrals.outbox import by_folder

SECONDS: Final = 10  # without a sign of life from the other side
LARGEST: Final = 4 * 1024 * 1024  # bytes of a message


class Answer(NamedTuple):
    """A status, what is said, and its signature where there is one."""

    status: int
    content: bytes
    signed: Signed | None = None


class ReceiverServer(FewAtOnce):
    """Listens, and hands each connection to a thread of its own, as long as there are not too many.

    `address` is what senders post to and sign, such as http://127.0.0.1:8091/footprint; empty for where it listens.
    """

    served = "message"
    allow_reuse_address = True

    def __init__(
        self, listen: tuple[str, int], system: RecordSystem, key: SharedSecret, address: str = ""
    ) -> None:
        self.system: Final = system
        self.key: Final = key
        super().__init__(listen, _Handler)
        host = f"[{listen[0]}]" if ":" in listen[0] else listen[0]
        self.address: Final = address or f"http://{host}:{self.server_address[1]}/footprint"


class _Handler(BaseHTTPRequestHandler):
    """One connection. Every answer ends it."""

    server: ReceiverServer
    timeout = SECONDS
    server_version, sys_version = "footprint-receiver", ""

    def do_POST(self) -> None:
        answer = self._answer()
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json" if answer.signed else "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(answer.content)))
        if answer.signed:
            self.send_header("Signature-Input", answer.signed.input)
            self.send_header("Signature", answer.signed.signature)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.content)
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing by itself: what was taken is said in one place."""

    def _answer(self) -> Answer:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdecimal()) or "Transfer-Encoding" in self.headers:
            return _sentence(411, "Say how long the message is.")
        if len(length) > 9 or int(length) > LARGEST:
            return _sentence(413, f"A message has at most {LARGEST} bytes.")
        content, key = self.rfile.read(int(length)), self.headers.get("Idempotency-Key", "")
        signed = Signed(self.headers.get("Signature-Input", ""), self.headers.get("Signature", ""))
        components = signed_components("POST", self.server.address, content, key)
        own = self.server.key
        try:
            check(signed, components, {own.id: own}, int(time.time()))
            receipt = self.server.system.take(content, dt.datetime.now(dt.UTC))
        except (SignatureRefused, ValueError) as refused:
            unsigned = isinstance(refused, SignatureRefused)
            return _sentence(401 if unsigned else 400, str(refused))
        except sqlite3.Error as error:
            complain(f"The message cannot be kept: {error}")
            return _sentence(503, "This cannot be kept at present. Come again.")
        _tell(receipt)
        said = msgspec.json.encode(receipt)
        return Answer(200, said, sign(receipt_components(200, said, key), own, int(time.time())))


def read_folder(folder: Path, system: RecordSystem, key: SharedSecret) -> int:
    """Take every whole message of a watched folder and leave its receipt; return how many there were."""
    messages, receipts = folder / by_folder.MESSAGES, folder / by_folder.RECEIPTS
    for part in (messages, receipts):
        part.mkdir(exist_ok=True)
    taken = 0
    for name, file in by_folder.named(messages, manifest_name("")):
        now = int(time.time())
        try:
            manifest = read_manifest(file.read_bytes())
            files = {one.name: (messages / one.name).read_bytes() for one in manifest.files}
            check_files(manifest, files, {key.id: key}, now, by_folder.WINDOW)
            receipt = system.take(files[f"{name}.json"], dt.datetime.now(dt.UTC))
        except (OSError, KeyError):
            continue  # not all of it is there
        except (ManifestRefused, SignatureRefused, EnvelopeUnreadable) as refused:
            complain(f"{file.name}: {refused}")
            continue
        by_folder.write(receipts, {receipt_name(name): receipt_file(receipt, key, now)})
        by_folder.remove(messages, name)
        _tell(receipt)
        taken += 1
    return taken


def _tell(receipt: Receipt) -> None:
    say(f"{receipt.outcome}  {receipt.key}  {receipt.reference}")
    sys.stdout.flush()


def _sentence(status: int, text: str) -> Answer:
    return Answer(status, f"{text}\n".encode())
