"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "footprint.web.identity"
    label = "identity"
    verbose_name = "Who is who"
