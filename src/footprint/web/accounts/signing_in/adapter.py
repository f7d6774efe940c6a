"""How the sign-in library is held to our rules: what it tells the ledger, what it says on the page, and what it never does.

It makes no user, sends no mail, and its own counting of attempts is replaced by one that all processes share (`lock_out`).
"""

from __future__ import annotations

import time
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from footprint.ledger import LedgerError
from footprint.web.accounts.client_address import client_address
from footprint.web.accounts.entries import entered, entry, entry_of
from footprint.web.accounts.models import User
from footprint.web.accounts.queries import actor_for
from footprint.web.accounts.session_words import BEGAN, PROVIDER, SEEN, STEPS, STRENGTH, THROUGH
from footprint.web.accounts.signing_in.lock_out import is_locked
from footprint.web.accounts.signing_in.slow_down import remember
from footprint.web.accounts.signing_in.strength import is_sufficient, strength_of
from footprint.web.accounts.step_up import recently_authenticated
from footprint.web.ledger.store import ledger

WRONG: Final = "The username or the password is not right. Try again"
WRONG_CODE: Final = "This code is not right, or was used already. Enter the one that the app shows now"
WRONG_PASSWORD: Final = "This password is not right. Try again"  # noqa: S105 - a sentence

#: What the page says when the library reports that something is done. Whatever is not here is not worth a banner.
_DONE: Final = {
    "account/messages/password_changed.txt": "Your password is changed. Other sessions have ended.",
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app is removed.",
    "mfa/messages/recovery_codes_generated.txt": "You have new recovery codes. The old ones no longer work.",
    "mfa/messages/webauthn_added.txt": "Your passkey is set up.",
    "mfa/messages/webauthn_removed.txt": "The passkey is removed.",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # the library carries no types
    """What happens when somebody signs in, fails to, or leaves."""

    error_messages: Final = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "incorrect_password": WRONG_PASSWORD,
        "enter_current_password": WRONG_PASSWORD,
        "incorrect_code": WRONG_CODE,
    }

    # ---- coming in

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody gives themselves an account."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check a password. An account that is closed and one that never was are answered alike."""
        user = authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()
        if user is None:
            self.authentication_failed(request, **credentials)
        return user if isinstance(user, User) else None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Enter who asked to come in, under seal."""
        typed = str(credentials.get("username", ""))
        facts: dict[str, str | int | bool | None] = {
            "why": "locked" if is_locked(request, typed) else "wrong",
            "address": client_address(request),
        }
        if isinstance(request.user, User):
            entered(request, "refusal", "confirm", facts)
        else:
            entered(request, "refusal", "sign-in", facts, terms={"username": typed[:_LONGEST]})

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, with how strongly, and enter it; without an entry nobody is signed in."""
        super().login(request, user)
        begin(request, user)

    def post_login(self, request: HttpRequest, user: User, **named: Any) -> HttpResponse:
        """Let this browser be known: whoever else tries the name from elsewhere does not slow it down here."""
        response: HttpResponse = super().post_login(request, user, **named)
        remember(request, response, user.username)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Say of a closed account what is said of one that is not there."""
        entered(request, "refusal", "sign-in", {"why": "closed"}, terms={"username": user.username})
        messages.error(request, WRONG)
        return redirect("account_login")

    def get_login_stages(self) -> list[str]:
        """Ask for a second factor, unless a partner's identity provider asserts that it did."""
        return ["footprint.web.accounts.signing_in.stages.SecondFactor"]

    # ---- leaving

    def logout(self, request: HttpRequest) -> None:
        """Leave first, then enter it: nobody is kept signed in by a ledger that is down."""
        left = entry(request, "change", "sign-out")
        super().logout(request)
        ledger().record(left)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return f"{reverse('account_login')}?ended=left"

    # ---- while signed in

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Signing in a moment ago is proof enough, as confirming is."""
        return not recently_authenticated(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """Offer a second factor where there is one; a password alone only where there is none."""
        offered: list[dict[str, str]] = super().get_reauthentication_methods(user)
        second = [one for one in offered if one["id"].startswith("mfa")]
        if second and not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            second.reverse()  # a passkey before recovery codes
        return second or _through_the_provider(self.request) or offered

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say in our words what is done, and nothing that goes without saying."""
        if text := message or _DONE.get(message_template or ""):
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send none: what concerns an account stands on its page."""


_LONGEST: Final = 1000


def begin(request: HttpRequest, user: User) -> None:
    """Begin a session: how strong, since when, and an entry. Where it cannot be entered, nobody is signed in."""
    session, steps = request.session, request.session.get(STEPS, [])
    session[STRENGTH] = strength_of(steps)
    if all(step.get("method") != "oidc" for step in steps):
        # What an earlier attempt through a provider left behind.
        session.pop(THROUGH, None)
        session.pop(PROVIDER, None)
    session[BEGAN] = session[SEEN] = time.time()
    actor = actor_for(user, session)
    facts: dict[str, str | int | bool | None] = {
        "address": client_address(request),
        "second-factor": is_sufficient(session[STRENGTH]) or settings.DEMO,
    }
    try:
        ledger().record(entry_of(request, user, actor, "change", "sign-in", facts))
    except LedgerError:
        session.flush()
        raise


def _through_the_provider(request: HttpRequest) -> list[dict[str, str]]:
    """Offer to confirm with the identity provider through which this session began."""
    from footprint.web.accounts.outside.services import provider_of_session

    provider = provider_of_session(request)
    if provider is None:
        return []
    url = reverse("accounts:identity_provider", args=[provider.id])
    return [{"id": "oidc", "description": f"Confirm with {provider.name}", "url": url}]
