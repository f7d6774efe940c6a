"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    name = "footprint.web.subscriptions"
    label = "subscriptions"
    verbose_name = "Subscriptions"
