"""The app as Django knows it. The ledger's own tables are made by the ledger's room, in this app's first migration."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "footprint.web.ledger"
    label = "ledger"
    verbose_name = "Ledger"
