"""The witness over HTTP: C2SP tlog-witness `add-checkpoint`, on Python's own server. Put a TLS proxy before it.

It decides nothing itself: bytes go to `submissions.answer`, and what that says goes back. It takes no body larger than a
submission can be, waits for nobody for long, and serves few at once; of one log, one at a time. It never sees an entry.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any, Final

from footprint.cli.few_at_once import FewAtOnce
from footprint.cli.printing import complain, say
from footprint.cli.witness_folder import WitnessFolder
from footprint.ledger import KeyUnusable, Witness
from footprint.ledger.submissions import LARGEST, PATH, TEXT_TYPE, Reply, answer, read_submission
from footprint.ledger.verifier.heads import read_note

SECONDS: Final = 10  # without a sign of life from the other side

#: What an operator must see at once: a log that signed something which does not follow from what it signed before.
ALARMING: Final = (409, 422)


class WitnessServer(FewAtOnce):
    """Listens, and hands each connection to a thread of its own, as long as there are not too many."""

    served = "submission"

    def __init__(self, address: tuple[str, int], folder: WitnessFolder) -> None:
        self.folder: Final = folder
        self.witnesses: Final[Mapping[str, Witness]] = folder.witnesses()
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    """One connection. Every answer ends it, so that nobody keeps a place who has nothing to say."""

    server: WitnessServer
    timeout = SECONDS
    server_version, sys_version = "footprint-witness", ""

    def do_POST(self) -> None:
        reply = self._reply()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(reply.body)
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing by itself: who called, and with which words, belongs in no log of a witness."""

    def _reply(self) -> Reply:
        length = self.headers.get("Content-Length", "")
        if self.path.rpartition(PATH)[1:] != (PATH, ""):
            return _sentence(404, "A witness answers to add-checkpoint alone.")
        if not (length.isascii() and length.isdecimal()) or "Transfer-Encoding" in self.headers:
            return _sentence(411, "Say how long the submission is.")
        if len(length) > 9 or int(length) > LARGEST:
            return _sentence(413, f"A submission has at most {LARGEST} bytes.")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            return _sentence(400, "The submission broke off.")
        return _decided(self.server, body)


def announce(sentence: str) -> None:
    """Say something at once: a journal shows each line as it comes."""
    say(sentence)
    sys.stdout.flush()


def _decided(server: WitnessServer, body: bytes) -> Reply:
    try:
        reply = answer(server.witnesses, body, int(time.time()))
    except (KeyUnusable, OSError) as error:
        complain(f"The witness cannot sign: {error}")
        return _sentence(500, "This witness cannot sign at present.")
    _tell(server, body, reply)
    return reply


def _tell(server: WitnessServer, body: bytes, reply: Reply) -> None:
    """Say to whoever runs the witness what was decided about a log that it watches; of others, nothing."""
    if reply.status not in (200, *ALARMING):
        return
    submission = read_submission(body)
    head, _ = read_note(submission.note)
    if reply.status == 200:
        announce(f"signed  {head.origin}  {head.size} entries")
        return
    last = server.witnesses[head.origin].last()
    if submission.old == last.size or head.size == last.size:
        server.folder.keep_refused(head, submission.note)
        complain(
            f"REFUSED  {head.origin}  {head.size} entries: they do not follow from the {last.size} that were signed."
            " Ask the log's operator now; `footprint witness show` has the evidence."
        )


def _sentence(status: int, text: str) -> Reply:
    return Reply(status, TEXT_TYPE, f"{text}\n".encode())
