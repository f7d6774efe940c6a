"""Has this person proved lately that it is them? For what must not be done by whoever finds a screen unlocked.

    @recently_authenticated_required
    def break_glass(request): ...

sends whoever has not proved it within a quarter of an hour to do so, and back to the page.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from footprint.web.accounts.session_words import STEPS
from footprint.web.accounts.signing_in.strength import is_sufficient, proved_at, strength_of

View = Callable[..., HttpResponse]


def recently_authenticated(request: HttpRequest) -> bool:
    """Say whether who is signed in proved within the time of STEP_UP_SECONDS that it is them.

    Who signed in with a second factor proves it by a second factor; a password alone counts only where that is all there is.
    """
    steps = request.session.get(STEPS, [])
    second_factor = is_sufficient(strength_of(steps))
    limit: int = settings.STEP_UP_SECONDS
    return time.time() - proved_at(steps, second_factor=second_factor) < limit


def way_to_confirm(request: HttpRequest, *, back_to: str = "") -> HttpResponse:
    """Return the way to the page where they prove it, which leads back here, or to `back_to`."""
    asked = urlencode({"next": back_to or request.get_full_path()})
    return redirect(f"{reverse('accounts:confirm')}?{asked}")


def recently_authenticated_required(view: View) -> View:
    """Let a view run only for who proved lately that it is them; what was typed is not kept, so ask before the form is shown."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not recently_authenticated(request):
            return way_to_confirm(request)
        return view(request, *args, **kwargs)

    return checked
