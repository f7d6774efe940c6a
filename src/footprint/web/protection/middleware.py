"""The page that says that somebody is not this user's to look up, wherever a look-up was refused. It was entered before."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from footprint.web.accounts.actor import acting
from footprint.web.protection.own.checks import NotYours


class NotTheirs:
    """Turns the refusal into its page, with the way to break the glass where that is one person and the user may."""

    def __init__(self, handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page, or None where the error is another."""
        if not isinstance(error, NotYours):
            return None
        may_break = bool(error.handle) and acting(request).may("break-glass")
        context = {
            "sentence": str(error),
            "case_id": error.case_id,
            "concerns": error.concerns,
            "handle": error.handle if may_break else "",
        }
        return render(request, "protection/not_yours.html", context, status=403)
