"""By e-mail, through the mail server of the notices: a reference and where to sign in, and nothing that says what it is about."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from footprint.referrals.delivering import Attempt, Outcome, Ready
from footprint.referrals.destinations import Destination
from footprint.referrals.notifying import notice
from footprint.web.notices.server import (
    NotNow,
    Refused,
    UnknownMailServer,
    conversation,
    hand_over,
    server_of,
)
from footprint.web.referrals.outbox.reached import NotReached

_RECORD: Final = "referral/"


def send(destination: Destination, turn: Ready, now: dt.datetime) -> Attempt:
    """Hand one e-mail to the mail server; return that it took it, or that it never will. Raises NotReached."""
    mail = _written(destination, turn, now)
    try:
        server = server_of(settings.MAIL, settings.MAIL_PASSWORD_FILE)
        if server is None:
            raise NotReached("There is no mail server: FOOTPRINT_MAIL is empty.", for_all=True)
        with conversation(server) as smtp:
            hand_over(smtp, mail)
    except UnknownMailServer as error:
        raise NotReached(str(error), for_all=True) from None
    except Refused as refused:
        sentence = f"The mail server refuses this address ({refused.code})."
        return Attempt(at=now, outcome=Outcome.REFUSED, sentence=sentence)
    except NotNow as not_now:
        sentence = f"The mail server does not take it now ({not_now})."
        raise NotReached(sentence, for_all=not_now.unreachable) from None
    return Attempt(at=now, outcome=Outcome.ACCEPTED, sentence="The mail server took it.")


def _written(destination: Destination, turn: Ready, now: dt.datetime) -> EmailMessage:
    message = turn.message
    # With the message's number, as an e-mail's reference has a figure in it and a referral's may have none.
    reference = f"{message.record.removeprefix(_RECORD)}-{message.number}"
    try:
        said = notice(message.kind, reference, f"{settings.SITE}/")
    except ValueError as error:
        raise NotReached(f"It cannot be written. {error}", for_all=True) from None
    mail = EmailMessage(policy=SMTP)
    mail["From"] = settings.MAIL_FROM
    mail["To"] = destination.address
    mail["Subject"] = said.subject
    mail["Date"] = now
    # One message has one id, so that a second copy of it is known for one.
    mail["Message-ID"] = f"<{message.key}@{urlsplit(settings.SITE).hostname or 'footprint'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(said.text)
    return mail
