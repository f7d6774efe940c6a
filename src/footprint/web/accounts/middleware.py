"""Finds out who asks, ends sessions that are over, and sends people to what comes before anything else."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from footprint.ledger import LedgerError
from footprint.web.accounts.actor import actor_of
from footprint.web.accounts.entries import entry_of
from footprint.web.accounts.models import User
from footprint.web.accounts.queries import actor_among, actor_for, must_choose, must_declare, offered
from footprint.web.accounts.session_words import BEGAN, CHOSEN, SEEN, STRENGTH
from footprint.web.accounts.signing_in.strength import is_sufficient
from footprint.web.config.access import Access, table
from footprint.web.ledger.store import ledger

__all__ = ["CHOSEN", "STRENGTH", "FirstThingsFirst", "SessionEnds", "WhoAsks"]

Handler = Callable[[HttpRequest], HttpResponse]

#: A session's last use is written down this often: not with every page.
_EVERY: Final = 60.0

#: Where somebody may go who has no second factor yet: to its set-up, and out.
_BEFORE_A_SECOND_FACTOR: Final = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "accounts:identity_provider",
        "accounts:identity_provider_return",
        "accounts:roles",
        "health",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_login_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
    }
)
#: What else is open to somebody who has not declared home and relatives: everything about their own account.
_OWN: Final = ("account_", "accounts:", "mfa_", "health")


class SessionEnds:
    """Ends a session that nobody used for a while, or that is longer than a shift."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            now = time.time()
            began = request.session.setdefault(BEGAN, now)
            seen = request.session.setdefault(SEEN, now)
            if why := _over(now - began, now - seen):
                return self._end(request, request.user, why)
            if now - seen > _EVERY:
                request.session[SEEN] = now
        return self.handler(request)

    def _end(self, request: HttpRequest, user: User, why: str) -> HttpResponse:
        ended = entry_of(
            request, user, actor_for(user, request.session), "change", "session-ended", {"why": why}
        )
        logout(request)
        try:
            ledger().record(ended)
        except LedgerError:
            return render(request, "design/no_ledger.html", status=503)
        return redirect(f"{reverse('account_login')}?{urlencode(_what_next(request, why))}")


def _what_next(request: HttpRequest, why: str) -> dict[str, str]:
    """What the sign-in page is told: why, whether something written was sent that is lost, and where to go on.

    What was sent is thrown away. Names and birthdays of children would otherwise lie in a store that no retention counts, or on a
    page before which nobody has signed in yet, for whoever sits down there next. So the form says until when it must be sent
    (`sessions.ends_at`), the sign-in page says that it was lost, and whoever signs in stands before the form again.
    """
    if request.method == "GET":
        return {"ended": why, "next": request.get_full_path()}
    if request.path == reverse("account_logout"):
        return {"ended": why}
    form = urlsplit(request.headers.get("Referer", ""))
    is_ours = form.netloc == request.get_host() and not form.path.startswith("//")
    back = {"next": _page_at(form.path, form.query)} if is_ours else {}
    # A button alone carries nothing that anybody wrote.
    is_written = request.POST.keys() - {"csrfmiddlewaretoken"}
    return {"ended": f"{why}-unsent" if is_written else why, **back}


def _page_at(path: str, query: str) -> str:
    """Where a form stood; home where it was the answer to another form, so that there is nothing to come back to."""
    try:
        name = resolve(path).view_name
    except Resolver404:
        return reverse("home")
    if table().get(name, Access(None)).reads is None:
        return reverse("home")
    return f"{path}?{query}" if query else path


def _over(age: float, unused: float) -> str:
    if age > settings.SHIFT_SECONDS:
        return "shift"
    return "idle" if unused > settings.IDLE_SECONDS else ""


class WhoAsks:
    """Puts `request.actor`: None for nobody, and for somebody who has no membership today."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: Any) -> HttpResponse:
        # Read once for every page: who may work as what is also asked below, in FirstThingsFirst.
        request.offered = offered(request.user, request.session) if isinstance(request.user, User) else []
        request.actor = actor_among(request.offered, request.user, request.session)
        return self.handler(request)


class FirstThingsFirst:
    """Lets nobody past without a second factor or a role that was chosen, and nobody ask who has not declared home and family."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Return the way to what is to be done first, or None where the view may run."""
        if not isinstance(request.user, User):
            return None
        name = resolve(request.path_info).view_name or ""
        strength = request.session.get(STRENGTH, "")
        if not settings.DEMO and not is_sufficient(strength) and name not in _BEFORE_A_SECOND_FACTOR:
            return redirect("mfa_index")
        if name.startswith(_OWN):
            return None
        if must_choose(request.offered, request.session):
            return redirect("accounts:roles")
        actor = actor_of(request)
        if actor and must_declare(actor, request.user):
            return redirect("accounts:declaration")
        return None
