"""The forms of sign-in: the library's, with our fields and words, and every failed attempt counted and entered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm as LibraryChangePasswordForm
from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as LibraryPasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.password_validation import validate_password

from footprint.web.accounts.client_address import client_address
from footprint.web.accounts.entries import entered
from footprint.web.accounts.models import User
from footprint.web.accounts.signing_in.adapter import WRONG, WRONG_CODE
from footprint.web.accounts.signing_in.lock_out import count_failure, is_second_step_locked, lock
from footprint.web.design.fields import PasswordField, TextField

T = TypeVar("T")

LONG = "At least 12 characters. Three or four words that do not belong together are easy to keep in mind."


def _current_password() -> PasswordField:
    return PasswordField(
        label="Password",
        autocomplete="current-password",
        error_messages={"required": "Enter your password"},
    )


def _code(hint: str) -> TextField:
    return TextField(
        label="Code",
        hint=hint,
        width=10,
        autocomplete="one-time-code",
        error_messages={"required": "Enter the code"},
    )


class SignInForm(LoginForm):  # type: ignore[misc] # the library carries no types
    """Username and password. What is wrong is never said: only that one of the two is."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["login"] = TextField(
            label="Username",
            autocomplete="username",
            max_length=150,
            error_messages={"required": "Enter your username"},
        )
        self.fields["password"] = _current_password()
        self.order_fields(["login", "password"])

    def clean(self) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] | None = super().clean()
        except forms.ValidationError:
            # Beside the field, so that the summary's link leads somewhere.
            self.add_error("login", WRONG)
            return dict(self.cleaned_data)
        return found


class _Counted:
    """A form of somebody whose password was right: what fails in it counts like a wrong password."""

    user: User

    def counted(self, check: Callable[[], T]) -> T:
        request = context.request
        if is_second_step_locked(request, self.user.username):
            lock(request, self.user.username)
            raise forms.ValidationError(WRONG_CODE)
        try:
            return check()
        except forms.ValidationError:
            # Not "by" the user: whoever it is knows the password, and no more is known of them.
            facts = {"account": str(self.user.pk), "address": client_address(request)}
            entered(request, "refusal", "second-factor", dict(facts))
            count_failure(request, self.user.username)
            raise


class CodeForm(_Counted, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in: a code of the app, or a recovery code."""

    code = _code("Six figures from your authenticator app, or one of your recovery codes.")

    def clean_code(self) -> str:
        return str(self.counted(super().clean_code))


class ConfirmCodeForm(_Counted, ReauthenticateForm):  # type: ignore[misc]
    """The same, to prove later that it is still you."""

    code = _code("Six figures from your authenticator app, or one of your recovery codes.")

    def clean_code(self) -> str:
        return str(self.counted(super().clean_code))


class ActivateAppForm(_Counted, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    code = _code("Six figures. The app shows a new code every half a minute.")

    def clean_code(self) -> str:
        return str(self.counted(super().clean_code))


class PasskeyForm(_Counted, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The second step of signing in, by a passkey."""

    def clean_credential(self) -> Any:
        return self.counted(super().clean_credential)


class ConfirmPasskeyForm(_Counted, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The same, to prove later that it is still you."""

    def clean_credential(self) -> Any:
        return self.counted(super().clean_credential)


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey: always one that asks for a finger, a face or a PIN, and so stands for two factors."""

    name = TextField(
        label="What to call it",
        hint="For example: work laptop. You can leave it as it is.",
        required=False,
        max_length=60,
        width=20,
    )
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)


class ConfirmPasswordForm(LibraryPasswordForm):  # type: ignore[misc]
    """The password once more, where there is no second factor."""

    password = _current_password()


class ChangePasswordForm(LibraryChangePasswordForm):  # type: ignore[misc]
    """The old password, and the new one twice."""

    oldpassword = PasswordField(
        label="Your password now",
        autocomplete="current-password",
        error_messages={"required": "Enter the password that you use now"},
    )
    password1 = PasswordField(
        label="New password",
        hint=LONG,
        autocomplete="new-password",
        error_messages={"required": "Enter a new password"},
    )
    password2 = PasswordField(
        label="New password again",
        autocomplete="new-password",
        error_messages={"required": "Enter the new password again"},
    )

    def clean_oldpassword(self) -> str:
        """Check it as at sign-in, so that guessing here is counted there."""
        password: str = self.cleaned_data["oldpassword"]
        adapter = get_adapter()
        if not adapter.reauthenticate(self.user, password):
            raise adapter.validation_error("enter_current_password")
        return password

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password
