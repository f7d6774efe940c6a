"""The sessions that a user has open, and ending them."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from footprint.web.accounts.models import User
from footprint.web.accounts.queries import session_mark
from footprint.web.accounts.session_words import BEGAN, SEEN, STRENGTH


class OpenSession(NamedTuple):
    """One session as its owner sees it. `mark` names it in the ledger and on the page; it opens nothing."""

    mark: str
    began: dt.datetime
    seen: dt.datetime
    address: str
    browser: str
    strength: str
    is_this: bool


def open_sessions(user: User, this: SessionBase) -> list[OpenSession]:
    """Return a user's open sessions, this one first, then by when they were last used."""
    found = [
        _opened(one, SessionStore(one.session_key), this) for one in UserSession.objects.purge_and_list(user)
    ]
    return sorted(found, key=lambda one: (not one.is_this, -one.seen.timestamp()))


def session_of(user: User, mark: str) -> UserSession | None:
    """Return a user's session by its mark."""
    kept = UserSession.objects.filter(user=user)
    return next((one for one in kept if session_mark(SessionStore(one.session_key)) == mark), None)


def end_sessions(user: User, but: str = "") -> int:
    """End all sessions of a user but one; return how many."""
    ended = list(UserSession.objects.filter(user=user).exclude(session_key=but))
    for one in ended:
        one.end()
    return len(ended)


def ends_at(session: SessionBase) -> dt.datetime:
    """Return when a session that is used now ends if nothing more is done in it: what is then sent is lost."""
    last = min(session[SEEN] + settings.IDLE_SECONDS, session[BEGAN] + settings.SHIFT_SECONDS)
    return dt.datetime.fromtimestamp(last, dt.UTC)


def end_everybodys() -> int:
    """End all sessions there are; return how many of users."""
    Session.objects.all().delete()
    ended, _ = UserSession.objects.all().delete()
    return int(ended)


def _opened(kept: UserSession, session: SessionStore, this: SessionBase) -> OpenSession:
    def moment(name: str) -> dt.datetime:
        seconds = session.get(name)
        return dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds else kept.created_at

    return OpenSession(
        mark=session_mark(session),
        began=moment(BEGAN),
        seen=moment(SEEN),
        address=kept.ip,
        browser=kept.user_agent,
        strength=session.get(STRENGTH, ""),
        is_this=kept.session_key == this.session_key,
    )
