"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "footprint.web.protection"
    label = "protection"
    verbose_name = "Protection"
