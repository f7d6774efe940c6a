"""The one e-mail that Footprint writes. It holds a reference and the site's address, and nothing of what it is about.

Whoever's name it might be, no name is in it; whatever an address might carry, it cannot become another header.
"""

from __future__ import annotations

import datetime as dt
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

SUBJECT: Final = "Footprint: there is something for you"
_BODY: Final = """\
There is something for you in Footprint. Sign in to read it.

Reference {reference}
{site}

This e-mail never says what it is about, and no answer to it is read.
"""


class NoAddress(ValueError):
    """This is no e-mail address that anything may be sent to."""


class NoSender(ValueError):
    """E-mails need an address to come from. Write one into FOOTPRINT_MAIL_FROM."""


def message(reference: str, recipient: str, sender: str, site: str, when: dt.datetime) -> EmailMessage:
    """Return the e-mail of a notice. One reference has one Message-ID, so that a second copy is known for one.

    Raises NoAddress where the recipient's address is none.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _address(sender)
    mail["To"] = _address(recipient)
    mail["Subject"] = SUBJECT
    mail["Date"] = when
    mail["Message-ID"] = f"<{reference}@{urlsplit(site).hostname or 'footprint'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_BODY.format(reference=reference, site=site))
    return mail


def checked_sender(sender: str) -> None:
    """Raise NoSender where e-mails cannot come from this address."""
    try:
        _address(sender)
    except NoAddress as error:
        raise NoSender(NoSender.__doc__) from error


def _address(text: str) -> Address:
    try:
        validate_email(text)
        return Address(addr_spec=text)
    except (ValidationError, ValueError, IndexError) as error:
        raise NoAddress(NoAddress.__doc__) from error
