"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "footprint.web.feeds"
    label = "feeds"
    verbose_name = "Feeds"
