"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "footprint.web.cases"
    label = "cases"
    verbose_name = "Cases"
