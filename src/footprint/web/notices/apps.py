"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "footprint.web.notices"
    label = "notices"
    verbose_name = "Notices"
