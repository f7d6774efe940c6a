"""Two counts of failed attempts for passwords, codes and confirmations, in the database that all processes share.

By username and address together an attempt too many locks for a while, whether the user exists or not; by username alone,
from wherever, it only slows down (`slow_down`).
"""

from __future__ import annotations

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from footprint.web.accounts.signing_in.names import CODES, counted_as
from footprint.web.accounts.signing_in.slow_down import PAUSE, is_slow


def is_locked(request: HttpRequest, username: str) -> bool:
    """Say whether a password under this name is not looked at now: too many failed from this address, or from everywhere."""
    return not AxesProxyHandler.is_allowed(request, {"username": username})


def is_second_step_locked(request: HttpRequest, username: str) -> bool:
    """Say the same of a code or a passkey, of somebody whose password was right."""
    AxesProxyHandler.update_request(request)
    handler = AxesProxyHandler.get_implementation()
    here: bool = handler.is_locked_here(request, {"username": username})
    return here or is_slow(request, counted_as(request, CODES | {"username": username}))


def lock(request: Any, username: str) -> None:
    """Let this request be answered by the page that says to wait."""
    request.axes_locked_out, request.axes_credentials = True, {"username": username}


def count_failure(request: HttpRequest, username: str) -> None:
    """Count an attempt that failed after the password: a code, a passkey."""
    for step in ({}, CODES):
        user_login_failed.send(sender=__name__, credentials=step | {"username": username}, request=request)


def locked_page(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Say how long to wait: the same words whether the user exists or not."""
    handler = AxesProxyHandler.get_implementation()
    here = handler.is_locked_here(request, {"username": (credentials or {}).get("username")})
    wait = settings.AXES_COOLOFF_TIME if here else PAUSE
    minutes = int(wait.total_seconds() // 60)
    return render(request, "accounts/locked.html", {"minutes": minutes, "here": here}, status=429)
