"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "footprint.web.design"
    label = "design"
    verbose_name = "Design"
