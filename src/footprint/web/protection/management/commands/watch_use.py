"""`python -m footprint.web watch_use`: look at whole days and weeks of use, and tell governance of alerts. `tend` runs it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from footprint.web.protection.alerts.days import watch


class Command(BaseCommand):
    """Makes the alerts that show only over a day or some weeks; tells of those that nobody was told of."""

    help = "Look at days and weeks of use, and tell governance of alerts. Run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        told = watch()
        if int(options.get("verbosity") or 0) > 1:
            self.stdout.write(f"Told of {told}.")
