"""What holds for every request: nothing is kept by a browser or proxy, the access table, and no ledger, no answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils.http import urlencode

from footprint.ledger import LedgerError
from footprint.sharing import AgreementError
from footprint.snapshot import NothingPublished
from footprint.web.accounts.actor import actor_of
from footprint.web.config.access import Access, permits, table

Handler = Callable[[HttpRequest], HttpResponse]

_NOBODY: Final = Access(None)
#: What stops every answer, and the page that says so.
_STOPPED: Final[tuple[tuple[type[Exception], str], ...]] = (
    (LedgerError, "design/no_ledger.html"),
    (NothingPublished, "design/nothing_published.html"),
    (AgreementError, "design/no_agreement.html"),
)


class NothingIsKept:
    """No page about anybody stays in a cache or in the history of a shared computer."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.handler(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class WhoMayReach:
    """Refuses every URL that the access table does not open to this actor's rights, before its view is called."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Return the refusal, or None where the view may run."""
        row = _table().get(resolve(request.path_info).view_name or "", _NOBODY)
        who = row.who(request.method or "")
        if who is None and (row.reads or row.writes):
            return HttpResponseNotAllowed([m for m in ("GET", "POST") if row.who(m)])
        actor = actor_of(request)
        if permits(who, actor.rights if actor else None):
            return None
        if actor is None and request.user.is_authenticated:
            return render(request, "accounts/no_role.html", status=403)
        if actor is None:
            return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
        return render(request, "design/refused.html", status=403)


class NoLedgerNoAnswer:
    """Turns what stops the ledger, or an answer for want of data, into a page that says so: 503, and nothing else leaves."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page that says what is missing, or None where the error is another."""
        page = next((page for kind, page in _STOPPED if isinstance(error, kind)), "")
        return render(request, page, status=503) if page else None


@lru_cache(maxsize=1)
def _table() -> dict[str, Access]:
    return dict(table())
