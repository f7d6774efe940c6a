"""The mail server that FOOTPRINT_MAIL names, and a conversation with it.

smtp:// speaks over TLS where the server offers it, smtps:// from the first byte. A password is only ever said over TLS.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from footprint.ledger.private_files import read_private

SECONDS: Final = 30
_PORTS: Final = {"smtp": 25, "smtps": 465}


class UnknownMailServer(ValueError):
    """FOOTPRINT_MAIL names no mail server. Write smtp://HOST:PORT or smtps://USER@HOST:PORT, or leave it empty."""


class Refused(Exception):
    """The mail server will never take this e-mail for this recipient. `code` is its reply's number."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class NotNow(Exception):
    """The mail server cannot be reached, or says to come again. `said` is a code or the kind of fault, never its words."""

    def __init__(self, said: str, *, unreachable: bool) -> None:
        super().__init__(said)
        self.said = said
        self.unreachable = unreachable


class MailServer(NamedTuple):
    """Where e-mails are handed over, and as whom."""

    host: str
    port: int
    is_tls: bool
    user: str
    password: str


def server_of(url: str, password_file: str = "") -> MailServer | None:
    """Return the server that a URL names, or None for an empty one. Raises UnknownMailServer."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise UnknownMailServer(UnknownMailServer.__doc__) from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise UnknownMailServer(UnknownMailServer.__doc__)
    password = read_private(Path(password_file)).decode().strip() if password_file else ""
    user = unquote(parts.username or "")
    if bool(user) != bool(password):
        raise UnknownMailServer(
            "A user in FOOTPRINT_MAIL and a password in the file that FOOTPRINT_MAIL_PASSWORD_FILE names go together."
        )
    return MailServer(parts.hostname, port, parts.scheme == "smtps", user, password)


@contextmanager
def conversation(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Speak with the server until the block ends. Raises NotNow where it cannot be reached or lets us not in."""
    try:
        smtp = _opened(server)
    except (OSError, smtplib.SMTPException) as error:
        raise NotNow(_said(error), unreachable=True) from error
    try:
        yield smtp
    finally:
        # Whether the server answers our goodbye changes nothing.
        smtp.close()


def hand_over(smtp: smtplib.SMTP, mail: EmailMessage) -> None:
    """Hand one e-mail over. Raises Refused or NotNow; returning means that the server has taken it."""
    try:
        smtp.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        ((code, _),) = error.recipients.values()
        if code >= 500:
            raise Refused(code) from error
        raise NotNow(str(code), unreachable=False) from error
    except (OSError, smtplib.SMTPException) as error:
        gone = not isinstance(error, smtplib.SMTPResponseException)
        raise NotNow(_said(error), unreachable=gone) from error


@cache
def _trusted() -> ssl.SSLContext:
    """Whom the machine trusts: read once, for its hundreds of certificates take longer than handing over an e-mail."""
    return ssl.create_default_context()


def _opened(server: MailServer) -> smtplib.SMTP:
    if server.is_tls:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=_trusted())
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        smtp.ehlo_or_helo_if_needed()
        if not server.is_tls and smtp.has_extn("starttls"):
            smtp.starttls(context=_trusted())
            server = server._replace(is_tls=True)
        if server.user:
            if not server.is_tls:
                raise smtplib.SMTPNotSupportedError("no TLS")
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return str(error.smtp_code)
    return type(error).__name__[:40]
