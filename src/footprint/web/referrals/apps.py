"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "footprint.web.referrals"
    label = "referrals"
    verbose_name = "Referrals"
