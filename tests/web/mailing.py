"""A real mail server in this process, for tests of what is sent: it takes, refuses, goes away and comes back as it is told."""

import asyncio
import email
import email.policy
import socket
import threading

import pytest
from aiosmtpd.smtp import SMTP


class MailServer:
    """What it took is in `taken`: (recipients, message). `recipients` gives a reply by address, `data` one to every message."""

    def __init__(self):
        self.taken = []
        self.recipients = {}
        self.data = ""
        self.before_reply = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = None
        self.port = 0
        self.up()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    def up(self):
        """Listen, at the same port as before."""
        self._server = self._do(
            self._loop.create_server(
                lambda: SMTP(self, loop=self._loop, hostname="mail.test"), sock=self._socket()
            )
        )

    def down(self):
        """Listen no more."""

        async def stop():
            self._server.close()
            await self._server.wait_closed()

        self._do(stop())

    def close(self):
        self.down()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _socket(self):
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        return listening

    def _do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    # ---- what aiosmtpd asks

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        reply = self.recipients.get(address, "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.data:
            return self.data
        made = email.message_from_bytes(envelope.content, policy=email.policy.SMTP)
        self.taken.append((tuple(envelope.rcpt_tos), made))
        if self.before_reply:
            self.before_reply()
        return "250 taken"


@pytest.fixture
def mail():
    """A mail server that takes everything, until it is told otherwise."""
    server = MailServer()
    yield server
    server.close()
