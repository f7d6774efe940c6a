"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "footprint.web.accounts"
    label = "accounts"
    verbose_name = "Accounts"
