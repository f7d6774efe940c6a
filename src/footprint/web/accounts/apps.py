"""The app as Django knows it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


class AccountsConfig(AppConfig):
    name = "footprint.web.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Let `check`, and so every start, say what is wrong with the identity providers."""
        register(_identity_providers)


def _identity_providers(**named: Any) -> list[CheckMessage]:
    from footprint.web.accounts.outside.providers import IdentityProvidersError, load_providers

    try:
        load_providers(settings.DATA)
    except IdentityProvidersError as error:
        return [Error(str(error), id="footprint.E001")]
    return []
