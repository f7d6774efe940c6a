"""The steps between a right password and a session."""

from __future__ import annotations

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from footprint.web.accounts.session_words import STEPS
from footprint.web.accounts.signing_in.strength import is_sufficient, strength_of


class SecondFactor(AuthenticateStage):  # type: ignore[misc] # the library carries no types
    """Asks for a second factor where the user has one, unless one was shown: a passkey, or one that their own partner asserts."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if is_sufficient(strength_of(request.session.get(STEPS, []))):
            return False
        return bool(super()._should_handle(request))
