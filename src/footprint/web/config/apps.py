"""The project itself as an app: its commands are found by this."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "footprint.web.config"
    label = "config"
    verbose_name = "Project"
