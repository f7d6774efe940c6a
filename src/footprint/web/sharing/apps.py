"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "footprint.web.sharing"
    label = "sharing"
    verbose_name = "Sharing"
