"""The second factor as the library sees it: secrets sealed, the last one kept, passkeys bound to the site's own name."""

from __future__ import annotations

from typing import Any, Final

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from footprint.web.accounts.models import User
from footprint.web.accounts.signing_in.adapter import WRONG_CODE
from footprint.web.accounts.signing_in.sealing import seal, unseal

LAST: Final = "This is your only second factor. Set up another one first"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # the library carries no types
    """What may be added and removed, and how it is kept."""

    error_messages: Final = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": LAST,
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last one where one is demanded: an administrator takes it away from somebody who lost it."""
        if settings.DEMO:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def get_totp_label(self, user: User) -> str:
        return user.username

    def get_totp_issuer(self) -> str:
        return "Footprint"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        found: dict[str, str] = super().get_public_key_credential_rp_entity()
        return found | {"name": "Footprint"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        found: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return found | {"name": user.username, "display_name": user.name}

    def build_totp_svg(self, url: str) -> str:
        """Draw nothing here: our page draws its own (`picture`)."""
        return ""
