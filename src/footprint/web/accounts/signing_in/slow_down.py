"""A second count, of a name alone: whoever tries one name from many addresses is slowed down.

Once many attempts failed under a name, from wherever, one a minute is looked at, whosesoever: while a guesser keeps on, the
name's owner has to be the first of a minute, too, in a browser that does not know them. An attempt that is not looked at
lengthens nothing. Not slowed are a browser that knows the name (it came in there before, or set its password there by an
administrator's link), a passkey, and a partner's own identity provider.
Passwords and codes are counted apart: whoever guesses passwords does not slow the second step of whoever knows theirs.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from footprint.web.accounts.signing_in.names import CODES, counted_as

#: So many attempts may fail under one name, from all addresses together and within the time of a lock, before it is slow.
MOST: Final = 20
PAUSE: Final = dt.timedelta(minutes=1)

_COOKIE: Final = "known-browser"
_KNOWN_FOR: Final = dt.timedelta(days=30)


class Handler(AxesDatabaseHandler):  # type: ignore[misc] # the library carries no types
    """The library's count by name and address, and then ours by name."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        name = counted_as(request, credentials)
        return self.is_locked_here(request, credentials) or is_slow(request, name)

    def is_locked_here(self, request: HttpRequest, credentials: dict[str, Any] | None) -> bool:
        """Say whether too many attempts failed from this address."""
        return bool(super().is_locked(request, credentials))


def is_slow(request: HttpRequest, name: str) -> bool:
    """Say whether an attempt under this name, as it is counted, is not looked at now."""
    now = timezone.now()
    failed = AccessAttempt.objects.filter(username=name, attempt_time__gt=now - settings.AXES_COOLOFF_TIME)
    found = failed.aggregate(count=Sum("failures_since_start"), last=Max("attempt_time"))
    if (found["count"] or 0) < MOST or found["last"] <= now - PAUSE:
        return False
    return name not in _known(request)


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Let the browser keep that this name is known in it: under a keyed digest, which tells nobody whose it is."""
    names = (counted_as(request, {"username": username}), counted_as(request, CODES | {"username": username}))
    response.set_signed_cookie(
        _COOKIE,
        ".".join(names),
        salt=__name__,
        max_age=_KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> list[str]:
    kept = request.get_signed_cookie(_COOKIE, default="", salt=__name__, max_age=_KNOWN_FOR)
    return str(kept).split(".")
