"""One count of failed attempts for passwords, codes and confirmations, in the database that all processes share.

Attempts are counted by username and address together, whether the user exists or not, and the username is kept as a keyed
digest: what somebody types there may be a password.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac


def counted_as(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """Return under what an attempt counts: the same for all spellings that sign in alike."""
    typed = str((credentials or {}).get("username") or "")
    folded = unicodedata.normalize("NFKC", typed).strip().casefold()
    return salted_hmac("footprint.accounts.lock_out", folded, algorithm="sha256").hexdigest()[:32]


def is_locked(request: HttpRequest, username: str) -> bool:
    """Say whether too many attempts failed under this name from this address."""
    return not AxesProxyHandler.is_allowed(request, {"username": username})


def lock(request: Any) -> None:
    """Let this request be answered by the page that says to wait."""
    request.axes_locked_out = True


def count_failure(request: HttpRequest, username: str) -> None:
    """Count an attempt that failed after the password: a code, a passkey."""
    user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)


def locked_page(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Say how long to wait: the same words whether the user exists or not."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked.html", {"minutes": minutes}, status=429)
