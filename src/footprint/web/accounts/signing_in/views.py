"""The pages of sign-in and of the second factor: the library's views, with what we add to them."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.views import LoginView, PasswordChangeView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from footprint.web.accounts.demo.accounts import PASSWORD, demo_table
from footprint.web.accounts.entries import entered
from footprint.web.accounts.outside.providers import providers
from footprint.web.accounts.queries import signed_in
from footprint.web.accounts.signing_in.picture import grouped, picture_of
from footprint.web.accounts.signing_in.second_factor import LAST, SecondFactorAdapter
from footprint.web.accounts.signing_in.services import proved

#: Why somebody sees the sign-in page although they had signed in.
_ENDED: Final = {
    "idle": "You were signed out because nothing was done for a while. Sign in to go on.",
    "shift": "You were signed out because a session lasts one shift. Sign in to go on.",
    "idle-unsent": (
        "You were signed out because nothing was done for a while. What you had written was not sent, and is not kept. "
        "Sign in to write it again."
    ),
    "shift-unsent": (
        "You were signed out because a session lasts one shift. What you had written was not sent, and is not kept. "
        "Sign in to write it again."
    ),
    "left": "You are signed out. Close the browser if others use this computer.",
}


class SignIn(LoginView):  # type: ignore[misc] # the library carries no types
    """Username and password, a passkey, or a partner's own identity provider; in the demo, one button a role."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponse | None:
        # "Begin again" on the page that asks for a code must lead here.
        return None if "again" in request.GET else super()._redirect_to_pending_stage(request, stage)

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**named)
        return found | {
            "ended": _ENDED.get(self.request.GET.get("ended", ""), ""),
            "providers": providers(settings.DATA),
            "demo": demo_table() if settings.DEMO else (),
            "demo_password": PASSWORD if settings.DEMO else "",
        }


class SecondStep(AuthenticateView):  # type: ignore[misc]
    """The second step; with both ways, whatever was posted."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**named)
        if not found["js_data"]["request_options"]["publicKey"].get("allowCredentials"):
            found |= {"webauthn_form": None}
        return found


class ChangePassword(PasswordChangeView):  # type: ignore[misc]
    """A new password. Who signs in through their organisation has none here."""

    def dispatch(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if not signed_in(request).has_usable_password():
            return redirect("accounts:account")
        return super().dispatch(request, *args, **named)  # type: ignore[no-any-return]

    def get_default_success_url(self) -> str:
        return reverse("accounts:account")

    def form_valid(self, form: Any) -> HttpResponse:
        entered(self.request, "change", "password-changed")
        return super().form_valid(form)  # type: ignore[no-any-return]


class ActivateApp(ActivateTOTPView):  # type: ignore[misc]
    """An authenticator app, set up by its first code."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**named)
        return found | {"picture": picture_of(found["totp_url"]), "key": grouped(found["form"].secret)}

    def form_valid(self, form: Any) -> HttpResponse:
        entered(self.request, "change", "second-factor-added", {"type": "totp"})
        response: HttpResponse = super().form_valid(form)
        proved(self.request, "totp")
        return response


class DeactivateApp(DeactivateTOTPView):  # type: ignore[misc]
    """The app, taken away."""

    def form_valid(self, form: Any) -> HttpResponse:
        entered(self.request, "change", "second-factor-removed", {"type": "totp"})
        return super().form_valid(form)  # type: ignore[no-any-return]


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """A passkey, set up by its first use."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        # The library drops the form that was posted.
        found: dict[str, Any] = super().get_context_data(**named)
        return found | {"form": named.get("form") or self.get_form()}

    def form_valid(self, form: Any) -> HttpResponse:
        entered(self.request, "change", "second-factor-added", {"type": "webauthn"})
        response: HttpResponse = super().form_valid(form)
        proved(self.request, "webauthn")
        return response


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """A passkey, taken away; never the only second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        if not SecondFactorAdapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, LAST)
            return redirect("mfa_list_webauthn")
        entered(self.request, "change", "second-factor-removed", {"type": "webauthn"})
        return super().form_valid(form)  # type: ignore[no-any-return]


class NewRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes in the place of the old ones."""

    def form_valid(self, form: Any) -> HttpResponse:
        entered(self.request, "change", "recovery-codes-made")
        return super().form_valid(form)  # type: ignore[no-any-return]
