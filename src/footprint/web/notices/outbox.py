"""From what is owed to what was handed over: every e-mail goes out at least once, and never twice without our knowing.

Each is claimed in a transaction of its own before it is sent, and settled in another after. Whoever dies in between leaves a
claim; when that has grown old the e-mail goes out again, under the same Message-ID, and the row says "perhaps twice".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from footprint.web.accounts.queries import is_held
from footprint.web.notices.message import NoAddress, checked_sender, message
from footprint.web.notices.models import Mail
from footprint.web.notices.server import MailServer, NotNow, Refused, conversation, hand_over, server_of

State = Mail.State

#: What may become of an e-mail in each state. Nothing else happens to it.
MOVES: Final[Mapping[State, frozenset[State]]] = {
    State.WAITING: frozenset({State.SENDING}),
    State.SENDING: frozenset(State),
    State.SENT: frozenset(),
    State.NOT_NEEDED: frozenset(),
    State.NO_ADDRESS: frozenset({State.WAITING}),
    State.GONE: frozenset(),
    State.REFUSED: frozenset({State.WAITING}),
}
#: A claim this old is a dead sender's: no conversation lasts so long.
CLAIMED_FOR: Final = dt.timedelta(minutes=15)
_FIRST_WAIT: Final = dt.timedelta(minutes=1)
LONGEST_WAIT: Final = dt.timedelta(hours=6)


class Delivered(NamedTuple):
    """What one round did. `server` is whether there is one to hand e-mails to, `reached` whether it answered."""

    server: bool
    reached: bool
    settled: Mapping[State, int]


def deliver(limit: int = 100, *, now: dt.datetime | None = None) -> Delivered:
    """Hand over what is due, at most `limit` e-mails; stop at once where the server cannot be reached.

    Raises UnknownMailServer or NoSender where the settings make no sense.
    """
    server = server_of(settings.MAIL, settings.MAIL_PASSWORD_FILE)
    if server is None:
        return Delivered(server=False, reached=False, settled={})
    checked_sender(settings.MAIL_FROM)
    settled: dict[State, int] = {}
    at = now or timezone.now()
    for mail in _due(at, limit):
        if not _claim(mail, at):
            continue
        state, said, unreachable = _attempt(mail, server, at)
        _settle(mail, state, said, at)
        settled[state] = settled.get(state, 0) + 1
        if unreachable:
            return Delivered(server=True, reached=False, settled=settled)
    return Delivered(server=True, reached=True, settled=settled)


def try_again() -> int:
    """Put back what was refused or had no address, for when that was put right; return how many there are."""
    back = [state for state, to in MOVES.items() if State.WAITING in to and state is not State.SENDING]
    return Mail.objects.filter(state__in=back).update(
        state=State.WAITING, settled_at=None, due_at=timezone.now()
    )


def wait_after(attempts: int) -> dt.timedelta:
    """Return how long to wait after so many attempts: a minute, two, four ... six hours. It never gives up."""
    doubled: int = 2 ** min(attempts - 1, 20)
    return min(_FIRST_WAIT * doubled, LONGEST_WAIT)


def _due(now: dt.datetime, limit: int) -> list[Mail]:
    waiting = Mail.objects.filter(state=State.WAITING, due_at__lte=now)
    left_over = Mail.objects.filter(state=State.SENDING, tried_at__lte=now - CLAIMED_FOR)
    both = (waiting | left_over).select_related("partner", "notice__membership__user")
    return list(both[:limit])


def _claim(mail: Mail, now: dt.datetime) -> bool:
    """Whether it is ours to send. The row as it was read must be the row as it is: of two senders one goes on."""
    found = Mail.objects.filter(pk=mail.pk, state=mail.state, attempts=mail.attempts)
    again = mail.state == State.SENDING
    changes = {"perhaps_twice": True} if again else {}
    claimed = found.update(state=State.SENDING, tried_at=now, attempts=F("attempts") + 1, **changes)
    mail.attempts += 1
    return claimed == 1


def _attempt(mail: Mail, server: MailServer, now: dt.datetime) -> tuple[State, str, bool]:
    state, recipient = _recipient(mail)
    if state is not State.SENDING:
        return state, "", False
    try:
        made = message(mail.reference, recipient, settings.MAIL_FROM, settings.SITE, now)
    except NoAddress:
        return State.NO_ADDRESS, "", False
    try:
        with conversation(server) as smtp:
            hand_over(smtp, made)
    except Refused as refused:
        return State.REFUSED, str(refused.code), False
    except NotNow as not_now:
        return State.WAITING, not_now.said, not_now.unreachable
    return State.SENT, "", False


def _recipient(mail: Mail) -> tuple[State, str]:
    """Where it goes now, if it still goes anywhere."""
    if mail.partner is not None:
        email = mail.partner.lead_email
        return (State.SENDING, email) if email else (State.NO_ADDRESS, "")
    if mail.notice is None or not is_held(mail.notice.membership):
        return State.GONE, ""
    if mail.notice.read_at is not None:
        return State.NOT_NEEDED, ""
    email = mail.notice.membership.user.email
    return (State.SENDING, email) if email else (State.NO_ADDRESS, "")


def _settle(mail: Mail, state: State, said: str, now: dt.datetime) -> None:
    waits = state is State.WAITING
    Mail.objects.filter(pk=mail.pk, state=State.SENDING, attempts=mail.attempts).update(
        state=state,
        said=said,
        due_at=now + wait_after(mail.attempts) if waits else mail.due_at,
        settled_at=None if waits else now,
    )
