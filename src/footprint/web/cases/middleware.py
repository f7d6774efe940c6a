"""The pages that say why there is no answer: the agreement shares nothing, the case is closed, or it was one look-up too many."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from footprint.web.cases.limits import LimitReached
from footprint.web.cases.scope import NotShared


class WhyNoAnswer:
    """Turns what stops a look-up into its page, wherever it was raised. Each was entered in the ledger before."""

    def __init__(self, handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page, or None where the error is another."""
        if isinstance(error, NotShared):
            return render(request, "cases/not_shared.html", {"sentence": str(error)}, status=403)
        if isinstance(error, LimitReached):
            return render(
                request, "cases/limit_reached.html", {"most": error.most, "ring": error.ring}, status=403
            )
        return None
