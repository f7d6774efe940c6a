"""What changes in a session while somebody signs in or proves anew that it is them."""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest

from footprint.web.accounts.queries import signed_in
from footprint.web.accounts.session_words import STEPS, STEPS_OF, STRENGTH
from footprint.web.accounts.signing_in.strength import strength_of


def proved(request: HttpRequest, kind: str) -> None:
    """Add that the user has shown a second factor of this kind in this session, as its set-up asks them to."""
    add_step(request, str(signed_in(request).pk), {"method": "mfa", "type": kind})
    request.session[STRENGTH] = strength_of(request.session[STEPS])


def add_step(request: HttpRequest, user_id: str, step: dict[str, Any]) -> None:
    """Add a step to those that the session went through; those of another user are forgotten."""
    before = request.session.get(STEPS, []) if request.session.get(STEPS_OF) == user_id else []
    request.session[STEPS] = [*before, {**step, "at": time.time()}]
    request.session[STEPS_OF] = user_id
